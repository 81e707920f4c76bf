// SPDX-License-Identifier: Apache-2.0
/** All articles: found by words, narrowed down, and what waits for somebody. */
import { html, nothing } from "lit";
import { empty, icon, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { opened, Question } from "./feedback.js";
import { at, audienceChip, audiences, kindLabel, kinds, languageLabel, overdueChip, PAGE, query, stageChip } from "./common.js";

const SIZE = 30;
const FILTERS = ["q", "show", "category", "kind", "audience"];

export class ListPage {
  constructor(host) {
    this.host = host;
    this.ready = false;
    this.problem = null;
    this.items = [];
    this.next = null;
    this.categories = [];
    const search = new URLSearchParams(host.context.search ?? "");
    /** @type {Record<string, string>} */
    this.wanted = Object.fromEntries(FILTERS.map((name) => [name, search.get(name) ?? ""]));
    this.turn = 0;
    this.question = new Question("desk");
  }

  async load() {
    const turn = ++this.turn;
    const { api } = this.host.context;
    try {
      const [page, categories] = await Promise.all([api.get(this.path()), api.get("/knowledge/categories")]);
      if (turn !== this.turn) return;
      this.items = page.items;
      this.next = page.next;
      this.categories = categories.items;
      this.problem = null;
      this.ready = true;
      if (this.wanted.q) this.question.asked(api, this.wanted.q, page.items.length);
    } catch (problem) {
      if (turn !== this.turn) return;
      this.problem = problem;
    }
    this.host.requestUpdate();
  }

  path(after) {
    return `/knowledge/articles${query({ ...this.wanted, limit: SIZE, after })}`;
  }

  async more() {
    const turn = this.turn;
    try {
      const page = await this.host.context.api.get(this.path(this.next));
      if (turn !== this.turn) return;
      this.items = [...this.items, ...page.items];
      this.next = page.next;
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.host.requestUpdate();
  }

  /** The address follows, so that it can be sent and gone back to. */
  want(name, value) {
    this.wanted = { ...this.wanted, [name]: value };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.host.stay(PAGE + query(this.wanted));
      this.load();
    }, name === "q" ? 180 : 0);
    this.host.requestUpdate();
  }

  close() {
    clearTimeout(this.timer);
    this.question.stop();
    this.turn++;
  }

  line(article) {
    return html`<li><a class="t" href=${at(article.key) + (this.wanted.q ? "?from=search" : "")} @click=${() => this.wanted.q && opened(this.host.context.api, article.key, "search", "desk", this.wanted.q)}>${article.title}</a>
      ${article.summary ? html`<p>${article.summary}</p>` : nothing}
      <div class="m"><span class="mono">${article.key}</span>${stageChip(article.state)}
        ${article.working ? html`<span>${t("ui.knowledge.next")}</span>${stageChip(article.working)}` : nothing}
        ${overdueChip(article)}${audienceChip(article.audience)}<span>${kindLabel(article.kind)}</span>
        ${article.category ? html`<span>${article.category.name}</span>` : nothing}<span>${languageLabel(article.language)}</span>
        <span><talka-time .at=${article.updatedAt}></talka-time></span>
        ${article.figures?.links ? html`<span>${t("ui.knowledge.used", { n: article.figures.links })}</span>` : nothing}</div></li>`;
  }

  shows() {
    return [["mine", t("ui.knowledge.show.mine")], ["to-review", t("ui.knowledge.show.to-review")], ["to-publish", t("ui.knowledge.show.to-publish")],
      ["drafts", t("ui.knowledge.show.drafts")], ["overdue", t("ui.knowledge.show.overdue")], ["orphaned", t("ui.knowledge.show.orphaned")]];
  }

  render() {
    const w = this.wanted;
    const { desk } = this.host.context;
    const select = (name, label, options) => html`<talka-select .label=${label} .empty=${t("ui.knowledge.any")} .options=${options} .value=${w[name]}
      @change=${(e) => this.want(name, e.currentTarget.value)}></talka-select>`;
    return html`<div class="bar"><talka-input type="search" .label=${t("ui.knowledge.find")} .value=${w.q} autocomplete="off" @input=${(e) => this.want("q", e.currentTarget.value)}></talka-input><span class="grow"></span>
        ${desk.can("knowledge:manage") ? html`<a class="btn" href=${`${PAGE}/manage`}>${icon("sliders")}${t("ui.knowledge.manage")}</a>` : nothing}
        ${desk.can("knowledge:write") ? html`<a class="btn primary" href=${`${PAGE}/new`}>${icon("plus")}${t("ui.knowledge.new")}</a>` : nothing}</div>
      <div class="bar">${select("show", t("ui.knowledge.show"), this.shows())}
        ${this.categories.length ? select("category", t("ui.knowledge.category"), this.categories.map((c) => [c.id, c.name])) : nothing}
        ${select("kind", t("ui.knowledge.kind"), kinds())}${select("audience", t("ui.knowledge.audience"), audiences())}</div>
      <div aria-live="polite">${this.items.length ? html`<ul class="pages">${this.items.map((article) => this.line(article))}</ul>`
        : empty({ icon: "article", title: w.q ? t("ui.knowledge.nothing") : t("ui.knowledge.none"), text: w.q ? t("ui.knowledge.nothing.text") : t("ui.knowledge.none.text") })}</div>
      ${this.next ? html`<button class="btn" @click=${() => this.more()}>${t("ui.knowledge.more")}</button>` : nothing}`;
  }
}
