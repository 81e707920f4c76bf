// SPDX-License-Identifier: Apache-2.0
/** Modules: what there is, what would happen, what happens now. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { toast, toastProblem } from "../kit/overlay.js";
import { enc, get, post, remove, upload } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { moduleTitle } from "../core/fields.js";
import { has, t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { go } from "../core/router.js";
import { holdDialog, isGone, isNewer, matches, offerRow, offersOf, purgeDialog, releaseHold } from "./modules-catalogue.js";
import { planCard } from "./modules-plan.js";
import "./modules-health.js";
import "./modules-bisect.js";
import "./modules-history.js";
import "./modules-lock.js";

/** @type {Record<string, string>} the chip's tone of a state */
const TONE = { ACTIVE: "done", DEGRADED: "wait", WAITING: "wait", DISABLED: "", STAGED: "", PLANNED: "" };
const BAD = new Set(["QUARANTINED", "FAILED", "MIGRATION_FAILED", "REJECTED", "BLOCKED"]);
const MOVING = new Set(["INSTALLING", "MIGRATING", "STARTING", "DRAINING", "ROLLING_BACK"]);
const TRUSTED = new Set(["FIRST_PARTY", "SIGNED"]);
/** Without an event for so long, the operation is asked for. */
const QUIET = 1500;
/** From here many modules want a search. */
const MANY = 4;

class TalkaModules extends PlainElement {
  static properties = { part: {}, modules: { state: true }, catalogue: { state: true }, safeMode: { state: true }, holds: { state: true }, exports: { state: true }, problem: { state: true }, plan: { state: true }, planProblem: { state: true }, operation: { state: true }, health: { state: true }, words: { state: true }, busy: { state: true }, agreed: { state: true }, tool: { state: true }, dropped: { state: true } };
  constructor() {
    super();
    this.part = "";
    this.agreed = false;
    /** What is shown beside the list instead of a plan: `lock` or `bisect`. */
    this.tool = "";
    /** What was refused of the files in the folder deploy. @type {any[]} */
    this.dropped = [];
    /** @type {any[] | null} */
    this.modules = null;
    /** @type {any[]} */
    this.catalogue = [];
    this.safeMode = false;
    /** @type {any[]} */
    this.holds = [];
    /** @type {any[]} */
    this.exports = [];
    /** @type {any} */
    this.problem = null;
    /** @type {any} */
    this.plan = null;
    /** @type {any} */
    this.planProblem = null;
    /** @type {any} */
    this.operation = null;
    /** @type {any} */
    this.health = null;
    this.words = "";
    this.busy = "";
    this.timer = 0;
    this.later = 0;
    /** @type {(() => void) | undefined} makes the same plan again, of what is there now */
    this.again = undefined;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.nav.modules"));
    this.follow(desk, "contributions");
    this.until(
      onLive("modules", () => {
        clearTimeout(this.later);
        this.later = setTimeout(() => this.load(), 120);
      }),
      onLive("operation", (data) => data.id === this.operation?.id && this.operation.state === "running" && this.watch()),
      () => clearTimeout(this.timer),
    );
    this.load().then(() => this.resume());
  }
  async load() {
    const admin = desk.can("module:admin");
    const list = (/** @type {string} */ path) => (admin ? get(path).then((a) => a.items, () => []) : []);
    try {
      const [modules, catalogue, holds, exports, dropped] = await Promise.all([get("/modules"), get("/modules/catalogue"), list("/modules/holds"), list("/modules/exports"), list("/modules/dropped")]);
      this.modules = modules.items;
      this.safeMode = modules.safeMode === true;
      this.catalogue = catalogue.items;
      this.holds = holds;
      this.exports = exports;
      this.dropped = dropped.filter((/** @type {any} */ d) => d.refused);
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  /** An operation goes on while the page is loaded anew, or was begun by somebody else. */
  async resume() {
    if (!desk.can("module:admin") || this.part || this.operation) return;
    const latest = await get("/modules/operations?limit=5").catch(() => null);
    const running = latest?.items.find((/** @type {any} */ o) => o.state === "running");
    if (!running || this.operation || this.plan) return;
    this.plan = { action: running.action, module: running.module, from: running.from, to: running.to, steps: [] };
    this.operation = running;
    this.watch();
  }
  /** @param {() => Promise<any>} make */
  async show(make, busy = "plan") {
    this.busy = busy;
    this.agreed = false;
    this.plan = this.planProblem = this.operation = this.health = null;
    this.tool = "";
    this.again = () => this.show(make, busy);
    try {
      this.plan = await make();
    } catch (problem) {
      this.planProblem = problem;
    } finally {
      this.busy = "";
    }
    await this.updateComplete;
    const plan = /** @type {HTMLElement | null} */ (this.querySelector(".plan"));
    plan?.focus({ preventScroll: true });
    plan?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
  ask(/** @type {string} */ action, /** @type {any} */ module, /** @type {string} */ version = "") {
    return this.show(() => post("/modules/plans", { action, module: module.id, ...(version ? { version } : {}) }), `${action}/${module.id}`);
  }
  async apply() {
    const plan = this.plan;
    let body;
    if (plan.action === "purge") {
      const confirm = await purgeDialog(this.titleOf(plan.module), plan.module);
      if (confirm === undefined) return;
      body = { confirm };
    }
    if (plan.consent?.length) body = { ...body, consent: true };
    try {
      const { operation } = await post(`/modules/plans/${enc(plan.id)}/apply`, body);
      this.operation = { id: operation, state: "running", steps: plan.steps.map((/** @type {any} */ s) => ({ ...s, state: "pending" })) };
      this.watch();
    } catch (problem) {
      // the desk changed since the plan was made: a new plan is one click away
      this.planProblem = problem;
    }
  }
  /** Asked by the timer and by events; whoever sees the end first tells it. */
  async watch() {
    clearTimeout(this.timer);
    const id = this.operation.id;
    try {
      const now = await get(`/modules/operations/${enc(id)}`);
      if (this.operation?.id !== id || this.operation.state !== "running") return;
      this.operation = now;
    } catch (problem) {
      if (/** @type {any} */ (problem).status && /** @type {any} */ (problem).status !== 503) {
        this.planProblem = problem;
        return;
      }
    }
    clearTimeout(this.timer);
    if (this.operation.state === "running") {
      this.timer = this.isConnected ? setTimeout(() => this.watch(), QUIET) : 0;
      return;
    }
    await this.load();
    desk.modulesChanged().catch(() => {});
    if (this.operation?.state === "succeeded") toast(t(`web.module.done.${this.plan?.action ?? "install"}`, { module: this.titleOf(this.plan?.module) }));
  }
  cancel() {
    remove(`/modules/operations/${enc(this.operation.id)}`).then(() => this.watch(), toastProblem);
  }
  close() {
    this.plan = this.planProblem = this.operation = this.health = null;
    this.tool = "";
  }
  open(/** @type {string} */ tool) {
    this.close();
    this.tool = tool;
  }
  titleOf(/** @type {string} */ id) {
    const known = this.modules?.find((m) => m.id === id) ?? this.catalogue.find((m) => m.id === id);
    return known?.title ?? moduleTitle(id);
  }
  iconOf(/** @type {string} */ id) {
    return this.catalogue.find((c) => c.id === id)?.icon || (has(`module.${id}.icon`) ? t(`module.${id}.icon`) : "modules");
  }
  descriptionOf(/** @type {string} */ id) {
    return this.catalogue.find((c) => c.id === id)?.description ?? (has(`module.${id}.description`) ? t(`module.${id}.description`) : "");
  }
  async retry(/** @type {any} */ m) {
    try {
      await post(`/modules/${enc(m.id)}/retry`);
      await this.load();
    } catch (problem) {
      toastProblem(problem);
    }
  }
  /** Only what the state allows: the desk would refuse the rest. */
  menu(/** @type {any} */ m, /** @type {any} */ hold) {
    if (MOVING.has(m.state)) return [];
    const runs = m.state === "ACTIVE" || m.state === "DEGRADED";
    const held = () => this.load();
    return [
      ...(m.state === "QUARANTINED" ? [{ label: t("web.module.retry"), icon: "check", act: () => this.retry(m) }] : []),
      ...(["DISABLED", "FAILED", "WAITING"].includes(m.state) ? [{ label: t("web.module.enable"), icon: "check", act: () => this.ask("enable", m) }] : []),
      ...(m.state !== "DISABLED" ? [{ label: t("web.module.disable"), icon: "close", act: () => this.ask("disable", m) }] : []),
      ...(m.previousVersion ? [{ label: t("web.module.rollback"), icon: "undo", act: () => this.ask("rollback", m) }] : []),
      ...(runs ? [{ label: t("web.health.menu"), icon: "chart", act: () => {
        this.close();
        this.health = m;
      } }] : []),
      ...(desk.can("module:hold") ? [hold ? { label: t("web.hold.release"), icon: "lock", act: () => releaseHold(m).then(held, held) } : { label: t("web.hold.menu"), icon: "lock", act: () => holdDialog(m).then(held) }] : []),
      { label: t("web.module.uninstall"), icon: "close", danger: true, act: () => this.ask("uninstall", m) },
    ];
  }
  row(/** @type {any} */ m) {
    const newer = this.catalogue.find((c) => c.id === m.id && isNewer(c.version, m.version));
    const hold = this.holds.find((h) => h.module === m.id);
    const bad = BAD.has(m.state);
    const admin = desk.can("module:admin");
    const off = m.state === "DISABLED";
    const menu = admin ? this.menu(m, hold) : [];
    const description = this.descriptionOf(m.id);
    return html`<li class="mod ${off ? "off" : ""}"><span class="ic ${bad ? "bad" : ""}">${icon(bad ? "warn" : this.iconOf(m.id))}</span><b>${m.title}</b>
      <span class="a"><span class="chip ${bad ? "bad" : (TONE[m.state] ?? "open")}">${word(`web.module.state.${m.state}`)}</span>
        ${newer && admin ? html`<button class="btn primary" ?disabled=${!!this.busy} @click=${() => this.ask("update", m, newer.version)}>${t("web.module.update")}</button>` : nothing}
        ${off && admin ? html`<button class="btn" ?disabled=${!!this.busy} @click=${() => this.ask("enable", m)}>${t("web.module.enable")}</button>` : nothing}
        ${menu.length ? html`<talka-menu .label=${t("web.module.menu", { module: m.title })} .face=${icon("more")} .items=${menu}></talka-menu>` : nothing}</span>
      <span class="d"><span class="num">${m.version}</span>${m.reason ? html` · ${m.reason}` : description ? html` · ${description}` : nothing}${
        bad ? html` · ${t("web.module.fine")}` : nothing}${m.signature ? html`<br><span class="faint">${m.signature.text}</span>` : nothing}${
        hold ? html`<br>${icon("lock")} ${t("web.hold.on", { by: hold.heldBy, reason: hold.reason })}` : nothing}</span></li>`;
  }
  /** A file that came by the folder and was not taken: with its reason, and a way to go on. */
  refused(/** @type {any} */ d) {
    const path = `/modules/dropped/${enc(d.file)}`;
    return html`<div class="say bad" role="status">${icon("warn")}<div><b>${t("web.dropped.refused", { file: d.file })}</b> · <talka-time .at=${d.at}></talka-time><p class="pre">${d.text}</p>
      <p class="tools"><button class="btn" @click=${() => this.show(() => post(`${path}/plan`), "upload")}>${t("web.dropped.plan")}</button><button class="btn quiet" @click=${() => remove(path).then(() => this.load(), toastProblem)}>${t("web.dropped.remove")}</button></p></div></div>`;
  }
  notices() {
    const out = (this.modules ?? []).filter((m) => m.state === "QUARANTINED");
    return html`${this.safeMode ? html`<div class="say bad" role="status">${icon("warn")}<div><b>${t("web.module.safe")}</b></div></div>` : nothing}
      ${this.dropped.slice(0, 3).map((d) => this.refused(d))}
      ${desk.notices.filter((n) => n.kind === "page").map((n) => html`<div class="say bad" role="status">${icon("warn")}<div><p>${n.text}</p></div></div>`)}
      ${out.map((m) => html`<div class="say bad" role="status">${icon("warn")}<div><b>${t("web.module.quarantine", { module: m.title })}</b><p>${m.reason ?? ""}</p>${
        desk.can("module:admin") ? html`<p><button class="btn" @click=${() => this.retry(m)}>${t("web.module.retry")}</button></p>` : nothing}</div></div>`)}`;
  }
  aside() {
    const titles = (/** @type {string} */ id) => this.titleOf(id);
    if (this.tool === "lock") return html`<talka-module-lock .titles=${titles} @close=${() => this.close()} @done=${() => this.load()}></talka-module-lock>`;
    if (this.tool === "bisect") return html`<talka-module-bisect .titles=${titles} @close=${() => this.close()} @done=${() => this.load()}></talka-module-bisect>`;
    if (this.health) return html`<talka-module-health .module=${this.health.id} .name=${this.health.title} @close=${() => this.close()}></talka-module-health>`;
    return planCard({
      plan: this.plan, operation: this.operation, problem: this.planProblem, untrusted: this.plan?.signature && !TRUSTED.has(this.plan.signature.verdict), title: this.plan ? this.titleOf(this.plan.module) : "",
      titleOf: (id) => this.titleOf(id), agreed: this.agreed, agree: (yes) => (this.agreed = yes), apply: () => this.apply(), again: this.again, cancel: () => this.cancel(), close: () => this.close(),
    });
  }
  render() {
    if (this.part === "history") return html`<talka-module-history .titles=${(/** @type {string} */ id) => this.titleOf(id)}></talka-module-history>`;
    if (this.problem) return failure(this.problem, () => this.load());
    const all = (this.modules ?? []).filter((m) => !isGone(m));
    const offers = offersOf(this.modules ?? [], this.catalogue);
    const fits = (/** @type {any} */ m) => !this.words.trim() || matches(this.words.trim(), m.title, m.id, this.descriptionOf(m.id), m.description);
    const shown = [...all.filter(fits).map((m) => this.row(m)), ...offers.filter(fits).map((offer) => offerRow({
      offer, hold: this.holds.find((h) => h.module === offer.id), exports: this.exports, busy: this.busy,
      ask: (action, m, version) => this.ask(action, m, version),
      bring: (file) => this.show(() => post("/modules/imports", { file })), holds: () => this.load(),
    }))];
    return html`<div class="head"><div><h1 class="page-title">${t("web.nav.modules")}</h1><p class="muted">${t("web.module.intro")}</p></div><span class="grow"></span>
        ${desk.can("module:admin") ? html`<label class="btn attach" aria-disabled=${this.busy ? "true" : nothing}>${icon("upload")}<span>${t("web.module.upload")}</span><input type="file" accept=".jar,.kar" class="visually-hidden" @change=${(/** @type {any} */ e) => {
          const file = e.target.files[0];
          e.target.value = "";
          if (file) this.show(() => upload("/modules/plans", file), "upload");
        }}></label><button class="btn" @click=${() => go("/app/modules/history")}>${t("web.module.history")}</button><talka-menu .label=${t("web.module.tools")} .face=${icon("more")} .items=${[{ label: t("web.lock.menu"), icon: "download", act: () => this.open("lock") }, { label: t("web.bisect.menu"), icon: "search", act: () => this.open("bisect") }]}></talka-menu>` : nothing}</div>
      ${this.notices()}
      ${all.length + offers.length >= MANY ? html`<p><input class="control" type="search" aria-label=${t("web.module.search")} placeholder=${t("web.module.search")} .value=${this.words} @input=${(/** @type {any} */ e) => (this.words = e.target.value)}></p>` : nothing}
      <div class="mod-grid ${this.plan || this.planProblem || this.health || this.tool ? "" : "alone"}"><div class="card">${this.modules === null ? loading(5) : html`<ul class="mods">${shown}</ul>
        ${shown.length ? nothing : empty({ icon: "modules", title: t(this.words ? "web.module.unfound" : "web.module.none") })}`}</div>${this.aside()}</div>`;
  }
}
customElements.define("talka-modules", TalkaModules);
