// SPDX-License-Identifier: Apache-2.0
/** What the organisation made of the desk: its name, logo, colour and what it calls the desk. */
import { html } from "lit";
import { brandMark } from "../kit/icons.js";
import { get } from "./api.js";
import { currentLanguage, t } from "./i18n.js";

class Appearance extends EventTarget {
  name = "";
  /** @type {string | null} */
  logo = null;
  /** @type {string | null} */
  term = null;
  /** @type {Record<string, string>} */
  terms = {};
  /** Whether people who are not signed in see the portal. */
  portal = false;

  /** Reads it; without an answer the desk looks as it comes. */
  async open() {
    try {
      this.take(await get("/appearance"));
    } catch {
      // it is only how things look
    }
  }

  /** @param {any} answer */
  take(answer) {
    const before = JSON.stringify([this.name, this.logo, this.term, this.terms, this.portal]);
    this.name = answer.name;
    this.logo = answer.logo;
    this.term = answer.term;
    this.terms = answer.terms ?? {};
    this.portal = !!answer.portal;
    const link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link#appearance"));
    if (link && this.#stylesheet !== answer.stylesheet) {
      // the one that the page came with is of this version already
      if (this.#stylesheet) link.href = answer.stylesheet;
      this.#stylesheet = answer.stylesheet;
    }
    if (before === JSON.stringify([this.name, this.logo, this.term, this.terms, this.portal])) return;
    writeTitle();
    this.dispatchEvent(new Event("look"));
  }
  #stylesheet = "";
}

export const appearance = new Appearance();

/** The organisation, or the product when it has no name yet. */
export const deskName = () => appearance.name || "Talka";

/** What the desk is called here. @param {string | null} [term] @param {Record<string, string>} [terms] */
export function deskWord(term = appearance.term, terms = appearance.terms) {
  switch (term) {
    case "own":
      return terms[currentLanguage()] || terms.en || t("web.nav.desk");
    case "helpDesk":
      return t("web.term.helpDesk");
    case "serviceDesk":
      return t("web.term.serviceDesk");
    default:
      return t("web.nav.desk");
  }
}

/** The logo, or the mark of the product. @param {number} [size] */
export const brandSign = (size = 20) => (appearance.logo ? html`<img class="logo" src=${appearance.logo} alt="" height=${size}>` : brandMark(size));

let words = "";
const writeTitle = () => {
  document.title = words ? `${words} · ${deskName()}` : deskName();
};

/** The page's title; the desk's name follows. @param {string} title */
export function setTitle(title) {
  words = title;
  writeTitle();
}
