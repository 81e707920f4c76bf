// SPDX-License-Identifier: Apache-2.0
/** Keeps the records in order: baselines and what differs between them, duplicates and their merging. */
import { css, html, nothing } from "lit";
import { confirmDialog, empty, failure, icon, loading, openDialog, TalkaElement, toast } from "@talka/ui";
import { formatDate, t } from "@talka/ui/i18n";
import { className, fieldName, itemLink, readSchema, relationName, said, wrongIn } from "./common.js";

export const api = 1;

export default class ConfigurationOrder extends TalkaElement {
  static properties = { schema: { state: true }, baselines: { state: true }, alike: { state: true }, merges: { state: true }, health: { state: true }, difference: { state: true }, problem: { state: true } };

  static styles = css`
    :host { display: block; }
    .lead { margin: 6px 0 16px; max-width: 70ch; } .box { padding: 16px 18px; margin-bottom: 16px; min-width: 0; } .box h2 { display: flex; gap: 10px; align-items: center; margin: 0 0 10px; } .box h2 .btn { margin-left: auto; } p { margin: 0; }
    ul { list-style: none; margin: 0; padding: 0; } li { padding: 9px 0; } li + li { border-top: 1px solid var(--rule); } .row { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; } .row + .row { margin-top: 8px; } .end { margin-left: auto; }
    .ref { display: inline-flex; gap: 6px; align-items: center; overflow-wrap: anywhere; } .compare { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; margin: 0 0 12px; } .compare talka-select { flex: 0 1 260px; }
    del { color: var(--ink-3); } ins { text-decoration: none; } .what { font-size: var(--size-s); color: var(--ink-2); overflow-wrap: anywhere; } h3 { margin: 14px 0 2px; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin-top: 8px; } th, td { text-align: start; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); font-size: var(--size-s); font-variant-numeric: tabular-nums; } thead th { color: var(--ink-2); font-weight: 560; } tbody th { font-weight: 540; } summary { cursor: pointer; padding: 10px 0 2px; }
    .note { display: flex; gap: 7px; margin: 0 0 10px; padding: 8px 12px; background: var(--warn-wash); color: var(--warn); border-radius: var(--r-m); }
  `;

  constructor() {
    super();
    this.schema = this.baselines = this.alike = this.merges = this.health = this.difference = this.problem = null;
    this.v = { from: "", to: "" };
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  get api() {
    return this.context.api;
  }

  async load() {
    try {
      const [schema, baselines, alike, merges, health] = await Promise.all([readSchema(this.api), this.api.get("/cmdb/baselines"), this.api.get("/cmdb/merges/candidates"), this.api.get("/cmdb/merges"), this.api.get("/cmdb/health")]);
      this.schema = schema;
      this.baselines = baselines.items;
      this.alike = alike.items;
      this.merges = merges.items;
      this.health = health;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async act(work) {
    try {
      await work();
    } catch (problem) {
      toast(problem.errors?.[0]?.message ?? problem.message, { kind: "bad" });
    }
    await this.load();
  }

  async take() {
    const v = { name: "" };
    const done = await openDialog({
      title: t("ui.cmdb.baseline.take"), submit: t("ui.cmdb.baseline.take.go"),
      body: (d) => html`<p>${t("ui.cmdb.baseline.text")}</p><talka-input required maxlength="80" .label=${t("ui.cmdb.field.name")} .value=${v.name} .error=${wrongIn(d)("name")} @input=${(e) => (v.name = e.currentTarget.value)}></talka-input>`,
      onSubmit: () => this.api.post("/cmdb/baselines", { name: v.name }),
    });
    if (done) this.load();
  }

  async forget(one) {
    const sure = await confirmDialog({ title: t("ui.cmdb.remove.title", { name: one.name }), text: t("ui.cmdb.baseline.remove"), submit: t("ui.cmdb.remove"), danger: true });
    if (sure) this.act(() => this.api.remove(`/cmdb/baselines/${one.id}`));
  }

  async compare() {
    const { from, to } = this.v;
    if (!from) return;
    try {
      this.difference = await this.api.get(`/cmdb/baselines/${this.api.enc(from)}/difference${this.api.query({ to })}`);
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  render() {
    const lead = html`<p class="muted lead">${t("ui.cmdb.records.lead")}</p>`;
    if (this.problem) return html`${lead}${failure(this.problem, () => this.load())}`;
    if (!this.schema) return html`${lead}${loading(8)}`;
    return html`${lead}${this.figures()}${this.moments()}${this.duplicates()}${this.merged()}`;
  }

  /** How well items are recorded: by owner, and day by day. */
  figures() {
    const { all, owners, days } = this.health;
    const share = (f) => (f.items ? `${Math.round((f.complete * 100) / f.items)} %` : "–");
    const line = (name, f) => html`<tr><th scope="row">${name}</th><td>${f.items}</td><td>${share(f)}</td><td>${f.stale}</td><td>${f.orphans}</td><td>${f.duplicates}</td></tr>`;
    const table = (title, first, rows) => html`<div class="scroll" tabindex="0" role="region" aria-label=${title}><table><thead><tr><th scope="col">${first}</th><th scope="col">${t("ui.cmdb.health.items")}</th><th scope="col">${t("ui.cmdb.health.complete")}</th>
      <th scope="col">${t("ui.cmdb.health.stale")}</th><th scope="col">${t("ui.cmdb.health.orphans")}</th><th scope="col">${t("ui.cmdb.health.duplicates")}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
    return html`<section class="card box"><h2>${t("ui.cmdb.health")}</h2><p class="muted">${t("ui.cmdb.health.text")}</p>
      ${table(t("ui.cmdb.health"), t("ui.cmdb.field.owner"), html`${owners.map((one) => line(one.owner ?? t("ui.cmdb.health.nobody"), one.figures))}${owners.length === 1 ? nothing : line(t("ui.cmdb.health.all"), all)}`)}
      ${days.length > 1 ? html`<details><summary>${t("ui.cmdb.health.days")}</summary>${table(t("ui.cmdb.health.days"), t("ui.cmdb.health.day"), days.map((day) => line(formatDate(day.day), day.figures)))}</details>` : nothing}</section>`;
  }

  moments() {
    const options = this.baselines.map((one) => [one.id, one.name]);
    return html`<section class="card box"><h2>${t("ui.cmdb.baselines")}<button class="btn primary" @click=${() => this.take()}>${icon("clock")}${t("ui.cmdb.baseline.take")}</button></h2>
      ${this.baselines.length ? html`<ul>${this.baselines.map((one) => html`<li class="row"><b>${one.name}</b><span class="faint">${one.by} · <talka-time .at=${one.at}></talka-time></span>
          <button class="btn quiet small end" aria-label=${t("ui.cmdb.remove.title", { name: one.name })} @click=${() => this.forget(one)}>${t("ui.cmdb.remove")}</button></li>`)}</ul>
        <h3>${t("ui.cmdb.compare")}</h3><div class="compare"><talka-select required .label=${t("ui.cmdb.compare.from")} .options=${options} .value=${this.v.from} @change=${(e) => (this.v.from = e.currentTarget.value)}></talka-select>
          <talka-select .label=${t("ui.cmdb.compare.to")} .empty=${t("ui.cmdb.compare.now")} .options=${options} .value=${this.v.to} @change=${(e) => (this.v.to = e.currentTarget.value)}></talka-select>
          <button class="btn" @click=${() => this.compare()}>${icon("eye")}${t("ui.cmdb.compare.go")}</button></div>${this.difference ? this.differences(this.difference) : nothing}`
        : empty({ icon: "clock", title: t("ui.cmdb.baseline.none"), text: t("ui.cmdb.baseline.text") })}</section>`;
  }

  differences({ items, relations, more }) {
    const kinds = { new: [t("ui.cmdb.difference.new"), "done"], gone: [t("ui.cmdb.difference.gone"), "bad"], changed: [t("ui.cmdb.difference.changed"), "open"] };
    return html`<div role="status">${more ? html`<p class="note">${icon("info")}<span>${t("ui.cmdb.difference.more")}</span></p>` : nothing}
      ${items.length + relations.length ? nothing : html`<p class="faint">${t("ui.cmdb.difference.none")}</p>`}
      <ul>${items.map((one) => html`<li><div class="row">${itemLink(this.schema, { ...one.item, name: one.name })}<span class="chip ${kinds[one.kind][1]}">${kinds[one.kind][0]}</span></div>
        ${one.changes.map((c) => html`<p class="what">${fieldName(this.schema, one.item.classKey, c.field)}: ${c.from ? html`<del>${said(this.schema, c.field, c.from)}</del> → ` : nothing}<ins>${said(this.schema, c.field, c.to)}</ins></p>`)}</li>`)}
      ${relations.map((one) => html`<li class="row">${itemLink(this.schema, one.source)}<span>${relationName(this.schema, one.type, true)}</span>${itemLink(this.schema, one.target)}<span class="chip ${one.added ? "done" : "bad"}">${one.added ? t("ui.cmdb.difference.related") : t("ui.cmdb.difference.parted")}</span></li>`)}</ul></div>`;
  }

  duplicates() {
    return html`<section class="card box"><h2>${t("ui.cmdb.duplicates")}</h2>${this.alike.length ? html`<ul>${this.alike.map((group) => html`<li><p class="what">${t("ui.cmdb.duplicates.same", { key: group.key.split(" + ").map((field) => fieldName(this.schema, group.items[0].classKey, field).toLowerCase()).join(" + ") })}</p>
      ${group.items.map((ref) => html`<div class="row">${itemLink(this.schema, ref)}<span class="faint">${className(this.schema, ref.classKey)} · <span class="mono">${ref.key}</span></span>
        <button class="btn small end" aria-label=${t("ui.cmdb.duplicates.keep.of", { key: ref.key })} @click=${() => this.merge(ref, group.items)}>${t("ui.cmdb.duplicates.keep")}</button></div>`)}</li>`)}</ul>`
      : empty({ icon: "check", title: t("ui.cmdb.duplicates.none") })}</section>`;
  }

  async merge(keep, all) {
    const others = all.filter((ref) => ref.key !== keep.key);
    const sure = await confirmDialog({ title: t("ui.cmdb.merge.title", { key: keep.key }), text: t("ui.cmdb.merge.text", { keys: others.map((ref) => ref.key).join(", ") }), submit: t("ui.cmdb.merge.go") });
    if (!sure) return;
    await this.act(async () => {
      for (const other of others) await this.api.post("/cmdb/merges", { keep: keep.key, merge: other.key });
    });
  }

  merged() {
    if (!this.merges.length) return nothing;
    return html`<section class="card box"><h2>${t("ui.cmdb.merges")}</h2><ul>${this.merges.map((merge) => html`<li class="row"><span class="mono">${merge.merged.key}</span>${icon("arrow")}${itemLink(this.schema, merge.kept)}<span class="faint">${merge.by} · <talka-time .at=${merge.at}></talka-time></span>
      ${merge.undoneAt ? html`<span class="chip wait end">${t("ui.cmdb.import.undone")}</span>` : html`<button class="btn small end" aria-label=${t("ui.cmdb.merge.undo.of", { key: merge.merged.key })} @click=${() => this.act(() => this.api.post(`/cmdb/merges/${merge.id}/undo`))}>${icon("undo")}${t("ui.cmdb.import.undo")}</button>`}</li>`)}</ul></section>`;
  }
}
