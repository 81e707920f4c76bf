// SPDX-License-Identifier: Apache-2.0
/** A new ticket of any type, drawn from the type's description. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { failure, loading } from "../kit/small.js";
import { enc, post, upload } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { readDraft, writeDraft } from "../core/drafts.js";
import { applies, editor, fieldLabel, toBody, typeLabel } from "../core/fields.js";
import { fold, formatSize, t, word } from "../core/i18n.js";
import { go } from "../core/router.js";
import { toast } from "../kit/overlay.js";
import "../core/contribution.js";

/** A form with more fields than this is folded, and so many of one part are drawn at first. */
const MANY = 40;
const PART = 60;
const given = (/** @type {any} */ v) => v !== undefined && v !== null && v !== "" && !(Array.isArray(v) && !v.length);

/** `<talka-create type portal>` */
class TalkaCreate extends PlainElement {
  static properties = { type: {}, portal: { type: Boolean }, description: { state: true }, values: { state: true }, errors: { state: true }, problem: { state: true }, busy: { state: true }, files: { state: true }, start: { attribute: false }, look: { state: true }, opened: { state: true }, follows: {} };
  constructor() {
    super();
    this.type = "";
    this.portal = false;
    /** @type {any} */
    this.description = null;
    /** @type {Record<string, any>} */
    this.values = {};
    /** @type {Record<string, string>} */
    this.errors = {};
    /** @type {any} */
    this.problem = null;
    this.busy = false;
    /** @type {File[]} */
    this.files = [];
    this.start = "";
    /** The finished ticket that this one goes on from. */
    this.follows = "";
    this.timer = 0;
    /** What is looked for among many fields. */
    this.look = "";
    /** The parts of a long form that are open, and the long ones of which all is shown. @type {Set<string>} */
    this.opened = new Set();
  }
  connectedCallback() {
    super.connectedCallback();
    this.follow(desk, "types");
    // a form that was changed meanwhile is shown as it is now, with what was filled in already
    const again = () => this.refresh();
    desk.addEventListener("types", again);
    this.until(() => desk.removeEventListener("types", again));
  }
  get types() {
    return desk.types.filter((type) => !type.retired && (!this.portal || type.portal));
  }
  get chosen() {
    return this.type || (this.portal ? "" : (this.types[0]?.key ?? ""));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("type") || !this.description) this.load();
  }
  async refresh() {
    const type = this.chosen;
    if (!type || !this.description) return;
    const description = await desk.describe(type).catch(() => null);
    if (description && type === this.chosen && this.description) this.description = description;
  }
  async load() {
    const type = this.chosen;
    if (!type || this.loading === type) return;
    this.loading = type;
    try {
      const description = await desk.describe(type);
      this.description = description;
      this.problem = null;
      const shared = Object.fromEntries(["subject", "description"].filter((k) => this.values[k]).map((k) => [k, this.values[k]]));
      this.values = { ...(readDraft(`new.${type}`) ?? {}), ...shared };
      if (this.start && !this.values.subject) this.values = { ...this.values, subject: this.start };
      this.errors = {};
      this.look = "";
      this.opened = new Set();
      setTitle(t("web.new.of", { type: typeLabel(type) }));
      await this.updateComplete;
      const first = /** @type {any} */ (this.querySelector("talka-field-part, talka-input, talka-textarea, talka-select, talka-combobox"));
      await first?.updateComplete;
      if (!this.portal || this.start) first?.focus();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.loading = "";
    }
  }
  loading = "";
  get sections() {
    const d = this.description;
    const form = this.portal && d.portalForm?.length ? d.portalForm : d.form;
    const usable = form?.length ? form : [{ key: "main", fields: ["subject", "description"], when: {} }];
    return usable.filter((/** @type {any} */ s) => applies(s, (k) => this.values[k]));
  }
  field(/** @type {string} */ key) {
    return this.description.fields?.find((/** @type {any} */ f) => f.key === key) ??
      { subject: { key, type: "text", required: true, max: 250 }, description: { key, type: "markdown" }, tags: { key, type: "text", multiple: true },
        assignee: { key, type: "person" }, requester: { key, type: "person" }, team: { key, type: "team" } }[key] ?? { key, type: "text" };
  }
  set(/** @type {string} */ key, /** @type {any} */ value) {
    this.values = { ...this.values, [key]: value };
    if (this.errors[key]) this.errors = { ...this.errors, [key]: "" };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => writeDraft(`new.${this.chosen}`, this.values), 400);
  }
  async submit(/** @type {Event} */ e) {
    e.preventDefault();
    if (this.busy) return;
    const shown = this.sections.flatMap((/** @type {any} */ s) => s.fields);
    /** @type {Record<string, string>} */
    const errors = {};
    for (const key of shown) {
      const v = this.values[key];
      if (this.field(key).required && !given(v)) errors[key] = t("web.required");
    }
    this.errors = errors;
    if (Object.keys(errors).length) return this.focusError();
    const values = Object.fromEntries(shown.filter((/** @type {string} */ k) => this.values[k] !== undefined && this.values[k] !== null && this.values[k] !== "" && !this.field(k).readOnly)
      .map((/** @type {string} */ k) => [k, this.values[k]]));
    this.busy = true;
    this.problem = null;
    try {
      const ticket = await post("/tickets", { type: this.chosen, ...toBody(values), ...(this.follows ? { follows: this.follows } : {}) });
      writeDraft(`new.${this.chosen}`, null);
      clearTimeout(this.timer);
      for (const file of this.files) {
        await upload(`/tickets/${enc(ticket.key)}/attachments`, file).catch((problem) => toast(`${file.name}: ${problem.message}`, { kind: "bad" }));
      }
      this.values = {};
      go(this.portal ? `/portal/requests/${enc(ticket.key)}` : `/app/ticket/${enc(ticket.key)}`);
      toast(t("web.new.done", { key: ticket.key }));
    } catch (problem) {
      const p = /** @type {any} */ (problem);
      this.errors = Object.fromEntries((p.errors ?? []).map((/** @type {any} */ x) => [x.field.replace(/^fields\./, ""), x.message]));
      this.problem = p;
      this.focusError();
    } finally {
      this.busy = false;
    }
  }
  async focusError() {
    await this.updateComplete;
    await new Promise(requestAnimationFrame);
    /** @type {HTMLElement | null} */ (this.querySelector("[data-invalid], [aria-invalid=true]"))?.focus();
  }
  cell(/** @type {string} */ key) {
    const field = this.field(key);
    const broad = field.type === "markdown" || key === "subject" || key === "tags" || field.multiple;
    return html`<div class="cell ${broad ? "broad" : ""}">${editor(field, this.values[key], (v) => this.set(key, v), { error: this.errors[key] })}</div>`;
  }

  toggle(/** @type {string} */ key, /** @type {boolean} */ open) {
    if (this.opened.has(key) === open) return;
    this.opened = new Set(open ? [...this.opened, key] : [...this.opened].filter((k) => k !== key));
  }

  /**
   * The sections with their fields. Of a form with many only the first one is open, what is closed is
   * not drawn at all, and a box finds fields by their names.
   * @param {any[]} sections
   */
  parts(sections) {
    const title = (/** @type {any} */ s) => word(`form.${this.chosen}.${s.key}`);
    const total = sections.reduce((sum, s) => sum + s.fields.length, 0);
    if (total <= MANY) {
      return sections.map((s, i) => html`<section class="part">${sections.length > 1 && i > 0 ? html`<h2>${title(s)}</h2>` : nothing}
        <div class="grid">${s.fields.map((/** @type {string} */ key) => this.cell(key))}</div></section>`);
    }
    const look = fold(this.look.trim());
    const found = look ? sections.map((s) => ({ ...s, fields: s.fields.filter((/** @type {string} */ k) => fold(fieldLabel(k)).includes(look)) })).filter((s) => s.fields.length) : sections;
    return html`<div class="find-field">${icon("search")}<input class="control" type="search" autocomplete="off" spellcheck="false" aria-label=${t("web.form.find")} placeholder=${t("web.form.find")} .value=${this.look}
        @input=${(/** @type {any} */ e) => (this.look = e.target.value)} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Enter" && e.preventDefault()}>
        <span class="faint" role="status">${look && !found.length ? t("web.form.nothing") : t("web.form.fields", { n: found.reduce((sum, s) => sum + s.fields.length, 0) })}</span></div>
      ${repeat(found, (s) => s.key, (s, i) => this.fold(s, title(s), !look && i === 0, !!look))}`;
  }

  /** A part of a long form. @param {any} s @param {string} title @param {boolean} first @param {boolean} looked */
  fold(s, title, first, looked) {
    const wrong = s.fields.some((/** @type {string} */ k) => this.errors[k]);
    const open = first || looked || wrong || this.opened.has(s.key);
    const filled = s.fields.filter((/** @type {string} */ k) => given(this.values[k])).length;
    const required = s.fields.some((/** @type {string} */ k) => this.field(k).required && !given(this.values[k]));
    const all = s.fields.length <= PART || this.opened.has(`${s.key}/all`);
    // what is wrong is shown however far down it stands
    const shown = all ? s.fields : s.fields.filter((/** @type {string} */ k, /** @type {number} */ i) => i < PART || this.errors[k]);
    const fields = html`<div class="grid">${repeat(shown, (k) => k, (k) => this.cell(k))}</div>
      ${all ? nothing : html`<button type="button" class="btn quiet" @click=${() => this.toggle(`${s.key}/all`, true)}>${icon("down")}${t("web.form.rest", { n: s.fields.length - shown.length })}</button>`}`;
    if (first) return html`<section class="part">${fields}</section>`;
    return html`<details class="part fold" ?open=${open} @toggle=${(/** @type {any} */ e) => !looked && !wrong && this.toggle(s.key, e.target.open)}>
      <summary>${icon("right")}<h2>${title}</h2><span class="faint">${t("web.form.fields", { n: s.fields.length })}${filled ? ` · ${t("web.form.filled", { n: filled })}` : ""}${required ? ` · ${t("web.form.required")}` : ""}</span></summary>
      ${open ? fields : nothing}</details>`;
  }

  /** What modules have to say to a request before it is sent. */
  suggestions() {
    const text = [this.values.subject, this.values.description].filter((part) => typeof part === "string" && part.trim()).join("\n");
    if (!this.portal || !text) return nothing;
    return desk.at("portal.suggestion").map((item) => html`<talka-contribution .item=${item} .extra=${{ text, place: "form", type: this.chosen }}></talka-contribution>`);
  }
  render() {
    if (!this.types.length) return failure({ status: 404, message: t("web.new.notypes") });
    if (!this.description) return this.problem ? failure(this.problem, () => this.load()) : loading(6);
    const sections = this.sections;
    const strays = Object.entries(this.errors).filter(([k, v]) => v && !sections.some((/** @type {any} */ s) => s.fields.includes(k)));
    return html`<form class="create" novalidate @submit=${(/** @type {Event} */ e) => this.submit(e)}>
      <h1>${this.portal ? word(`type.${this.chosen}.portal`, `web.portal.type.${this.chosen}`, `type.${this.chosen}`) : t("web.new.title")}</h1>
      ${this.follows ? html`<p class="goes-on muted">${icon("history")}${t("web.portal.follows")} <span class="mono">${this.follows}</span></p>` : nothing}
      ${this.portal ? nothing : html`<div class="types" role="radiogroup" aria-label=${t("web.type")}>${this.types.map((type) => html`<label class="type ${type.key === this.chosen ? "on" : ""}">
        <input type="radio" name="type" class="visually-hidden" .checked=${type.key === this.chosen} @change=${() => go(`/app/new/${type.key}`, { replace: true })}>${icon(type.icon || "list")}${typeLabel(type.key)}</label>`)}</div>`}
      ${this.problem && (!this.problem.errors?.length || strays.length) ? html`<p class="error banner" role="alert">${icon("warn")}<span>${strays.length ? strays.map(([k, m]) => `${fieldLabel(k)}: ${m} `) : this.problem.message}</span></p>` : nothing}
      ${this.parts(sections)}
      ${this.suggestions()}
      <div class="files">${this.files.map((f) => html`<span class="chip file">${icon("clip")}${f.name} <span class="faint">${formatSize(f.size)}</span>
        <button type="button" class="chip-x" aria-label=${t("web.removeOne", { name: f.name })} @click=${() => (this.files = this.files.filter((x) => x !== f))}>×</button></span>`)}</div>
      <div class="foot"><button class="btn primary ${this.portal ? "big" : ""}" ?disabled=${this.busy}>${this.portal ? t("web.portal.submit") : t("web.new.submit")}</button>
        <label class="btn quiet attach">${icon("clip")}<span>${t("web.attach")}</span><input type="file" multiple class="visually-hidden" @change=${(/** @type {any} */ e) => {
          this.files = [...this.files, ...e.target.files];
          e.target.value = "";
        }}></label><span class="grow"></span>
        <button type="button" class="btn quiet" @click=${() => {
          clearTimeout(this.timer);
          writeDraft(`new.${this.chosen}`, null);
          this.values = {};
          go(this.portal ? "/portal" : "/app");
        }}>${t("web.discard")}</button></div></form>`;
  }
}
customElements.define("talka-create", TalkaCreate);
