// SPDX-License-Identifier: Apache-2.0
/** The workflow editor: picture and tables of one draft, its check, and its publication. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { failure, loading } from "../../kit/small.js";
import { confirmDialog, openDialog, toast, toastProblem } from "../../kit/overlay.js";
import { call, enc, get } from "../../core/api.js";
import { desk } from "../../core/desk.js";
import { fieldLabel, typeLabel } from "../../core/fields.js";
import { formatDateTime, t, word } from "../../core/i18n.js";
import { copy, named, nameIn, nameInputs, slug } from "./names.js";
import { categoryLabel, layout } from "./workflow-picture.js";

const CATEGORIES = ["NEW", "ACTIVE", "PENDING", "RESOLVED", "CLOSED"];
const COMMENTS = () => /** @type {[string, string][]} */ ([["none", t("web.flow.comment.none")], ["optional", t("web.flow.comment.optional")], ["required", t("web.flow.comment.required")]]);

/** Declared as `guards` of a transition. */
const NO_OPEN_TASKS = "no-open-tasks";

/** `<talka-workflow key type>` */
class TalkaWorkflow extends PlainElement {
  static properties = { key: {}, type: {}, bench: { state: true }, design: { state: true }, selected: { state: true }, problem: { state: true }, busy: { state: true } };
  constructor() {
    super();
    this.key = this.type = this.selected = "";
    /** @type {any} */
    this.bench = null;
    /** @type {any} */
    this.design = null;
    /** @type {any} */
    this.problem = null;
    this.busy = false;
    /** Designs before the changes of this visit, the latest last. @type {any[]} */
    this.before = [];
    this.waiting = false;
  }
  connectedCallback() {
    super.connectedCallback();
    const again = () => !this.busy && this.load();
    desk.addEventListener("types", again);
    this.until(() => desk.removeEventListener("types", again));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("key") && this.key) {
      this.bench = this.design = null;
      this.before = [];
      this.load();
    }
  }
  get path() {
    return `/workflow-settings/${enc(this.key)}`;
  }
  take(/** @type {any} */ bench) {
    this.bench = bench;
    this.design = copy(bench.draft ?? bench.current);
    this.problem = null;
  }
  async load() {
    const key = this.key;
    try {
      const bench = await get(this.path);
      if (key === this.key) this.take(bench);
    } catch (problem) {
      if (key === this.key) this.problem = problem;
    }
  }
  async send(/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ body = undefined) {
    return (await call(method, this.path + path, { body, headers: { "If-Match": `"${this.bench.version}"` } })).data;
  }
  /** Changes the draft and keeps it. @param {(design: any) => void} f */
  change(f) {
    this.before = [...this.before.slice(-30), copy(this.design)];
    const design = copy(this.design);
    f(design);
    this.design = design;
    this.keep();
  }
  undo() {
    const last = this.before.pop();
    if (!last) return;
    this.design = last;
    this.keep();
  }
  /** One after the other, the last state of things. */
  async keep() {
    if (this.busy) {
      this.waiting = true;
      return;
    }
    this.busy = true;
    try {
      do {
        this.waiting = false;
        const bench = await this.send("PUT", "/draft", this.design);
        if (this.waiting) this.bench = bench;
        else this.take(bench);
      } while (this.waiting);
    } catch (problem) {
      this.waiting = false;
      const p = /** @type {any} */ (problem);
      toast(p.status === 412 ? t("web.flow.stale") : (p.errors?.[0]?.message ?? p.message), { kind: "bad" });
      this.before = [];
      await this.load();
    } finally {
      this.busy = false;
    }
  }
  stateName(/** @type {string} */ key, design = this.design) {
    return nameIn(design.states.find((/** @type {any} */ s) => s.key === key)?.names, key);
  }
  editState(/** @type {any} */ state = null) {
    const v = copy({ names: state?.names ?? {}, category: state?.category ?? "ACTIVE", initial: state ? this.design.initial === state.key : !this.design.initial });
    const from = { state: "", name: {} };
    openDialog({
      title: state ? t("web.flow.state.edit", { name: nameIn(state.names, state.key) }) : t("web.flow.state.new"), submit: t("web.save"), wide: true,
      body: (d) => html`${nameInputs(t("web.admin.name"), v.names, () => "", { required: !state })}
        <talka-select .label=${t("web.flow.meaning")} required .help=${t("web.flow.meaning.help")} .options=${CATEGORIES.map((c) => [c, categoryLabel(c)])} .value=${v.category} @change=${(/** @type {any} */ e) => (v.category = e.currentTarget.value)}></talka-select>
        <talka-switch .label=${t("web.flow.initial")} .value=${v.initial} ?disabled=${!!state && this.design.initial === state.key} @change=${(/** @type {any} */ e) => (v.initial = e.currentTarget.value)}></talka-switch>
        ${state ? html`<p><button type="button" class="btn small" @click=${() => {
            d.close();
            this.editTransition(null, state.key);
          }}>${icon("plus")}${t("web.flow.transition.from")}</button>
          <button type="button" class="btn small danger" @click=${() => {
            d.close();
            this.removeState(state.key);
          }}>${t("web.flow.state.remove")}</button></p>`
          : html`<talka-select .label=${t("web.flow.state.reached")} .empty=${t("web.flow.state.later")} .help=${t("web.flow.state.reached.help")} .options=${this.design.states.map((/** @type {any} */ s) => [s.key, nameIn(s.names, s.key)])} .value=${from.state} @change=${(/** @type {any} */ e) => {
            from.state = e.currentTarget.value;
            d.update();
          }}></talka-select>
          ${from.state ? nameInputs(t("web.flow.transition.name"), from.name, () => "", { required: true }) : nothing}`}`,
      onSubmit: () => {
        if (!named(v.names) || (from.state && !named(from.name))) throw new Error(t("web.admin.nameless"));
        this.change((design) => {
          const key = state?.key ?? slug(v.names, "state", (k) => design.states.some((/** @type {any} */ s) => s.key === k));
          if (state) Object.assign(design.states.find((/** @type {any} */ s) => s.key === key), { names: v.names, category: v.category });
          else design.states.push({ key, category: v.category, names: v.names, ...this.free(design, from.state) });
          if (v.initial) design.initial = key;
          if (from.state) this.connect(design, from.state, key, from.name);
          this.selected = `s:${key}`;
        });
      },
    });
  }
  /** A free place near a state; with it all others keep the places where they are seen. */
  free(/** @type {any} */ design, /** @type {string} */ near) {
    const places = layout(design);
    for (const state of design.states) Object.assign(state, places.get(state.key));
    const base = places.get(near) ?? { x: 28, y: 28 };
    for (let n = 0; n < 40; n++) {
      const at = { x: base.x + (n % 2 ? 252 : 0), y: base.y + Math.ceil(n / 2) * 112 };
      if (![...places.values()].some((p) => Math.abs(p.x - at.x) < 160 && Math.abs(p.y - at.y) < 60)) return at;
    }
    return { x: 28, y: 28 };
  }
  connect(/** @type {any} */ design, /** @type {string} */ from, /** @type {string} */ to, /** @type {any} */ names) {
    const key = slug(names, "step", (k) => design.transitions.some((/** @type {any} */ w) => w.key === k));
    design.transitions.push({ key, names, from: [from], to, requires: [], permission: "ticket:transition", comment: "optional", requester: false });
    return key;
  }
  removeState(/** @type {string} */ key) {
    this.change((design) => {
      design.states = design.states.filter((/** @type {any} */ s) => s.key !== key);
      // "from nowhere" would mean "from anywhere": a step that loses its last start goes
      design.transitions = design.transitions.filter((/** @type {any} */ w) => w.to !== key && !(w.from.length === 1 && w.from[0] === key));
      for (const way of design.transitions) way.from = way.from.filter((/** @type {string} */ k) => k !== key);
      if (design.initial === key) design.initial = "";
    });
    toast(t("web.flow.state.removed"), { action: { label: t("web.undo"), act: () => this.undo() } });
  }
  async editTransition(/** @type {any} */ way = null, from = "", to = "") {
    const [permissions, type] = await Promise.all([get("/permissions").then((p) => p.items).catch(() => []), desk.describe(this.type).catch(() => ({ fields: [] }))]);
    const v = copy({ names: way?.names ?? {}, from: way?.from ?? (from ? [from] : []), to: way?.to ?? to, requires: way?.requires ?? [], permission: way?.permission ?? "ticket:transition", comment: way?.comment ?? "optional", requester: !!way?.requester, guards: way?.guards ?? [], any: way ? !way.from.length : false });
    const states = this.design.states.map((/** @type {any} */ s) => [s.key, nameIn(s.names, s.key)]);
    const fields = type.fields.filter((/** @type {any} */ f) => f.key !== "subject" && (!f.readOnly || v.requires.includes(f.key))).map((/** @type {any} */ f) => [f.key, fieldLabel(f.key)]);
    for (const key of v.requires) if (!fields.some((/** @type {any} */ f) => f[0] === key)) fields.push([key, fieldLabel(key)]);
    openDialog({
      title: way ? t("web.flow.transition.edit", { name: nameIn(way.names, way.key) }) : t("web.flow.transition.new"), submit: t("web.save"), wide: true,
      body: (d) => html`${nameInputs(t("web.admin.name"), v.names, () => "", { required: !way })}
        <talka-switch .label=${t("web.flow.fromAny")} .help=${t("web.flow.fromAny.help")} .value=${v.any} @change=${(/** @type {any} */ e) => {
          v.any = e.currentTarget.value;
          d.update();
        }}></talka-switch>
        ${v.any ? nothing : html`<talka-checks .label=${t("web.flow.from")} .options=${states} .value=${v.from} @change=${(/** @type {any} */ e) => (v.from = e.currentTarget.value)}></talka-checks>`}
        <talka-select .label=${t("web.flow.to")} required .options=${states} .value=${v.to} @change=${(/** @type {any} */ e) => (v.to = e.currentTarget.value)}></talka-select>
        <fieldset class="field guards"><legend>${t("web.flow.guards")}</legend>
          <talka-select .label=${t("web.flow.permission")} required .options=${permissions.map((/** @type {any} */ p) => [p.key, word(`permission.${p.key}`)])} .value=${v.permission} @change=${(/** @type {any} */ e) => (v.permission = e.currentTarget.value)}></talka-select>
          <talka-switch .label=${t("web.flow.requester")} .value=${v.requester} @change=${(/** @type {any} */ e) => (v.requester = e.currentTarget.value)}></talka-switch>
          <talka-select .label=${t("web.flow.comment")} required .options=${COMMENTS()} .value=${v.comment} @change=${(/** @type {any} */ e) => (v.comment = e.currentTarget.value)}></talka-select>
          <talka-switch .label=${t("web.flow.tasks")} .help=${t("web.flow.tasks.help")} .value=${v.guards.includes(NO_OPEN_TASKS)} @change=${(/** @type {any} */ e) => (v.guards = e.currentTarget.value ? [NO_OPEN_TASKS] : [])}></talka-switch>
          <details ?open=${v.requires.length > 0}><summary>${t("web.flow.requires", { n: v.requires.length })}</summary><talka-checks .label=${t("web.flow.requires.label")} .options=${fields} .value=${v.requires} @change=${(/** @type {any} */ e) => (v.requires = e.currentTarget.value)}></talka-checks></details></fieldset>
        ${way ? html`<p><button type="button" class="btn small danger" @click=${() => {
          d.close();
          this.removeTransition(way.key);
        }}>${t("web.flow.transition.remove")}</button></p>` : nothing}`,
      onSubmit: () => {
        if (!named(v.names)) throw new Error(t("web.admin.nameless"));
        if (!v.to || (!v.any && !v.from.length)) throw new Error(t("web.flow.transition.ends"));
        const { any, ...rest } = v;
        this.change((design) => {
          const values = { ...rest, from: any ? [] : rest.from };
          if (way) Object.assign(design.transitions.find((/** @type {any} */ w) => w.key === way.key), values);
          else {
            const key = slug(v.names, "step", (k) => design.transitions.some((/** @type {any} */ w) => w.key === k));
            design.transitions.push({ key, ...values });
            this.selected = `t:${key}`;
          }
        });
      },
    });
  }
  removeTransition(/** @type {string} */ key) {
    this.change((design) => {
      design.transitions = design.transitions.filter((/** @type {any} */ w) => w.key !== key);
    });
    toast(t("web.flow.transition.removed"), { action: { label: t("web.undo"), act: () => this.undo() } });
  }
  pick(/** @type {any} */ what) {
    this.selected = what.state ? `s:${what.state}` : `t:${what.transition}`;
    if (what.state) this.editState(this.design.states.find((/** @type {any} */ s) => s.key === what.state));
    else this.editTransition(this.design.transitions.find((/** @type {any} */ w) => w.key === what.transition));
  }
  place(/** @type {any} */ { key, x, y }) {
    this.change((design) => {
      const places = layout(design);
      for (const state of design.states) Object.assign(state, state.key === key ? { x, y } : places.get(state.key));
      for (const state of design.states) {
        state.x = Math.round(state.x);
        state.y = Math.round(state.y);
      }
    });
  }
  /** What publishing would change, in words. */
  changes() {
    const a = this.bench.current;
    const b = this.design;
    const by = (/** @type {any[]} */ list) => new Map(list.map((x) => [x.key, x]));
    const lines = [];
    const look = (/** @type {any} */ x) => JSON.stringify({ ...x, x: 0, y: 0 });
    const words = { states: [t("web.flow.diff.state.added"), t("web.flow.diff.state.removed"), t("web.flow.diff.state.changed")], transitions: [t("web.flow.diff.step.added"), t("web.flow.diff.step.removed"), t("web.flow.diff.step.changed")] };
    for (const part of /** @type {const} */ (["states", "transitions"])) {
      const was = by(a[part]);
      const is = by(b[part]);
      for (const [key, x] of is) if (!was.has(key)) lines.push(`${words[part][0]}: ${nameIn(x.names, key)}`);
      for (const [key, x] of was) if (!is.has(key)) lines.push(`${words[part][1]}: ${nameIn(x.names, key)}`);
      for (const [key, x] of is) if (was.has(key) && look(x) !== look(was.get(key))) lines.push(`${words[part][2]}: ${nameIn(x.names, key)}`);
    }
    if (a.initial !== b.initial) lines.push(t("web.flow.diff.initial", { name: this.stateName(b.initial) }));
    return lines;
  }
  /** Asks where tickets come to that are in states which go. @param {any} d @param {any} v @param {any[]} leaving @param {any[]} targets */
  replacements(d, v, leaving, targets) {
    return leaving.filter((l) => l.used).map((l) => this.replacement(v, l.state, targets, d.problem?.of?.(`replacements.${l.state}`) ?? ""));
  }
  /** Throws what a dialog shows at the field that was left out. @param {any} v @param {any[]} leaving */
  complete(v, leaving) {
    const left = leaving.filter((l) => l.used && !v[l.state]).map((l) => `replacements.${l.state}`);
    if (left.length) throw Object.assign(new Error(t("web.flow.replacement.needed")), { of: (/** @type {string} */ field) => (left.includes(field) ? t("web.required") : "") });
  }
  replacement(/** @type {any} */ v, /** @type {string} */ state, /** @type {any[]} */ targets, /** @type {string} */ error) {
    return html`<talka-select .label=${t("web.flow.replacement", { state: this.stateName(state, this.bench.current) })} required .empty=${t("web.flow.replacement.choose")} .options=${targets.map((s) => [s.key, nameIn(s.names, s.key)])} .value=${v[state] ?? ""} .error=${error}
      @change=${(/** @type {any} */ e) => (v[state] = e.currentTarget.value)}></talka-select>`;
  }
  async publish() {
    const bench = this.bench;
    /** @type {Record<string, string>} */
    const replacements = {};
    let note = "";
    const lines = this.changes();
    const done = await openDialog({
      title: t("web.flow.publish.title"), submit: bench.errors.length ? undefined : t("web.flow.publish"), wide: true,
      body: (d) => bench.errors.length ? html`<p>${t("web.flow.publish.errors")}</p>${this.errorList()}`
        : html`<p>${t("web.flow.publish.text", { types: bench.types.map(typeLabel).join(", ") })}</p>
          ${lines.length ? html`<ul class="diff">${lines.map((l) => html`<li>${l}</li>`)}</ul>` : html`<p class="muted">${t("web.flow.diff.none")}</p>`}
          ${bench.troubles.map((/** @type {string} */ text) => html`<p class="warn">${icon("warn")} ${text}</p>`)}
          ${this.replacements(d, replacements, bench.leaving, this.design.states)}
          <talka-input .label=${t("web.flow.note")} maxlength="500" .help=${t("web.flow.note.help")} .value=${note} @input=${(/** @type {any} */ e) => (note = e.currentTarget.value)}></talka-input>`,
      onSubmit: async () => {
        this.complete(replacements, bench.leaving);
        this.take(await this.send("POST", "/versions", { replacements, note }));
      },
    });
    if (done) {
      this.before = [];
      toast(t("web.flow.published"));
    }
  }
  async discard() {
    if (!(await confirmDialog({ title: t("web.flow.discard"), text: t("web.flow.discard.text"), submit: t("web.flow.discard"), danger: true }))) return;
    try {
      this.take(await this.send("DELETE", "/draft"));
      this.before = [];
    } catch (problem) {
      toastProblem(problem);
      this.load();
    }
  }
  async takeBack() {
    /** @type {Record<string, string>} */
    const replacements = {};
    const { back, current } = this.bench;
    const targets = back.states.map((/** @type {string} */ key) => current.states.find((/** @type {any} */ s) => s.key === key) ?? { key, names: { en: word(`state.${this.key}.${key}`) } });
    const done = await openDialog({
      title: t("web.flow.takeBack"), submit: t("web.flow.takeBack.submit"), danger: true,
      body: (d) => html`<p>${t("web.flow.takeBack.text", { n: this.bench.number })}</p>${this.replacements(d, replacements, back.leaving, targets)}`,
      onSubmit: async () => {
        this.complete(replacements, back.leaving);
        this.take(await this.send("POST", "/take-back", { replacements }));
      },
    });
    if (done) toast(t("web.flow.takenBack"));
  }
  async history() {
    const versions = (await get(`${this.path}/versions`)).items;
    openDialog({
      title: t("web.flow.history"), noFoot: true, wide: true,
      body: () => versions.length ? html`<div class="scroll-x"><table class="health"><thead><tr><th>${t("web.flow.version")}</th><th>${t("web.flow.when")}</th><th>${t("web.flow.who")}</th><th>${t("web.flow.note")}</th><th>${t("web.flow.states")}</th><th>${t("web.flow.transitions")}</th></tr></thead>
        <tbody>${versions.map((/** @type {any} */ v) => html`<tr><th>${v.number} ${v.number === this.bench.number ? html`<span class="chip done">${t("web.flow.inEffect")}</span>` : nothing}</th><td>${formatDateTime(v.publishedAt)}</td><td>${v.publishedBy}</td>
          <td>${v.note}${v.takenBackAt ? html` <span class="chip wait">${t("web.flow.takenBackBy", { by: v.takenBackBy, at: formatDateTime(v.takenBackAt) })}</span>` : nothing}</td><td class="num">${v.states}</td><td class="num">${v.transitions}</td></tr>`)}</tbody></table></div>`
        : html`<p class="muted">${t("web.flow.history.none")}</p>`,
    });
  }
  errorList() {
    return html`<ul class="faults">${this.bench.errors.map((/** @type {any} */ e) => html`<li>${icon("warn")}<span>${e.message}</span></li>`)}</ul>`;
  }
  guards(/** @type {any} */ way) {
    const parts = [];
    if (way.permission !== "ticket:transition") parts.push(word(`permission.${way.permission}`));
    if (way.requires.length) parts.push(t("web.flow.needs", { fields: way.requires.map(fieldLabel).join(", ") }));
    if (way.comment === "required") parts.push(t("web.flow.comment.required"));
    if (way.requester) parts.push(t("web.flow.requester.short"));
    if (way.guards?.includes(NO_OPEN_TASKS)) parts.push(t("web.flow.tasks.short"));
    return parts.join(" · ") || "–";
  }
  tables() {
    const d = this.design;
    const wrong = (/** @type {string} */ place) => this.bench.errors.filter((/** @type {any} */ e) => e.field === place).map((/** @type {any} */ e) => html`<p class="error">${icon("warn")}${e.message}</p>`);
    const shift = (/** @type {"states"|"transitions"} */ part, /** @type {number} */ i, /** @type {number} */ step) => this.change((design) => {
      const [x] = design[part].splice(i, 1);
      design[part].splice(i + step, 0, x);
    });
    return html`<div class="flow-tables">
      <section class="card"><header><h2>${t("web.flow.states")}</h2><span class="grow"></span><button class="btn small" @click=${() => this.editState()}>${icon("plus")}${t("web.flow.state.new")}</button></header>
        <div class="scroll-x"><table class="health"><thead><tr><th>${t("web.admin.name")}</th><th>${t("web.flow.meaning")}</th><th><span class="visually-hidden">${t("web.more")}</span></th></tr></thead>
        <tbody>${d.states.map((/** @type {any} */ s, /** @type {number} */ i) => html`<tr><th scope="row"><button class="linkish" @click=${() => this.pick({ state: s.key })}>${nameIn(s.names, s.key)}</button>${d.initial === s.key ? html` <span class="chip done">${t("web.flow.begins")}</span>` : nothing}${wrong(`states.${s.key}`)}</th><td>${categoryLabel(s.category)}</td>
          <td class="end-cell"><talka-menu .label=${t("web.admin.more", { name: nameIn(s.names, s.key) })} .face=${icon("more")} .items=${[
            { label: t("web.admin.field.change"), icon: "edit", act: () => this.pick({ state: s.key }) },
            { label: t("web.flow.transition.from"), icon: "arrow", act: () => this.editTransition(null, s.key) },
            ...(d.initial === s.key ? [] : [{ label: t("web.flow.initial.make"), icon: "right", act: () => this.change((x) => (x.initial = s.key)) }]),
            ...(i ? [{ label: t("web.flow.up"), icon: "up", act: () => shift("states", i, -1) }] : []), ...(i < d.states.length - 1 ? [{ label: t("web.flow.down"), icon: "down", act: () => shift("states", i, 1) }] : []),
            ...["left", "right", "top", "bottom"].map((to) => this.nudge(s, to)), null,
            { label: t("web.flow.state.remove"), icon: "close", danger: true, act: () => this.removeState(s.key) }]}></talka-menu></td></tr>`)}</tbody></table></div></section>
      <section class="card"><header><h2>${t("web.flow.transitions")}</h2><span class="grow"></span><button class="btn small" @click=${() => this.editTransition()}>${icon("plus")}${t("web.flow.transition.new")}</button></header>
        <div class="scroll-x"><table class="health"><thead><tr><th>${t("web.admin.name")}</th><th>${t("web.flow.from")}</th><th>${t("web.flow.to")}</th><th>${t("web.flow.guards")}</th><th><span class="visually-hidden">${t("web.more")}</span></th></tr></thead>
        <tbody>${d.transitions.map((/** @type {any} */ w, /** @type {number} */ i) => html`<tr><th scope="row"><button class="linkish" @click=${() => this.pick({ transition: w.key })}>${nameIn(w.names, w.key)}</button>${wrong(`transitions.${w.key}`)}</th>
          <td>${w.from.length ? w.from.map((/** @type {string} */ k) => this.stateName(k)).join(", ") : t("web.flow.any")}</td><td>${this.stateName(w.to)}</td><td>${this.guards(w)}</td>
          <td class="end-cell"><talka-menu .label=${t("web.admin.more", { name: nameIn(w.names, w.key) })} .face=${icon("more")} .items=${[
            { label: t("web.admin.field.change"), icon: "edit", act: () => this.pick({ transition: w.key }) },
            ...(i ? [{ label: t("web.flow.up"), icon: "up", act: () => shift("transitions", i, -1) }] : []), ...(i < d.transitions.length - 1 ? [{ label: t("web.flow.down"), icon: "down", act: () => shift("transitions", i, 1) }] : []), null,
            { label: t("web.flow.transition.remove"), icon: "close", danger: true, act: () => this.removeTransition(w.key) }]}></talka-menu></td></tr>`)}</tbody></table></div></section></div>`;
  }
  /** Moves a box in the picture without a drag. */
  nudge(/** @type {any} */ state, /** @type {string} */ to) {
    const [dx, dy] = /** @type {any} */ ({ left: [-80, 0], right: [80, 0], top: [0, -48], bottom: [0, 48] })[to];
    const label = { left: t("web.flow.move.left"), right: t("web.flow.move.right"), top: t("web.flow.move.up"), bottom: t("web.flow.move.down") }[to] ?? "";
    const at = /** @type {any} */ (layout(this.design).get(state.key));
    return { label, icon: /** @type {any} */ ({ left: "left", right: "right", top: "up", bottom: "down" })[to], act: () => this.place({ key: state.key, x: Math.max(0, Math.round(at.x + dx)), y: Math.max(0, Math.round(at.y + dy)) }) };
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.bench || !this.design) return loading(6);
    const { bench } = this;
    const others = bench.types.filter((/** @type {string} */ k) => k !== this.type);
    return html`<div class="flow-bar">
        <span class="chip ${bench.number ? "done" : ""}">${bench.number ? t("web.flow.inEffect.version", { n: bench.number }) : t("web.flow.inEffect.declared")}</span>
        ${bench.draft ? html`<span class="chip open">${t("web.flow.draft", { by: bench.draftBy })}</span>` : nothing}
        ${bench.moving ? html`<span class="chip wait" role="status">${t("web.flow.moving")}</span>` : nothing}<span class="grow"></span>
        <button class="btn quiet" ?disabled=${!this.before.length} @click=${() => this.undo()}>${icon("undo")}${t("web.undo")}</button>
        <button class="btn" @click=${() => this.editState()}>${icon("plus")}${t("web.flow.state.new")}</button>
        <button class="btn" @click=${() => this.editTransition()}>${icon("arrow")}${t("web.flow.transition.new")}</button>
        <talka-menu .label=${t("web.flow.menu")} .face=${icon("more")} .items=${[
          { label: t("web.flow.history"), icon: "history", act: () => this.history() },
          ...(bench.back ? [{ label: t("web.flow.takeBack"), icon: "undo", act: () => this.takeBack() }] : []),
          ...(bench.draft ? [{ label: t("web.flow.discard"), icon: "close", danger: true, act: () => this.discard() }] : [])]}></talka-menu>
        <button class="btn primary" ?disabled=${!bench.draft || this.busy} @click=${() => this.publish()}>${t("web.flow.check")}</button></div>
      ${others.length ? html`<p class="muted">${t("web.flow.shared", { types: others.map(typeLabel).join(", ") })}</p>` : nothing}
      ${bench.troubles.map((/** @type {string} */ text) => html`<p class="say bad">${icon("warn")}<span>${text}</span></p>`)}
      ${bench.errors.length ? html`<div class="say bad" role="status"><div><b>${t("web.flow.errors", { n: bench.errors.length })}</b>${this.errorList()}</div></div>` : nothing}
      <div class="card"><talka-workflow-picture .design=${this.design} .selected=${this.selected} .wrong=${new Set(bench.errors.map((/** @type {any} */ e) => e.field))}
        @place=${(/** @type {any} */ e) => this.place(e.detail)} @pick=${(/** @type {any} */ e) => this.pick(e.detail)} @connect=${(/** @type {any} */ e) => this.editTransition(null, e.detail.from, e.detail.to)}></talka-workflow-picture>
        <p class="help pad">${t("web.flow.help")}</p></div>
      ${this.tables()}`;
  }
}
customElements.define("talka-workflow", TalkaWorkflow);
