// SPDX-License-Identifier: Apache-2.0
/** The dialog that makes and changes a field. */
import { html, nothing } from "lit";
import { icon } from "../../kit/icons.js";
import { confirmDialog, openDialog, toast } from "../../kit/overlay.js";
import { enc, get, patch, post, remove } from "../../core/api.js";
import { desk } from "../../core/desk.js";
import { fieldLabel, typeLabel } from "../../core/fields.js";
import { t, word } from "../../core/i18n.js";
import { copy, nameIn, nameInputs } from "./names.js";

const SEVERAL = new Set(["choice", "text", "person", "team", "ticket"]);
/** @param {string} kind */
export const kindLabel = (kind) => word(`web.admin.kind.${kind}`);
const kinds = () => /** @type {[string, string][]} */ ([
  ["text", t("web.admin.kind.text")], ["markdown", t("web.admin.kind.markdown")], ["number", t("web.admin.kind.number")], ["boolean", t("web.admin.kind.boolean")],
  ["date", t("web.admin.kind.date")], ["datetime", t("web.admin.kind.datetime")], ["choice", t("web.admin.kind.choice")], ["person", t("web.admin.kind.person")],
  ["team", t("web.admin.kind.team")], ["organisation", t("web.admin.kind.organisation")], ["ticket", t("web.admin.kind.ticket")],
]);

/**
 * @param {{field?: any, on?: string, section?: string, sections?: [string, string][]}} o `field` is changed; without it a new one is made for `on`
 * @returns {Promise<string | undefined>} the key of the field, when anything was saved
 */
export async function editField(o) {
  const field = o.field;
  const types = desk.types.filter((type) => !type.retired || field?.on.includes(type.key));
  const v = copy({
    type: field?.type ?? "text", names: field?.names ?? {}, help: field?.help ?? {}, on: field?.on ?? [o.on ?? types[0]?.key].filter(Boolean), options: field?.options ?? [],
    multiple: !!field?.multiple, required: !!field?.required, audience: field?.audience ?? "all", retired: !!field?.retired, section: o.section ?? "", portal: false,
  });
  const own = !field || field.own;
  const done = await openDialog({
    title: field ? t("web.admin.field.edit", { name: nameIn(field.names, fieldLabel(field.key)) }) : t("web.admin.field.new").replace("…", ""), submit: field ? t("web.save") : t("web.admin.field.make"), wide: true,
    body: (d) => {
      const wrong = (/** @type {string} */ key) => /** @type {any} */ (d).problem?.errors?.find((/** @type {any} */ e) => e.field === key)?.message ?? "";
      const flag = (/** @type {"required"|"multiple"|"retired"|"portal"} */ key, /** @type {string} */ label, /** @type {string} */ help, off = false) =>
        html`<talka-switch .label=${label} .help=${help} .value=${v[key]} ?disabled=${off} .error=${wrong(key)} @change=${(/** @type {any} */ e) => (v[key] = e.currentTarget.value)}></talka-switch>`;
      if (field?.builtIn) {
        return html`<p class="help">${t("web.admin.field.builtIn")}</p>${nameInputs(t("web.admin.name"), v.names, (l) => wrong(`names.${l}`))}${nameInputs(t("web.admin.field.help"), v.help, (l) => wrong(`help.${l}`), { max: 300 })}
          ${field.version > 0 ? html`<p><button type="button" class="btn small danger" @click=${() => removeField(field, () => d.close(/** @type {any} */ (field.key)))}>${t("web.admin.reset")}</button></p>` : nothing}`;
      }
      return html`${field?.module && !field.own ? html`<p class="help">${t("web.admin.field.declared")}</p>` : nothing}
        ${(field?.troubles ?? []).map((/** @type {string} */ text) => html`<p class="error">${icon("warn")}${text}</p>`)}
        ${nameInputs(t("web.admin.name"), v.names, (l) => wrong(`names.${l}`) || (l === "en" ? wrong("names") : ""), { required: own })}
        ${field ? nothing : html`<talka-select .label=${t("web.admin.field.kind")} required .options=${kinds()} .value=${v.type} .error=${wrong("type")}
          @change=${(/** @type {any} */ e) => {
            v.type = e.currentTarget.value;
            if (v.type === "choice" && !v.options.length) v.options = [{ key: null, names: {}, retired: false }];
            d.update();
          }}></talka-select>`}
        ${v.type === "choice" ? optionList(v, d, wrong) : nothing}
        ${nameInputs(t("web.admin.field.help"), v.help, (l) => wrong(`help.${l}`), { max: 300 })}
        <talka-checks .label=${t("web.admin.field.on")} .options=${types.map((type) => [type.key, typeLabel(type.key)])} .value=${v.on} .error=${wrong("on")}
          .help=${field?.declaredOn?.length ? t("web.admin.field.on.declared", { types: field.declaredOn.map(typeLabel).join(", ") }) : ""}
          @change=${(/** @type {any} */ e) => {
            v.on = [...new Set([...(field?.declaredOn ?? []), ...e.currentTarget.value])];
            d.update();
          }}></talka-checks>
        ${field || !o.sections?.length ? nothing : html`<talka-select .label=${t("web.admin.field.section")} required .options=${o.sections} .value=${v.section} @change=${(/** @type {any} */ e) => (v.section = e.currentTarget.value)}></talka-select>`}
        ${flag("required", t("web.admin.field.required"), t("web.admin.field.required.help"), !!field?.requiredByModule)}
        ${own && SEVERAL.has(v.type) && !field ? flag("multiple", t("web.admin.field.multiple"), "") : nothing}
        ${field ? nothing : flag("portal", t("web.admin.field.portal"), t("web.admin.field.portal.help"))}
        ${own ? html`<talka-select .label=${t("web.admin.field.audience")} required .options=${[["all", t("web.admin.audience.all")], ["agent", t("web.admin.audience.agent")]]} .value=${v.audience} .error=${wrong("audience")}
          @change=${(/** @type {any} */ e) => (v.audience = e.currentTarget.value)}></talka-select>` : nothing}
        ${field ? flag("retired", t("web.admin.field.retired"), t("web.admin.field.retired.help")) : nothing}
        ${field && (field.own || field.version > 0) ? html`<p><button type="button" class="btn small danger" @click=${() => removeField(field, () => d.close(/** @type {any} */ (field.key)))}>${field.own ? t("web.admin.field.remove") : t("web.admin.reset")}</button></p>` : nothing}`;
    },
    onSubmit: async () => {
      const values = { names: v.names, help: v.help, on: v.on, required: v.required, ...(v.type === "choice" ? { options: v.options.map(({ key, names, retired }) => ({ key, names, retired })) } : {}),
        ...(own ? { audience: v.audience } : {}) };
      if (field) {
        await patch(`/field-settings/${enc(field.key)}`, field.builtIn ? { names: v.names, help: v.help } : { ...values, retired: v.retired }, `"${field.version}"`);
        return /** @type {any} */ (field.key);
      }
      const made = await post("/field-settings", { ...values, type: v.type, multiple: v.multiple && SEVERAL.has(v.type), portal: v.portal, ...(v.section ? { section: v.section } : {}) });
      toast(t("web.admin.field.made", { name: nameIn(made.names) }));
      return made.key;
    },
  });
  return /** @type {any} */ (done);
}

/** Removes for good what nobody used. @param {any} field @param {() => void} gone */
async function removeField(field, gone) {
  const name = nameIn(field.names, fieldLabel(field.key));
  const title = field.own ? t("web.admin.remove.title", { name }) : t("web.admin.reset.title", { name });
  const text = field.own ? t("web.admin.field.remove.text") : t("web.admin.reset.text");
  try {
    if (!(await confirmDialog({ title, text, submit: field.own ? t("web.remove") : t("web.admin.reset"), danger: true }))) return;
    await remove(`/field-settings/${enc(field.key)}`);
    gone();
  } catch (problem) {
    toast(/** @type {Error} */ (problem).message, { kind: "bad" });
  }
}

/** The values of a choice, in their order. */
function optionList(/** @type {any} */ v, /** @type {any} */ d, /** @type {(key: string) => string} */ wrong) {
  const move = (/** @type {number} */ i, /** @type {number} */ step) => {
    const [option] = v.options.splice(i, 1);
    v.options.splice(i + step, 0, option);
    d.update();
  };
  return html`<fieldset class="field"><legend>${t("web.admin.options")}</legend>
    <ol class="option-list">${v.options.map((/** @type {any} */ option, /** @type {number} */ i) => {
      const name = nameIn(option.names, option.key ?? t("web.admin.option.new"));
      return html`<li class=${option.retired ? "off" : ""}>${nameInputs(t("web.admin.option", { n: i + 1 }), option.names, (l) => wrong(`options[${i}].names.${l}`) || (l === "en" ? wrong(`options[${i}].names`) || wrong(`options[${i}]`) : ""))}
        <span class="row-acts">
          <button type="button" class="btn quiet square small" ?disabled=${i === 0} aria-label=${t("web.admin.up", { name })} @click=${() => move(i, -1)}>${icon("up")}</button>
          <button type="button" class="btn quiet square small" ?disabled=${i === v.options.length - 1} aria-label=${t("web.admin.down", { name })} @click=${() => move(i, 1)}>${icon("down")}</button>
          ${option.key ? html`<button type="button" class="btn quiet small" aria-pressed=${option.retired ? "true" : "false"} @click=${() => {
            option.retired = !option.retired;
            d.update();
          }}>${option.retired ? t("web.admin.unretire") : t("web.admin.retire")}</button>`
            : html`<button type="button" class="btn quiet square small" aria-label=${t("web.removeOne", { name })} @click=${() => {
              v.options.splice(i, 1);
              d.update();
            }}>${icon("close")}</button>`}</span></li>`;
    })}</ol>
    ${wrong("options") ? html`<p class="error">${icon("warn")}${wrong("options")}</p>` : nothing}
    <div class="foot"><button type="button" class="btn small" @click=${() => {
      v.options.push({ key: null, names: {}, retired: false });
      d.update();
    }}>${icon("plus")}${t("web.admin.option.add")}</button></div></fieldset>`;
}

/** Opens the dialog for a field by its key. @param {string} key */
export const editFieldByKey = async (key) => editField({ field: await get(`/field-settings/${enc(key)}`) });
