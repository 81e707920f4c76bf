// SPDX-License-Identifier: Apache-2.0
/** Keeps the records in order: baselines and what differs between them, duplicates and their merging. */
import { css, html, nothing } from "lit";
import { confirmDialog, empty, failure, icon, loading, openDialog, TalkaElement, toast } from "@talka/ui";
import { formatDate, t } from "@talka/ui/i18n";
import { attributesOf, className, classTree, fieldName, itemLink, nameIn, readSchema, relationName, said, wrongIn } from "./common.js";

export const api = 1;

const BUILT_IN = ["criticality", "environment", "owner", "team", "location"];

export default class ConfigurationOrder extends TalkaElement {
  static properties = { schema: { state: true }, baselines: { state: true }, alike: { state: true }, merges: { state: true }, health: { state: true }, rules: { state: true }, breaches: { state: true }, drift: { state: true }, trend: { state: true }, difference: { state: true }, problem: { state: true } };

  static styles = css`
    :host { display: block; }
    .lead { margin: 6px 0 16px; max-width: 70ch; } .box { padding: 16px 18px; margin-bottom: 16px; min-width: 0; } .box h2 { display: flex; gap: 10px; align-items: center; margin: 0 0 10px; } .box h2 .btn { margin-left: auto; } p { margin: 0; }
    ul { list-style: none; margin: 0; padding: 0; } li { padding: 9px 0; } li + li { border-top: 1px solid var(--rule); } .row { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; } .row + .row { margin-top: 8px; } .end { margin-left: auto; }
    .ref { display: inline-flex; gap: 6px; align-items: center; overflow-wrap: anywhere; } .compare { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; margin: 0 0 12px; } .compare talka-select { flex: 0 1 260px; }
    del { color: var(--ink-3); } ins { text-decoration: none; } .what { font-size: var(--size-s); color: var(--ink-2); overflow-wrap: anywhere; } h3 { margin: 14px 0 2px; }
    .found { margin: 6px 0 0 12px; } .found li { padding: 4px 0; border: 0; } .linkish { padding: 0; border: 0; background: none; font: inherit; color: var(--accent); text-decoration: underline; cursor: pointer; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin-top: 8px; } th, td { text-align: start; padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); font-size: var(--size-s); font-variant-numeric: tabular-nums; } thead th { color: var(--ink-2); font-weight: 560; } tbody th { font-weight: 540; } summary { cursor: pointer; padding: 10px 0 2px; }
    .note { display: flex; gap: 7px; margin: 0 0 10px; padding: 8px 12px; background: var(--warn-wash); color: var(--warn); border-radius: var(--r-m); }
  `;

  constructor() {
    super();
    this.schema = this.baselines = this.alike = this.merges = this.health = this.rules = this.breaches = this.drift = this.trend = this.difference = this.problem = null;
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
      const [schema, baselines, alike, merges, health, rules, drift] = await Promise.all([readSchema(this.api), this.api.get("/cmdb/baselines"), this.api.get("/cmdb/merges/candidates"), this.api.get("/cmdb/merges"), this.api.get("/cmdb/health"), this.api.get("/cmdb/audit-rules"), this.api.get("/cmdb/drift")]);
      this.schema = schema;
      this.baselines = baselines.items;
      this.alike = alike.items;
      this.merges = merges.items;
      this.health = health;
      this.rules = rules.items;
      this.drift = drift.items;
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
    return html`${lead}${this.figures()}${this.audit()}${this.drifted()}${this.moments()}${this.duplicates()}${this.merged()}`;
  }

  /** How well items are recorded: by owner, and day by day. */
  figures() {
    const { all, owners, days } = this.health;
    const share = (f) => (f.items ? `${Math.round((f.complete * 100) / f.items)} %` : "–");
    const line = (name, f) => html`<tr><th scope="row">${name}</th><td>${f.items}</td><td>${share(f)}</td><td>${f.stale}</td><td>${f.orphans}</td><td>${f.duplicates}</td><td>${f.breaches}</td></tr>`;
    const owner = (one) => html`<button class="linkish" aria-label=${t("ui.cmdb.health.days.of", { name: one.owner ?? t("ui.cmdb.health.nobody") })} @click=${() => this.follow(one)}>${one.owner ?? t("ui.cmdb.health.nobody")}</button>`;
    const table = (title, first, rows) => html`<div class="scroll" tabindex="0" role="region" aria-label=${title}><table><thead><tr><th scope="col">${first}</th><th scope="col">${t("ui.cmdb.health.items")}</th><th scope="col">${t("ui.cmdb.health.complete")}</th>
      <th scope="col">${t("ui.cmdb.health.stale")}</th><th scope="col">${t("ui.cmdb.health.orphans")}</th><th scope="col">${t("ui.cmdb.health.duplicates")}</th><th scope="col">${t("ui.cmdb.health.breaches")}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
    return html`<section class="card box"><h2>${t("ui.cmdb.health")}</h2><p class="muted">${t("ui.cmdb.health.text")}</p>
      ${table(t("ui.cmdb.health"), t("ui.cmdb.field.owner"), html`${owners.map((one) => line(owner(one), one.figures))}${owners.length === 1 ? nothing : line(t("ui.cmdb.health.all"), all)}`)}
      ${days.length > 1 ? html`<details><summary>${t("ui.cmdb.health.days")}</summary>${table(t("ui.cmdb.health.days"), t("ui.cmdb.health.day"), days.map((day) => line(formatDate(day.day), day.figures)))}</details>` : nothing}
      ${this.trend ? html`<div role="status"><h3>${t("ui.cmdb.health.days.of", { name: this.trend.name })}</h3>${table(t("ui.cmdb.health.days.of", { name: this.trend.name }), t("ui.cmdb.health.day"), this.trend.days.map((day) => line(formatDate(day.day), day.figures)))}</div>` : nothing}</section>`;
  }

  /** How the items of one owner were recorded, day by day. */
  async follow(one) {
    try {
      const { items } = await this.api.get(`/cmdb/health/days${this.api.query({ owner: one.id ?? "" })}`);
      this.trend = { name: one.owner ?? t("ui.cmdb.health.nobody"), days: items };
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  /** What must hold for items, and which break it. */
  audit() {
    const may = this.context.desk.can("cmdb:admin");
    return html`<section class="card box"><h2>${t("ui.cmdb.rules")}${may ? html`<button class="btn" @click=${() => this.newRule()}>${icon("plus")}${t("ui.cmdb.rules.new")}</button>` : nothing}</h2>
      ${this.rules.length ? html`<ul>${this.rules.map((rule) => html`<li><div class="row"><b>${rule.name}</b><span class="faint">${className(this.schema, rule.classKey)} · ${this.ruleWords(rule)}</span>
          <span class="row end"><button class="btn small" aria-label=${t("ui.cmdb.rules.show.of", { name: rule.name })} @click=${() => this.show(rule)}>${icon("eye")}${t("ui.cmdb.rules.show")}</button>
          ${may ? html`<button class="btn quiet small" aria-label=${t("ui.cmdb.remove.title", { name: rule.name })} @click=${() => this.act(() => this.api.remove(`/cmdb/audit-rules/${rule.id}`))}>${t("ui.cmdb.remove")}</button>` : nothing}</span></div>
        ${this.breaches?.rule === rule.id ? html`<div role="status">${this.breaches.items.length ? html`<ul class="found">${this.breaches.items.map((ref) => html`<li class="row">${itemLink(this.schema, ref)}<span class="faint mono">${ref.key}</span></li>`)}</ul>` : html`<p class="what">${t("ui.cmdb.rules.kept")}</p>`}</div>` : nothing}</li>`)}</ul>`
        : empty({ icon: "check", title: t("ui.cmdb.rules.none"), text: t("ui.cmdb.rules.text") })}</section>`;
  }

  ruleWords(rule) {
    switch (rule.kind) {
      case "field":
        return t("ui.cmdb.rules.field.is", { field: fieldName(this.schema, rule.classKey, rule.subject) });
      case "relation":
        return t("ui.cmdb.rules.relation.is", { type: relationName(this.schema, rule.subject, true) });
      default:
        return t("ui.cmdb.rules.fresh.is", { n: rule.days });
    }
  }

  async show(rule) {
    try {
      this.breaches = { rule: rule.id, items: (await this.api.get(`/cmdb/audit-rules/${rule.id}/breaches`)).items };
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  async newRule() {
    const v = { name: "", classKey: "item", kind: "field", subject: "owner", days: 90 };
    const kinds = [["field", t("ui.cmdb.rules.field")], ["relation", t("ui.cmdb.rules.relation")], ["fresh", t("ui.cmdb.rules.fresh")]];
    const done = await openDialog({
      title: t("ui.cmdb.rules.new"), submit: t("ui.cmdb.save"),
      body: (d) => {
        const wrong = wrongIn(d);
        const again = (key) => (e) => {
          v[key] = e.currentTarget.value;
          if (key === "kind") v.subject = v.kind === "field" ? "owner" : ([...this.schema.types.keys()][0] ?? "");
          d.update();
        };
        const fields = [...BUILT_IN.map((key) => [key, fieldName(this.schema, v.classKey, key)]), ...attributesOf(this.schema, v.classKey).map((a) => [a.key, nameIn(a.names, a.key)])];
        const types = [...this.schema.types.values()].map((type) => [type.key, nameIn(type.names, type.key)]);
        return html`<talka-input required maxlength="80" .label=${t("ui.cmdb.field.name")} .value=${v.name} .error=${wrong("name")} @input=${(e) => (v.name = e.currentTarget.value)}></talka-input>
          <talka-select required .label=${t("ui.cmdb.field.class")} .help=${t("ui.cmdb.import.class.beneath")} .options=${classTree(this.schema).map((c) => [c.key, nameIn(c.names, c.key)])} .value=${v.classKey} .error=${wrong("classKey")} @change=${again("classKey")}></talka-select>
          <talka-select required .label=${t("ui.cmdb.rules.what")} .options=${kinds} .value=${v.kind} .error=${wrong("kind")} @change=${again("kind")}></talka-select>
          ${v.kind === "fresh" ? html`<talka-input type="number" min="1" max="3650" .label=${t("ui.cmdb.rules.days")} .value=${v.days} .error=${wrong("days")} @input=${(e) => (v.days = Number(e.currentTarget.value))}></talka-input>`
            : html`<talka-select required .label=${v.kind === "field" ? t("ui.cmdb.attribute") : t("ui.cmdb.relation")} .options=${v.kind === "field" ? fields : types} .value=${v.subject} .error=${wrong("subject")} @change=${again("subject")}></talka-select>`}`;
      },
      onSubmit: () => this.api.post("/cmdb/audit-rules", v.kind === "fresh" ? { ...v, subject: null } : { ...v, days: null }),
    });
    if (done) this.load();
  }

  /** Changes of controlled attributes without a change request. */
  drifted() {
    return html`<section class="card box"><h2>${t("ui.cmdb.drift.list")}</h2><p class="muted">${t("ui.cmdb.drift.text")}</p>${this.drift.length ? html`<ul>${this.drift.map((one) => html`<li><div class="row">${itemLink(this.schema, one.item)}<span class="faint">${one.source === "hand" ? one.by : one.source} · <talka-time .at=${one.at}></talka-time></span></div>
      ${one.changes.map((c) => html`<p class="what">${fieldName(this.schema, one.item.classKey, c.field)}: ${c.from ? html`<del>${said(this.schema, c.field, c.from)}</del> → ` : nothing}<ins>${said(this.schema, c.field, c.to)}</ins></p>`)}</li>`)}</ul>`
      : empty({ icon: "check", title: t("ui.cmdb.drift.none") })}</section>`;
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
      ${relations.map((one) => html`<li class="row">${itemLink(this.schema, one.source)}<span>${relationName(this.schema, one.type, true)}</span>${itemLink(this.schema, one.target)}${one.weight === 1 ? nothing : html`<span class="chip">${t("ui.cmdb.weight.is", { weight: one.weight })}</span>`}<span class="chip ${one.added ? "done" : "bad"}">${one.added ? t("ui.cmdb.difference.related") : t("ui.cmdb.difference.parted")}</span></li>`)}</ul></div>`;
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
