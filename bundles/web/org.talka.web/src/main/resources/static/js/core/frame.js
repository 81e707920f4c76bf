// SPDX-License-Identifier: Apache-2.0
/**
 * A page of a module in a sandbox: it has no origin, so nothing of the desk's is its own, and says by
 * messages what it wants. It asks the API by a token of the server that carries no more than the
 * frame declares, and never sees that.
 */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { post } from "./api.js";
import { currentLanguage, currentZone, t, word } from "./i18n.js";
import { LIMIT_MS, versionProblem } from "./parts.js";
import { go } from "./router.js";
import { theme } from "./theme.js";

const BASE = "/api/v1";
const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);
/** So many questions at a time: a frame that asks without end must not keep the desk from asking. */
const AT_ONCE = 6;
const LOWEST = 24;
const HIGHEST = 4000;
/** A token that ends in so many milliseconds is as good as ended. */
const MARGIN_MS = 30000;
const NO_TOKEN = 401;

/** How high each frame was last: one that comes again does not move what is below it. @type {Map<string, number>} */
const heights = new Map();

const dark = matchMedia("(prefers-color-scheme: dark)");
const shade = () => (theme() === "system" ? (dark.matches ? "dark" : "light") : theme());

/** @param {any} path what a frame asked for @returns {URL | null} */
function within(path) {
  if (typeof path !== "string" || !path.startsWith("/")) return null;
  try {
    const address = new URL(BASE + path, location.origin);
    return address.origin === location.origin && address.pathname.startsWith(`${BASE}/`) ? address : null;
  } catch {
    return null;
  }
}

/** `<talka-frame .item .context .failed>` */
class TalkaFrame extends PlainElement {
  static properties = { item: { attribute: false }, context: { attribute: false } };
  constructor() {
    super();
    /** @type {any} */
    this.item = null;
    /** @type {any} */
    this.context = {};
    /** @type {(e: any) => void} */
    this.failed = () => {};
    /** @type {MessagePort | null} */
    this.port = null;
    this.timer = 0;
    this.said = "";
    this.running = 0;
    /** @type {Promise<{token: string, expiresAt: string}> | null} */
    this.token = null;
    this.tokenEnds = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    const heard = (/** @type {MessageEvent} */ e) => this.hello(e);
    const again = () => this.tell();
    const look = new MutationObserver(again);
    look.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    addEventListener("message", heard);
    dark.addEventListener("change", again);
    this.until(() => removeEventListener("message", heard), () => dark.removeEventListener("change", again), () => look.disconnect(), () => this.close());
    this.timer = setTimeout(() => this.failed(new Error(t("web.frame.silent"))), LIMIT_MS);
  }
  /** Also when it only moves within the page: a frame that moves is loaded anew. */
  close() {
    clearTimeout(this.timer);
    this.port?.close();
    this.port = null;
    this.said = "";
    this.token = null;
  }
  get window() {
    return this.querySelector("iframe")?.contentWindow;
  }
  /** The contribution that the page is declared by: an entry of the navigation may stand for it. */
  get own() {
    return this.item.framed ?? this.item;
  }

  /** The first word of the page. Only ours is heard, and only as long as it has no origin. @param {MessageEvent} e */
  hello(e) {
    if (!e.source || e.source !== this.window || e.origin !== "null" || e.data?.talka !== "hello") return;
    const wrong = this.port ? t("web.frame.again") : versionProblem(e.data.api);
    if (wrong) {
      this.failed(new Error(wrong));
      return;
    }
    clearTimeout(this.timer);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = (m) => this.hear(m.data);
    const context = this.framed();
    this.said = JSON.stringify(context);
    // what has no origin can't be named; the port is of this page, and of none that comes after it
    this.window?.postMessage({ talka: "welcome", api: e.data.api, context }, "*", [port2]);
  }

  /** What the page is told: what it can ask for with its scopes, it asks for. */
  framed() {
    const { ticket, rest, search, text } = this.context;
    const { module, point, key, props, scopes } = this.own;
    return { api: 1, module, point, key, props: props ?? {}, scopes: scopes ?? [], language: currentLanguage(), zone: currentZone(), theme: shade(),
      ticket: ticket ? { key: ticket.key, type: ticket.type, version: ticket.version } : null, rest: rest ?? [], search: search ?? "", text: text ?? "" };
  }
  tell() {
    if (!this.port) return;
    const context = this.framed();
    const said = JSON.stringify(context);
    if (said === this.said) return;
    this.said = said;
    this.port.postMessage({ talka: "context", context });
  }
  updated() {
    this.tell();
  }

  /** @param {any} m */
  hear(m) {
    switch (m?.talka) {
      case "resize":
        this.resize(Number(m.height));
        break;
      case "navigate":
        if (/^\/(app|portal)(\/|\?|$)/.test(String(m.path))) go(String(m.path));
        break;
      case "call":
        this.answer(m);
        break;
      case "failed":
        this.failed(new Error(String(m.message).slice(0, 300)));
        break;
      default:
    }
  }
  /** @param {number} height in pixels */
  resize(height) {
    const frame = this.querySelector("iframe");
    if (!frame || !Number.isFinite(height)) return;
    const room = Math.min(HIGHEST, Math.max(LOWEST, Math.round(height)));
    heights.set(this.name, room);
    frame.style.height = `${room}px`;
  }
  get name() {
    const { module, point, key } = this.own;
    return `${module} ${point} ${key}`;
  }
  firstUpdated() {
    const last = heights.get(this.name);
    if (last) this.resize(last);
  }

  /** @param {{id: number, method: string, path: string, body?: any, etag?: string}} m */
  async answer(m) {
    const port = this.port;
    let said = { status: 0, data: /** @type {any} */ ({ title: t("web.frame.refused") }), etag: "" };
    const address = within(m.path);
    // without scopes there is nothing to ask for, nor, for visitors, anybody to ask as
    if (address && METHODS.has(m.method) && this.own.scopes?.length && this.running < AT_ONCE) {
      this.running++;
      try {
        said = await this.ask(address, m);
      } catch (problem) {
        const { status = 0, message } = /** @type {any} */ (problem);
        said = { status, data: { title: message, status }, etag: "" };
      } finally {
        this.running--;
      }
    }
    port?.postMessage({ talka: "answer", id: m.id, ...said });
  }
  /** @param {URL} address @param {{method: string, body?: any, etag?: string}} m */
  async ask(address, m) {
    let response = await this.fetch(address, m);
    if (response.status === NO_TOKEN) {
      this.token = null;
      response = await this.fetch(address, m);
    }
    const json = (response.headers.get("Content-Type") ?? "").includes("json");
    // a stream would never end
    if (!json) await response.body?.cancel();
    return { status: response.status, data: json ? await response.json().catch(() => null) : null, etag: response.headers.get("ETag") ?? "" };
  }
  /** @param {URL} address @param {{method: string, body?: any, etag?: string}} m */
  async fetch(address, m) {
    const { token } = await this.pass();
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json", "Accept-Language": currentLanguage(), Authorization: `Bearer ${token}` };
    if (m.body !== undefined) headers["Content-Type"] = m.method === "PATCH" ? "application/merge-patch+json" : "application/json";
    if (m.etag) headers["If-Match"] = String(m.etag);
    // the session stays out of it
    return fetch(address, { method: m.method, headers, body: m.body === undefined ? undefined : JSON.stringify(m.body), credentials: "omit", cache: "no-store", redirect: "error" });
  }
  /** A token that is good for a while yet. */
  pass() {
    if (!this.token || Date.now() > this.tokenEnds) {
      const { module, point, key } = this.own;
      const started = Date.now();
      const issued = post("/session/frame-tokens", { module, point, key });
      this.token = issued;
      this.tokenEnds = Infinity;
      issued.then((/** @type {any} */ pass) => {
        if (this.token === issued) this.tokenEnds = Math.max(started, Date.parse(pass.expiresAt) - MARGIN_MS);
      }, () => {
        if (this.token === issued) this.token = null;
      });
    }
    return /** @type {Promise<{token: string, expiresAt: string}>} */ (this.token);
  }

  render() {
    if (!this.item?.frame) return nothing;
    return html`<iframe sandbox="allow-scripts allow-forms" referrerpolicy="no-referrer" allow="" title=${word(`ui.${this.own.key}`)} src=${this.item.frame}></iframe>`;
  }
}
customElements.define("talka-frame", TalkaFrame);

/** @param {any} item @param {any} context @param {(e: any) => void} failed */
export function makeFrame(item, context, failed) {
  const frame = /** @type {TalkaFrame} */ (document.createElement("talka-frame"));
  return Object.assign(frame, { item, context, failed });
}
