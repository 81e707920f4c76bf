// SPDX-License-Identifier: Apache-2.0
/** What was done with modules: who, when, from which version to which, and how each step went. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { enc, get, query } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { stepList } from "./modules-plan.js";

class TalkaModuleHistory extends PlainElement {
  static properties = { titles: { attribute: false }, items: { state: true }, next: { state: true }, problem: { state: true }, open: { state: true } };
  constructor() {
    super();
    /** @type {(id: string) => string} */
    this.titles = (id) => id;
    /** @type {any[] | null} */
    this.items = null;
    this.next = "";
    /** @type {any} */
    this.problem = null;
    /** @type {Record<string, any>} operations with their steps, once somebody looked */
    this.open = {};
    this.later = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.module.history"));
    this.until(onLive("modules", () => {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.load(), 300);
    }), () => clearTimeout(this.later));
    this.load();
  }
  async load(after = "") {
    try {
      const page = await get(`/modules/operations${query({ limit: 30, after })}`);
      this.items = after ? [...(this.items ?? []), ...page.items] : page.items;
      this.next = page.next ?? "";
      this.problem = null;
      if (!after) this.open = {};
    } catch (problem) {
      this.problem = problem;
    }
  }
  async look(/** @type {Event} */ e, /** @type {any} */ o) {
    if (!(/** @type {HTMLDetailsElement} */ (e.target).open) || this.open[o.id]) return;
    this.open = { ...this.open, [o.id]: { loading: true } };
    try {
      const whole = await get(`/modules/operations/${enc(o.id)}`);
      this.open = { ...this.open, [o.id]: whole };
    } catch (problem) {
      this.open = { ...this.open, [o.id]: { problem } };
    }
  }
  detail(/** @type {any} */ o) {
    const whole = this.open[o.id];
    if (!whole) return nothing;
    if (whole.loading) return loading(3);
    if (whole.problem) return failure(whole.problem);
    return html`<dl class="adds facts">
      ${o.signature ? html`<dt>${t("web.plan.signature")}</dt><dd>${o.signature.text}</dd>` : nothing}
      ${o.permissions?.length ? html`<dt>${t("web.plan.adds.permissions")}</dt><dd>${o.permissions.map((/** @type {string} */ p) => html`<span class="chip">${p}</span>`)}</dd>` : nothing}
      ${o.error ? html`<dt>${t("web.operation.why")}</dt><dd>${o.error}</dd>` : nothing}
      ${o.differences?.length ? html`<dt>${t("web.operation.differs")}</dt><dd>${o.differences.join(" ")}</dd>` : nothing}</dl>${stepList(whole.steps ?? [])}`;
  }
  row(/** @type {any} */ o) {
    const tone = o.state === "succeeded" ? "done" : o.state === "running" ? "open" : "bad";
    const versions = o.from && o.to && o.from !== o.to ? `${o.from} → ${o.to}` : (o.to ?? o.from ?? "");
    return html`<li><details @toggle=${(/** @type {Event} */ e) => this.look(e, o)}><summary><span class="chip ${tone}">${word(`web.operation.short.${o.state}`)}</span>
      <b>${t(`web.plan.${o.action}`, { module: this.titles(o.module) })}</b> <span class="num muted">${versions}</span><span class="grow"></span><span class="faint">${o.actor === "core" ? t("web.system") : o.actor} · <talka-time .at=${o.startedAt}></talka-time></span></summary>
      <div class="op">${this.detail(o)}</div></details></li>`;
  }
  render() {
    return html`<div class="head"><div><h1 class="page-title">${t("web.module.history")}</h1></div><span class="grow"></span><a class="btn" href="/app/modules">${icon("left")}${t("web.nav.modules")}</a></div>
      ${this.problem ? failure(this.problem, () => this.load()) : html`<div class="card">${this.items === null ? loading(4) : this.items.length ? html`<ul class="ops">${this.items.map((o) => this.row(o))}</ul>${
        this.next ? html`<div class="foot"><button class="btn quiet" @click=${() => this.load(this.next)}>${t("web.module.history.more")}</button></div>` : nothing}`
        : empty({ icon: "history", title: t("web.module.history.none") })}</div>`}`;
  }
}
customElements.define("talka-module-history", TalkaModuleHistory);
