// SPDX-License-Identifier: Apache-2.0
/** Which fields a form shows, in what order and parts. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { confirmDialog, openDialog, toast } from "../../kit/overlay.js";
import { enc, patch } from "../../core/api.js";
import { fieldLabel, optionLabel } from "../../core/fields.js";
import { t, word } from "../../core/i18n.js";
import { setLeaveGuard } from "../../core/router.js";
import { editField, editFieldByKey } from "./field-dialog.js";
import { copy, named, nameIn, nameInputs, slug } from "./names.js";

/** `<talka-form-editor .type .fields portal @saved>` */
class TalkaFormEditor extends PlainElement {
  static properties = { type: { attribute: false }, fields: { attribute: false }, portal: { type: Boolean }, sections: { state: true }, changed: { state: true }, problem: { state: true } };
  constructor() {
    super();
    /** @type {any} */
    this.type = null;
    /** @type {any[]} */
    this.fields = [];
    this.portal = false;
    /** @type {any[]} */
    this.sections = [];
    this.changed = false;
    this.seen = 0;
    /** @type {any} */
    this.problem = null;
  }
  disconnectedCallback() {
    super.disconnectedCallback();
    setLeaveGuard(null);
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    // what is being worked on is not taken away by what somebody else saved
    if (changed.has("portal") || (changed.has("type") && !this.changed)) this.reset();
  }
  reset() {
    const own = this.portal ? this.type.portalForm : this.type.form;
    this.sections = copy(own.length || !this.portal ? own : this.type.form);
    // what is saved is compared with what was seen, not with what somebody else saved meanwhile
    this.seen = this.type.version;
    this.changed = false;
    this.problem = null;
    setLeaveGuard(null);
  }
  touch() {
    this.changed = true;
    this.sections = [...this.sections];
    setLeaveGuard(() => t("web.admin.leave"));
  }
  get name() {
    return this.portal ? "portalForm" : "form";
  }
  async save() {
    try {
      await patch(`/type-settings/${enc(this.type.key)}`, { [this.name]: this.sections.filter((s) => s.fields.length) }, `"${this.seen}"`);
      this.changed = false;
      this.problem = null;
      setLeaveGuard(null);
      toast(t("web.admin.saved"));
      this.dispatchEvent(new CustomEvent("saved"));
    } catch (problem) {
      this.problem = problem;
    }
  }
  async back() {
    if (!(await confirmDialog({ title: t("web.admin.form.reset"), text: t("web.admin.form.reset.text"), submit: t("web.admin.reset") }))) return;
    this.sections = [];
    await this.save();
  }
  sectionName(/** @type {any} */ section) {
    return nameIn(section.names, word(`form.${this.type.key}.${section.key}`));
  }
  editSection(/** @type {any} */ section = null) {
    const names = copy(section?.names ?? {});
    const whenField = Object.keys(section?.when ?? {})[0] ?? "";
    const v = { field: whenField, values: copy(section?.when?.[whenField] ?? []) };
    const choices = this.fields.filter((f) => f.type === "choice" && this.type.fields.includes(f.key));
    openDialog({
      title: section ? t("web.admin.section.edit", { name: this.sectionName(section) }) : t("web.admin.section.new"), submit: t("web.save"),
      body: (d) => {
        const chosen = choices.find((f) => f.key === v.field);
        return html`${nameInputs(t("web.admin.section.title"), names, () => "", { required: !section })}
          <talka-select .label=${t("web.admin.section.when")} .empty=${t("web.admin.section.always")} .options=${choices.map((f) => [f.key, nameIn(f.names, f.key)])} .value=${v.field} @change=${(/** @type {any} */ e) => {
            v.field = e.currentTarget.value;
            v.values = [];
            d.update();
          }}></talka-select>
          ${chosen ? html`<talka-checks .label=${t("web.admin.section.values")} .options=${chosen.options.map((/** @type {any} */ o) => [o.key, nameIn(o.names, optionLabel(chosen.key, o.key))])} .value=${v.values}
            @change=${(/** @type {any} */ e) => (v.values = e.currentTarget.value)}></talka-checks>` : nothing}`;
      },
      onSubmit: () => {
        if (!section && !named(names)) throw new Error(t("web.admin.nameless"));
        const when = v.field && v.values.length ? { [v.field]: v.values } : {};
        if (section) Object.assign(section, { names, when });
        else this.sections.push({ key: slug(names, "part", (key) => this.sections.some((s) => s.key === key)), names, fields: [], when });
        this.touch();
      },
    });
  }
  move(/** @type {any} */ section, /** @type {number} */ i, /** @type {number} */ step) {
    const [key] = section.fields.splice(i, 1);
    section.fields.splice(i + step, 0, key);
    this.touch();
    // the button goes with its row: the focus goes along
    this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector(`[data-move="${key}${step}"]:not(:disabled)`) ?? this.querySelector(`[data-move^="${key}"]:not(:disabled)`))?.focus());
  }
  moveSection(/** @type {number} */ i, /** @type {number} */ step) {
    const [section] = this.sections.splice(i, 1);
    this.sections.splice(i + step, 0, section);
    this.touch();
  }
  async newField(/** @type {any} */ section) {
    // the server puts it into the form that it knows
    if (this.changed) await this.save();
    if (this.problem) return;
    const key = await editField({ on: this.type.key, section: section.key, sections: this.sections.map((s) => [s.key, this.sectionName(s)]) });
    if (key) this.dispatchEvent(new CustomEvent("saved"));
  }
  field(/** @type {any} */ section, /** @type {string} */ key, /** @type {number} */ i) {
    const known = this.fields.find((f) => f.key === key);
    const name = nameIn(known?.names, fieldLabel(key));
    return html`<li><span class="f-name">${name}${known?.required || key === "subject" ? html`<span class="req" title=${t("web.admin.required")}>*</span>` : nothing} ${known?.own ? html`<span class="chip">${t("web.admin.own")}</span>` : nothing}</span>
      <button class="btn quiet square small" data-move="${key}-1" ?disabled=${i === 0} aria-label=${t("web.admin.up", { name })} @click=${() => this.move(section, i, -1)}>${icon("up")}</button>
      <button class="btn quiet square small" data-move="${key}1" ?disabled=${i === section.fields.length - 1} aria-label=${t("web.admin.down", { name })} @click=${() => this.move(section, i, 1)}>${icon("down")}</button>
      <talka-menu .label=${t("web.admin.more", { name })} .face=${icon("more")} .items=${[
        ...(known ? [{ label: t("web.admin.field.change"), icon: "edit", act: async () => {
          if (await editFieldByKey(key)) this.dispatchEvent(new CustomEvent("saved"));
        } }] : []),
        ...this.sections.filter((s) => s !== section).map((s) => ({ label: t("web.admin.moveTo", { name: this.sectionName(s) }), icon: "arrow", act: () => {
          section.fields.splice(i, 1);
          s.fields.push(key);
          this.touch();
        } })),
        ...(key === "subject" ? [] : [{ label: t("web.admin.hide"), icon: "eye", act: () => {
          section.fields.splice(i, 1);
          this.touch();
        } }]),
      ]}></talka-menu></li>`;
  }
  render() {
    if (!this.type) return nothing;
    const shown = new Set(this.sections.flatMap((s) => s.fields));
    const left = this.type.fields.filter((/** @type {string} */ key) => !shown.has(key)).map((/** @type {string} */ key) => [key, nameIn(this.fields.find((f) => f.key === key)?.names, fieldLabel(key))]);
    const own = this.portal ? this.type.ownPortalForm : this.type.ownForm;
    return html`<p class="muted">${this.portal ? t("web.admin.form.portal.intro") : t("web.admin.form.intro")}</p>
      ${this.problem ? html`<div class="error banner" role="alert">${icon("warn")}<span>${this.problem.errors?.length ? this.problem.errors.map((/** @type {any} */ e) => e.message).join(" ") : this.problem.message}</span></div>` : nothing}
      <div class="form-parts">${this.sections.map((section, i) => {
        const name = this.sectionName(section);
        const when = Object.entries(section.when ?? {});
        return html`<section class="card" aria-label=${name}><header><h2>${name}</h2>${when.map(([key, values]) => html`<span class="faint">${t("web.admin.section.only", { field: fieldLabel(key), values: /** @type {any} */ (values).map((/** @type {string} */ o) => optionLabel(key, o)).join(", ") })}</span>`)}<span class="grow"></span>
            <button class="btn quiet square small" ?disabled=${i === 0} aria-label=${t("web.admin.up", { name })} @click=${() => this.moveSection(i, -1)}>${icon("up")}</button>
            <button class="btn quiet square small" ?disabled=${i === this.sections.length - 1} aria-label=${t("web.admin.down", { name })} @click=${() => this.moveSection(i, 1)}>${icon("down")}</button>
            <button class="btn quiet square small" aria-label=${t("web.admin.section.edit", { name })} @click=${() => this.editSection(section)}>${icon("edit")}</button></header>
          <ol class="form-fields">${section.fields.map((/** @type {string} */ key, /** @type {number} */ n) => this.field(section, key, n))}</ol>
          <div class="foot">${left.length ? html`<talka-select hideLabel .label=${t("web.admin.field.show", { name })} .empty=${t("web.admin.field.show.empty")} .options=${left} .value=${""} @change=${(/** @type {any} */ e) => {
              if (e.currentTarget.value) section.fields.push(e.currentTarget.value);
              e.currentTarget.value = "";
              this.touch();
            }}></talka-select>` : nothing}
            ${this.portal ? nothing : html`<button class="btn small" @click=${() => this.newField(section)}>${icon("plus")}${t("web.admin.field.new")}</button>`}</div></section>`;
      })}</div>
      <div class="foot form-foot"><button class="btn primary" ?disabled=${!this.changed} @click=${() => this.save()}>${t("web.admin.form.save")}</button>
        <button class="btn" @click=${() => this.editSection()}>${icon("plus")}${t("web.admin.section.new")}</button>
        ${this.changed ? html`<button class="btn quiet" @click=${() => this.reset()}>${t("web.admin.form.undo")}</button>` : nothing}<span class="grow"></span>
        ${own && !this.type.own ? html`<button class="btn quiet" @click=${() => this.back()}>${t("web.admin.form.reset")}</button>` : nothing}</div>`;
  }
}
customElements.define("talka-form-editor", TalkaFormEditor);
