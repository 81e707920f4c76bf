// SPDX-License-Identifier: Apache-2.0
/** Tells what readers opened and what they looked for in vain. Nothing of it may disturb them. */
import { enc } from "./common.js";

/** Who stops typing for so long has read what was found. */
const READ_MS = 3000;

/** @param {any} api @param {string} key @param {"suggestion" | "search" | "page"} way @param {string} place @param {string} [text] */
export const opened = (api, key, way, place, text) =>
  api.call("POST", `/knowledge/articles/${enc(key)}/views`, { body: { way, place, ...(text ? { text: text.slice(0, 500) } : {}) }, keepalive: true }).catch(() => {});

/** One question, told once, when somebody has read the answers and opened none of them. */
export class Question {
  constructor(place) {
    this.place = place;
    this.told = new Set();
    this.timer = 0;
  }

  /** @param {any} api @param {string} text @param {number} found */
  asked(api, text, found) {
    clearTimeout(this.timer);
    const said = text.trim();
    if (said.length < 3 || said.length > 120 || this.told.has(said)) return;
    this.timer = setTimeout(() => {
      this.told.add(said);
      api.post("/knowledge/searches", { text: said, place: this.place, found }).catch(() => {});
    }, READ_MS);
  }

  stop() {
    clearTimeout(this.timer);
  }
}
