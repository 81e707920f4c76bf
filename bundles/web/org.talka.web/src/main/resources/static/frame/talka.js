// SPDX-License-Identifier: Apache-2.0
/**
 * What a module's frame speaks with the desk with. Version 1.
 *
 * A frame has no origin, no cookies and no connections of its own: it hears from the desk where it
 * is, and asks the desk to ask its API. An example is in docs/modules.md.
 */
const VERSION = 1;

/** What the API answered when it refused. */
export class Refusal extends Error {
  /** @param {number} status 0 when the desk could not ask @param {any} problem */
  constructor(status, problem) {
    super(problem?.detail || problem?.title || `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

/** The desk, as a frame sees it; tells of `context` whenever that has changed. */
class Desk extends EventTarget {
  #port;
  #number = 0;
  /** @type {Map<number, {done: (answer: any) => void, failed: (e: any) => void}>} */
  #asked = new Map();

  /** @param {MessagePort} port @param {any} context */
  constructor(port, context) {
    super();
    this.#port = port;
    this.context = context;
    this.#take(context);
    port.onmessage = (e) => this.#hear(e.data);
    addEventListener("error", (e) => this.fail(e.message));
    addEventListener("unhandledrejection", (e) => this.fail(String(e.reason?.message ?? e.reason)));
    const say = () => port.postMessage({ talka: "resize", height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
    new ResizeObserver(say).observe(document.documentElement);
  }

  #take(/** @type {any} */ context) {
    this.context = Object.freeze(context);
    document.documentElement.lang = context.language;
    document.documentElement.dataset.theme = context.theme;
  }

  #hear(/** @type {any} */ data) {
    if (data.talka === "context") {
      this.#take(data.context);
      this.dispatchEvent(new Event("context"));
    } else if (data.talka === "answer") {
      const asked = this.#asked.get(data.id);
      this.#asked.delete(data.id);
      if (data.status >= 200 && data.status < 300) asked?.done({ status: data.status, data: data.data, etag: data.etag });
      else asked?.failed(new Refusal(data.status, data.data));
    }
  }

  /**
   * Asks the API, as far as the frame's scopes and the person's rights go.
   * @param {string} method @param {string} path below `/api/v1` @param {{body?: any, etag?: string}} [o]
   * @returns {Promise<{status: number, data: any, etag: string}>}
   */
  call(method, path, o = {}) {
    const id = ++this.#number;
    return new Promise((done, failed) => {
      this.#asked.set(id, { done, failed });
      this.#port.postMessage({ talka: "call", id, method, path, body: o.body, etag: o.etag });
    });
  }
  /** @param {string} path */
  async get(path) {
    return (await this.call("GET", path)).data;
  }
  /** Takes the person to a page of the desk. @param {string} path */
  navigate(path) {
    this.#port.postMessage({ talka: "navigate", path });
  }
  /** Gives up: the desk shows why, and offers to try again. @param {string} message */
  fail(message) {
    this.#port.postMessage({ talka: "failed", message });
  }
}

/** Says that the frame is there. @returns {Promise<Desk>} */
export function connect() {
  const home = new URL(location.href).origin;
  return new Promise((done) => {
    addEventListener("message", function welcome(e) {
      if (e.source !== parent || e.origin !== home || e.data?.talka !== "welcome" || !e.ports[0]) return;
      removeEventListener("message", welcome);
      done(new Desk(e.ports[0], e.data.context));
    });
    // nothing in it is secret, and a frame can't know who will show it
    parent.postMessage({ talka: "hello", api: VERSION }, "*");
  });
}
