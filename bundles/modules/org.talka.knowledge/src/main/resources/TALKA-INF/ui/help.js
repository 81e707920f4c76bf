// SPDX-License-Identifier: Apache-2.0
/** Articles in the portal: a card on its first page, all of them, and one. */
import { css, html, nothing } from "lit";
import { empty, failure, icon, loading, serverHtml, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { enc, fileChips, HELP, overdueChip, query } from "./common.js";
import { opened, Question } from "./feedback.js";

export const api = 1;

const SIZE = 20;
/** So many are shown of twice as many: each may be there in another language, too. */
const ON_CARD = 5;

/** An article and its translations are one to a reader: the one in their language or, without it, the first. */
function once(articles) {
  const families = new Map();
  for (const article of articles) {
    const known = families.get(article.family);
    if (!known || (known.language !== article.language && article.language === document.documentElement.lang)) families.set(article.family, article);
  }
  return [...families.values()];
}

export default class Help extends TalkaElement {
  static properties = { view: { state: true }, problem: { state: true }, helpful: { state: true }, remark: { state: true } };

  static styles = css`
    :host { display: block; }
    .items { list-style: none; margin: 0; padding: 0; }
    .items li + li { border-top: 1px solid var(--rule); }
    .items a { display: block; padding: 9px 0; color: var(--ink); font-weight: 540; overflow-wrap: anywhere; }
    .items a:hover { color: var(--accent); }
    .s { display: block; color: var(--ink-2); font-weight: 450; font-size: var(--size-s); }
    .all { display: inline-flex; gap: 6px; align-items: center; padding: 10px 0 0; }
    h1 { font-size: 24px; margin: 4px 0 10px; overflow-wrap: anywhere; }
    .find { max-width: 480px; margin-bottom: 12px; }
    .text { max-width: 72ch; }
    .prose :is(h1, h2, h3) { margin: 18px 0 6px; }
    .judge { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; margin-top: 22px; padding-top: 14px; border-top: 1px solid var(--rule); }
    .judge [aria-pressed="true"] { background: var(--accent-wash); color: var(--accent); border-color: var(--accent); }
    .missing { display: grid; gap: 10px; justify-items: start; margin-top: 12px; }
    .missing talka-textarea { width: 100%; }
    .foot { color: var(--ink-2); font-size: var(--size-s); margin-top: 18px; }
  `;

  constructor() {
    super();
    this.view = null;
    this.problem = null;
    this.address = null;
    this.turn = 0;
    this.q = "";
    this.question = new Question("portal");
    /** Whether it helped the reader; undefined while they have not said. */
    this.helpful = undefined;
    /** What the reader misses, while they write it. */
    this.remark = null;
  }

  willUpdate(changed) {
    if (!changed.has("context")) return;
    const address = this.context.rest ? this.context.rest.join("/") + (this.context.search ?? "") : "card";
    if (address === this.address) return;
    this.address = address;
    this.q = new URLSearchParams(this.context.search ?? "").get("q") ?? "";
    this.load();
  }

  /** Who has not signed in reads, and is not counted. */
  get visitor() {
    return !!this.context.caller?.anonymous;
  }

  async load() {
    const { api, rest } = this.context;
    const turn = ++this.turn;
    try {
      const view = rest?.[0] ? await this.one(rest[0])
        : { list: await api.get(`/knowledge/articles${query({ q: this.q, show: "live", limit: rest ? SIZE : 2 * ON_CARD })}`) };
      if (turn !== this.turn) return;
      this.view = view;
      this.problem = null;
      if (view.list && rest && this.q && !this.visitor) this.question.asked(api, this.q, view.list.items.length);
      if (view.article) this.opened(view.article, turn);
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
  }

  /** An article in the reader's language, if it is there in it, and its files. */
  async one(key) {
    const { api } = this.context;
    const article = await api.get(`/knowledge/articles/${enc(key)}${query({ in: document.documentElement.lang })}`);
    const files = (await api.get(`/knowledge/articles/${enc(article.key)}/files`)).items;
    return { article, files };
  }

  async opened(article, turn) {
    if (this.visitor) return;
    const { api, search } = this.context;
    // whoever came from a list has said so there
    if (!new URLSearchParams(search ?? "").has("from")) opened(api, article.key, "page", "portal");
    this.remark = null;
    this.helpful = undefined;
    try {
      const { helpful } = await api.get(`/knowledge/articles/${enc(article.key)}/vote`);
      if (turn === this.turn) this.helpful = helpful;
    } catch {
      // the article itself is here
    }
  }

  async vote(helpful) {
    const { api } = this.context;
    const { turn } = this;
    try {
      await api.call("PUT", `/knowledge/articles/${enc(this.view.article.key)}/vote`, { body: { helpful } });
      if (turn !== this.turn) return;
      this.helpful = helpful;
      this.remark = helpful ? null : "";
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  async send(event) {
    event.preventDefault();
    const { turn } = this;
    try {
      await this.context.api.post(`/knowledge/articles/${enc(this.view.article.key)}/comments`, { body: this.remark });
      toast(t("ui.knowledge.thanks"));
      if (turn === this.turn) this.remark = null;
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  open(article) {
    if (this.visitor) return;
    this.question.stop();
    opened(this.context.api, article.key, "search", "portal", this.q);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.question.stop();
    clearTimeout(this.timer);
  }

  judge() {
    const button = (helpful, label) => html`<button class="btn" aria-pressed=${this.helpful === helpful ? "true" : "false"} @click=${() => this.vote(helpful)}>${label}</button>`;
    return html`<div class="judge" role="group" aria-label=${t("ui.knowledge.helped")}><span>${t("ui.knowledge.helped")}</span>${button(true, t("ui.knowledge.yes"))}${button(false, t("ui.knowledge.no"))}</div>
      ${this.remark === null ? nothing : html`<form class="missing" @submit=${(e) => this.send(e)}><talka-textarea .label=${t("ui.knowledge.what-is-missing")} .value=${this.remark} maxlength="2000" @input=${(e) => (this.remark = e.currentTarget.value)}></talka-textarea>
        <button class="btn primary" ?disabled=${!this.remark.trim()}>${t("ui.knowledge.send")}</button></form>`}`;
  }

  find(text) {
    this.q = text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), 180);
  }

  async more() {
    const { turn } = this;
    try {
      const page = await this.context.api.get(`/knowledge/articles${query({ q: this.q, show: "live", limit: SIZE, after: this.view.list.next })}`);
      if (turn === this.turn) this.view = { list: { items: [...this.view.list.items, ...page.items], next: page.next } };
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  items(list) {
    const articles = once(list.items);
    return html`<ul class="items">${(this.context.rest ? articles : articles.slice(0, ON_CARD)).map((article) => html`<li><a href=${`${HELP}/${enc(article.key)}${this.q ? "?from=search" : ""}`} lang=${article.language} @click=${() => this.q && this.open(article)}>${article.title}${article.summary && this.context.rest ? html`<span class="s">${article.summary}</span>` : nothing}</a></li>`)}</ul>`;
  }

  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.view) return loading(3);
    const { article, files, list } = this.view;
    if (article) {
      return html`<article class="text"><h1 lang=${article.language}>${article.title}</h1>${overdueChip(article)}${article.summary ? html`<p class="muted" lang=${article.language}>${article.summary}</p>` : nothing}
        <div class="prose" lang=${article.language}>${serverHtml(article.bodyHtml)}</div>
        ${files.some((file) => !file.image) ? fileChips(article.key, files.filter((file) => !file.image)) : nothing}
        ${article.outdated ? html`<p class="foot">${t("ui.knowledge.outdated.reader")}</p>` : nothing}
        ${this.visitor ? nothing : this.judge()}
        <p class="foot"><span class="mono">${article.key}</span> · ${t("ui.knowledge.updated")} <talka-time .at=${article.publishedAt ?? article.updatedAt}></talka-time></p>
        <p><a href=${HELP}>${t("ui.knowledge.all")}</a></p></article>`;
    }
    if (!this.context.rest) {
      return list.items.length ? html`${this.items(list)}<a class="all" href=${HELP}>${t("ui.knowledge.all")}${icon("arrow")}</a>` : html`<p class="muted">${t("ui.knowledge.none")}</p>`;
    }
    return html`<h1>${t("ui.knowledge.help")}</h1><div class="find"><talka-input type="search" .label=${t("ui.knowledge.find")} .value=${this.q} @input=${(e) => this.find(e.currentTarget.value)}></talka-input></div>
      <div aria-live="polite">${list.items.length ? this.items(list) : empty({ icon: "article", title: this.q ? t("ui.knowledge.nothing") : t("ui.knowledge.none") })}</div>
      ${list.next ? html`<button class="btn" @click=${() => this.more()}>${t("ui.knowledge.more")}</button>` : nothing}`;
  }
}
