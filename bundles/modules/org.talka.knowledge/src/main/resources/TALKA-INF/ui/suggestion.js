// SPDX-License-Identifier: Apache-2.0
/** In the portal: what may answer while somebody still writes. */
import { css, html, nothing } from "lit";
import { icon, TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { enc, HELP } from "./common.js";
import { opened, Question } from "./feedback.js";

export const api = 1;

const PAUSE_MS = 180;
const SHORTEST = 3;

export default class Suggestion extends TalkaElement {
  static properties = { items: { state: true } };

  static styles = css`
    :host { display: block; }
    section { text-align: left; background: var(--sheet); border: 1px solid var(--rule); border-radius: var(--r-l); margin: 8px 0; padding: 12px 18px; }
    :host([flat]) section { background: var(--accent-wash); border: 0; }
    h2 { font-size: var(--size-s); color: var(--ink-2); margin: 0 0 4px; }
    ul { list-style: none; margin: 0; padding: 0; }
    li a { display: flex; gap: 10px; padding: 8px 0; align-items: flex-start; color: var(--ink); }
    li a:hover .t { color: var(--accent); }
    svg.i { margin-top: 3px; flex: none; color: var(--accent); }
    .t { font-weight: 560; overflow-wrap: anywhere; display: block; }
    .s { color: var(--ink-2); font-size: var(--size-s); overflow-wrap: anywhere; }
  `;

  constructor() {
    super();
    this.items = [];
    this.text = "";
    this.question = new Question("portal");
  }

  willUpdate(changed) {
    if (!changed.has("context")) return;
    this.toggleAttribute("flat", this.context.place === "form");
    const text = (this.context.text ?? "").trim();
    if (text === this.text) return;
    this.text = text;
    clearTimeout(this.timer);
    this.question.stop();
    this.running?.abort();
    if (text.length < SHORTEST) {
      this.items = [];
      return;
    }
    this.timer = setTimeout(() => this.ask(text), PAUSE_MS);
  }

  async ask(text) {
    const running = (this.running = new AbortController());
    try {
      const found = await this.context.api.get(`/knowledge/suggestions?limit=4&text=${enc(text.slice(-1000))}`, running.signal);
      this.items = found.items;
      // what stands in a form is the request itself, not a question
      if (this.context.place === "ask") this.question.asked(this.context.api, text, found.items.length);
    } catch {
      // a suggestion that can't be made is none
      if (!running.signal.aborted) this.items = [];
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.question.stop();
    clearTimeout(this.timer);
    this.running?.abort();
  }

  open(article) {
    this.question.stop();
    opened(this.context.api, article.key, "suggestion", "portal", this.context.place === "ask" ? this.text : "");
  }

  render() {
    return html`<div aria-live="polite">${this.items.length ? html`<section><h2>${t("ui.knowledge.may-help")}</h2><ul>${this.items.map((article) => html`<li><a href=${`${HELP}/${enc(article.key)}?from=suggestion`} @click=${() => this.open(article)}>${icon("article")}
      <span><span class="t" lang=${article.language}>${article.title}</span>${article.summary ? html`<span class="s" lang=${article.language}>${article.summary}</span>` : nothing}</span></a></li>`)}</ul></section>` : nothing}</div>`;
  }
}
