// SPDX-License-Identifier: Apache-2.0
/** One ticket type: its names, its forms, its workflow. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { failure, loading } from "../../kit/small.js";
import { confirmDialog, openDialog, toast, toastProblem } from "../../kit/overlay.js";
import "../../kit/tabs.js";
import { enc, get, patch, remove } from "../../core/api.js";
import { setTitle } from "../../core/appearance.js";
import { desk } from "../../core/desk.js";
import { t } from "../../core/i18n.js";
import { go } from "../../core/router.js";
import { copy, nameIn, nameInputs } from "./names.js";
import { from, makeType } from "./types.js";
import "./form-editor.js";
import "./workflow.js";

class TalkaType extends PlainElement {
  static properties = { key: {}, part: {}, type: { state: true }, fields: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.key = this.part = "";
    /** @type {any} */
    this.type = null;
    /** @type {any[]} */
    this.fields = [];
    /** @type {any} */
    this.problem = null;
  }
  connectedCallback() {
    super.connectedCallback();
    const again = () => this.load();
    desk.addEventListener("types", again);
    this.until(() => desk.removeEventListener("types", again));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("key") && this.key) {
      this.type = null;
      this.load();
    }
  }
  async load() {
    const key = this.key;
    try {
      const [type, fields] = await Promise.all([get(`/type-settings/${enc(key)}`), get("/field-settings")]);
      if (key !== this.key) return;
      this.type = type;
      this.fields = fields.items;
      this.problem = null;
      setTitle(nameIn(type.names, key));
    } catch (problem) {
      if (key === this.key) this.problem = problem;
    }
  }
  get path() {
    return `/type-settings/${enc(this.key)}`;
  }
  async change(/** @type {any} */ values) {
    try {
      this.type = (await patch(this.path, values, `"${this.type.version}"`)).data;
      toast(t("web.admin.saved"));
    } catch (problem) {
      toastProblem(problem);
      this.load();
    }
  }
  rename() {
    const v = copy({ names: this.type.names, plurals: this.type.plurals, portal: this.type.portal });
    openDialog({
      title: t("web.admin.rename.title", { name: nameIn(this.type.names, this.key) }), submit: t("web.save"), wide: true,
      body: (d) => {
        const wrong = (/** @type {string} */ key) => /** @type {any} */ (d).problem?.errors?.find((/** @type {any} */ e) => e.field === key)?.message ?? "";
        return html`${nameInputs(t("web.admin.name"), v.names, (l) => wrong(`names.${l}`), { required: true })}${nameInputs(t("web.admin.plural"), v.plurals, (l) => wrong(`plurals.${l}`))}
          <talka-switch .label=${t("web.admin.type.portal")} .value=${v.portal} @change=${(/** @type {any} */ e) => (v.portal = e.currentTarget.value)}></talka-switch>`;
      },
      onSubmit: async () => {
        this.type = (await patch(this.path, v, `"${this.type.version}"`)).data;
      },
    });
  }
  async copyOf() {
    const all = (await get("/type-settings")).items;
    const key = await makeType(all, this.key);
    if (key) go(`/app/type/${enc(key)}`);
  }
  async retire() {
    const name = nameIn(this.type.names, this.key);
    if (!this.type.retired && !(await confirmDialog({ title: t("web.admin.type.retire.title", { name }), text: t("web.admin.type.retire.text"), submit: t("web.admin.retire") }))) return;
    this.change({ retired: !this.type.retired });
  }
  async remove() {
    const name = nameIn(this.type.names, this.key);
    const own = this.type.own;
    const o = own ? { title: t("web.admin.remove.title", { name }), text: t("web.admin.type.remove.text"), submit: t("web.remove"), danger: true }
      : { title: t("web.admin.reset.title", { name }), text: t("web.admin.reset.text"), submit: t("web.admin.reset"), danger: true };
    try {
      if (!(await confirmDialog(o))) return;
      await remove(this.path);
      if (own || this.type.gone) go("/app/types");
      else this.load();
    } catch (problem) {
      toastProblem(problem);
    }
  }
  render() {
    const type = this.type;
    if (this.problem) return failure(this.problem, () => this.load());
    if (!type) return loading(6);
    const name = nameIn(type.names, this.key);
    const part = ["portal", "workflow"].includes(this.part) ? this.part : "form";
    const tabs = [{ key: "form", label: t("web.admin.form") }, ...(type.portal ? [{ key: "portal", label: t("web.admin.form.portal") }] : []), { key: "workflow", label: t("web.admin.workflow") }];
    return html`<a class="btn quiet up-link" href="/app/types">${icon("left")}${t("web.nav.types")}</a>
      <div class="head"><span class="ic">${icon(type.icon || "list")}</span><div><h1 class="page-title">${name}</h1><p class="muted">${type.prefix}-000001 · ${from(type)}${type.retired ? html` <span class="chip wait">${t("web.admin.retired")}</span>` : nothing}</p></div><span class="grow"></span>
        <button class="btn" @click=${() => this.rename()}>${t("web.admin.rename")}</button>
        <talka-menu .label=${t("web.admin.more", { name })} .face=${icon("more")} .items=${[
          { label: t("web.admin.copy"), icon: "plus", act: () => this.copyOf() },
          { label: type.retired ? t("web.admin.unretire") : t("web.admin.retire"), icon: type.retired ? "undo" : "lock", act: () => this.retire() },
          ...(type.own || type.version > 0 ? [{ label: type.own ? t("web.admin.type.remove") : t("web.admin.reset"), icon: "close", danger: true, act: () => this.remove() }] : []),
        ]}></talka-menu></div>
      ${type.troubles.map((/** @type {string} */ text) => html`<p class="error banner">${icon("warn")}<span>${text}</span></p>`)}
      ${type.gone ? nothing : html`<div class="bar-line"><talka-tabs .label=${name} .value=${part} .tabs=${tabs} @change=${(/** @type {any} */ e) => go(`/app/type/${enc(this.key)}/${e.currentTarget.value}`) || e.preventDefault()}></talka-tabs></div>
        ${part === "workflow" ? html`<talka-workflow .key=${type.workflow} .type=${type.key}></talka-workflow>`
          : html`<talka-form-editor .type=${type} .fields=${this.fields} ?portal=${part === "portal"} @saved=${() => this.load()}></talka-form-editor>`}`}`;
  }
}
customElements.define("talka-type", TalkaType);
