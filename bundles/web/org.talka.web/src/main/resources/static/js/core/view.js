// SPDX-License-Identifier: Apache-2.0
/** Declared views of contributions: a list or a count of tickets by a query, without any code of a module. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { get, query } from "./api.js";
import { stateChip, priorityChip } from "./fields.js";
import { formatNumber, t, word } from "./i18n.js";
import { onLive } from "./live.js";

/** A ticket as one line of a short list. @param {any} ticket @param {string} [href] */
export const ticketLine = (ticket, href) => html`<li><a class="line" href=${href ?? `/app/ticket/${encodeURIComponent(ticket.key)}`}>
  <span class="line-t">${ticket.subject}</span><talka-time class="num faint" at=${ticket.updatedAt} short></talka-time>
  <span class="line-m"><span class="mono">${ticket.key}</span>${stateChip(ticket)}${priorityChip(ticket)}${ticket.assignee ? html`<span>${ticket.assignee.displayName}</span>` : nothing}</span></a></li>`;

/** `<talka-view .view=${{kind, q, sort?, limit?}} .ticket>`; `{key}` in the query is the ticket's number. */
class TalkaView extends PlainElement {
  static properties = { view: { attribute: false }, ticket: { attribute: false }, data: { state: true }, problem: { state: true } };
  constructor() {
    super();
    /** @type {any} */
    this.view = null;
    /** @type {any} */
    this.ticket = null;
    /** @type {any} */
    this.data = null;
    /** @type {any} */
    this.problem = null;
  }
  connectedCallback() {
    super.connectedCallback();
    let timer = 0;
    this.until(onLive("ticket", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.load(), 800);
    }));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("view")) this.load();
  }
  get q() {
    return String(this.view?.q ?? "").replaceAll("{key}", this.ticket?.key ?? "");
  }
  get limit() {
    return Math.min(Number(this.view?.limit ?? (this.view?.kind === "count" ? 100 : 8)), 100);
  }
  async load() {
    if (!this.view?.q) return;
    try {
      this.data = await get(`/tickets${query({ q: this.q, sort: this.view.sort ?? "-updatedAt", limit: this.limit })}`);
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (this.view?.kind === "text") return html`<p class="pre">${word(String(this.view.text ?? ""))}</p>`;
    if (!this.view?.q) return empty({ icon: "info", title: t("web.view.unknown") });
    if (!this.data) return loading(3);
    const all = `/app/search?q=${encodeURIComponent(this.q)}`;
    if (this.view.kind === "count") {
      const n = this.data.items.length;
      return html`<a class="count num" href=${all}>${formatNumber(n)}${this.data.next ? "+" : ""}</a>`;
    }
    if (!this.data.items.length) return html`<p class="faint pad">${t("web.list.none")}</p>`;
    return html`<ul class="lines">${this.data.items.map((/** @type {any} */ i) => ticketLine(i))}</ul>
      ${this.data.next ? html`<a class="all" href=${all}>${t("web.list.all")}${icon("arrow")}</a>` : nothing}`;
  }
}
customElements.define("talka-view", TalkaView);
