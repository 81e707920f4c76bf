// SPDX-License-Identifier: Apache-2.0
/** An article: its text, what it is, and what can be done with it now. */
import { html, nothing } from "lit";
import { icon, openDialog, serverHtml, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { opened } from "./feedback.js";
import { at, audienceChip, audienceLabel, enc, fileChips, kindLabel, languageLabel, languages, overdueChip, stageChip } from "./common.js";

/** The order in which steps are offered, and how they are called. */
const steps = () => [["publish", t("ui.knowledge.step.publish")], ["approve", t("ui.knowledge.step.approve")], ["send-back", t("ui.knowledge.step.send-back")],
  ["submit", t("ui.knowledge.step.submit")], ["withdraw", t("ui.knowledge.step.withdraw")], ["renew", t("ui.knowledge.step.renew")],
  ["discard", t("ui.knowledge.step.discard")], ["retire", t("ui.knowledge.step.retire")]];

/** Steps that are asked about first: what happens then. */
const asked = () => ({ "send-back": t("ui.knowledge.ask.send-back"), discard: t("ui.knowledge.ask.discard"), retire: t("ui.knowledge.ask.retire"), submit: t("ui.knowledge.ask.submit") });

export class ArticlePage {
  constructor(host, key) {
    this.host = host;
    this.key = key;
    this.ready = false;
    this.problem = null;
    /** @type {any} */
    this.article = null;
    this.etag = "";
    /** Whether the version is on show that is being worked on. */
    const search = new URLSearchParams(host.context.search ?? "");
    this.working = search.has("working");
    this.uses = [];
    this.remarks = [];
    this.files = [];
    this.counted = search.has("from");
  }

  async load() {
    const { api } = this.host.context;
    const path = `/knowledge/articles/${enc(this.key)}`;
    try {
      let answer = await api.call("GET", path + (this.working ? "?version=working" : ""));
      this.article = answer.data;
      this.etag = answer.etag;
      this.problem = null;
      this.ready = true;
      this.host.requestUpdate();
      if (!this.counted && !this.working) opened(api, this.key, "page", "desk");
      this.counted = true;
      this.files = (await api.get(`${path}/files`)).items;
      this.remarks = this.article.figures ? (await api.get(`${path}/comments?limit=20`)).items : [];
      this.uses = this.article.figures?.links ? (await api.get(`${path}/uses`)).items : [];
    } catch (problem) {
      this.problem = problem;
    }
    this.host.requestUpdate();
  }

  async step(step, label) {
    const question = asked()[step];
    let note = "";
    const send = () => this.host.context.api.call("POST", `/knowledge/articles/${enc(this.key)}/steps`, { body: { step, note }, headers: { "If-Match": this.etag } });
    try {
      if (question) {
        const done = await openDialog({ title: label, submit: label,
          body: (d) => html`<p>${question}</p>${step === "discard" || step === "retire" ? nothing : html`<talka-textarea ?required=${step === "send-back"} .label=${t("ui.knowledge.note")} .value=${note}
            .error=${d.problem?.of?.("note") ?? ""} @input=${(e) => (note = e.currentTarget.value)}></talka-textarea>`}`,
          onSubmit: send });
        if (!done) return;
      } else {
        await send();
      }
      toast(t("ui.knowledge.done", { key: this.key }));
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.working = false;
    this.load();
  }

  show(working) {
    this.working = working;
    this.load();
  }

  async translate() {
    const { api, navigate } = this.host.context;
    const there = [this.article.language, ...this.article.translations.map((x) => x.language)];
    const free = languages().filter(([key]) => !there.includes(key));
    let language = free[0]?.[0] ?? "";
    const made = await openDialog({ title: t("ui.knowledge.translate"), submit: t("ui.knowledge.translate.begin"),
      body: (d) => html`<talka-select required .label=${t("ui.knowledge.language")} .options=${free} .value=${language} .error=${d.problem?.of?.("language") ?? ""} @change=${(e) => (language = e.currentTarget.value)}></talka-select>`,
      onSubmit: () => api.post("/knowledge/articles", { translationOf: this.key, language }) });
    if (made?.key) navigate(at(made.key, "edit"));
  }

  /** The same in other languages. */
  translated() {
    const a = this.article;
    const free = languages().some(([key]) => key !== a.language && !a.translations.some((x) => x.language === key));
    return a.translations.length || a.figures ? html`<div><h3>${t("ui.knowledge.translations")}</h3>
      ${a.translations.length ? html`<ul class="lines">${a.translations.map((x) => html`<li><a href=${at(x.key)} lang=${x.language}>${x.title}</a> <span class="chips"><span>${languageLabel(x.language)}</span>${stageChip(x.state)}${x.outdated ? html`<span class="chip wait">${t("ui.knowledge.outdated")}</span>` : nothing}</span></li>`)}</ul>` : nothing}
      ${a.figures && a.published && free ? html`<button class="btn small" @click=${() => this.translate()}>${icon("plus")}${t("ui.knowledge.translate")}</button>` : nothing}</div>` : nothing;
  }

  /** What stands between the reader and the published text. */
  banner(a) {
    return html`${a.outdated ? html`<div class="note">${icon("warn")}<span>${t("ui.knowledge.outdated.text")}</span><a class="btn small" href=${at(a.translationOf, "versions")}>${t("ui.knowledge.outdated.show")}</a></div>` : nothing}${this.newer(a)}`;
  }

  newer(a) {
    if (a.workingNumber && a.number !== a.workingNumber && a.published) {
      return html`<div class="note">${icon("note")}<span>${t("ui.knowledge.newer")} ${stageChip(a.working)}</span><button class="btn small" @click=${() => this.show(true)}>${t("ui.knowledge.newer.show")}</button></div>`;
    }
    if (a.published && a.number !== a.published) {
      return html`<div class="note">${icon("note")}<span>${t("ui.knowledge.unseen")}</span><button class="btn small" @click=${() => this.show(false)}>${t("ui.knowledge.unseen.show")}</button>
        <a class="btn small" href=${at(a.key, `versions/${a.number}`)}>${t("ui.knowledge.compare")}</a></div>`;
    }
    return nothing;
  }

  async dealt(remark, done) {
    try {
      await this.host.context.api.patch(`/knowledge/articles/${enc(this.key)}/comments/${enc(remark.id)}`, { done });
      this.remarks = this.remarks.map((r) => (r.id === remark.id ? { ...r, done } : r));
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.host.requestUpdate();
  }

  /** What readers say of it. */
  said() {
    return html`<div><h3>${t("ui.knowledge.remarks")}</h3><ul class="remarks">${this.remarks.map((r) => html`<li class=${r.done ? "done" : ""}><b>${r.name}</b> <span class="muted"><talka-time .at=${r.writtenAt}></talka-time></span>
      <p>${r.body}</p><label class="check"><input type="checkbox" .checked=${r.done} @change=${(e) => this.dealt(r, e.target.checked)}>${t("ui.knowledge.remark.done")}</label></li>`)}</ul></div>`;
  }

  fact(label, value) {
    return value ? html`<dt>${label}</dt><dd>${value}</dd>` : nothing;
  }

  render() {
    const a = this.article;
    const offered = steps().filter(([step]) => a.can.includes(step));
    const person = (p) => p && html`${p.displayName}${p.active ? nothing : html` <span class="chip wait">${t("ui.knowledge.left")}</span>`}`;
    const day = (d) => d && html`<time datetime=${d}>${new Date(`${d}T00:00`).toLocaleDateString(document.documentElement.lang || undefined)}</time>`;
    return html`<div class="cols"><article class="text"><div class="chips"><span class="mono">${a.key}</span>${stageChip(a.stage)}${overdueChip(a)}${audienceChip(a.audience)}</div>
        <h2 lang=${a.language}>${a.title}</h2>
        <div class="acts">${offered.map(([step, label], i) => html`<button class="btn ${i === 0 && step !== "retire" && step !== "discard" && step !== "renew" ? "primary" : ""}" @click=${() => this.step(step, label)}>${label}</button>`)}
          ${a.can.includes("edit") ? html`<a class="btn" href=${at(a.key, "edit")}>${icon("edit")}${t("ui.knowledge.edit")}</a>` : nothing}
          <a class="btn quiet" href=${at(a.key, "versions")}>${icon("history")}${t("ui.knowledge.versions")}</a></div>
        ${this.banner(a)}
        ${a.reviewNote && a.stage === "draft" ? html`<div class="note">${icon("reply")}<span><b>${t("ui.knowledge.sent-back")}</b> ${a.reviewNote}</span></div>` : nothing}
        ${a.summary ? html`<p class="muted" lang=${a.language}>${a.summary}</p>` : nothing}
        <div class="prose" lang=${a.language}>${a.bodyHtml ? serverHtml(a.bodyHtml) : html`<p class="faint">${t("ui.knowledge.empty")}</p>`}</div></article>
      <aside class="side" aria-label=${t("ui.knowledge.facts")}><dl>
          ${this.fact(t("ui.knowledge.kind"), kindLabel(a.kind))}${this.fact(t("ui.knowledge.category"), a.category?.name)}
          ${this.fact(t("ui.knowledge.audience"), a.teams.length ? a.teams.map((team) => team.name).join(", ") : audienceLabel(a.audience))}
          ${this.fact(t("ui.knowledge.language"), languageLabel(a.language))}${this.fact(t("ui.knowledge.owner"), person(a.owner))}${this.fact(t("ui.knowledge.reviewer"), person(a.reviewer))}
          ${this.fact(t("ui.knowledge.review-due"), day(a.reviewDue))}${this.fact(t("ui.knowledge.valid-from"), day(a.validFrom))}${this.fact(t("ui.knowledge.valid-until"), day(a.validUntil))}
          ${this.fact(t("ui.knowledge.supersedes"), a.supersedes && html`<a href=${at(a.supersedes)}>${a.supersedes}</a>`)}${this.fact(t("ui.knowledge.keywords"), a.keywords)}
          ${this.fact(t("ui.knowledge.author"), html`${a.author}, <talka-time .at=${a.changedAt}></talka-time>`)}
          ${this.fact(t("ui.knowledge.validated"), a.validated && t("ui.knowledge.yes"))}</dl>
        ${a.figures ? html`<dl>${this.fact(t("ui.knowledge.figures.links"), String(a.figures.links))}${this.fact(t("ui.knowledge.figures.solved"), String(a.figures.solved))}${this.fact(t("ui.knowledge.figures.views"), String(a.figures.views))}${this.fact(t("ui.knowledge.figures.deflections"), String(a.figures.deflections))}
          ${this.fact(t("ui.knowledge.figures.votes"), t("ui.knowledge.figures.votes.of", { yes: a.figures.helpful, no: a.figures.unhelpful }))}</dl>` : nothing}
        ${this.translated()}
        ${this.files.length ? html`<div><h3>${t("ui.knowledge.files")}</h3>${fileChips(a.key, this.files)}</div>` : nothing}
        ${this.remarks.length ? this.said() : nothing}
        ${this.uses.length ? html`<div><h3>${t("ui.knowledge.tickets")}</h3><ul class="lines">${this.uses.map((use) => html`<li><a href=${`/app/ticket/${enc(use.ticket)}`}><span class="mono">${use.ticket}</span> ${use.subject}</a></li>`)}</ul></div>` : nothing}
      </aside></div>`;
  }
}
