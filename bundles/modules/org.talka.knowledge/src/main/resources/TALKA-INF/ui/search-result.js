// SPDX-License-Identifier: Apache-2.0
/** Above the tickets of a search: the articles that fit its words best. */
import { css, html, nothing } from "lit";
import { icon, TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { at, overdueChip, PAGE, query, stageChip } from "./common.js";
import { opened } from "./feedback.js";

export const api = 1;

const PAUSE_MS = 180;
const MOST = 3;

/** Conditions on fields of tickets say nothing of articles. */
const CONDITION = /\b\w+:|[[\]()"]/;

export default class SearchResult extends TalkaElement {
  static properties = { items: { state: true } };

  static styles = css`
    :host { display: block; }
    section { margin: 10px var(--s4); padding: 10px 14px; background: var(--shade); border-radius: var(--r-m); }
    h2 { font-size: var(--size-s); color: var(--ink-2); margin: 0 0 2px; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; padding: 4px 0; }
    li a { overflow-wrap: anywhere; }
    .all { display: inline-flex; gap: 6px; align-items: center; font-size: var(--size-s); min-height: 24px; }
  `;

  constructor() {
    super();
    this.items = [];
    this.text = "";
  }

  willUpdate(changed) {
    if (!changed.has("context") || this.context.text === this.text) return;
    this.text = this.context.text;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(this.text), PAUSE_MS);
  }

  async ask(text) {
    let items = [];
    if (!CONDITION.test(text)) {
      // the tickets are there without them
      items = (await this.context.api.get(`/knowledge/articles${query({ q: text, limit: MOST })}`).catch(() => ({ items: [] }))).items;
    }
    if (text === this.text) this.items = items;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  render() {
    return this.items.length ? html`<section><h2>${t("ui.knowledge.search-result")}</h2><ul>${this.items.map((article) => html`<li>${icon("article")}<a href=${`${at(article.key)}?from=search`} lang=${article.language}
      @click=${() => opened(this.context.api, article.key, "search", "desk", this.text)}>${article.title}</a>${article.state === "published" ? nothing : stageChip(article.state)}${overdueChip(article)}</li>`)}</ul>
      <a class="all" href=${PAGE + query({ q: this.text })}>${t("ui.knowledge.all")}${icon("arrow")}</a></section>` : nothing;
  }
}
