// SPDX-License-Identifier: Apache-2.0
/** What was written and not saved, kept in this tab for the person who wrote it. */

const SOON_MS = 400;

export class Draft {
  /** @param {string} person @param {string} key the article, or what a new one begins with */
  constructor(person, key) {
    this.name = `talka.knowledge.draft.${person}.${key}`;
    this.timer = 0;
    /** @type {(() => any) | null} what is still to be kept */
    this.due = null;
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {() => any} what null when there is nothing to keep */
  later(what) {
    clearTimeout(this.timer);
    this.due = what;
    this.timer = setTimeout(() => this.keep(), SOON_MS);
  }

  /** Keeps at once what would be kept soon. */
  keep() {
    clearTimeout(this.timer);
    const what = this.due;
    this.due = null;
    if (what) this.write(what());
  }

  forget() {
    clearTimeout(this.timer);
    this.due = null;
    this.write(null);
  }

  write(value) {
    try {
      if (value === null) sessionStorage.removeItem(this.name);
      else sessionStorage.setItem(this.name, JSON.stringify(value));
    } catch {
      // a full or forbidden storage: the text is still in the page
    }
  }
}
