// SPDX-License-Identifier: Apache-2.0
/** Any field of any type from its description: how it reads and how it is edited. */
import { html, nothing } from "lit";
import { get, query, enc } from "./api.js";
import { desk } from "./desk.js";
import { fieldPart } from "./field-place.js";
import { formatDate, formatDateTime, formatNumber, fromClock, t, toClock, word } from "./i18n.js";
import { avatar } from "../kit/small.js";
import "../kit/form.js";

/** @typedef {{key: string, type: string, options?: string[], multiple?: boolean, required?: boolean, indexed?: boolean, readOnly?: boolean, max?: number, audience?: string}} FieldDescription */

const BUILT_IN = new Set(["subject", "description", "state", "priority", "impact", "urgency", "requester",
  "assignee", "team", "organisation", "tags", "createdAt", "updatedAt", "resolvedAt"]);
export const isBuiltIn = (/** @type {string} */ key) => BUILT_IN.has(key);

/** @param {any} ticket @param {string} key */
export const valueOf = (ticket, key) => (isBuiltIn(key) ? ticket[key] : ticket.fields?.[key]);

/** @param {string} key */
export const fieldLabel = (key) => word(`field.${key}`, `web.field.${key}`);

/** @param {string} key field @param {string} option */
export function optionLabel(key, option) {
  const o = String(option);
  const lower = o.toLowerCase();
  if (key === "priority") return word(`priority.${o}`, `priority.${lower}`, `priority.${o.toUpperCase()}`);
  const levels = key === "impact" || key === "urgency" ? [`level.${o}`, `level.${lower}`, `level.${o.toUpperCase()}`] : [];
  return word(...levels, `field.${key}.${o}`);
}

/** @param {string} workflow @param {string} state */
export const stateLabel = (workflow, state) => word(`state.${workflow}.${state}`);
/** @param {string} key */
export const typeLabel = (key) => word(`type.${key}`);
export { moduleTitle } from "./parts.js";
/** @param {string} key */
export const typePlural = (key) => word(`type.${key}.plural`, `type.${key}`);

/** The chip's tone for a state category. @param {string} category */
export const tone = (category) =>
  ({ new: "", active: "open", pending: "wait", resolved: "done", closed: "" })[String(category).toLowerCase()] ?? "";
/** @param {any} ticket */
export const workflowOf = (ticket) => ticket.workflow?.key ?? ticket.workflow ?? desk.type(ticket.type)?.workflow?.key ?? ticket.type;
/** @param {any} ticket */
export const stateChip = (ticket) =>
  html`<span class="chip ${tone(ticket.stateCategory)}">${stateLabel(workflowOf(ticket), ticket.state)}</span>`;

/** High and critical speak up, the rest stays quiet. @param {any} ticket */
export function priorityChip(ticket) {
  const p = String(ticket.priority ?? "").toLowerCase();
  if (p !== "critical" && p !== "high") return nothing;
  return html`<span class="chip ${p === "critical" ? "bad" : "wait"}">${optionLabel("priority", ticket.priority)}</span>`;
}

const nameOf = (/** @type {any} */ v) => (typeof v === "object" && v ? (v.displayName ?? v.name ?? v.subject ?? v.key ?? v.username) : v);
/** What the API wants back for a value that it gave. @param {any} v @returns {any} */
export const toInput = (v) =>
  Array.isArray(v) ? v.map(toInput) : typeof v === "object" && v ? (v.username ?? v.key ?? v.id) : (v ?? null);

const given = (/** @type {any} */ v) => v !== null && v !== undefined && v !== "" && !(Array.isArray(v) && !v.length);

/**
 * As the module shows it that has a viewer for the field, else plainly.
 *
 * @param {FieldDescription} field @param {any} value @param {any} [ticket] @param {() => unknown} [plain]
 */
export const viewer = (field, value, ticket, plain = () => plainViewer(field, value)) =>
  given(value) ? fieldPart("field.viewer", field, { value, ticket }, plain) : plain();

/** @param {FieldDescription} field @param {any} value @returns {unknown} */
export function plainViewer(field, value) {
  if (!given(value)) return html`<span class="faint">–</span>`;
  if (field.key === "tags") return value.map((/** @type {string} */ tag) => html`<span class="chip">${tag}</span>`);
  if (Array.isArray(value)) {
    return html`<span class="values">${value.map((v) => html`<span>${plainViewer({ ...field, multiple: false }, v)}</span>`)}</span>`;
  }
  switch (field.type) {
    case "choice":
      return optionLabel(field.key, value);
    case "boolean":
      return value ? t("web.yes") : t("web.no");
    case "number":
      return html`<span class="num">${formatNumber(Number(value))}</span>`;
    case "date":
      return html`<span class="num">${formatDate(String(value))}</span>`;
    case "datetime":
      return html`<span class="num">${formatDateTime(value)}</span>`;
    case "person":
      return html`${avatar(nameOf(value), "small")}<span>${nameOf(value)}</span>`;
    case "ticket":
      return html`<a class="mono" href="/app/ticket/${enc(toInput(value))}">${toInput(value)}</a>`;
    case "markdown":
      return html`<span class="pre">${value}</span>`;
    default:
      return html`<span class="pre">${nameOf(value)}</span>`;
  }
}

/** @param {string} text @param {AbortSignal} signal */
export async function personSource(text, signal) {
  const page = await get(`/users${query({ q: text, limit: 20 })}`, signal);
  const people = page.items.filter((/** @type {any} */ p) => p.active !== false)
    .map((/** @type {any} */ p) => ({ value: p.username, label: p.displayName, hint: p.email ?? p.username }));
  if (!text && desk.me) {
    const mine = { value: desk.me.username, label: desk.me.displayName, hint: t("web.me") };
    return [mine, ...people.filter((/** @type {any} */ p) => p.value !== mine.value)];
  }
  return people;
}

/** @param {string} text */
async function teamSource(text) {
  const low = text.toLowerCase();
  return (await desk.teams()).filter((/** @type {any} */ team) => team.name.toLowerCase().includes(low))
    .map((/** @type {any} */ team) => ({ value: team.key, label: team.name }));
}

/** @param {string} text @param {AbortSignal} signal */
async function organisationSource(text, signal) {
  const low = text.toLowerCase();
  return (await get("/organisations?limit=200", signal)).items.filter((/** @type {any} */ o) => o.name.toLowerCase().includes(low))
    .map((/** @type {any} */ o) => ({ value: o.key ?? o.name, label: o.name }));
}

/** @param {string} text @param {AbortSignal} signal */
export async function ticketSource(text, signal) {
  if (!text.trim()) return [];
  const found = await get(`/search${query({ q: text, limit: 12 })}`, signal);
  return found.items.filter((/** @type {any} */ i) => i.key && (i.kind ?? "ticket") === "ticket")
    .map((/** @type {any} */ i) => ({ value: i.key, label: i.key, hint: i.subject ?? i.title }));
}

const SOURCES = /** @type {Record<string, any>} */ ({
  person: personSource, team: teamSource, organisation: organisationSource, ticket: ticketSource,
});

const localTime = (/** @type {string} */ iso) => (iso ? toClock(iso) : "");

/**
 * The module's editor of the field if one has it, else a plain one.
 *
 * @param {FieldDescription} field
 * @param {any} value as the API gave it or as `changed` was told
 * @param {(value: any) => void} changed
 * @param {{error?: string, hideLabel?: boolean, required?: boolean, disabled?: boolean, ticket?: any}} [o]
 */
export function editor(field, value, changed, o = {}) {
  const label = fieldLabel(field.key);
  const helpKey = `field.${field.key}.help`;
  const help = o.hideLabel ? "" : word(helpKey) === word("x.help") ? "" : t(helpKey);
  const said = { label, help, error: o.error ?? "", required: o.required ?? !!field.required, hideLabel: !!o.hideLabel, disabled: !!o.disabled || !!field.readOnly };
  return fieldPart("field.editor", field, { value, ticket: o.ticket, ...said }, () => plainEditor(field, value, changed, said), changed);
}

/**
 * @param {FieldDescription} field
 * @param {any} value
 * @param {(value: any) => void} changed
 * @param {{label: string, help: string, error: string, required: boolean, hideLabel: boolean, disabled: boolean}} o
 */
function plainEditor(field, value, changed, o) {
  const { label, help, error, required, hideLabel: hide, disabled: off } = o;
  const options = (field.options ?? []).map((k) => /** @type {[string, string]} */ ([k, optionLabel(field.key, k)]));
  const on = (/** @type {any} */ e) => changed(e.currentTarget.value);
  if (field.key === "tags") {
    return html`<talka-input .label=${label} .help=${hide ? "" : t("web.tags.help")} .error=${error} ?hideLabel=${hide} ?disabled=${off}
      .value=${Array.isArray(value) ? value.join(", ") : (value ?? "")}
      @input=${(/** @type {any} */ e) => changed(e.currentTarget.value.split(",").map((/** @type {string} */ s) => s.trim()).filter(Boolean))}></talka-input>`;
  }
  switch (field.type) {
    case "choice":
      return field.multiple
        ? html`<talka-checks .label=${label} .options=${options} .value=${value ?? []} .help=${help} .error=${error} ?disabled=${off} @change=${on}></talka-checks>`
        : html`<talka-select .label=${label} .options=${options} .value=${value ?? ""} .help=${help} .error=${error} ?required=${required}
            ?disabled=${off} ?hideLabel=${hide} @change=${(/** @type {any} */ e) => changed(e.currentTarget.value || null)}></talka-select>`;
    case "boolean":
      return html`<talka-switch .label=${label} .value=${!!value} .help=${help} .error=${error} ?disabled=${off} @change=${on}></talka-switch>`;
    case "number":
      return html`<talka-input type="number" step="any" .label=${label} .value=${value ?? ""} .help=${help} .error=${error} ?required=${required}
        max=${field.max || nothing} ?disabled=${off} ?hideLabel=${hide}
        @input=${(/** @type {any} */ e) => changed(e.currentTarget.value === "" ? null : Number(e.currentTarget.value))}></talka-input>`;
    case "date":
      return html`<talka-input type="date" .label=${label} .value=${value ? String(value).slice(0, 10) : ""} .help=${help} .error=${error} ?required=${required}
        ?disabled=${off} ?hideLabel=${hide} @input=${(/** @type {any} */ e) => changed(e.currentTarget.value || null)}></talka-input>`;
    case "datetime":
      return html`<talka-input type="datetime-local" .label=${label} .value=${localTime(value)} .help=${help} .error=${error} ?required=${required}
        ?disabled=${off} ?hideLabel=${hide}
        @input=${(/** @type {any} */ e) => changed(e.currentTarget.value ? fromClock(e.currentTarget.value) : null)}></talka-input>`;
    case "person":
    case "team":
    case "organisation":
    case "ticket":
      if (field.multiple) return many(field, label, value ?? [], changed, error, off);
      return html`<talka-combobox .label=${label} .source=${SOURCES[field.type]} .value=${toInput(value) ?? ""} .text=${nameOf(value) ?? ""} .help=${help}
        .error=${error} ?required=${required} ?disabled=${off} ?hideLabel=${hide}
        .placeholder=${hide ? "" : t("web.combo.type")}
        @change=${(/** @type {any} */ e) => changed(e.detail ? { username: e.detail.value, key: e.detail.value, displayName: e.detail.label, name: e.detail.label } : null)}></talka-combobox>`;
    case "markdown":
      return html`<talka-textarea rows=${field.key === "description" ? 6 : 4} .label=${label} .value=${value ?? ""} .help=${help || (hide || location.pathname.startsWith("/portal") ? "" : t("web.markdown"))}
        .error=${error} ?required=${required} ?disabled=${off} ?hideLabel=${hide} maxlength=${field.max || nothing} @input=${on}></talka-textarea>`;
    default:
      if (field.multiple) {
        return html`<talka-input .label=${label} .help=${help || t("web.tags.help")} .error=${error} ?disabled=${off} ?hideLabel=${hide} .value=${(value ?? []).join(", ")}
          @input=${(/** @type {any} */ e) => changed(e.currentTarget.value.split(",").map((/** @type {string} */ s) => s.trim()).filter(Boolean))}></talka-input>`;
      }
      return html`<talka-input .label=${label} .value=${value ?? ""} .help=${help} .error=${error} ?required=${required} ?disabled=${off} ?hideLabel=${hide}
        maxlength=${field.max || nothing} @input=${on}></talka-input>`;
  }
}

/** Several people or things: chips with a field to add one. */
function many(/** @type {FieldDescription} */ field, /** @type {string} */ label, /** @type {any[]} */ value,
  /** @type {(v: any) => void} */ changed, /** @type {string} */ error, /** @type {boolean} */ off) {
  return html`<div class="many">
    ${value.map((v) => html`<span class="chip">${nameOf(v)}${off ? nothing : html`<button type="button" class="chip-x" aria-label=${t("web.removeOne", { name: nameOf(v) })}
      @click=${() => changed(value.filter((w) => w !== v))}>×</button>`}</span>`)}
    <talka-combobox .label=${label} .source=${SOURCES[field.type]} .error=${error} ?disabled=${off} .value=${""} .text=${""}
      @change=${(/** @type {any} */ e) => {
        if (e.detail && !value.some((v) => toInput(v) === e.detail.value)) {
          changed([...value, { username: e.detail.value, key: e.detail.value, displayName: e.detail.label, name: e.detail.label }]);
        }
        e.currentTarget.value = e.currentTarget.text = "";
      }}></talka-combobox></div>`;
}

/** The body of a create or change from edited values. @param {Record<string, any>} values */
export function toBody(values) {
  /** @type {Record<string, any>} */
  const body = {};
  for (const [key, value] of Object.entries(values)) {
    if (isBuiltIn(key)) body[key] = toInput(value);
    else (body.fields ??= {})[key] = toInput(value);
  }
  return body;
}

/** Whether a section's condition holds. @param {any} section @param {(key: string) => any} read */
export const applies = (section, read) =>
  Object.entries(section.when ?? {}).every(([key, allowed]) => /** @type {any[]} */ (allowed).map(String).includes(String(toInput(read(key)))));
