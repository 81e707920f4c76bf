// SPDX-License-Identifier: Apache-2.0
/** Modules: what there is, what would happen, what happens now, what happened. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { toast } from "../kit/overlay.js";
import { enc, get, post, upload } from "../core/api.js";
import { desk } from "../core/desk.js";
import { moduleTitle } from "../core/fields.js";
import { has, t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { go } from "../core/router.js";

/** @type {Record<string, string>} the chip's tone of a state */
const TONE = { ACTIVE: "done", DEGRADED: "wait", WAITING: "wait", DISABLED: "", REMOVED: "", PURGED: "", STAGED: "", PLANNED: "" };
const BAD = new Set(["QUARANTINED", "FAILED", "MIGRATION_FAILED", "REJECTED", "BLOCKED"]);
const GONE = new Set(["REMOVED", "PURGED"]);
const RUNNING = 700;

class TalkaModules extends PlainElement {
  static properties = { part: {}, modules: { state: true }, catalogue: { state: true }, problem: { state: true }, plan: { state: true }, planProblem: { state: true }, operation: { state: true }, history: { state: true }, busy: { state: true } };
  constructor() {
    super();
    this.part = "";
    /** @type {any[] | null} */
    this.modules = null;
    /** @type {any[]} */
    this.catalogue = [];
    /** @type {any} */
    this.problem = null;
    /** @type {any} */
    this.plan = null;
    /** @type {any} */
    this.planProblem = null;
    /** @type {any} */
    this.operation = null;
    /** @type {any[] | null} */
    this.history = null;
    this.busy = "";
    this.timer = 0;
    this.later = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    document.title = `${t("web.nav.modules")} · Talka`;
    this.until(onLive("modules", () => {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.load(), 120);
    }), () => clearTimeout(this.timer));
    this.load();
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("part") && this.part === "history") this.loadHistory();
  }
  async load() {
    try {
      const [modules, catalogue] = await Promise.all([get("/modules"), get("/modules/catalogue")]);
      this.modules = modules.items;
      this.catalogue = catalogue.items;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  async loadHistory() {
    try {
      this.history = (await get("/modules/operations")).items;
    } catch (problem) {
      this.problem = problem;
    }
  }
  async ask(/** @type {string} */ action, /** @type {any} */ module, /** @type {string} */ version = "") {
    this.busy = `${action}/${module.id}`;
    this.plan = this.planProblem = this.operation = null;
    try {
      this.plan = await post("/modules/plans", { action, module: module.id, ...(version ? { version } : {}) });
      this.showPlan();
    } catch (problem) {
      this.planProblem = problem;
      this.showPlan();
    } finally {
      this.busy = "";
    }
  }
  async uploadFile(/** @type {File} */ file) {
    this.plan = this.planProblem = this.operation = null;
    this.busy = "upload";
    try {
      this.plan = await upload("/modules/plans", file);
    } catch (problem) {
      this.planProblem = problem;
    } finally {
      this.busy = "";
    }
    this.showPlan();
  }
  async showPlan() {
    await this.updateComplete;
    const plan = /** @type {HTMLElement | null} */ (this.querySelector(".plan"));
    plan?.focus({ preventScroll: true });
    plan?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
  async apply() {
    const plan = this.plan;
    try {
      const { operation } = await post(`/modules/plans/${enc(plan.id)}/apply`);
      this.operation = { id: operation, state: "running", steps: [] };
      this.watch();
    } catch (problem) {
      // the desk changed since the plan was made: a new plan is one click away
      this.planProblem = problem;
    }
  }
  async watch() {
    clearTimeout(this.timer);
    try {
      this.operation = await get(`/modules/operations/${enc(this.operation.id)}`);
    } catch (problem) {
      if (/** @type {any} */ (problem).status && /** @type {any} */ (problem).status !== 503) {
        this.planProblem = problem;
        return;
      }
    }
    if (this.operation.state === "running") {
      this.timer = setTimeout(() => this.watch(), RUNNING);
    } else {
      await this.load();
      desk.modulesChanged().catch(() => {});
      if (this.operation.state === "succeeded") toast(t(`web.module.done.${this.plan?.action ?? "install"}`, { module: this.titleOf(this.plan?.module) }));
    }
  }
  titleOf(/** @type {any} */ module) {
    const id = typeof module === "object" ? module?.id : module;
    const known = this.modules?.find((m) => m.id === id) ?? this.catalogue.find((m) => m.id === id);
    return known?.title ?? moduleTitle(id);
  }
  iconOf(/** @type {string} */ id) {
    return this.catalogue.find((c) => c.id === id)?.icon || (has(`module.${id}.icon`) ? t(`module.${id}.icon`) : "modules");
  }
  row(/** @type {any} */ m) {
    const newer = this.catalogue.find((c) => c.id === m.id && c.version !== m.version && isNewer(c.version, m.version));
    const description = this.catalogue.find((c) => c.id === m.id)?.description ?? (has(`module.${m.id}.description`) ? t(`module.${m.id}.description`) : "");
    const bad = BAD.has(m.state);
    const admin = desk.can("module:admin");
    const off = m.state === "DISABLED";
    const menu = [
      ...(off || bad || m.state === "WAITING" ? [{ label: t("web.module.enable"), icon: "check", act: () => this.ask("enable", m) }] : []),
      ...(off ? [] : [{ label: t("web.module.disable"), icon: "close", act: () => this.ask("disable", m) }]),
      ...(m.previousVersion ? [{ label: t("web.module.rollback"), icon: "undo", act: () => this.ask("rollback", m) }] : []),
      { label: t("web.module.uninstall"), icon: "close", danger: true, act: () => this.ask("uninstall", m) },
    ];
    return html`<li class="mod ${off ? "off" : ""}"><span class="ic ${bad ? "bad" : ""}">${icon(bad ? "warn" : this.iconOf(m.id))}</span><b>${m.title}</b>
      <span class="a"><span class="chip ${bad ? "bad" : (TONE[m.state] ?? "open")}">${word(`web.module.state.${m.state}`)}</span>
        ${newer && admin ? html`<button class="btn primary" ?disabled=${!!this.busy} @click=${() => this.ask("update", m, newer.version)}>${t("web.module.update")}</button>` : nothing}
        ${off && admin ? html`<button class="btn" ?disabled=${!!this.busy} @click=${() => this.ask("enable", m)}>${t("web.module.enable")}</button>` : nothing}
        ${admin ? html`<talka-menu .label=${t("web.module.menu", { module: m.title })} .face=${icon("more")} .items=${menu}></talka-menu>` : nothing}</span>
      <span class="d"><span class="num">${m.version}</span>${m.reason ? html` · ${m.reason}` : description ? html` · ${description}` : nothing}${
        bad ? html` · ${t("web.module.fine")}` : nothing}</span></li>`;
  }
  offer(/** @type {any} */ c) {
    const back = this.modules?.some((m) => m.id === c.id);
    return html`<li class="mod off"><span class="ic">${icon(c.icon || "modules")}</span><b>${c.title}</b>
      <span class="a">${desk.can("module:admin") ? html`<button class="btn" aria-label="${t("web.module.install")}: ${c.title}" ?disabled=${!!this.busy} @click=${() => this.ask("install", c, c.version)}>${t("web.module.install")}</button>` : nothing}</span>
      <span class="d"><span class="num">${c.version}</span> · ${back ? t("web.module.kept") : c.description}</span></li>`;
  }
  adds(/** @type {any} */ adds) {
    const list = [["ticketTypes", adds?.ticketTypes], ["navigation", adds?.navigation], ["permissions", adds?.permissions], ["resources", adds?.resources]]
      .filter(([, v]) => v?.length);
    if (!list.length) return nothing;
    return html`<h3 class="plan-h">${t("web.plan.adds")}</h3><dl class="adds">${list.map(([k, v]) => html`<dt>${t(`web.plan.adds.${k}`)}</dt><dd>${v.map((/** @type {any} */ x) => html`<span class="chip">${typeof x === "string" ? x : (x.title ?? x.name ?? x.key)}</span>`)}</dd>`)}</dl>`;
  }
  planCard() {
    if (this.planProblem) {
      return html`<section class="card plan" tabindex="-1" aria-label=${t("web.plan.title")}><div class="say bad">${icon("warn")}<div><b>${t("web.plan.refused")}</b><p>${this.planProblem.message}</p>
        ${this.planProblem.errors?.map((/** @type {any} */ e) => html`<p>${e.message}</p>`)}<p class="faint">${t("web.plan.refused.text")}</p></div></div>
        <div class="foot"><button class="btn" @click=${() => (this.planProblem = this.plan = null)}>${t("web.close")}</button></div></section>`;
    }
    const plan = this.plan;
    if (!plan) return nothing;
    const operation = this.operation;
    const title = this.titleOf(plan.module);
    const versions = plan.from && plan.to && plan.from !== plan.to ? `${plan.from} → ${plan.to}` : (plan.to ?? plan.from ?? "");
    // the headline says already that nobody will notice
    const summary = typeof plan.summary === "string" ? plan.summary.replace(t("module.note.nobody"), "") : plan.summary?.key ? (has(plan.summary.key) ? t(plan.summary.key, plan.summary.args) : t(`web.plan.say.${plan.action}`)) : t(`web.plan.say.${plan.action}`);
    const seconds = (plan.steps ?? []).reduce((/** @type {number} */ sum, /** @type {any} */ s) => sum + (s.seconds ?? 0), 0);
    const blocked = plan.blockers?.length > 0;
    const undo = !blocked && (plan.steps ?? []).every(undoable);
    return html`<section class="card plan" tabindex="-1" aria-label=${t("web.plan.title")}><h2>${t(`web.plan.${plan.action}`, { module: title })} <span class="num muted">${versions}</span></h2>
      ${operation ? this.progress(operation, title) : blocked ? html`<div class="say bad">${icon("warn")}<div><b>${t("web.plan.blocked")}</b>${plan.blockers.map((/** @type {any} */ b) => html`<p>${b.message} <span class="muted">${b.remedy}</span></p>`)}</div></div>`
        : html`<div class="say">${icon("check")}<div><b>${t(plan.affects?.length ? "web.plan.some" : "web.plan.nobody")}</b> ${summary} ${undo && typeof plan.summary !== "string" ? t("web.plan.undo") : nothing}
          ${plan.action === "uninstall" || plan.action === "disable" ? html`<p>${t(`web.plan.keeps.${plan.action}`)}</p>` : nothing}
          ${plan.affects?.length ? html`<p>${t("web.plan.affects")} ${plan.affects.map((/** @type {any} */ a) => html`<span class="chip">${typeof a === "string" ? this.titleOf(a) : (a.title ?? a.module ?? a.id)}</span> `)}</p>` : nothing}</div></div>`}
      <ol class="steps">${(operation?.steps?.length ? operation.steps : plan.steps ?? []).map((/** @type {any} */ s, /** @type {number} */ i) => {
        const planned = (plan.steps ?? []).find((/** @type {any} */ p) => p.id === s.id) ?? s;
        return html`<li class="step ${operation ? (s.state ?? "") : ""}"><span class="n">${operation ? stepSign(s.state) ?? i + 1 : i + 1}</span><span>${s.title ?? planned.title}${s.error ? html`<span class="error">${s.error}</span>` : nothing}${
          !operation && !undoable(s, i, plan.steps ?? []) ? html` <span class="warn">${t("web.plan.noundo")}</span>` : nothing}</span><span class="ok num">${planned.seconds ? t("web.plan.seconds", { n: round(planned.seconds) }) : nothing}</span></li>`;
      })}</ol>
      ${operation ? nothing : this.adds(plan.adds)}
      <div class="foot">${operation && operation.state !== "running" ? html`<button class="btn" @click=${() => (this.plan = this.operation = null)}>${t("web.close")}</button>`
        : operation ? html`<span class="faint">${t("web.plan.running")}</span>`
        : html`<span class="faint grow">${seconds ? t("web.plan.about", { n: round(seconds) }) : nothing}</span><button class="btn quiet" @click=${() => (this.plan = null)}>${t("web.cancel")}</button>
          <button class="btn ${plan.action === "uninstall" ? "danger" : "primary"}" ?disabled=${blocked} @click=${() => this.apply()}>${t(`web.plan.apply.${plan.action}`)}</button>`}</div></section>`;
  }
  progress(/** @type {any} */ o, /** @type {string} */ title) {
    const good = o.state === "succeeded";
    const error = o.error ?? o.steps?.find((/** @type {any} */ s) => s.error)?.error;
    if (o.state === "running") return html`<div class="say" role="status">${icon("clock")}<div><b>${t("web.plan.now")}</b> ${t("web.plan.now.text")}</div></div>`;
    return html`<div class="say ${good ? "" : "bad"}" role="status">${icon(good ? "check" : "warn")}<div><b>${t(`web.operation.${o.state}`, { module: title })}</b>${
      good ? nothing : html`<p>${error ?? ""}</p><p>${t(`web.operation.${o.state}.text`)}</p>`}</div></div>`;
  }
  historyPage() {
    return html`<div class="head"><div><h1 class="page-title">${t("web.module.history")}</h1></div><span class="grow"></span><a class="btn" href="/app/modules">${icon("left")}${t("web.nav.modules")}</a></div>
      <div class="card">${this.history === null ? loading(4) : this.history.length ? html`<ul class="ops">${this.history.map((o) => html`<li><details><summary><span class="chip ${o.state === "succeeded" ? "done" : o.state === "running" ? "open" : "bad"}">${word(`web.operation.short.${o.state}`)}</span>
        <b>${t(`web.plan.${o.action}`, { module: this.titleOf(o.module) })}</b><span class="grow"></span><span class="faint">${actorName(o.actor)} · <talka-time .at=${o.startedAt}></talka-time></span></summary>
        <ol class="steps">${(o.steps ?? []).map((/** @type {any} */ s) => html`<li class="step ${s.state ?? ""}"><span class="n">${stepSign(s.state)}</span><span>${s.title}${s.error ? html`<span class="error">${s.error}</span>` : nothing}</span><span></span></li>`)}</ol></details></li>`)}</ul>`
        : empty({ icon: "history", title: t("web.module.history.none") })}</div>`;
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (this.part === "history") return this.historyPage();
    const installed = (this.modules ?? []).filter((m) => !GONE.has(m.state));
    const here = new Set(installed.map((m) => m.id));
    const offers = this.catalogue.filter((c) => !here.has(c.id));
    return html`<div class="head"><div><h1 class="page-title">${t("web.nav.modules")}</h1><p class="muted">${t("web.module.intro")}</p></div><span class="grow"></span>
        ${desk.can("module:admin") ? html`<label class="btn attach" aria-disabled=${this.busy ? "true" : nothing}>${icon("upload")}<span>${t("web.module.upload")}</span><input type="file" accept=".jar,.kar" class="visually-hidden" @change=${(/** @type {any} */ e) => {
          const file = e.target.files[0];
          e.target.value = "";
          if (file) this.uploadFile(file);
        }}></label>` : nothing}<button class="btn" @click=${() => go("/app/modules/history")}>${t("web.module.history")}</button></div>
      <div class="mod-grid ${this.plan || this.planProblem ? "" : "alone"}"><div class="card">${this.modules === null ? loading(5) : html`<ul class="mods">${installed.map((m) => this.row(m))}${offers.map((c) => this.offer(c))}</ul>
        ${!installed.length && !offers.length ? empty({ icon: "modules", title: t("web.module.none") }) : nothing}`}</div>${this.planCard()}</div>`;
  }
}
customElements.define("talka-modules", TalkaModules);

/** After the last step nothing can fail any more: there, nothing has to be undone. @type {(s: any, i: number, all: any[]) => boolean} */
const undoable = (s, i, all) => s.undo !== false || i === all.length - 1;
const round = (/** @type {number} */ n) => (n < 10 ? Math.max(0.1, Math.round(n * 10) / 10) : Math.round(n));
const actorName = (/** @type {any} */ a) => (typeof a === "object" ? (a?.displayName ?? a?.username) : a) ?? t("web.system");
const stepSign = (/** @type {string | undefined} */ state) =>
  ({ done: icon("check"), succeeded: icon("check"), failed: icon("close"), running: icon("clock"), undone: icon("undo"), rolledBack: icon("undo") })[String(state)] ?? nothing;
/** Whether one version comes after another, part by part. */
const isNewer = (/** @type {string} */ a, /** @type {string} */ b) => {
  const x = a.split(/[.-]/);
  const y = b.split(/[.-]/);
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const d = Number(x[i] ?? 0) - Number(y[i] ?? 0);
    if (d) return d > 0;
  }
  return false;
};
