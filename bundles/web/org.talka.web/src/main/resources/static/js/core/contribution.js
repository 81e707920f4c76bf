// SPDX-License-Identifier: Apache-2.0
/** Where a module's contribution is shown: mounted, watched, replaced and taken out. */
import { html, nothing } from "lit";
import { PlainElement, TalkaElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { loading } from "../kit/small.js";
import * as api from "./api.js";
import { desk } from "./desk.js";
import { moduleTitle } from "./fields.js";
import { t } from "./i18n.js";
import { go } from "./router.js";

const API_VERSIONS = [1];
const IMPORT_LIMIT_MS = 5000;
const FAILURES = 3;
const WINDOW_MS = 10 * 60000;

/** @type {Map<string, number[]>} when each module failed lately */
const failures = new Map();
/** @type {Map<string, Promise<string>>} the tag of each script that was loaded */
const tags = new Map();

/** @param {string} module */
const outOfUse = (module) => {
  const since = Date.now() - WINDOW_MS;
  return (failures.get(module) ?? []).filter((at) => at > since).length >= FAILURES;
};

/**
 * Imports a module's script once and defines its class under a tag of its own: neither a tag nor a
 * script can be unloaded, so another version gets another tag.
 * @param {string} module @param {string} script
 */
function tagOf(module, script) {
  let known = tags.get(script);
  if (!known) {
    known = (async () => {
      if (!/^\/ui\/m\/[a-z0-9-]+\//.test(script)) throw new Error(`not a module's script: ${script}`);
      let timer;
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(t("web.part.slow"))), IMPORT_LIMIT_MS);
      });
      const loaded = /** @type {any} */ (await Promise.race([import(script), late]));
      clearTimeout(timer);
      if (!API_VERSIONS.includes(loaded.api)) throw new Error(t("web.part.version"));
      if (!(loaded.default?.prototype instanceof TalkaElement)) throw new Error(t("web.part.version"));
      const tag = `talka-m-${module}-${tags.size}-${Math.random().toString(36).slice(2, 7)}`;
      customElements.define(tag, class extends loaded.default {});
      return tag;
    })();
    known.catch(() => tags.delete(script));
    tags.set(script, known);
  }
  return known;
}

/** Who looks at a public page without having signed in. */
const NOBODY = Object.freeze({ anonymous: true, username: "", displayName: "", roles: [], permissions: {} });

/** @param {any} a @param {any} b */
const same = (a, b) => Object.is(a, b) || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((part, i) => Object.is(part, b[i])));

/**
 * Whether its place says something new: it is put together at each drawing of the page, and a module
 * reads its data anew when its context changes.
 *
 * @param {Record<string, any> | undefined} now @param {Record<string, any> | undefined} before
 */
const saysNew = (now, before) => {
  const [a, b] = [now ?? {}, before ?? {}];
  return Object.keys({ ...a, ...b }).some((name) => !same(a[name], b[name]));
};

/** `<talka-contribution .item .ticket .extra>`: `extra` is what its place adds to the context. */
class TalkaContribution extends PlainElement {
  static properties = { item: { attribute: false }, ticket: { attribute: false }, extra: { attribute: false, hasChanged: saysNew }, problem: { state: true }, mounted: { state: true } };
  constructor() {
    super();
    /** @type {import("./desk.js").Contribution | undefined} */
    this.item = undefined;
    /** @type {any} */
    this.ticket = undefined;
    /** @type {Record<string, any> | undefined} */
    this.extra = undefined;
    /** @type {any} */
    this.problem = null;
    /** @type {any} */
    this.mounted = null;
    this.script = "";
    this.onError = (/** @type {ErrorEvent} */ e) => {
      if (this.item?.script && e.filename?.includes(this.item.script.split("/").slice(0, 5).join("/"))) {
        this.fail(e.error ?? new Error(e.message));
      }
    };
  }
  connectedCallback() {
    super.connectedCallback();
    addEventListener("error", this.onError);
    // what the person may do has changed: a module's permissions came or went
    const again = () => this.mounted?.requestUpdate();
    desk.addEventListener("me", again);
    this.until(() => removeEventListener("error", this.onError), () => desk.removeEventListener("me", again));
  }
  updated(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("item") && this.item?.script && this.item.script !== this.script) this.mount();
    if ((changed.has("ticket") || changed.has("extra")) && this.mounted) this.mounted.context = this.context();
  }
  context() {
    return { ...this.extra, desk, get caller() {
      return desk.me ?? NOBODY;
    }, item: this.item, ticket: this.ticket, navigate: go, api };
  }
  async mount() {
    const item = this.item;
    if (!item?.script) return;
    this.script = item.script;
    this.problem = null;
    if (outOfUse(item.module)) {
      this.problem = new Error(t("web.part.out"));
      return;
    }
    try {
      const tag = await tagOf(item.module, item.script);
      if (this.item?.script !== item.script) return;
      const element = /** @type {any} */ (document.createElement(tag));
      element.context = this.context();
      const update = element.performUpdate;
      // an error while it draws itself stays in here
      element.performUpdate = (...args) => {
        try {
          return update.apply(element, args);
        } catch (e) {
          this.fail(e);
        }
      };
      this.mounted = element;
    } catch (e) {
      this.fail(e);
    }
  }
  fail(/** @type {any} */ e) {
    const module = this.item?.module ?? "";
    failures.set(module, [...(failures.get(module) ?? []), Date.now()]);
    this.mounted = null;
    this.problem = e;
  }
  render() {
    if (!this.item) return nothing;
    if (this.problem) {
      return html`<div class="part-failed" role="alert">${icon("warn")}<div><b>${t("web.part.failed", { module: moduleTitle(this.item.module) })}</b>
        <p class="faint">${this.problem.message}</p>
        <button class="btn" @click=${() => {
          this.script = "";
          this.mount();
        }}>${t("web.retry")}</button></div></div>`;
    }
    if (this.item.script) return this.mounted ?? loading(2);
    return html`<talka-view .view=${this.item.view} .ticket=${this.ticket}></talka-view>`;
  }
}
customElements.define("talka-contribution", TalkaContribution);
