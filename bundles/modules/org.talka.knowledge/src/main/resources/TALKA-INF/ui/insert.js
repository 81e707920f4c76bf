// SPDX-License-Identifier: Apache-2.0
/** In the composer: finds an article and puts it, or a pointer to it, into the text. */
import { html, nothing } from "lit";
import { icon, openDialog, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { enc, query } from "./common.js";

export const api = 1;

export default class Insert extends TalkaElement {
  async choose() {
    const { api, ticket, visibility } = this.context;
    const note = visibility === "internal";
    let text = "";
    let timer = 0;
    let turn = 0;
    const around = await api.get(`/knowledge/tickets/${enc(ticket.key)}`).catch(() => ({ used: [], suggested: [] }));
    let items = [...around.used, ...around.suggested];
    const search = async (d) => {
      const asked = turn;
      let found;
      try {
        found = await api.get(`/knowledge/articles${query({ q: text, show: "live", limit: 8 })}`);
      } catch (problem) {
        if (asked === turn) toast(problem.message, { kind: "bad" });
        return;
      }
      if (asked !== turn) return;
      // whether the requester may read what was found is said by the server when it is inserted
      items = found.items.map((article) => ({ article, reaches: article.audience !== "agents" && article.audience !== "teams" }));
      d.update();
    };
    const chosen = await openDialog({ title: t("ui.knowledge.insert"), noFoot: true, wide: true,
      body: (d) => html`<talka-input type="search" .label=${t("ui.knowledge.find")} .value=${text} @input=${(e) => {
          text = e.currentTarget.value;
          clearTimeout(timer);
          turn++;
          if (text.trim()) timer = setTimeout(() => search(d), 180);
        }}></talka-input>
        <div aria-live="polite">${items.length ? html`<ul class="lines">${items.map(({ article, reaches }) => html`<li class="line"><span class="line-t">${article.title}</span>
          <span class="line-m"><span class="mono">${article.key}</span>${reaches || note ? nothing : html`<span class="chip">${icon("lock")}${t("ui.knowledge.not-for-requester")}</span>`}</span>
          <span><button type="button" class="btn small" aria-label=${t("ui.knowledge.insert.text.of", { key: article.key })} @click=${() => d.close({ article, whole: true })}>${t("ui.knowledge.insert.text")}</button>
          <button type="button" class="btn quiet small" aria-label=${t("ui.knowledge.insert.pointer.of", { key: article.key })} @click=${() => d.close({ article, whole: false })}>${t("ui.knowledge.insert.pointer")}</button></span></li>`)}</ul>`
          : html`<p class="muted">${t("ui.knowledge.nothing")}</p>`}</div>` });
    clearTimeout(timer);
    turn++;
    if (!chosen?.article) return;
    try {
      const made = await api.post(`/knowledge/tickets/${enc(ticket.key)}/insertions`, { article: chosen.article.key, visibility: visibility ?? "public", whole: chosen.whole });
      await this.context.insert(made.text);
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
  }

  render() {
    return html`<button class="btn quiet" @click=${() => this.choose()}>${icon("article")}<span>${t("ui.knowledge.insert.button")}</span></button>`;
  }
}
