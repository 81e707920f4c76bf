// SPDX-License-Identifier: Apache-2.0
/** Brings items from a file: try it, look, keep it, settle what was ambiguous, take it back. */
import { css, html, nothing } from "lit";
import { confirmDialog, empty, failure, icon, loading, openDialog, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { attributesOf, className, classTree, fieldName, itemHref, itemSource, nameIn, readSchema, said, wrongIn } from "./common.js";

export const api = 1;

/** A text of JSON may be so long; longer texts are sent in parts. */
const PART = 400_000;
/** What is larger is sent as a file and imported in the background. */
const SMALL = 2_000_000;
const FEW = 5_000;
/** How often an import in the background is looked at. */
const LOOK = 1_000;
const SAMPLE = 8_000;
/** What a source weighs that nobody has weighed. */
const USUAL = 50;
const BUILT_IN = ["name", "classKey", "status", "criticality", "environment", "owner", "team", "location"];
const outcomes = () => ({ created: t("ui.cmdb.outcome.created"), changed: t("ui.cmdb.outcome.changed"), same: t("ui.cmdb.outcome.same"), quarantined: t("ui.cmdb.outcome.quarantined"), refused: t("ui.cmdb.outcome.refused") });
const states = () => ({
  waiting: t("ui.cmdb.state.waiting"), running: t("ui.cmdb.state.running"), done: t("ui.cmdb.state.done"), cancelled: t("ui.cmdb.state.cancelled"),
  failed: t("ui.cmdb.state.failed"), undoing: t("ui.cmdb.state.undoing"), undone: t("ui.cmdb.import.undone"),
});
const STATE_TONES = { waiting: "wait", running: "open", done: "done", cancelled: "wait", failed: "bad", undoing: "open", undone: "wait" };
const open = (run) => ["waiting", "running", "undoing"].includes(run.state);
const TONES = { created: "done", changed: "open", same: "", quarantined: "wait", refused: "bad" };

/** The names of the columns, out of the first line; the server reads the file itself. */
function columnsOf(text) {
  const first = text.replace(/^\uFEFF/, "").split(/\r?\n/, 1)[0];
  const separator = [",", ";", "\t"].sort((a, b) => first.split(b).length - first.split(a).length)[0];
  return first.split(separator).map((name) => name.trim().replace(/^"|"$/g, "")).filter(Boolean);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]/g, "");

export default class ConfigurationImports extends TalkaElement {
  static properties = { schema: { state: true }, runs: { state: true }, next: { state: true }, problem: { state: true }, file: { state: true }, result: { state: true }, busy: { state: true }, going: { state: true }, held: { state: true }, sources: { state: true }, errors: { state: true } };

  static styles = css`
    :host { display: block; }
    .lead { margin: 6px 0 16px; max-width: 70ch; } .box { padding: 16px 18px; margin-bottom: 16px; min-width: 0; } h2 { margin: 0 0 12px; } p { margin: 0; }
    .pair { display: grid; gap: 12px; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); margin: 12px 0; }
    .acts { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 14px; } .acts label.btn { position: relative; cursor: pointer; }
    .counts { display: flex; flex-wrap: wrap; gap: 8px; margin: 4px 0 12px; } .scroll { overflow-x: auto; }
    table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: 7px 12px 7px 0; border-bottom: 1px solid var(--rule); font-size: var(--size-s); vertical-align: top; overflow-wrap: anywhere; } thead th { color: var(--ink-2); font-weight: 560; }
    ul { list-style: none; margin: 0; padding: 0; } li { padding: 10px 0; } li + li { border-top: 1px solid var(--rule); } .row { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; } .end { margin-left: auto; }
    progress { inline-size: min(420px, 100%); block-size: 8px; accent-color: var(--accent); } .kind { margin: 12px 0 0; padding: 0; border: 0; display: flex; flex-wrap: wrap; gap: 6px 18px; } .kind legend { font-weight: 560; margin-bottom: 4px; } .kind label { display: flex; gap: 6px; align-items: center; accent-color: var(--accent); }
    .ref { display: inline-flex; gap: 6px; align-items: center; } del { color: var(--ink-3); } ins { text-decoration: none; } .wrong { color: var(--danger); }
  `;

  constructor() {
    super();
    this.schema = this.runs = this.next = this.problem = this.file = this.result = this.held = this.sources = this.going = null;
    this.busy = false;
    this.errors = {};
    /** What the address names. */
    this.address = null;
    this.v = { kind: "items", source: "", classKey: "server", targetClass: "item", relationType: "", mapping: {} };
    this.later = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.later);
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.runs) this.follow();
  }

  /** Looks again while an import goes on, whoever began it. */
  follow() {
    clearTimeout(this.later);
    if (!this.isConnected || this.chosen || !this.runs?.some(open)) return;
    this.later = setTimeout(async () => {
      try {
        const runs = await this.api.get("/cmdb/imports?limit=20");
        this.runs = runs.items;
        this.next = runs.next;
        if (this.going) await this.ended();
      } catch {
        // the next look may tell
      }
      this.follow();
    }, LOOK);
  }

  /** What came of the import that was begun here, once it has ended. */
  async ended() {
    const run = await this.api.get(`/cmdb/imports/${this.going}`);
    if (open(run)) return;
    const { items } = await this.api.get(`/cmdb/imports/${this.going}/rows`);
    this.going = null;
    this.result = { run: run.dryRun ? null : run, counts: run.counts, rows: items };
    if (!run.dryRun) this.file = null;
    if (run.state === "failed") toast(run.failure, { kind: "bad" });
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
      const one = `/cmdb/imports/${this.api.enc(id)}`;
      const [schema, runs, held, sources, about] = await Promise.all([readSchema(this.api), this.api.get("/cmdb/imports?limit=20"), id ? this.api.get(`${one}/quarantine`) : null, this.api.get("/cmdb/sources"), id ? this.api.get(one) : null]);
      if (id !== this.chosen) return;
      this.schema = schema;
      this.runs = runs.items;
      this.next = runs.next;
      this.held = held;
      this.about = about;
      this.sources = sources.items;
      this.problem = null;
      this.follow();
    } catch (problem) {
      this.problem = problem;
    }
  }

  async take(e) {
    const file = e.target.files?.[0];
    e.target.value = "";
    if (!file) return;
    this.result = null;
    this.errors = {};
    this.busy = true;
    try {
      this.file = (file.size <= SMALL && this.small(file.name, await file.text())) || (await this.send(file));
    } catch (problem) {
      toast(problem.errors?.[0]?.message ?? problem.message, { kind: "bad" });
      return;
    } finally {
      this.busy = false;
    }
    const named = file.name.replace(/\.[^.]*$/, "").replace(/[^\p{L}\p{N} ._-]/gu, " ").trim().slice(0, 60);
    if (!this.v.source || this.v.source === this.named) this.v.source = named;
    this.named = named;
    this.ask(this.file.columns.some((column) => /^(source|target)\./.test(column)) ? "relations" : "items");
  }

  /** Asks for what rows of this kind need. */
  ask(kind) {
    if (kind !== this.v.kind) {
      this.v.kind = kind;
      this.v.classKey = kind === "relations" ? "item" : "server";
    }
    this.guess();
  }

  /** A file that fits into one request; nothing for one that has too many rows. */
  small(name, text) {
    if (/^\uFEFF?\s*[[{]/.test(text)) {
      let data;
      try {
        data = JSON.parse(text);
      } catch {
        throw new Error(t("ui.cmdb.import.json"));
      }
      const rows = Array.isArray(data) ? data : (data.items ?? []);
      return rows.length <= FEW && { name, rows, columns: [...new Set(rows.slice(0, 200).flatMap((row) => Object.keys(row ?? {})))] };
    }
    if (text.split("\n").length > FEW) return null;
    const parts = [];
    for (let at = 0; at < text.length; at += PART) parts.push(text.slice(at, at + PART));
    return { name, parts, columns: columnsOf(text.slice(0, SAMPLE)) };
  }

  async send(file) {
    const { data } = await this.api.call("POST", `/cmdb/imports/files${this.api.query({ name: file.name })}`, { raw: file, headers: { "Content-Type": "application/octet-stream" } });
    return { name: file.name, id: data.id, count: data.rows, columns: data.columns };
  }

  fields() {
    if (this.v.kind === "items") return this.fieldsOf(this.v.classKey);
    const end = (side, key, label) => [[`${side}.key`, label(t("ui.cmdb.import.number"))], ...this.fieldsOf(key).map(([field, name]) => [`${side}.${field}`, label(name)])];
    return [["type", t("ui.cmdb.import.type")], ["weight", t("ui.cmdb.weight")], ...end("source", this.v.classKey, (what) => t("ui.cmdb.import.from", { what })), ...end("target", this.v.targetClass, (what) => t("ui.cmdb.import.to", { what }))];
  }

  fieldsOf(classKey) {
    const keys = [...this.schema.classes.keys()].filter((key) => this.beneath(key, classKey));
    const own = new Map(keys.flatMap((key) => attributesOf(this.schema, key)).map((a) => [a.key, nameIn(a.names, a.key)]));
    return [...BUILT_IN.map((key) => [key, fieldName(this.schema, classKey, key)]), ...own];
  }

  beneath(key, above) {
    for (let c = this.schema.classes.get(key); c; c = this.schema.classes.get(c.parent)) if (c.key === above) return true;
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
      const { kind, source, classKey, targetClass, relationType, mapping } = this.v;
      const { parts, rows, id } = this.file;
      const ties = kind === "relations" ? { targetClass, relationType } : {};
      const result = await this.api.post("/cmdb/imports", { kind, source, classKey, ...ties, mapping, dryRun, ...(id ? { file: id } : rows ? { rows } : { parts }) });
      if (id) {
        this.result = null;
        this.going = result.run.id;
        this.runs = [result.run, ...this.runs];
        this.follow();
      } else {
        this.result = result;
        if (!dryRun) this.file = null;
      }
      if (!dryRun) await this.load();
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
      if (!open(undone)) toast(undone.kept ? t("ui.cmdb.import.undone.kept", { n: undone.kept }) : t("ui.cmdb.import.undone"));
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
          <span class="faint">${this.file?.id ? t("ui.cmdb.import.background", { n: this.file.count }) : t("ui.cmdb.import.choose.help")}</span></div>${this.file ? this.questions() : nothing}</section>
      ${this.result ? this.told() : nothing}${this.list()}${this.weights()}`;
  }

  questions() {
    const fields = this.fields();
    const classes = classTree(this.schema).map((c) => [c.key, nameIn(c.names, c.key)]);
    const again = (key) => (e) => {
      this.v[key] = e.currentTarget.value;
      this.guess();
      this.requestUpdate();
    };
    const kinds = [["items", t("ui.cmdb.import.kind.items")], ["relations", t("ui.cmdb.import.kind.relations")]];
    const ties = this.v.kind === "relations";
    const types = [...this.schema.types.values()].filter((type) => !type.retired).map((type) => [type.key, nameIn(type.names, type.key)]);
    return html`<fieldset class="kind"><legend>${t("ui.cmdb.import.kind")}</legend>${kinds.map(([key, name]) => html`<label><input type="radio" name="kind" value=${key} .checked=${this.v.kind === key} @change=${() => {
        this.ask(key);
        this.requestUpdate();
      }}>${name}</label>`)}</fieldset><div class="pair"><talka-input .label=${t("ui.cmdb.import.source")} .help=${t("ui.cmdb.import.source.help")} required maxlength="60" .value=${this.v.source} .error=${this.errors.source ?? ""} @input=${(e) => (this.v.source = e.currentTarget.value)}></talka-input>
        <talka-select .label=${ties ? t("ui.cmdb.import.class.from") : t("ui.cmdb.field.class")} .help=${ties ? t("ui.cmdb.import.class.beneath") : t("ui.cmdb.import.class.help")} required .options=${classes} .value=${this.v.classKey} .error=${this.errors.classKey ?? this.errors.keys ?? ""} @change=${again("classKey")}></talka-select>
        ${ties ? html`<talka-select .label=${t("ui.cmdb.import.class.to")} .help=${t("ui.cmdb.import.class.beneath")} required .options=${classes} .value=${this.v.targetClass} .error=${this.errors.targetClass ?? this.errors.targetKeys ?? ""} @change=${again("targetClass")}></talka-select>
        <talka-select .label=${t("ui.cmdb.import.type")} .help=${t("ui.cmdb.import.type.help")} .empty=${t("ui.cmdb.import.type.each")} .options=${types} .value=${this.v.relationType} .error=${this.errors.relationType ?? ""} @change=${(e) => (this.v.relationType = e.currentTarget.value)}></talka-select>` : nothing}</div>
      <h2>${t("ui.cmdb.import.columns")}</h2><div class="pair">${this.file.columns.map((column) => html`<talka-select .label=${column} .empty=${t("ui.cmdb.import.skip")} .options=${fields} .value=${this.v.mapping[column] ?? ""} @change=${(e) => {
        this.v.mapping = { ...this.v.mapping, [column]: e.currentTarget.value };
        this.requestUpdate();
      }}></talka-select>`)}</div>
      <div class="acts"><button class="btn" ?disabled=${this.busy || !!this.going} @click=${() => this.run(true)}>${icon("eye")}${t("ui.cmdb.import.try")}</button>
        <button class="btn primary" ?disabled=${this.busy || !!this.going} @click=${() => this.run(false)}>${icon("check")}${t("ui.cmdb.import.go")}</button></div>`;
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
      ${row.candidates.length > 1 ? html`<p>${t("ui.cmdb.import.several", { n: row.candidates.length })}</p>` : row.outcome !== "quarantined" ? nothing : this.v.kind === "relations" ? html`<p>${t("ui.cmdb.import.noEnd")}</p>` : row.outcome === "quarantined" ? html`<p>${t("ui.cmdb.import.noKey")}</p>` : nothing}
      ${row.errors.map((words) => html`<p class="wrong">${words}</p>`)}`;
  }

  list() {
    return html`<section class="card box"><h2>${t("ui.cmdb.import.list")}</h2>${this.runs.length ? html`<ul>${this.runs.map((run) => html`<li><div class="row"><b>${run.source}</b><span class="faint">${run.kind === "relations" ? t("ui.cmdb.relations") : className(this.schema, run.classKey)} · ${run.by} · <talka-time .at=${run.at}></talka-time></span>
        <span class="row end">${this.acts(run)}</span></div>
        ${open(run) ? this.progress(run) : nothing}${run.failure ? html`<p class="wrong">${run.failure}</p>` : nothing}${this.counts(run.counts)}</li>`)}</ul>` : empty({ icon: "upload", title: t("ui.cmdb.import.none") })}</section>`;
  }

  acts(run) {
    if (run.state === "waiting" || run.state === "running") {
      return html`<button class="btn small" ?disabled=${run.cancelling} aria-label=${t("ui.cmdb.import.cancel.of", { source: run.source })} @click=${() => this.act(() => this.api.post(`/cmdb/imports/${run.id}/cancellation`))}>${icon("close")}${t("ui.cmdb.import.cancel")}</button>`;
    }
    if (run.state === "undoing") return nothing;
    return html`${run.state === "done" ? nothing : html`<span class="chip ${STATE_TONES[run.state]}">${states()[run.state]}</span>`}
      ${run.counts.quarantined ? html`<a class="btn small" href=${`/app/m/cmdb/cmdb.imports/${run.id}`}>${t("ui.cmdb.import.quarantine")}</a>` : nothing}
      ${run.undoneAt || run.dryRun ? nothing : html`<button class="btn small" aria-label=${t("ui.cmdb.import.undo.of", { source: run.source })} @click=${() => this.undo(run)}>${icon("undo")}${t("ui.cmdb.import.undo")}</button>`}`;
  }

  progress(run) {
    const words = run.cancelling ? t("ui.cmdb.state.cancelling") : states()[run.state];
    const name = t("ui.cmdb.import.progress", { source: run.source });
    return html`<p class="row"><span class="chip ${STATE_TONES[run.state]}">${words}</span>${run.dryRun ? html`<span class="chip">${t("ui.cmdb.import.trial")}</span>` : nothing}${run.state === "undoing" ? html`<progress aria-label=${name}></progress>`
      : html`<progress aria-label=${name} max=${run.total} .value=${run.counts.read}></progress><span class="num faint">${t("ui.cmdb.import.read", { n: run.counts.read, total: run.total })}</span>`}</p>`;
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

  /** A field of an item, or of one end of a relation. */
  fieldWords(field) {
    const classKey = this.about?.classKey ?? this.v.classKey;
    const [side, own] = field.split(".");
    if (!own) return field === "type" ? t("ui.cmdb.import.type") : field === "weight" ? t("ui.cmdb.weight") : fieldName(this.schema, classKey, field);
    const what = own === "key" ? t("ui.cmdb.import.number") : fieldName(this.schema, classKey, own);
    return side === "source" ? t("ui.cmdb.import.from", { what }) : t("ui.cmdb.import.to", { what });
  }

  /** Says which items a relation is between. */
  async ends(row, path) {
    const only = (refs) => (refs.length === 1 ? refs[0] : { key: "", name: "" });
    const v = { item: only(row.candidates).key, target: only(row.others).key };
    const texts = { item: only(row.candidates).name, target: only(row.others).name };
    const box = (d, key, label) => html`<talka-combobox .label=${label} required .source=${itemSource(this.api, this.schema)} .value=${v[key]} .text=${texts[key]} .error=${wrongIn(d)(key)} @change=${(e) => {
      v[key] = e.detail?.value ?? "";
      texts[key] = e.detail?.label ?? "";
    }}></talka-combobox>`;
    const done = await openDialog({
      title: t("ui.cmdb.import.row.of", { n: row.number }), submit: t("ui.cmdb.relate"),
      body: (d) => html`${box(d, "item", t("ui.cmdb.type.source"))}${box(d, "target", t("ui.cmdb.type.target"))}`,
      onSubmit: () => this.api.call("POST", `${path}/${row.number}`, { body: v }),
    });
    if (done) this.load();
  }

  quarantine() {
    const path = `/cmdb/imports/${this.api.enc(this.chosen)}/quarantine`;
    const ties = this.about?.kind === "relations";
    const settle = (row, item) => this.act(() => this.api.call("POST", `${path}/${row.number}`, { body: { item } }));
    return html`<a class="btn quiet small" href="/app/m/cmdb/cmdb.imports">${icon("left")}${t("ui.cmdb.import.list")}</a>
      <section class="card box"><h2>${t("ui.cmdb.import.quarantine")}</h2><p class="muted">${t("ui.cmdb.import.quarantine.text")}</p>
      ${this.held?.items.length ? html`<ul>${this.held.items.map((row) => html`<li><div class="row"><b>${t("ui.cmdb.import.row.of", { n: row.number })}</b><span>${Object.entries(row.values).map(([field, value]) => `${this.fieldWords(field)}: ${value}`).join(" · ")}</span></div>
        <div class="acts">${ties ? html`<button class="btn small" @click=${() => this.ends(row, path)}>${icon("link")}${t("ui.cmdb.import.ends")}</button>` : html`${row.candidates.map((ref) => html`<button class="btn small" @click=${() => settle(row, ref.key)}>${t("ui.cmdb.import.is", { name: ref.name })} <span class="faint mono">${ref.key}</span></button>`)}
          <button class="btn small" @click=${() => settle(row, null)}>${icon("plus")}${t("ui.cmdb.import.isNew")}</button>`}
          <button class="btn small quiet" @click=${() => this.act(() => this.api.remove(`${path}/${row.number}`))}>${t("ui.cmdb.import.leave")}</button></div></li>`)}</ul>` : empty({ icon: "check", title: t("ui.cmdb.import.quarantine.none") })}</section>`;
  }
}
