// SPDX-License-Identifier: Apache-2.0
/** Unsent text, kept in this browser for each person so that a crash or a module's update loses nothing. */
import { desk } from "./desk.js";

const KEEP_DAYS = 30;
const PREFIX = "talka.draft.";
const name = (/** @type {string} */ key) => `${PREFIX}${desk.me?.username ?? ""}.${key}`;

/** @param {string} key @returns {any} */
export function readDraft(key) {
  try {
    const stored = localStorage.getItem(name(key));
    return stored ? JSON.parse(stored).value : null;
  } catch {
    return null;
  }
}

/** @param {string} key @param {any} value null or "" removes it */
export function writeDraft(key, value) {
  try {
    if (value === null || value === "") localStorage.removeItem(name(key));
    else localStorage.setItem(name(key), JSON.stringify({ at: Date.now(), value }));
  } catch {
    // a full or forbidden storage: the text is still in the page
  }
}

/** Forgets what nobody sent for a month. */
export function sweepDrafts() {
  try {
    const oldest = Date.now() - KEEP_DAYS * 86400000;
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(PREFIX)) continue;
      const at = JSON.parse(localStorage.getItem(key) ?? "{}").at ?? 0;
      if (at < oldest) localStorage.removeItem(key);
    }
  } catch {
    // nothing to sweep without storage
  }
}
