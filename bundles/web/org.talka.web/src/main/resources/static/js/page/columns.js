// SPDX-License-Identifier: Apache-2.0
/** The columns of a list: their words, what stands in them, how wide they are. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { avatar } from "../kit/small.js";
import { desk } from "../core/desk.js";
import { fieldPart } from "../core/field-place.js";
import { fieldLabel, optionLabel, priorityChip, stateChip, typeLabel, valueOf } from "../core/fields.js";
import { formatDateTime, has, t } from "../core/i18n.js";

/** What a list shows of itself. */
export const COLUMNS = ["key", "subject", "state", "priority", "requester", "assignee", "team", "updatedAt"];
/** What tickets of every type have. */
export const EVERY = ["key", "subject", "type", "state", "priority", "impact", "urgency", "requester", "assignee", "team", "organisation", "tags",
  "createdAt", "updatedAt", "resolvedAt"];
export const SORTABLE = ["key", "priority", "createdAt", "updatedAt", "resolvedAt"];

const NAME = "talka.columns";
const WIDTHS = /** @type {Record<string, number>} */ ({
  key: 112, type: 110, state: 140, priority: 112, impact: 112, urgency: 112, requester: 146, assignee: 146, team: 122, createdAt: 126, updatedAt: 126, resolvedAt: 126,
});
const LEAST = 56;
const MOST = 480;

/** @param {string} key */
export const columnLabel = (key) => (key === "key" || key === "type" ? t(`web.column.${key}`) : fieldLabel(key));

/** @returns {Record<string, number>} */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? "{}");
  } catch {
    return {};
  }
}

/** In pixels; the subject takes what is left. @param {string} key */
export const widthOf = (key) => Number(kept()[key]) || WIDTHS[key] || 130;

/** @param {string} key @param {number} width */
export function keepWidth(key, width) {
  const all = { ...kept(), [key]: Math.round(Math.max(LEAST, Math.min(MOST, width))) };
  try {
    localStorage.setItem(NAME, JSON.stringify(all));
  } catch {
    // a width is a convenience only
  }
  return all[key];
}

/** The tracks of the grid and the least width of all of them. @param {string[]} columns */
export function tracks(columns) {
  const sizes = columns.map((key) => (key === "subject" ? "minmax(220px, 1fr)" : `${widthOf(key)}px`));
  const least = columns.reduce((sum, key) => sum + (key === "subject" ? 220 : widthOf(key)), 0);
  return { sizes: sizes.join(" "), least };
}

const person = (/** @type {any} */ who) =>
  who ? html`${avatar(who.displayName, "small")}<span class="cut">${who.displayName}</span>` : html`<span class="faint">–</span>`;

const none = (/** @type {any} */ value) => value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length);

/** @param {any} value @param {string} key */
function plain(value, key) {
  if (none(value)) return html`<span class="faint">–</span>`;
  /** @type {(v: any) => string} */
  const words = (v) => {
    if (Array.isArray(v)) return v.map(words).join(", ");
    if (typeof v === "object") return v.displayName ?? v.name ?? v.key ?? "";
    if (typeof v === "boolean") return t(v ? "web.yes" : "web.no");
    if (typeof v === "string" && /^\d{4}-\d\d-\d\dT/.test(v)) return formatDateTime(v);
    return has(`field.${key}.${v}`) ? t(`field.${key}.${v}`) : String(v);
  };
  return html`<span class="cut">${words(value)}</span>`;
}

/**
 * @param {any} ticket
 * @param {string} key
 * @param {string} href
 */
export function cell(ticket, key, href) {
  switch (key) {
    case "key":
      return html`<span class="mono">${ticket.key}</span>`;
    case "subject":
      return html`<a class="cut to" data-key=${ticket.key} href=${href}>${ticket.subject}</a>`;
    case "type":
      return html`${icon(desk.type(ticket.type)?.icon || "list")}<span class="cut">${typeLabel(ticket.type)}</span>`;
    case "state":
      return ticket.moduleMissing ? html`<span class="chip">${icon("gone")}${t("web.missing.short")}</span>` : stateChip(ticket);
    case "priority": {
      const chip = priorityChip(ticket);
      return chip === nothing ? html`<span>${optionLabel("priority", ticket.priority)}</span>` : chip;
    }
    case "impact":
    case "urgency":
      return html`<span>${optionLabel(key, ticket[key])}</span>`;
    case "requester":
    case "assignee":
      return person(ticket[key]);
    case "tags":
      return html`${(ticket.tags ?? []).map((/** @type {string} */ tag) => html`<span class="chip">${tag}</span>`)}`;
    case "createdAt":
    case "updatedAt":
    case "resolvedAt":
      return ticket[key] ? html`<talka-time class="num" .at=${ticket[key]} short></talka-time>` : html`<span class="faint">–</span>`;
    default: {
      const value = valueOf(ticket, key);
      if (none(value)) return plain(value, key);
      return fieldPart("list.cell", desk.field(key), { value, ticket }, () => plain(value, key));
    }
  }
}
