// SPDX-License-Identifier: Apache-2.0
/**
 * What a person looked at and searched for last, for the command palette and the search page. It
 * stays in this browser: it is a convenience of one place of work, nobody else has to be able to
 * read it, and a search must not cost a write.
 */
import { desk } from "./desk.js";

const MOST = 12;
const name = (/** @type {string} */ what) => `talka.${what}.${desk.me?.username ?? ""}`;

/** @param {string} what @returns {any[]} */
function read(what) {
  try {
    return JSON.parse(localStorage.getItem(name(what)) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} what @param {any[]} all */
function write(what, all) {
  try {
    localStorage.setItem(name(what), JSON.stringify(all.slice(0, MOST)));
  } catch {
    // recent things are a convenience only
  }
}

/** @returns {{key: string, subject: string, type: string}[]} */
export const recent = () => read("recent");

/** @param {{key: string, subject: string, type: string}} ticket */
export function remember({ key, subject, type }) {
  write("recent", [{ key, subject, type }, ...recent().filter((r) => r.key !== key)]);
}

/** What was searched for, as the search page's address has it. @returns {{text: string, tail: string}[]} */
export const recentSearches = () => read("searches");

/** What was typed on the way to a search is not kept beside it. @param {{text: string, tail: string}} search */
export function rememberSearch(search) {
  write("searches", [search, ...recentSearches().filter((s) => !search.text.startsWith(s.text) || (s.text === search.text && s.tail !== search.tail))]);
}

export function forgetRecent() {
  write("recent", []);
  write("searches", []);
}
