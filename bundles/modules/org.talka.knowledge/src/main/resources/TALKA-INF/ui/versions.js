// SPDX-License-Identifier: Apache-2.0
/** What an article said, when, and what changed. */
import { html, nothing } from "lit";
import { icon, toast } from "@talka/ui";
import { fromClock, t } from "@talka/ui/i18n";
import { at, enc, stageChip } from "./common.js";

/** So many lines around a change say where it is. */
const AROUND = 3;

/** The last moment of a day, by the reader's clock. */
const endOf = (day) => new Date(Date.parse(fromClock(`${day}T23:59`)) + 59_999).toISOString();

export class VersionsPage {
  constructor(host, key, number) {
    this.host = host;
    this.key = key;
    this.number = number;
    this.ready = false;
    this.problem = null;
    this.items = [];
    this.article = null;
    this.etag = "";
    this.diff = null;
    this.day = "";
    /** @type {any} what was seen on a day; undefined before it was asked */
    this.seen = undefined;
  }

  get path() {
    return `/knowledge/articles/${enc(this.key)}`;
  }

  async load() {
    const { api } = this.host.context;
    try {
      const [answer, versions] = await Promise.all([api.call("GET", this.path), api.get(`${this.path}/versions?limit=200`)]);
      this.article = answer.data;
      this.etag = answer.etag;
      this.items = versions.items;
      if (this.number) this.diff = await api.get(`${this.path}/versions/${enc(this.number)}/diff`);
      this.problem = null;
      this.ready = true;
    } catch (problem) {
      this.problem = problem;
    }
    this.host.requestUpdate();
  }

  async restore(version) {
    const { api, navigate } = this.host.context;
    try {
      await api.call("POST", `${this.path}/versions/${version.number}/restore`, { headers: { "If-Match": this.etag } });
      toast(t("ui.knowledge.restored", { number: version.number }));
      navigate(`${at(this.key)}?working`);
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  async onDay(day) {
    this.day = day;
    try {
      const seen = day ? ((await this.host.context.api.get(`${this.path}/versions?at=${enc(endOf(day))}`)).items[0] ?? null) : undefined;
      if (day !== this.day) return;
      this.seen = seen;
    } catch (problem) {
      if (day !== this.day) return;
      this.seen = undefined;
      toast(problem.message, { kind: "bad" });
    }
    this.host.requestUpdate();
  }

  version(v) {
    return html`<li><a class="t" href=${at(this.key, `versions/${v.number}`)} aria-current=${String(v.number) === this.number ? "true" : nothing}>${t("ui.knowledge.version", { number: v.number })}: ${v.title}</a>
      <div class="m">${stageChip(v.stage)}<span>${v.author}, <talka-time .at=${v.changedAt}></talka-time></span>
        ${v.reviewer ? html`<span>${t("ui.knowledge.reviewed", { name: v.reviewer })}</span>` : nothing}
        ${v.publishedAt ? html`<span>${t("ui.knowledge.published")} <talka-time .at=${v.publishedAt}></talka-time></span>` : nothing}
        ${v.endedAt ? html`<span>${t("ui.knowledge.ended")} <talka-time .at=${v.endedAt}></talka-time></span>` : nothing}</div>
      ${v.submitNote ? html`<p>${v.submitNote}</p>` : nothing}${v.reviewNote ? html`<p>${icon("reply")} ${v.reviewNote}</p>` : nothing}
      ${this.article.can.includes("edit") && (v.stage === "replaced" || v.stage === "retired") ? html`<div><button class="btn small" @click=${() => this.restore(v)}>${icon("undo")}${t("ui.knowledge.restore")}</button></div>` : nothing}</li>`;
  }

  /** Long stretches that are the same are one line. */
  lines(lines) {
    const near = (i) => lines.slice(Math.max(0, i - AROUND), i + AROUND + 1).some((line) => line.kind !== "same");
    const shown = [];
    let gap = 0;
    lines.forEach((line, i) => {
      if (line.kind === "same" && !near(i)) gap++;
      else {
        if (gap) shown.push(this.gap(gap));
        gap = 0;
        shown.push(html`<div class=${line.kind}>${line.kind === "same" ? nothing : html`<span class="visually-hidden">${line.kind === "added" ? t("ui.knowledge.diff.added") : t("ui.knowledge.diff.removed")} </span>`}${line.text}</div>`);
      }
    });
    if (gap) shown.push(this.gap(gap));
    return shown;
  }

  gap(n) {
    return html`<div class="gap">${t("ui.knowledge.diff.same", { n })}</div>`;
  }

  render() {
    const changed = (lines) => lines.some((line) => line.kind !== "same");
    return html`<p class="chips"><a href=${at(this.key)}>${this.key}</a></p><h2>${t("ui.knowledge.versions.of", { title: this.article.title })}</h2>
      <div class="bar day"><talka-input type="date" .label=${t("ui.knowledge.on-day")} .value=${this.day} @change=${(e) => this.onDay(e.currentTarget.value)}></talka-input>
        <span class="muted" aria-live="polite">${this.seen === undefined ? nothing : this.seen ? t("ui.knowledge.on-day.seen", { number: this.seen.number, title: this.seen.title }) : t("ui.knowledge.on-day.none")}</span></div>
      ${this.diff ? html`<section aria-label=${t("ui.knowledge.changes")}><h3>${this.diff.from ? t("ui.knowledge.changes.from", { from: this.diff.from, to: this.diff.to }) : t("ui.knowledge.version", { number: this.diff.to })}</h3>
        <div class="diff" tabindex="0" role="group" aria-label=${t("ui.knowledge.changes")}>${[this.diff.title, this.diff.summary, this.diff.body].filter(changed).map((lines) => this.lines(lines))}
          ${[this.diff.title, this.diff.summary, this.diff.body].some(changed) ? nothing : html`<div class="gap">${t("ui.knowledge.changes.none")}</div>`}</div></section>` : nothing}
      <ul class="pages">${this.items.map((v) => this.version(v))}</ul>`;
  }
}
