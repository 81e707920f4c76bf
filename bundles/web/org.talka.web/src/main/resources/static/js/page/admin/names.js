// SPDX-License-Identifier: Apache-2.0
/** Names in every language of the desk, and keys made from them. */
import { html } from "lit";
import { currentLanguage, LANGUAGES, t } from "../../core/i18n.js";

/** @typedef {Record<string, string>} Names */

/** The name in the reader's language, or in the next best one. @param {Names | undefined} names @param {string} [otherwise] */
export const nameIn = (names, otherwise = "") => names?.[currentLanguage()] || names?.en || Object.values(names ?? {})[0] || otherwise;

/** @param {Names} names a name in any language */
export const named = (names) => Object.values(names).some((name) => name.trim());

/**
 * One input for each language, the reader's first.
 * @param {string} label @param {Names} names changed in place @param {(language: string) => string} error
 * @param {{required?: boolean, max?: number, changed?: () => void}} [o]
 */
export const nameInputs = (label, names, error, o = {}) => html`<div class="pair">${languages().map(([key, language], i) => html`<talka-input
  .label=${t("web.admin.inLanguage", { what: label, language })} ?required=${!!o.required && i === 0} maxlength=${o.max ?? 80} .value=${names[key] ?? ""} .error=${error(key)}
  @input=${(/** @type {any} */ e) => {
    names[key] = e.currentTarget.value;
    o.changed?.();
  }}></talka-input>`)}</div>`;

const languages = () => [...LANGUAGES].sort(([a], [b]) => Number(b === currentLanguage()) - Number(a === currentLanguage()));

/** A key like `waiting-for-parts`. @param {Names} names @param {string} otherwise @param {(key: string) => boolean} taken */
export function slug(names, otherwise, taken) {
  const plain = (names.en || nameIn(names)).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^[-0-9]+|-$/g, "").slice(0, 28);
  const base = plain || otherwise;
  let key = base;
  for (let n = 2; taken(key); n++) key = `${base}-${n}`;
  return key;
}

/** A deep copy to work on. @template T @param {T} value @returns {T} */
export const copy = (value) => structuredClone(value);
