// SPDX-License-Identifier: Apache-2.0
/** Where a module's contribution is shown: mounted, watched, replaced and taken out. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { loading } from "../kit/small.js";
import { desk } from "./desk.js";
import { t } from "./i18n.js";
import { contextOf, countFailure, make, moduleTitle, outOfUse, saysNew, tagOf } from "./parts.js";

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
    /** What is wanted, and what is mounted. */
    this.script = this.shown = "";
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
    if (changed.has("item") && this.address && this.address !== this.script) this.mount();
    // what is still shown while the next one comes is not told where that one is
    if ((changed.has("ticket") || changed.has("extra")) && this.mounted && this.shown === this.address) this.mounted.context = this.context();
  }
  /** Where its code is; nothing for what the shell draws itself. */
  get address() {
    return this.item?.script ?? this.item?.frame ?? "";
  }
  context() {
    return contextOf(this.item, { ...this.extra, ticket: this.ticket });
  }
  async mount() {
    const item = this.item;
    const address = this.address;
    if (!item || !address) return;
    this.script = address;
    this.problem = null;
    if (outOfUse(item.module)) {
      this.problem = new Error(t("web.part.out"));
      return;
    }
    try {
      const failed = (/** @type {any} */ e) => this.fail(e);
      const mount = item.script ? await this.code(item.module, item.script, failed) : await this.frame(item, failed);
      if (this.address !== address) return;
      this.mounted = mount();
      this.shown = address;
    } catch (e) {
      this.fail(e);
    }
  }
  /** @param {string} module @param {string} script @param {(e: any) => void} failed */
  async code(module, script, failed) {
    const tag = await tagOf(module, script);
    return () => make(tag, this.context(), failed);
  }
  /** Few modules have any: what frames need is loaded by who shows one. @param {any} item @param {(e: any) => void} failed */
  async frame(item, failed) {
    const { makeFrame } = await import("./frame.js");
    return () => makeFrame(item, this.context(), failed);
  }
  fail(/** @type {any} */ e) {
    if (this.item) countFailure(this.item, e);
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
    if (this.address) return this.mounted ?? loading(2);
    return html`<talka-view .view=${this.item.view} .ticket=${this.ticket}></talka-view>`;
  }
}
customElements.define("talka-contribution", TalkaContribution);
