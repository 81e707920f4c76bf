// SPDX-License-Identifier: Apache-2.0
/** Lock files: which modules this installation has, in a file; and making this one like another. */
import { html, nothing } from "lit";
import { call, get } from "../core/api.js";
import { t } from "../core/i18n.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { failure } from "../kit/small.js";
import { stepSign } from "./modules-plan.js";

class TalkaModuleLock extends PlainElement {
  static properties = { titles: { attribute: false }, name: { state: true }, comparison: { state: true }, progress: { state: true }, problem: { state: true }, extra: { state: true } };
  constructor() {
    super();
    /** @type {(id: string) => string} */
    this.titles = (id) => id;
    this.name = "";
    /** @type {string} what was chosen, as it is */
    this.text = "";
    /** @type {any} */
    this.comparison = null;
    /** @type {any} */
    this.progress = null;
    /** @type {any} */
    this.problem = null;
    this.extra = false;
    /** @type {any} */
    this.timer = 0;
  }
  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }
  /** Sent as it is: the server says what is wrong with it. @param {string} what */
  async send(what) {
    const { data } = await call("POST", `/modules/lock/${what}?disableExtra=${this.extra}`, { raw: this.text });
    return data;
  }
  async choose(/** @type {File} */ file) {
    this.name = file.name;
    this.text = await file.text();
    await this.compare();
  }
  async compare() {
    this.comparison = this.progress = this.problem = null;
    try {
      this.comparison = await this.send("comparison");
    } catch (problem) {
      this.problem = problem;
    }
  }
  async apply() {
    this.problem = null;
    try {
      this.progress = await this.send("application");
      this.follow();
    } catch (problem) {
      this.problem = problem;
    }
  }
  follow() {
    clearTimeout(this.timer);
    if (!this.progress?.running || !this.isConnected) {
      this.dispatchEvent(new CustomEvent("done"));
      return;
    }
    this.timer = setTimeout(async () => {
      try {
        this.progress = await get("/modules/lock/application");
      } catch {
        // the next look tells
      }
      this.follow();
    }, 500);
  }
  step(/** @type {any} */ s, /** @type {number} */ i) {
    return html`<li class="step ${s.state}"><span class="n">${s.state === "pending" ? i + 1 : stepSign(s.state)}</span><span>${
      s.action === "configure" ? t("web.lock.configure", { module: this.titles(s.module) }) : t(`web.plan.${s.action}`, { module: this.titles(s.module) })}${
      s.blocker || s.error ? html`<span class="error">${s.error ?? s.blocker}</span>` : nothing}</span><span class="num">${s.version}</span></li>`;
  }
  chosen() {
    const c = this.comparison;
    if (!c) return nothing;
    if (!c.differences.length) return html`<div class="say" role="status">${icon("check")}<div><b>${t("web.lock.same")}</b></div></div>`;
    const steps = this.progress?.steps ?? c.steps;
    const blocked = c.steps.some((/** @type {any} */ s) => s.blocker);
    const failed = steps.some((/** @type {any} */ s) => s.state === "failed");
    const over = this.progress && !this.progress.running;
    return html`<h3 class="plan-h">${t("web.lock.differences", { n: c.differences.length })}</h3><ul class="plain">${c.differences.map((/** @type {any} */ d) => html`<li>${d.text}</li>`)}</ul>
      ${c.differences.some((/** @type {any} */ d) => d.kind === "extra") && !this.progress ? html`<label class="check"><input type="checkbox" .checked=${this.extra} @change=${(/** @type {any} */ e) => {
        this.extra = e.target.checked;
        this.compare();
      }}> <span>${t("web.lock.extra")}</span></label>` : nothing}
      <h3 class="plan-h">${t("web.plan.steps")}</h3>${steps.length ? html`<ol class="steps">${steps.map((/** @type {any} */ s, /** @type {number} */ i) => this.step(s, i))}</ol>` : html`<p class="muted">${t("web.lock.nothing")}</p>`}
      ${over ? html`<div class="say ${failed ? "bad" : ""}" role="status">${icon(failed ? "warn" : "check")}<div><b>${t(failed ? "web.lock.failed" : "web.lock.done")}</b></div></div>`
        : html`<div class="foot"><span class="grow"></span><button class="btn primary" ?disabled=${blocked || !steps.length || !!this.progress} @click=${() => this.apply()}>${t("web.lock.apply")}</button></div>`}`;
  }
  render() {
    return html`<section class="card plan" tabindex="-1" aria-label=${t("web.lock.title")}><h2>${t("web.lock.title")}</h2><p class="muted">${t("web.lock.text")}</p>
      <p class="tools"><a class="btn" href="/api/v1/modules/lock" download="talka-modules.lock.json">${icon("download")}${t("web.lock.export")}</a>
        <label class="btn attach">${icon("upload")}<span>${t("web.lock.choose")}</span><input type="file" accept=".json" class="visually-hidden" @change=${(/** @type {any} */ e) => {
          const file = e.target.files[0];
          e.target.value = "";
          if (file) this.choose(file);
        }}></label></p>
      ${this.name ? html`<p class="faint">${this.name}</p>` : nothing}${this.problem ? failure(this.problem) : nothing}${this.chosen()}
      <div class="foot"><button class="btn quiet" @click=${() => this.dispatchEvent(new CustomEvent("close"))}>${t("web.close")}</button></div></section>`;
  }
}
customElements.define("talka-module-lock", TalkaModuleLock);
