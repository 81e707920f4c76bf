// SPDX-License-Identifier: Apache-2.0
/** The page of known errors: what is broken, whom it hits, and what helps until it is mended. */
import { css, html, nothing } from "lit";
import { empty, failure, icon, loading, onLive, serverHtml, TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const api = 1;

const PAGE = 24;

export default class KnownErrors extends TalkaElement {
  static properties = { items: { state: true }, next: { state: true }, problem: { state: true } };

  static styles = css`
    :host { display: block; }
    .lead { margin: 6px 0 24px; max-width: 62ch; }
    ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(330px, 100%), 1fr)); align-items: start; }
    li { padding: 16px 18px; display: grid; gap: 10px; min-width: 0; }
    .top { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
    .top .faint { margin-left: auto; }
    h2 a { color: var(--ink); overflow-wrap: anywhere; }
    h2 a:hover { color: var(--accent); }
    .help-text { background: var(--accent-wash); border-radius: var(--r-m); padding: 10px 12px; margin: 0; max-height: 12.5em; overflow: auto; }
    .help-text b { display: block; color: var(--accent); font-size: var(--size-s); margin-bottom: 2px; }
    .foot { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; color: var(--ink-2); font-size: var(--size-s); }
    .foot a { margin-left: auto; display: inline-flex; gap: 5px; align-items: center; }
    .more { margin-top: 20px; }
  `;

  constructor() {
    super();
    this.items = null;
    this.next = null;
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.endLive = onLive("ticket", (event) => {
      // an incident that is linked or resolved changes the count of its problem
      clearTimeout(this.later);
      this.later = setTimeout(() => this.load(), event.type === "problem" ? 300 : 1500);
    });
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.later);
    this.endLive?.();
  }

  async load() {
    const limit = Math.min(100, Math.max(PAGE, this.items?.length ?? 0));
    try {
      const page = await this.context.api.get(`/problem/known-errors?limit=${limit}`);
      this.items = page.items;
      this.next = page.next;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }

  async more() {
    try {
      const page = await this.context.api.get(`/problem/known-errors?limit=${PAGE}&after=${encodeURIComponent(this.next)}`);
      this.items = [...this.items, ...page.items];
      this.next = page.next;
    } catch (problem) {
      this.problem = problem;
    }
  }

  card(error) {
    const href = `/app/ticket/${encodeURIComponent(error.key)}`;
    return html`<li class="card">
      <div class="top"><span class="mono">${error.key}</span><span class="chip open">${t(`state.problem.${error.state}`)}</span>
        <span class="faint"><talka-time .at=${error.updatedAt}></talka-time></span></div>
      <h2><a href=${href}>${error.subject}</a></h2>
      ${error.workaround
        ? html`<div class="help-text" tabindex="0" role="group" aria-label=${t("ui.problem.workaround-of", { problem: error.key })}>
            <b>${t("field.workaround")}</b><div class="prose">${serverHtml(error.workaroundHtml)}</div></div>`
        : html`<p class="faint">${t("ui.problem.no-workaround")}</p>`}
      <div class="foot"><span class="chip ${error.incidents ? "wait" : ""}">${t("ui.problem.incidents", { n: error.incidents })}</span>
        ${error.portal ? html`<span class="chip">${icon("eye")}${t("ui.problem.in-portal")}</span>` : nothing}
        <a href=${href} aria-label=${t("ui.problem.open", { problem: error.key })}>${t("ui.problem.look")}${icon("arrow")}</a></div>
    </li>`;
  }

  render() {
    const lead = html`<p class="muted lead">${t("ui.problem.lead")}</p>`;
    if (this.problem) return html`${lead}${failure(this.problem, () => this.load())}`;
    if (!this.items) return html`${lead}${loading(5)}`;
    if (!this.items.length) {
      return html`${lead}${empty({ icon: "known-error", title: t("ui.problem.none"), text: t("ui.problem.none.text") })}`;
    }
    return html`${lead}<ul>${this.items.map((error) => this.card(error))}</ul>
      ${this.next ? html`<button class="btn more" @click=${() => this.more()}>${t("ui.problem.more")}</button>` : nothing}`;
  }
}
