// SPDX-License-Identifier: Apache-2.0
/** A ticket's way through its workflow: at once, or after a dialog for what the step asks for. */
import { html, nothing } from "lit";
import { openDialog } from "../kit/overlay.js";
import { call, enc } from "./api.js";
import { editor, toBody, valueOf } from "./fields.js";
import { t } from "./i18n.js";

/** The built-in fields when a type's description does not have them. @type {Record<string, any>} */
const FALLBACK = {
  subject: { key: "subject", type: "text", required: true, max: 250 }, description: { key: "description", type: "markdown" },
  priority: { key: "priority", type: "choice", options: ["CRITICAL", "HIGH", "MEDIUM", "LOW", "PLANNING"] },
  impact: { key: "impact", type: "choice", options: ["HIGH", "MEDIUM", "LOW"] }, urgency: { key: "urgency", type: "choice", options: ["HIGH", "MEDIUM", "LOW"] },
  assignee: { key: "assignee", type: "person" }, requester: { key: "requester", type: "person" }, team: { key: "team", type: "team" },
  organisation: { key: "organisation", type: "organisation" }, tags: { key: "tags", type: "text", multiple: true },
};

/** @param {any} type @param {string} key */
export const fieldOf = (type, key) => type?.fields?.find((/** @type {any} */ f) => f.key === key) ?? FALLBACK[key] ?? { key, type: "text" };

/** Built-in and own values side by side, as transitions take them. @param {any} body */
export const flat = (body) => {
  const { fields, ...rest } = body;
  return { ...rest, ...fields };
};

/**
 * A dialog of some fields and a comment.
 *
 * @param {any} ticket
 * @param {any} type its description
 * @param {{title: string, fields: string[], comment: string, problem?: any, send: (values: any, comment: string) => Promise<any>}} o
 * @returns {Promise<any>} what `send` gave; undefined when it was given up
 */
export function form(ticket, type, o) {
  /** @type {Record<string, any>} */
  const values = {};
  for (const key of o.fields) {
    const v = valueOf(ticket, key);
    if (v !== null && v !== undefined) values[key] = v;
  }
  let comment = "";
  return openDialog({
    title: o.title, submit: o.title,
    body: (d) => {
      const problem = /** @type {any} */ (d).problem ?? o.problem;
      return html`${o.fields.map((key) => editor(fieldOf(type, key), values[key], (v) => {
        values[key] = v;
        d.update();
      }, { required: true, error: problem?.of?.(key) }))}
      ${o.comment === "none" ? nothing : html`<talka-textarea .label=${t("web.comment")} ?required=${o.comment === "required"} .error=${problem?.of?.("comment") ?? ""}
        .help=${o.comment === "required" ? "" : t("web.optional")} .value=${comment} @input=${(/** @type {any} */ e) => (comment = e.currentTarget.value)}></talka-textarea>`}
      ${!o.fields.length && o.comment === "none" ? html`<p>${t("web.action.sure", { key: ticket.key })}</p>` : nothing}`;
    },
    onSubmit: () => o.send(values, comment.trim()),
  });
}

/**
 * Takes a step at once, or asks for what it needs first.
 *
 * @param {any} ticket
 * @param {any} type its description
 * @param {any} step one of those that the server offers now
 * @param {boolean} [same] only if nobody changed the ticket since it was read
 * @returns {Promise<any>} the ticket afterwards; undefined when it was given up
 */
export async function pass(ticket, type, step, same = false) {
  const headers = same ? { "If-Match": `"${ticket.version}"` } : undefined;
  const send = async (/** @type {any} */ more) =>
    (await call("POST", `/tickets/${enc(ticket.key)}/transitions`, { body: { transition: step.id, ...more }, headers })).data;
  const ask = (/** @type {string[]} */ fields, /** @type {any} */ problem = undefined) =>
    form(ticket, type, { title: step.name, fields, comment: step.comment ?? "optional", problem, send: (values, comment) =>
      send({ fields: flat(toBody(values)), ...(comment ? { comment } : {}) }) });
  const missing = (step.requires ?? []).filter((/** @type {string} */ k) => {
    const v = valueOf(ticket, k);
    return v === null || v === undefined || v === "" || (Array.isArray(v) && !v.length);
  });
  if (missing.length || step.comment === "required") return ask(missing);
  try {
    return await send({});
  } catch (problem) {
    const errors = /** @type {any} */ (problem).errors ?? [];
    if (!errors.length) throw problem;
    return ask(errors.map((/** @type {any} */ e) => e.field.replace(/^fields\./, "")).filter((/** @type {string} */ k) => k !== "comment"), problem);
  }
}
