// SPDX-License-Identifier: Apache-2.0
/** Beside a ticket: the articles that were used, and some that may help. */
import { css, html, nothing } from "lit";
import { icon, TicketPanel, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { at, enc, overdueChip, stageChip } from "./common.js";

export const api = 1;

export default class KnowledgePanel extends TicketPanel {
  static styles = css`
    :host { display: block; }
    ul { list-style: none; margin: 0; padding: 0; }
    li { padding: 7px 0; display: grid; gap: 3px; }
    li + li { border-top: 1px solid var(--rule); }
    a.t { overflow-wrap: anywhere; }
    h3 { font-size: var(--size-xs); color: var(--ink-2); margin: 10px 0 0; font-weight: 560; }
    .m { display: flex; gap: 6px; flex-wrap: wrap; align-items: center; color: var(--ink-2); font-size: var(--size-s); }
    p { margin: 0; }
    .foot { margin-top: 8px; }
  `;

  path(ticket) {
    return `/knowledge/tickets/${enc(ticket.key)}`;
  }

  async link(article, add) {
    const { api, ticket } = this.context;
    try {
      await api.call(add ? "PUT" : "DELETE", `/knowledge/tickets/${enc(ticket.key)}/articles/${enc(article.key)}`);
      toast(add ? t("ui.knowledge.linked", { key: article.key }) : t("ui.knowledge.unlinked", { key: article.key }));
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.load();
  }

  async write() {
    const { api, navigate, ticket } = this.context;
    try {
      const made = await api.post("/knowledge/articles", { fromTicket: ticket.key });
      navigate(at(made.key, "edit"));
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  how(use) {
    return use.how === "sent" ? t("ui.knowledge.how.sent", { number: use.number }) : use.how === "source" ? t("ui.knowledge.how.source") : t("ui.knowledge.how.linked", { number: use.number });
  }

  inside(reaches) {
    return reaches ? nothing : html`<span class="chip">${icon("lock")}${t("ui.knowledge.not-for-requester")}</span>`;
  }

  found({ used, suggested }) {
    const { desk, ticket } = this.context;
    const may = !ticket.moduleMissing;
    return html`${used.length ? html`<ul>${used.map((use) => html`<li><a class="t" href=${at(use.article.key)}>${use.article.title}</a>
        <span class="m"><span class="mono">${use.article.key}</span>${use.article.state === "published" ? nothing : stageChip(use.article.state)}${overdueChip(use.article)}${this.inside(use.reaches)}<span>${this.how(use)}</span>
        ${may ? html`<button class="linkish" aria-label=${t("ui.knowledge.unlink.of", { key: use.article.key })} @click=${() => this.link(use.article, false)}>${t("ui.knowledge.unlink")}</button>` : nothing}</span></li>`)}</ul>`
      : html`<p class="faint">${t("ui.knowledge.no-use")}</p>`}
      ${suggested.length ? html`<h3>${t("ui.knowledge.may-help")}</h3><ul>${suggested.map((help) => html`<li><a class="t" href=${at(help.article.key)}>${help.article.title}</a>
        <span class="m">${overdueChip(help.article)}${this.inside(help.reaches)}${may ? html`<button class="linkish" aria-label=${t("ui.knowledge.link.of", { key: help.article.key })} @click=${() => this.link(help.article, true)}>${t("ui.knowledge.link")}</button>` : nothing}</span></li>`)}</ul>` : nothing}
      ${may && desk.can("knowledge:write") ? html`<p class="foot"><button class="btn small" @click=${() => this.write()}>${icon("plus")}${t("ui.knowledge.from-ticket")}</button></p>` : nothing}`;
  }
}
