// SPDX-License-Identifier: Apache-2.0
/** How a person wants to see each list: as a list, a board (in which columns and lanes) or a calendar (by what, how much). */
import { desk } from "./desk.js";

/** @typedef {{as?: string, by?: string, lanes?: string, on?: string, span?: string}} Shown */

const MOST = 100;
const name = () => `talka.shown.${desk.me?.username ?? ""}`;

/** @returns {[string, Shown][]} */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(name()) ?? "[]");
  } catch {
    return [];
  }
}

/** @param {string} list @returns {Shown} */
export const shownAs = (list) => kept().find(([id]) => id === list)?.[1] ?? {};

/** @param {string} list @param {Shown} how */
export function keepShown(list, how) {
  try {
    localStorage.setItem(name(), JSON.stringify([[list, how], ...kept().filter(([id]) => id !== list)].slice(0, MOST)));
  } catch {
    // it holds for this page
  }
}
