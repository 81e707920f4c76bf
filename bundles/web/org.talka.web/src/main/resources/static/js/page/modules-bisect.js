// SPDX-License-Identifier: Apache-2.0
/** The search for the module that makes the desk unwell: half of them rest, and somebody says whether it is better. */
import { html, nothing } from "lit";
import { get, post } from "../core/api.js";
import { t } from "../core/i18n.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { failure, loading } from "../kit/small.js";

class TalkaModuleBisect extends PlainElement {
  static properties = { titles: { attribute: false }, status: { state: true }, problem: { state: true } };
  constructor() {
    super();
    /** @type {(id: string) => string} */
    this.titles = (id) => id;
    /** @type {any} */
    this.status = null;
    /** @type {any} */
    this.problem = null;
    /** @type {any} */
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    this.look(() => get("/modules/bisect"));
  }
  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }
  /** @param {() => Promise<any>} call */
  async look(call) {
    clearTimeout(this.timer);
    const before = this.status?.phase;
    try {
      this.status = await call();
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    if (before === "moving" && this.status?.phase !== "moving") this.dispatchEvent(new CustomEvent("done"));
    if (this.isConnected && this.status?.phase === "moving") this.timer = setTimeout(() => this.look(() => get("/modules/bisect")), 500);
  }
  act(/** @type {string} */ action) {
    return this.look(() => post("/modules/bisect", { action }));
  }
  names(/** @type {string[]} */ ids) {
    return ids.map((id) => html`<span class="chip">${this.titles(id)}</span> `);
  }
  body() {
    const s = this.status;
    const button = (/** @type {string} */ action, /** @type {string} */ kind = "") => html`<button class="btn ${kind}" @click=${() => this.act(action)}>${t(`web.bisect.${action}`)}</button>`;
    switch (s.phase) {
      case "none":
        return html`<p class="tools">${button("start", "primary")}</p>`;
      case "moving":
        return html`<div class="say" role="status">${icon("clock")}<div>${t("web.bisect.moving")}</div></div>`;
      case "asking":
        return html`<p>${t("web.bisect.held")} ${this.names(s.held)}</p><div class="say" role="status">${icon("info")}<div><b>${t("web.bisect.ask")}</b><p>${t("web.bisect.left", { n: s.left })}</p></div></div>
          <p class="tools">${button("better", "primary")}${button("same")}<span class="grow"></span>${button("stop", "quiet")}</p>`;
      case "found":
        return html`<div class="say bad" role="status">${icon("warn")}<div><b>${t("web.bisect.found", { module: this.titles(s.found) })}</b><p>${t("web.bisect.found.text")}</p></div></div><p class="tools">${button("stop")}</p>`;
      default:
        return html`<div class="say" role="status">${icon("check")}<div><b>${t("web.bisect.innocent")}</b></div></div><p class="tools">${button("stop")}</p>`;
    }
  }
  render() {
    return html`<section class="card plan" tabindex="-1" aria-label=${t("web.bisect.title")}><h2>${t("web.bisect.title")}</h2><p class="muted">${t("web.bisect.text")}</p>
      ${this.problem ? failure(this.problem) : nothing}${this.status ? this.body() : this.problem ? nothing : loading(2)}
      <div class="foot"><button class="btn quiet" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${t("web.close")}</button></div></section>`;
  }
}
customElements.define("talka-module-bisect", TalkaModuleBisect);
