// SPDX-License-Identifier: Apache-2.0
/** What is done from time to time, and what could not be told. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { empty, failure, loading } from "../../kit/small.js";
import { confirmDialog, openDialog, toast, toastProblem } from "../../kit/overlay.js";
import "../../kit/tabs.js";
import { call, enc, get, post, remove } from "../../core/api.js";
import { setTitle } from "../../core/appearance.js";
import { moduleTitle } from "../../core/fields.js";
import { currentLanguage, formatAgo, formatDateTime, formatNumber, t } from "../../core/i18n.js";
import { go } from "../../core/router.js";

const SOON = 1500;
const LATER = 15000;
/** Within this a run that was asked for has begun. */
const BEGINS = 20000;
const UNITS = /** @type {const} */ ([["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]]);

const from = (/** @type {string} */ module) => (module === "core" ? t("web.jobs.core") : moduleTitle(module));

/** A duration in the largest unit in which it is a whole number. @param {number} seconds */
function inWords(seconds) {
  const [unit, of] = UNITS.find(([, size]) => seconds % size === 0) ?? UNITS[3];
  return new Intl.NumberFormat(currentLanguage(), { style: "unit", unit, unitDisplay: "long" }).format(seconds / of);
}

/** @param {string} schedule */
function when(schedule) {
  if (schedule === "once") return t("web.jobs.once");
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(schedule);
  if (!parts) return t("web.jobs.cron", { cron: schedule });
  const [days, hours, minutes, seconds] = parts.slice(1).map((n) => Number(n ?? 0));
  return t("web.jobs.every", { time: inWords(((days * 24 + hours) * 60 + minutes) * 60 + seconds) });
}

/** How long it took. @param {number} millis */
const took = (millis) => (millis < 1000 ? t("web.jobs.millis", { n: formatNumber(millis) }) : inWords(Math.round(millis / 1000)));

const TONES = { succeeded: "done", failed: "bad", lost: "wait", running: "open" };

class TalkaJobs extends PlainElement {
  static properties = { part: {}, jobs: { state: true }, deliveries: { state: true }, letters: { state: true }, next: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.part = "";
    /** @type {any[] | null} */
    this.jobs = null;
    /** @type {any[]} */
    this.deliveries = [];
    /** @type {any[] | null} */
    this.letters = null;
    /** @type {string | null} */
    this.next = null;
    /** @type {any} */
    this.problem = null;
    this.turn = 0;
    /** Until when it is looked at again soon, because something was asked for. */
    this.hurry = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.jobs.title"));
    this.until(() => {
      this.turn++;
      clearTimeout(this.timer);
    });
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("part")) this.load();
  }
  async load() {
    const turn = ++this.turn;
    clearTimeout(this.timer);
    try {
      if (this.part === "deliveries") {
        const [deliveries, letters] = await Promise.all([get("/deliveries"), get("/deliveries/dead-letters?limit=50")]);
        if (turn !== this.turn) return;
        this.deliveries = deliveries.items;
        this.letters = letters.items;
        this.next = letters.next;
      } else {
        const jobs = await get("/jobs");
        if (turn !== this.turn) return;
        this.jobs = jobs.items;
        // what runs is looked at again soon, and the rest now and then
        this.timer = setTimeout(() => this.load(), Date.now() < this.hurry || jobs.items.some((/** @type {any} */ j) => j.runningSince) ? SOON : LATER);
      }
      this.problem = null;
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
  }
  async act(/** @type {() => Promise<unknown>} */ work, /** @type {string} */ said) {
    try {
      await work();
      toast(said);
    } catch (problem) {
      toastProblem(problem);
    }
    await this.load();
  }
  run(/** @type {any} */ job) {
    this.hurry = Date.now() + BEGINS;
    return this.act(() => post(`/jobs/${enc(job.id)}/runs`, {}), t("web.jobs.begun", { name: job.name }));
  }
  pause(/** @type {any} */ job) {
    return this.act(() => call("PATCH", `/jobs/${enc(job.id)}`, { body: { paused: !job.paused }, headers: { "If-Match": `"${job.version}"` } }), t(job.paused ? "web.jobs.goesOn" : "web.jobs.rests", { name: job.name }));
  }
  async history(/** @type {any} */ job) {
    try {
      const runs = (await get(`/jobs/${enc(job.id)}/runs?limit=50`)).items;
      openDialog({ title: t("web.jobs.history", { name: job.name }), wide: true, noFoot: true, body: () => (runs.length ? html`<ol class="history job-runs">${runs.map((/** @type {any} */ r) => html`<li>
        <span><span class="chip ${TONES[/** @type {keyof typeof TONES} */ (r.outcome)]}">${t(`web.jobs.outcome.${r.outcome}`)}</span> ${r.ended ? took(r.millis) : nothing} ${r.askedBy ? html`<span class="faint">${t("web.jobs.askedBy", { name: r.askedBy })}</span>` : nothing}</span>
        <span class="faint num">${formatDateTime(r.started)}</span>${r.said ? html`<p class="job-said">${r.said}</p>` : nothing}</li>`)}</ol>` : empty({ icon: "clock", title: t("web.jobs.never") })) });
    } catch (problem) {
      toastProblem(problem);
    }
  }
  again(/** @type {any} */ letter) {
    return this.act(() => post(`/deliveries/dead-letters/${enc(letter.id)}/tries`, {}), t("web.deliveries.told"));
  }
  async forget(/** @type {any} */ letter) {
    if (await confirmDialog({ title: t("web.deliveries.forget"), text: t("web.deliveries.forget.text"), submit: t("web.deliveries.forget"), danger: true })) {
      await this.act(() => remove(`/deliveries/dead-letters/${enc(letter.id)}`), t("web.deliveries.forgotten"));
    }
  }
  async more() {
    try {
      const page = await get(`/deliveries/dead-letters?limit=50&after=${enc(this.next ?? "")}`);
      this.letters = [...(this.letters ?? []), ...page.items];
      this.next = page.next;
    } catch (problem) {
      toastProblem(problem);
    }
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    const deliveries = this.part === "deliveries";
    return html`<div class="head"><div><h1 class="page-title">${t("web.jobs.title")}</h1><p class="muted">${t("web.jobs.intro")}</p></div></div>
      <div class="bar-line"><talka-tabs .label=${t("web.jobs.title")} .value=${deliveries ? "deliveries" : "jobs"} .tabs=${[{ key: "jobs", label: t("web.jobs.title") }, { key: "deliveries", label: t("web.deliveries.title") }]}
        @change=${(/** @type {any} */ e) => go(e.currentTarget.value === "deliveries" ? "/app/jobs/deliveries" : "/app/jobs")}></talka-tabs></div>
      ${deliveries ? this.deliveryPart() : html`<div class="card">${this.jobs === null ? loading(6) : this.jobList(this.jobs)}</div>`}`;
  }
  jobList(/** @type {any[]} */ jobs) {
    return html`<ul class="jobs">${jobs.map((j) => html`<li class=${j.present && !j.paused ? "" : "off"}><div class="job"><b>${j.name}</b><span class="faint">${from(j.module)} · ${when(j.schedule)}</span>
        <span class="faint">${this.state(j)}</span></div>
      <div class="job-last">${j.last ? html`<span class="chip ${TONES[/** @type {keyof typeof TONES} */ (j.last.outcome)]}">${t(`web.jobs.outcome.${j.last.outcome}`)}</span> <span class="faint num">${formatAgo(j.last.started)} · ${took(j.last.millis)}</span>
          ${j.last.said && j.last.outcome !== "succeeded" ? html`<p class="job-said">${icon("warn")}${j.last.said}</p>` : nothing}${j.failures > 1 ? html`<p class="faint">${t("web.jobs.failures", { n: j.failures })}</p>` : nothing}` : html`<span class="faint">${t("web.jobs.never")}</span>`}</div>
      <div class="job-do"><button class="btn small" ?disabled=${!j.present || !!j.runningSince} aria-label=${t("web.jobs.run.of", { name: j.name })} @click=${() => this.run(j)}>${t("web.jobs.run")}</button>
        <talka-menu .label=${t("web.jobs.more", { name: j.name })} .face=${icon("more")} .items=${[{ label: t(j.paused ? "web.jobs.resume" : "web.jobs.pause"), icon: j.paused ? "arrow" : "clock", act: () => this.pause(j) }, { label: t("web.jobs.runs"), icon: "history", act: () => this.history(j) }]}></talka-menu></div></li>`)}</ul>`;
  }
  state(/** @type {any} */ job) {
    if (job.runningSince) return t("web.jobs.running");
    if (!job.present) return t("web.jobs.away");
    if (job.paused) return t("web.jobs.paused");
    return job.next ? t("web.jobs.next", { time: formatDateTime(job.next) }) : t("web.jobs.over");
  }
  deliveryPart() {
    if (this.letters === null) return html`<div class="card">${loading(6)}</div>`;
    return html`<section class="access" aria-labelledby="dead"><h2 id="dead">${t("web.deliveries.dead")}</h2><div class="card">${this.letters.length ? html`<ul class="jobs">${this.letters.map((l) => html`<li>
          <div class="job"><b>${from(l.module)}</b><span class="faint"><span class="mono key">${l.listener}</span> · <span class="mono key">${l.type}</span> · <span class="mono key">${l.subject}</span></span></div>
          <div class="job-last faint">${t("web.deliveries.givenUp", { time: formatDateTime(l.givenUpAt), n: l.attempts })}</div>
          <div class="job-do"><button class="btn small" aria-label=${t("web.deliveries.again.of", { subject: l.subject })} @click=${() => this.again(l)}>${icon("refresh")}${t("web.deliveries.again")}</button>
            <button class="btn small quiet" aria-label=${t("web.deliveries.forget.of", { subject: l.subject })} @click=${() => this.forget(l)}>${t("web.deliveries.forget")}</button></div></li>`)}</ul>
        ${this.next ? html`<div class="foot pad"><button class="btn" @click=${() => this.more()}>${icon("down")}${t("web.more.rows")}</button></div>` : nothing}` : empty({ icon: "check", title: t("web.deliveries.none"), text: t("web.deliveries.none.text") })}</div></section>
      <section class="access" aria-labelledby="told"><h2 id="told">${t("web.deliveries.who")}</h2><div class="card"><ul class="jobs">${this.deliveries.map((d) => html`<li class="told"><div class="job"><b class="mono key">${d.name}</b><span class="faint">${from(d.module)}</span></div>
        <div class="job-last"><span class="chip ${d.available ? (d.behind > 100 ? "wait" : "done") : "bad"}">${d.available ? (d.behind ? t("web.deliveries.behind", { n: d.behind }) : t("web.deliveries.even")) : t("web.deliveries.rests")}</span></div></li>`)}</ul></div></section>`;
  }
}
customElements.define("talka-jobs", TalkaJobs);
