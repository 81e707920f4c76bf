// SPDX-License-Identifier: Apache-2.0
/** Brings items from a file: try it, look, keep it, settle what was ambiguous, take it back. */
import { css, html, nothing } from "lit";
import { confirmDialog, empty, failure, icon, loading, openDialog, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { attributesOf, className, classTree, fieldName, itemHref, nameIn, readSchema, said, wrongIn } from "./common.js";

export const api = 1;

/** A text of JSON may be so long; longer files are sent in parts. */
const PART = 400_000;
const SAMPLE = 8_000;
/** What a source weighs that nobody has weighed. */
const USUAL = 50;
const BUILT_IN = ["name", "classKey", "status", "criticality", "environment", "owner", "team", "location"];
const outcomes = () => ({ created: t("ui.cmdb.outcome.created"), changed: t("ui.cmdb.outcome.changed"), same: t("ui.cmdb.outcome.same"), quarantined: t("ui.cmdb.outcome.quarantined"), refused: t("ui.cmdb.outcome.refused") });
const TONES = { created: "done", changed: "open", same: "", quarantined: "wait", refused: "bad" };

/** The names of the columns, out of the first line; the server reads the file itself. */
function columnsOf(text) {
  const first = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0];
  const separator = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  return first.split(separator).map((name) => name.trim().replace(/^"|"$/g, "")).filter(Boolean);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]/g, "");

export default class ConfigurationImports extends TalkaElement {
  static properties = { schema: { state: true }, runs: { state: true }, next: { state: true }, problem: { state: true }, file: { state: true }, result: { state: true }, busy: { state: true }, held: { state: true }, sources: { state: true }, errors: { state: true } };

  static styles = css`
    :host { display: block; }
    .lead { margin: 6px 0 16px; max-width: 70ch; } .box { padding: 16px 18px; margin-bottom: 16px; min-width: 0; } h2 { margin: 0 0 12px; } p { margin: 0; }
    .pair { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); margin: 12px 0; }
    .acts { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 14px; } .acts label.btn { position: relative; cursor: pointer; }
    .counts { display: flex; flex-wrap: wrap; gap: 8px; margin: 4px 0 12px; } .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: 7px 12px 7px 0; border-bottom: 1px solid var(--rule); font-size: var(--size-s); vertical-align: top; overflow-wrap: anywhere; } thead th { color: var(--ink-2); font-weight: 560; }
    ul { list-style: none; margin: 0; padding: 0; } li { padding: 10px 0; } li + li { border-top: 1px solid var(--rule); } .row { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; } .end { margin-left: auto; }
    .ref { display: inline-flex; gap: 6px; align-items: center; } del { color: var(--ink-3); } ins { text-decoration: none; } .wrong { color: var(--danger); }
  `;

  constructor() {
    super();
    this.schema = this.runs = this.next = this.problem = this.file = this.result = this.held = this.sources = null;
    this.busy = false;
    this.errors = {};
    /** What the address names. */
    this.address = null;
    this.v = { source: "", classKey: "server", mapping: {} };
  }

  willUpdate(changed) {
    if (!changed.has("context") || !this.context) return;
    const address = this.context.rest.join("/") + this.context.search;
    if (address === this.address) return;
    this.address = address;
    this.chosen = this.context.rest[0] ?? "";
    this.load();
  }

  get api() {
    return this.context.api;
  }

  async load() {
    try {
      const id = this.chosen;
      const [schema, runs, held, sources] = await Promise.all([readSchema(this.api), this.api.get("/cmdb/imports?limit=20"), id ? this.api.get(`/cmdb/imports/${this.api.enc(id)}/quarantine`) : null, this.api.get("/cmdb/sources")]);
      if (id !== this.chosen) return;
      this.schema = schema;
      this.runs = runs.items;
      this.next = runs.next;
      this.held = held;
      this.sources = sources.items;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async take(e) {
    const file = e.target.files?.[0];
    e.target.value = "";
    if (!file) return;
    const text = await file.text();
    this.result = null;
    this.errors = {};
    if (/^\s*[[{]/.test(text)) {
      try {
        const data = JSON.parse(text);
        const rows = Array.isArray(data) ? data : (data.items ?? []);
        this.file = { name: file.name, rows, columns: [...new Set(rows.slice(0, 200).flatMap((row) => Object.keys(row ?? {})))] };
      } catch {
        toast(t("ui.cmdb.import.json"), { kind: "bad" });
        return;
      }
    } else {
      const parts = [];
      for (let at = 0; at < text.length; at += PART) parts.push(text.slice(at, at + PART));
      this.file = { name: file.name, parts, columns: columnsOf(text.slice(0, SAMPLE)) };
    }
    this.v.source ||= file.name.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N} ._-]/gu, " ").trim().slice(0, 60);
    this.guess();
  }

  fields() {
    const keys = [...this.schema.classes.keys()].filter((key) => key === this.v.classKey || this.beneath(key));
    const own = new Map(keys.flatMap((key) => attributesOf(this.schema, key)).map((a) => [a.key, nameIn(a.names, a.key)]));
    return [...BUILT_IN.map((key) => [key, fieldName(this.schema, this.v.classKey, key)]), ...own];
  }

  beneath(key) {
    for (let c = this.schema.classes.get(key); c; c = this.schema.classes.get(c.parent)) if (c.key === this.v.classKey) return true;
    return false;
  }

  /** Columns that are called like a field are that field. */
  guess() {
    const taken = new Set();
    this.v.mapping = Object.fromEntries(this.file.columns.map((column) => {
      const found = this.fields().find(([key, name]) => !taken.has(key) && [plain(key), plain(name)].includes(plain(column)));
      if (found) taken.add(found[0]);
      return [column, found?.[0] ?? ""];
    }));
  }

  async run(dryRun) {
    this.busy = true;
    this.errors = {};
    try {
      const { source, classKey, mapping } = this.v;
      const { parts, rows } = this.file;
      this.result = await this.api.post("/cmdb/imports", { source, classKey, mapping, dryRun, ...(rows ? { rows } : { parts }) });
      if (!dryRun) {
        this.file = null;
        await this.load();
      }
    } catch (problem) {
      this.result = null;
      this.errors = Object.fromEntries((problem.errors ?? []).map((e) => [e.field, e.message]));
      toast(problem.errors?.[0]?.message ?? problem.message, { kind: "bad" });
    }
    this.busy = false;
  }

  async undo(run) {
    const sure = await confirmDialog({ title: t("ui.cmdb.import.undo.title"), text: t("ui.cmdb.import.undo.text"), submit: t("ui.cmdb.import.undo"), danger: true });
    if (!sure) return;
    await this.act(async () => {
      const undone = await this.api.post(`/cmdb/imports/${run.id}/undo`);
      toast(undone.kept ? t("ui.cmdb.import.undone.kept", { n: undone.kept }) : t("ui.cmdb.import.undone"));
      this.result = null;
    });
  }

  async act(work) {
    try {
      await work();
    } catch (problem) {
      toast(problem.errors?.[0]?.message ?? problem.message, { kind: "bad" });
    }
    await this.load();
  }

  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.schema) return loading(6);
    if (this.chosen) return this.quarantine();
    return html`<p class="muted lead">${t("ui.cmdb.import.lead")}</p>
      <section class="card box"><h2>${t("ui.cmdb.import.file")}</h2>
        <div class="acts"><label class="btn ${this.file ? "" : "primary"} attach">${icon("upload")}${this.file ? this.file.name : t("ui.cmdb.import.choose")}<input class="visually-hidden" type="file" accept=".csv,.json,.txt" @change=${(e) => this.take(e)}></label>
          <span class="faint">${t("ui.cmdb.import.choose.help")}</span></div>${this.file ? this.questions() : nothing}</section>
      ${this.result ? this.told() : nothing}${this.list()}${this.weights()}`;
  }

  questions() {
    const fields = this.fields();
    return html`<div class="pair"><talka-input .label=${t("ui.cmdb.import.source")} .help=${t("ui.cmdb.import.source.help")} required maxlength="60" .value=${this.v.source} .error=${this.errors.source ?? ""} @input=${(e) => (this.v.source = e.currentTarget.value)}></talka-input>
        <talka-select .label=${t("ui.cmdb.field.class")} .help=${t("ui.cmdb.import.class.help")} required .options=${classTree(this.schema).map((c) => [c.key, nameIn(c.names, c.key)])} .value=${this.v.classKey} .error=${this.errors.classKey ?? ""} @change=${(e) => {
          this.v.classKey = e.currentTarget.value;
          this.guess();
          this.requestUpdate();
        }}></talka-select></div>
      <h2>${t("ui.cmdb.import.columns")}</h2><div class="pair">${this.file.columns.map((column) => html`<talka-select .label=${column} .empty=${t("ui.cmdb.import.skip")} .options=${fields} .value=${this.v.mapping[column] ?? ""} @change=${(e) => {
        this.v.mapping = { ...this.v.mapping, [column]: e.currentTarget.value };
        this.requestUpdate();
      }}></talka-select>`)}</div>
      <div class="acts"><button class="btn" ?disabled=${this.busy} @click=${() => this.run(true)}>${icon("eye")}${t("ui.cmdb.import.try")}</button>
        <button class="btn primary" ?disabled=${this.busy} @click=${() => this.run(false)}>${icon("check")}${t("ui.cmdb.import.go")}</button></div>`;
  }

  counts(counts) {
    const words = outcomes();
    return html`<div class="counts">${Object.keys(words).filter((key) => counts[key]).map((key) => html`<span class="chip ${TONES[key]}">${words[key]}: ${counts[key]}</span>`)}</div>`;
  }

  told() {
    const { run, counts, rows } = this.result;
    return html`<section class="card box" role="status"><h2>${run ? t("ui.cmdb.import.did") : t("ui.cmdb.import.would")}</h2>${this.counts(counts)}
      <div class="scroll" tabindex="0" role="region" aria-label=${t("ui.cmdb.import.rows")}><table><thead><tr><th scope="col">${t("ui.cmdb.import.row")}</th><th scope="col">${t("ui.cmdb.field.name")}</th><th scope="col">${t("ui.cmdb.import.outcome")}</th><th scope="col">${t("ui.cmdb.import.what")}</th></tr></thead>
      <tbody>${rows.map((row) => html`<tr><td class="num">${row.number}</td><td>${row.item ? html`<a href=${itemHref(row.item)}>${row.name || row.item}</a>` : row.name || "–"}</td><td><span class="chip ${TONES[row.outcome]}">${outcomes()[row.outcome]}</span></td><td>${this.what(row)}</td></tr>`)}</tbody></table></div></section>`;
  }

  what(row) {
    const name = (field) => fieldName(this.schema, this.v.classKey, field);
    return html`${row.changes.map((c) => html`<p>${name(c.field)}: ${c.from ? html`<del>${said(this.schema, c.field, c.from)}</del> → ` : nothing}<ins>${said(this.schema, c.field, c.to)}</ins></p>`)}
      ${Object.entries(row.held).map(([field, source]) => html`<p>${t("ui.cmdb.import.held", { field: name(field), source: source === "hand" ? t("ui.cmdb.import.hand") : source })}</p>`)}
      ${row.candidates.length ? html`<p>${t("ui.cmdb.import.several", { n: row.candidates.length })}</p>` : row.outcome === "quarantined" ? html`<p>${t("ui.cmdb.import.noKey")}</p>` : nothing}
      ${row.errors.map((words) => html`<p class="wrong">${words}</p>`)}`;
  }

  list() {
    return html`<section class="card box"><h2>${t("ui.cmdb.import.list")}</h2>${this.runs.length ? html`<ul>${this.runs.map((run) => html`<li><div class="row"><b>${run.source}</b><span class="faint">${className(this.schema, run.classKey)} · ${run.by} · <talka-time .at=${run.at}></talka-time></span>
        <span class="row end">${run.counts.quarantined ? html`<a class="btn small" href=${`/app/m/cmdb/cmdb.imports/${run.id}`}>${t("ui.cmdb.import.quarantine")}</a>` : nothing}
          ${run.undoneAt ? html`<span class="chip wait">${t("ui.cmdb.import.undone")}</span>` : html`<button class="btn small" aria-label=${t("ui.cmdb.import.undo.of", { source: run.source })} @click=${() => this.undo(run)}>${icon("undo")}${t("ui.cmdb.import.undo")}</button>`}</span></div>
        ${this.counts(run.counts)}</li>`)}</ul>` : empty({ icon: "upload", title: t("ui.cmdb.import.none") })}</section>`;
  }

  /** Sources that were weighed, and those that were used. */
  weights() {
    const known = new Map(this.sources.map((source) => [source.name, source]));
    for (const run of this.runs) if (!known.has(run.source)) known.set(run.source, { name: run.source, weight: USUAL, weights: {}, version: 0 });
    const name = (source) => (source.name === "hand" ? t("ui.cmdb.import.hand") : source.name);
    return html`<section class="card box"><h2>${t("ui.cmdb.weights")}</h2><p class="muted">${t("ui.cmdb.weights.text")}</p><ul>${[...known.values()].sort((a, b) => b.weight - a.weight).map((source) => html`<li class="row"><b>${name(source)}</b>
      <span class="faint">${[source.weight, ...Object.entries(source.weights).map(([field, weight]) => `${field} ${weight}`)].join(" · ")}</span>
      <button class="btn small end" aria-label=${t("ui.cmdb.weights.change", { name: name(source) })} @click=${() => this.weigh(source, name(source))}>${icon("edit")}${t("ui.cmdb.edit")}</button></li>`)}</ul></section>`;
  }

  async weigh(source, name) {
    const v = { weight: source.weight, text: Object.entries(source.weights).map(([field, weight]) => `${field} ${weight}`).join("\n") };
    const done = await openDialog({
      title: t("ui.cmdb.weights.change", { name }), submit: t("ui.cmdb.save"),
      body: (d) => html`<talka-input type="number" min="0" max="100" .label=${t("ui.cmdb.weights.weight")} .help=${t("ui.cmdb.weights.help")} .value=${v.weight} .error=${wrongIn(d)("weight")} @input=${(e) => (v.weight = Number(e.currentTarget.value))}></talka-input>
        <talka-textarea rows="3" .label=${t("ui.cmdb.weights.fields")} .help=${t("ui.cmdb.weights.fields.help")} .value=${v.text} .error=${d.problem?.errors?.find((e) => e.field !== "weight")?.message ?? ""} @input=${(e) => (v.text = e.currentTarget.value)}></talka-textarea>`,
      onSubmit: () => {
        const weights = Object.fromEntries(v.text.split("\n").map((line) => line.trim().split(/[\s=:]+/)).filter(([field]) => field).map(([field, weight]) => [field, Number.isInteger(Number(weight)) ? Number(weight) : -1]));
        return this.api.call("PUT", `/cmdb/sources/${this.api.enc(source.name)}`, { body: { weight: v.weight, weights }, headers: { "If-Match": `"${source.version}"` } });
      },
    });
    if (done) this.load();
  }

  quarantine() {
    const path = `/cmdb/imports/${this.api.enc(this.chosen)}/quarantine`;
    const settle = (row, item) => this.act(() => this.api.call("POST", `${path}/${row.number}`, { body: { item } }));
    return html`<a class="btn quiet small" href="/app/m/cmdb/cmdb.imports">${icon("left")}${t("ui.cmdb.import.list")}</a>
      <section class="card box"><h2>${t("ui.cmdb.import.quarantine")}</h2><p class="muted">${t("ui.cmdb.import.quarantine.text")}</p>
      ${this.held?.items.length ? html`<ul>${this.held.items.map((row) => html`<li><div class="row"><b>${t("ui.cmdb.import.row.of", { n: row.number })}</b><span>${Object.entries(row.values).map(([field, value]) => `${fieldName(this.schema, this.v.classKey, field)}: ${value}`).join(" · ")}</span></div>
        <div class="acts">${row.candidates.map((ref) => html`<button class="btn small" @click=${() => settle(row, ref.key)}>${t("ui.cmdb.import.is", { name: ref.name })} <span class="faint mono">${ref.key}</span></button>`)}
          <button class="btn small" @click=${() => settle(row, null)}>${icon("plus")}${t("ui.cmdb.import.isNew")}</button>
          <button class="btn small quiet" @click=${() => this.act(() => this.api.remove(`${path}/${row.number}`))}>${t("ui.cmdb.import.leave")}</button></div></li>`)}</ul>` : empty({ icon: "check", title: t("ui.cmdb.import.quarantine.none") })}</section>`;
  }
}
