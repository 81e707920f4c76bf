// SPDX-License-Identifier: Apache-2.0
/** How many tasks wait for whoever works here, for the navigation. */
import { get } from "./api.js";
import { desk } from "./desk.js";
import { formatNumber, toClock } from "./i18n.js";
import { onLive } from "./live.js";

const REST = 800;

/** Whether an event of the stream is about tasks. @param {any} e */
export const aboutTasks = (e) => String(e.change ?? "").startsWith("task");

class TaskCount extends EventTarget {
  #count = 0;
  #more = false;
  #timer = 0;

  /** @returns {() => void} ends it */
  start() {
    this.load();
    const end = onLive("ticket", (e) => {
      if (!aboutTasks(e)) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.load(), REST);
    });
    return () => {
      end();
      clearTimeout(this.#timer);
    };
  }

  async load() {
    if (!desk.can("ticket:note")) return;
    try {
      const { count, more } = await get("/tasks/count");
      [this.#count, this.#more] = [count, more];
      this.dispatchEvent(new Event("count"));
    } catch {
      // the number stays as it was
    }
  }

  /** Nothing when there is none. */
  get number() {
    return this.#count ? formatNumber(this.#count) + (this.#more ? "+" : "") : "";
  }
}

export const taskCount = new TaskCount();

/** A day without a time, here. */
export const today = () => toClock(Date.now()).slice(0, 10);
