// SPDX-License-Identifier: Apache-2.0
/** Views that people saved, and the numbers beside queues. */
import { call, enc, get, patch, post, remove } from "./api.js";
import { formatNumber } from "./i18n.js";
import { onLive } from "./live.js";

/**
 * @typedef {{id: string, name: string, q: string, sort: string, columns: string[],
 *   audience: "private" | "team" | "everybody", team: any, owner: any, version: number, canChange: boolean}} SavedView
 * @typedef {{q: string, count: number | null, more: boolean, problem?: string}} Count
 */

/** How long numbers rest while tickets keep changing. */
const REST = 2500;
/** An address must not become longer than servers take. */
const LONGEST = 3000;

class Views extends EventTarget {
  /** @type {SavedView[]} */
  items = [];
  loaded = false;
  /** @type {Map<string, Count>} */
  #counts = new Map();
  /** What has a number in the navigation now: of two hundred views most are folded away. @type {string[]} */
  #shown = [];
  /** What is being counted for the first time. @type {Set<string>} */
  #asked = new Set();
  #timer = 0;
  #stale = false;

  /** @returns {() => void} ends it */
  start() {
    const seen = () => document.visibilityState === "visible" && this.#stale && this.count();
    document.addEventListener("visibilitychange", seen);
    const ends = [onLive("ticket", () => this.later()), () => document.removeEventListener("visibilitychange", seen),
      () => clearTimeout(this.#timer)];
    this.load();
    return () => ends.forEach((end) => end());
  }

  async load() {
    try {
      this.items = (await get("/views")).items;
    } catch {
      // whoever may not keep views has none
    }
    this.loaded = true;
    this.#tell();
  }

  /** @param {string} id */
  find(id) {
    return this.items.find((view) => view.id === id);
  }

  /** Counts again in a moment; at once when nobody asked for a while. */
  later() {
    this.#stale = true;
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      if (document.visibilityState === "visible") this.count();
    }, REST);
  }

  /** Says what is on show; what has no number yet gets one. @param {string[]} queries */
  show(queries) {
    this.#shown = [...new Set(queries)];
    const fresh = this.#shown.filter((q) => !this.#counts.has(q) && !this.#asked.has(q));
    if (fresh.length) this.#read(fresh);
  }

  /** Counts again what is on show. */
  async count() {
    this.#stale = false;
    const shown = new Set(this.#shown);
    for (const q of [...this.#counts.keys()]) if (!shown.has(q)) this.#counts.delete(q);
    await this.#read(this.#shown);
  }

  async #read(/** @type {string[]} */ queries) {
    for (const q of queries) this.#asked.add(q);
    try {
      const answers = await Promise.all(parcels(queries).map((some) => counts(some)));
      for (const c of answers.flat()) this.#counts.set(c.q, c);
      this.#tell();
    } catch {
      // the numbers stay as they were; the next change asks again
    } finally {
      for (const q of queries) this.#asked.delete(q);
    }
  }

  /** What stands beside a queue: nothing while it is unknown or none. @param {string} q */
  number(q) {
    const c = this.#counts.get(q);
    return c?.count ? formatNumber(c.count) + (c.more ? "+" : "") : "";
  }

  /** @param {Partial<SavedView> & {team?: any}} values @returns {Promise<SavedView>} */
  async create(values) {
    const view = await post("/views", values);
    this.#take([...this.items, view]);
    return view;
  }

  /** @param {SavedView} view @param {any} changes */
  async change(view, changes) {
    const after = (await patch(`/views/${enc(view.id)}`, changes, `"${view.version}"`)).data;
    this.#take(this.items.map((v) => (v.id === view.id ? after : v)));
    return after;
  }

  /** @param {SavedView} view */
  async remove(view) {
    await remove(`/views/${enc(view.id)}`);
    this.#take(this.items.filter((v) => v.id !== view.id));
  }

  #take(/** @type {SavedView[]} */ items) {
    this.items = items;
    this.#tell();
    this.count();
  }

  #tell() {
    this.dispatchEvent(new Event("views"));
  }
}

/** Queries in groups that fit into an address. @param {string[]} queries */
function parcels(queries) {
  /** @type {string[][]} */
  const all = [];
  let length = LONGEST;
  for (const q of queries) {
    length += enc(q).length + 3;
    if (length > LONGEST || all[all.length - 1].length === 50) {
      all.push([]);
      length = enc(q).length;
    }
    all[all.length - 1].push(q);
  }
  return all;
}

/** @param {string[]} queries @param {AbortSignal} [signal] @returns {Promise<Count[]>} */
export async function counts(queries, signal) {
  const search = queries.map((q) => `q=${enc(q)}`).join("&");
  return (await call("GET", `/ticket-counts?${search}`, { signal })).data.items;
}

export const views = new Views();
