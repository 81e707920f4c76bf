// SPDX-License-Identifier: Apache-2.0
/** What kinds of tickets there are, and which fields they have. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { empty, failure, loading } from "../../kit/small.js";
import { openDialog, toastProblem } from "../../kit/overlay.js";
import "../../kit/tabs.js";
import { get, post } from "../../core/api.js";
import { setTitle } from "../../core/appearance.js";
import { desk } from "../../core/desk.js";
import { fieldLabel, moduleTitle, typeLabel } from "../../core/fields.js";
import { t } from "../../core/i18n.js";
import { go } from "../../core/router.js";
import { editField, kindLabel } from "./field-dialog.js";
import { nameIn, nameInputs } from "./names.js";

const ICONS = ["list", "incident", "request", "problem", "change", "release", "article", "laptop", "person", "people", "tag", "clock", "lock", "bell", "chart", "note"];

/**
 * Makes a type, from nothing or as a copy.
 * @param {any[]} types @param {string} [copyOf]
 * @returns {Promise<string | undefined>} its key
 */
export async function makeType(types, copyOf = "") {
  const v = { names: {}, plurals: {}, prefix: "", icon: types.find((type) => type.key === copyOf)?.icon ?? "list", copyOf, portal: false };
  return openDialog({
    title: t("web.admin.type.new"), submit: t("web.admin.type.make"), wide: true,
    body: (d) => {
      const wrong = (/** @type {string} */ key) => /** @type {any} */ (d).problem?.errors?.find((/** @type {any} */ e) => e.field === key)?.message ?? "";
      return html`${nameInputs(t("web.admin.name"), v.names, (l) => wrong(`names.${l}`) || (l === "en" ? wrong("names") || wrong("key") : ""), { required: true })}
        ${nameInputs(t("web.admin.plural"), v.plurals, (l) => wrong(`plurals.${l}`))}
        <div class="pair"><talka-input .label=${t("web.admin.prefix")} required maxlength="5" .help=${t("web.admin.prefix.help")} .value=${v.prefix} .error=${wrong("prefix")}
            @input=${(/** @type {any} */ e) => (v.prefix = e.currentTarget.value.toUpperCase())}></talka-input>
          <talka-select .label=${t("web.admin.copyOf")} .empty=${t("web.admin.copyOf.none")} .help=${t("web.admin.copyOf.help")} .options=${types.filter((type) => !type.gone).map((type) => [type.key, nameIn(type.names, type.key)])} .value=${v.copyOf} .error=${wrong("copyOf")}
            @change=${(/** @type {any} */ e) => (v.copyOf = e.currentTarget.value)}></talka-select></div>
        <fieldset class="field"><legend>${t("web.admin.icon")}</legend><div class="icon-choice">${ICONS.map((name) => html`<label class="type ${v.icon === name ? "on" : ""}">
          <input type="radio" name="icon" class="visually-hidden" aria-label=${name} .checked=${v.icon === name} @change=${() => {
            v.icon = name;
            d.update();
          }}>${icon(name)}</label>`)}</div></fieldset>
        <talka-switch .label=${t("web.admin.type.portal")} .value=${v.portal} @change=${(/** @type {any} */ e) => (v.portal = e.currentTarget.value)}></talka-switch>`;
    },
    onSubmit: async () => (await post("/type-settings", { ...v, copyOf: v.copyOf || null })).key,
  });
}

class TalkaTypes extends PlainElement {
  static properties = { part: {}, types: { state: true }, fields: { state: true }, text: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.part = this.text = "";
    /** @type {any[] | null} */
    this.types = null;
    /** @type {any[]} */
    this.fields = [];
    /** @type {any} */
    this.problem = null;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.nav.types"));
    const again = () => this.load();
    desk.addEventListener("types", again);
    this.until(() => desk.removeEventListener("types", again));
    this.load();
  }
  async load() {
    try {
      const [types, fields] = await Promise.all([get("/type-settings"), get("/field-settings")]);
      this.types = types.items;
      this.fields = fields.items;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  async newType() {
    const key = await makeType(this.types ?? []);
    if (key) go(`/app/type/${encodeURIComponent(key)}`);
  }
  async field(/** @type {any} */ field = undefined) {
    try {
      if (await editField({ field })) this.load();
    } catch (problem) {
      toastProblem(problem);
    }
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    const fields = this.part === "fields";
    return html`<div class="head"><div><h1 class="page-title">${t("web.nav.types")}</h1><p class="muted">${t("web.admin.intro")}</p></div><span class="grow"></span>
        <button class="btn primary" @click=${() => (fields ? this.field() : this.newType())}>${fields ? t("web.admin.field.new") : t("web.admin.type.new")}</button></div>
      <div class="bar-line"><talka-tabs .label=${t("web.nav.types")} .value=${fields ? "fields" : "types"} .tabs=${[{ key: "types", label: t("web.admin.types") }, { key: "fields", label: t("web.admin.fields") }]}
          @change=${(/** @type {any} */ e) => go(e.currentTarget.value === "fields" ? "/app/types/fields" : "/app/types")}></talka-tabs><span class="grow"></span>
        ${fields ? html`<div class="filter"><label class="visually-hidden" for="which">${t("web.admin.fields.find")}</label>${icon("search")}<input id="which" class="control" type="search" placeholder=${t("web.admin.fields.find")} .value=${this.text} @input=${(/** @type {any} */ e) => (this.text = e.target.value)}></div>` : nothing}</div>
      <div class="card">${this.types === null ? loading(6) : fields ? this.fieldList() : this.typeList(this.types)}</div>`;
  }
  typeList(/** @type {any[]} */ types) {
    return html`<ul class="persons">${types.map((type) => html`<li><a class="person-row ${type.retired || type.gone ? "off" : ""}" href=${`/app/type/${encodeURIComponent(type.key)}`}><span class="ic">${icon(type.icon || "list")}</span>
      <span class="p-name"><b>${nameIn(type.names, type.key)}</b><span class="faint">${type.prefix}-000001 · ${from(type)}</span></span>
      <span class="p-roles">${type.retired ? html`<span class="chip wait">${t("web.admin.retired")}</span>` : nothing}${type.missing || type.gone ? html`<span class="chip bad">${t("web.missing.short")}</span>` : nothing}
        ${type.troubles.length ? html`<span class="chip wait">${icon("warn")}${t("web.admin.troubles", { n: type.troubles.length })}</span>` : nothing}${type.portal ? html`<span class="chip">${t("web.nav.portal")}</span>` : nothing}</span></a></li>`)}</ul>`;
  }
  fieldList() {
    const low = this.text.toLowerCase();
    const shown = this.fields.filter((f) => !low || nameIn(f.names, f.key).toLowerCase().includes(low) || f.key.toLowerCase().includes(low) || f.on.some((/** @type {string} */ type) => typeLabel(type).toLowerCase().includes(low)));
    if (!shown.length) return empty({ icon: "list", title: t("web.admin.fields.none") });
    return html`<ul class="persons">${shown.map((f) => html`<li><button class="person-row ${f.retired || f.gone ? "off" : ""}" @click=${() => this.field(f)}>
      <span class="p-name"><b>${nameIn(f.names, fieldLabel(f.key))}</b><span class="faint">${kindLabel(f.type ?? "text")} · ${f.builtIn ? t("web.admin.builtIn") : html`${f.on.map(typeLabel).join(", ")} · ${from(f)}`}</span></span>
      <span class="p-roles">${f.required ? html`<span class="chip">${t("web.admin.required")}</span>` : nothing}${f.retired ? html`<span class="chip wait">${t("web.admin.retired")}</span>` : nothing}
        ${f.troubles.length ? html`<span class="chip wait">${icon("warn")}${t("web.admin.troubles", { n: f.troubles.length })}</span>` : nothing}</span></button></li>`)}</ul>`;
  }
}
customElements.define("talka-types", TalkaTypes);

/** Who brought it. @param {any} thing */
export const from = (thing) => (thing.own ? t("web.admin.own") : thing.module === "core" ? t("web.admin.core") : moduleTitle(thing.module));
