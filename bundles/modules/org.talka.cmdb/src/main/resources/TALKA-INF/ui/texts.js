// SPDX-License-Identifier: Apache-2.0
/** Texts on tickets that name no item: what may they mean? One answer for all tickets that have it. */
import { css, html, nothing } from "lit";
import { empty, failure, icon, loading, openDialog, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { itemLink, itemSource, readSchema, wrongIn } from "./common.js";

export const api = 1;

/** How often a matching in the background is looked at. */
const LOOK = 1_000;
const states = () => ({
  running: t("ui.cmdb.text.running"), done: t("ui.cmdb.state.done"), cancelled: t("ui.cmdb.state.cancelled"), stopped: t("ui.cmdb.text.stopped"),
  undoing: t("ui.cmdb.state.undoing"), undone: t("ui.cmdb.import.undone"),
});
const TONES = { running: "open", done: "done", cancelled: "wait", stopped: "bad", undoing: "open", undone: "wait" };
const works = (match) => match.state === "running" || match.state === "undoing";

export default class FreeTexts extends TalkaElement {
  static properties = { schema: { state: true }, texts: { state: true }, matchings: { state: true }, skipped: { state: true }, problem: { state: true } };

  static styles = css`
    :host { display: block; }
    .lead { margin: 6px 0 16px; max-width: 70ch; } .box { padding: 16px 18px; margin-bottom: 16px; min-width: 0; } h2 { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin: 0 0 10px; } h2 .btn { margin-left: auto; } p { margin: 0; }
    ul { list-style: none; margin: 0; padding: 0; } li { padding: 10px 0; } li + li { border-top: 1px solid var(--rule); } .row { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; } .row + .row { margin-top: 8px; } .end { margin-left: auto; }
    b { overflow-wrap: anywhere; } .ref { display: inline-flex; gap: 6px; align-items: center; overflow-wrap: anywhere; } .btn { white-space: normal; text-align: start; }
    progress { inline-size: min(420px, 100%); block-size: 8px; accent-color: var(--accent); }
    .note { display: flex; gap: 7px; margin: 0 0 10px; padding: 8px 12px; background: var(--warn-wash); color: var(--warn); border-radius: var(--r-m); }
  `;

  constructor() {
    super();
    this.schema = this.texts = this.matchings = this.problem = null;
    this.skipped = false;
    this.later = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.later);
  }

  get api() {
    return this.context.api;
  }

  async load() {
    try {
      const [schema, texts, matches] = await Promise.all([readSchema(this.api), this.api.get(`/cmdb/texts?skipped=${this.skipped}`), this.api.get("/cmdb/texts/matches")]);
      this.schema = schema;
      this.texts = texts;
      this.matchings = matches.items;
      this.problem = null;
      this.follow();
    } catch (problem) {
      this.problem = problem;
    }
  }

  /** Looks again while something goes on; when it has ended the texts are others. */
  follow() {
    clearTimeout(this.later);
    if (!this.isConnected || !this.matchings?.some(works)) return;
    this.later = setTimeout(async () => {
      try {
        this.matchings = (await this.api.get("/cmdb/texts/matches")).items;
        if (!this.matchings.some(works)) {
          this.load();
          return;
        }
      } catch {
        // the next look may tell
      }
      this.follow();
    }, LOOK);
  }

  async act(work) {
    try {
      await work();
    } catch (problem) {
      toast(problem.errors?.[0]?.message ?? problem.message, { kind: "bad" });
    }
    await this.load();
  }

  match(text, item) {
    return this.act(() => this.api.call("POST", "/cmdb/texts/matches", { body: { text: text.text, item } }));
  }

  async other(text) {
    const v = { item: "", label: "" };
    const done = await openDialog({
      title: t("ui.cmdb.text.other.title", { text: text.text }), submit: t("ui.cmdb.text.go"),
      body: (d) => html`<p>${t("ui.cmdb.text.tickets", { n: text.tickets })}</p><talka-combobox .label=${t("ui.cmdb.kind.item")} required .source=${itemSource(this.api, this.schema)} .value=${v.item} .text=${v.label} .error=${wrongIn(d)("item") || wrongIn(d)("text")} @change=${(e) => {
        v.item = e.detail?.value ?? "";
        v.label = e.detail?.label ?? "";
      }}></talka-combobox>`,
      onSubmit: () => this.api.call("POST", "/cmdb/texts/matches", { body: { text: text.text, item: v.item } }),
    });
    if (done) this.load();
  }

  render() {
    const lead = html`<p class="muted lead">${t("ui.cmdb.text.lead")}</p>`;
    if (this.problem) return html`${lead}${failure(this.problem, () => this.load())}`;
    if (!this.texts) return html`${lead}${loading(6)}`;
    return html`${lead}${this.offered()}${this.matchings.length ? this.matched() : nothing}`;
  }

  offered() {
    const { items, more, skipped } = this.texts;
    return html`<section class="card box"><h2>${this.skipped ? t("ui.cmdb.text.skipped") : t("ui.cmdb.text.list")}${this.skipped || skipped ? html`<button class="btn small" @click=${() => {
        this.skipped = !this.skipped;
        this.load();
      }}>${this.skipped ? t("ui.cmdb.text.list") : t("ui.cmdb.text.skipped.show", { n: skipped })}</button>` : nothing}</h2>
      ${more ? html`<p class="note">${icon("info")}<span>${t("ui.cmdb.text.more")}</span></p>` : nothing}
      ${items.length ? html`<ul>${items.map((text) => this.text(text))}</ul>` : empty({ icon: "check", title: t("ui.cmdb.text.none") })}</section>`;
  }

  text(text) {
    return html`<li><div class="row"><b>“${text.text}”</b><span class="faint">${t("ui.cmdb.text.tickets", { n: text.tickets })}:</span>
        ${text.examples.map((key) => html`<a class="mono" href=${`/app/ticket/${encodeURIComponent(key)}`}>${key}</a>`)}${text.tickets > text.examples.length ? html`<span class="faint">…</span>` : nothing}</div>
      <div class="row">${this.skipped ? html`<button class="btn small" aria-label=${t("ui.cmdb.text.offer.of", { text: text.text })} @click=${() => this.act(() => this.api.remove(`/cmdb/texts/skips${this.api.query({ text: text.text })}`))}>${t("ui.cmdb.text.offer")}</button>` : html`
        ${text.candidates.map((ref) => html`<button class="btn small" aria-label=${t("ui.cmdb.affected.match", { text: text.text, name: ref.name })} @click=${() => this.match(text, ref.key)}>${icon("link")}<span>${ref.name} <span class="faint mono">${ref.key}</span></span></button>`)}
        <button class="btn small" aria-label=${t("ui.cmdb.text.other.of", { text: text.text })} @click=${() => this.other(text)}>${icon("search")}${t("ui.cmdb.text.other")}</button>
        <button class="btn small quiet" aria-label=${t("ui.cmdb.text.skip.of", { text: text.text })} @click=${() => this.act(() => this.api.call("POST", "/cmdb/texts/skips", { body: { text: text.text } }))}>${t("ui.cmdb.text.skip")}</button>`}</div></li>`;
  }

  matched() {
    return html`<section class="card box"><h2>${t("ui.cmdb.text.matched")}</h2><ul>${this.matchings.map((match) => html`<li><div class="row"><b>“${match.text}”</b>${icon("arrow")}${match.item ? itemLink(this.schema, match.item) : "–"}
        <span class="chip ${TONES[match.state]}">${states()[match.state]}</span><talka-time class="faint" .at=${match.at}></talka-time><span class="row end">${this.acts(match)}</span></div>
      <div class="row">${match.state === "running" ? html`<progress aria-label=${t("ui.cmdb.text.progress", { text: match.text })} max=${match.total} .value=${match.done + match.refused}></progress>` : nothing}
        <span class="faint">${t("ui.cmdb.text.done", { n: match.done, total: match.total })}${match.refused ? html` · ${t("ui.cmdb.text.refused", { n: match.refused })}` : nothing}${match.kept ? html` · ${t("ui.cmdb.text.kept", { n: match.kept })}` : nothing}</span></div></li>`)}</ul></section>`;
  }

  acts(match) {
    const path = `/cmdb/texts/matches/${match.id}`;
    if (match.state === "running") return html`<button class="btn small" aria-label=${t("ui.cmdb.text.cancel.of", { text: match.text })} @click=${() => this.act(() => this.api.post(`${path}/cancellation`))}>${icon("close")}${t("ui.cmdb.import.cancel")}</button>`;
    if (match.state === "undoing" || match.state === "undone" || !match.done) return nothing;
    return html`<button class="btn small" aria-label=${t("ui.cmdb.text.undo.of", { text: match.text })} @click=${() => this.act(() => this.api.post(`${path}/undo`))}>${icon("undo")}${t("ui.cmdb.import.undo")}</button>`;
  }
}
