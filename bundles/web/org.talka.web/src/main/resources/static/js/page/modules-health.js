// SPDX-License-Identifier: Apache-2.0
/** How each extension of a module does. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { failure, loading } from "../kit/small.js";
import { enc, get } from "../core/api.js";
import { t } from "../core/i18n.js";

class TalkaModuleHealth extends PlainElement {
  static properties = { module: {}, name: {}, items: { state: true }, pages: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.module = this.name = "";
    /** @type {any[] | null} */
    this.items = null;
    /** @type {any[]} what failed in people's browsers */
    this.pages = [];
    /** @type {any} */
    this.problem = null;
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    this.until(() => clearTimeout(this.timer));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("module")) {
      this.items = null;
      this.load();
    }
  }
  async load() {
    clearTimeout(this.timer);
    const module = this.module;
    try {
      const { items, pages } = await get(`/modules/${enc(module)}/extensions`);
      if (module !== this.module) return;
      this.items = items;
      this.pages = pages;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    if (this.isConnected) this.timer = setTimeout(() => this.load(), 5000);
  }
  row(/** @type {any} */ e) {
    const bad = e.circuit === "open" || e.stuck > 0;
    const number = (/** @type {number} */ n) => html`<td class="num">${n}</td>`;
    return html`<tr><th scope="row">${e.point.split(".").pop()}<span class="faint mono">${e.name.split(".").pop()}</span></th>
      <td><span class="chip ${bad ? "bad" : e.circuit === "halfOpen" || !e.admitted ? "wait" : "done"}">${t(`web.health.${e.admitted ? e.circuit : "out"}`)}</span></td>
      ${number(e.calls)}${number(e.errors)}${number(e.overruns)}<td class="num">${t("web.health.millis", { n: Math.round(e.p95Millis * 10) / 10 })}</td></tr>`;
  }
  render() {
    return html`<section class="card plan" tabindex="-1" aria-label=${t("web.health.title", { module: this.name })}><h2>${t("web.health.title", { module: this.name })}</h2>
      ${this.problem ? failure(this.problem, () => this.load()) : this.items === null ? loading(3)
        : this.items.length ? html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t("web.health.table")}><table class="health"><thead><tr><th scope="col">${t("web.health.point")}</th><th scope="col">${t("web.health.state")}</th><th scope="col">${t("web.health.calls")}</th><th scope="col">${t("web.health.errors")}</th><th scope="col">${t("web.health.overruns")}</th><th scope="col">${t("web.health.p95")}</th></tr></thead>
          <tbody>${this.items.map((e) => this.row(e))}</tbody></table></div>` : html`<p class="muted">${icon("info")} ${t("web.health.none")}</p>`}
      ${this.pages.length ? html`<h3 class="plan-h">${t("web.health.pages")}</h3><ul class="page-failures">${this.pages.map((p) => html`<li><span class="chip ${p.flagged ? "bad" : "wait"}">${t("web.health.page.times", { n: p.failures })}</span>
        <span>${p.point} <span class="faint mono">${p.key}</span></span><p>${p.message}</p><p class="faint"><talka-time .at=${p.lastAt}></talka-time> · ${t("web.health.page.people", { n: p.people })}</p></li>`)}</ul>` : nothing}
      <div class="foot"><button class="btn" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${t("web.close")}</button></div></section>${nothing}`;
  }
}
customElements.define("talka-module-health", TalkaModuleHealth);
