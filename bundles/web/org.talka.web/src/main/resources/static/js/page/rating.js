// SPDX-License-Identifier: Apache-2.0
/** Asks the requester how satisfied they are with what was done, and lets them change it for some days. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { toast, toastProblem } from "../kit/overlay.js";
import "../kit/form.js";
import { call, enc, get } from "../core/api.js";
import { optionLabel } from "../core/fields.js";
import { formatDate, t } from "../core/i18n.js";
import { ALL, stars } from "./stars.js";

/** `<talka-rating .ticket>`; nothing where nobody is asked. */
class TalkaRating extends PlainElement {
  static properties = { ticket: { attribute: false }, rating: { state: true }, chosen: { state: true }, changing: { state: true }, busy: { state: true }, error: { state: true } };
  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    /** @type {any} what was said, and until when it can be changed */
    this.rating = null;
    this.busy = false;
    this.reset();
  }
  reset() {
    this.rating = null;
    this.chosen = 0;
    this.word = "";
    this.changing = false;
    this.error = "";
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    const before = /** @type {any} */ (changed.get("ticket"));
    if (!changed.has("ticket") || !this.ticket) return;
    // what was written about one request is not said of another
    if (before && before.key !== this.ticket.key) this.reset();
    if (before?.key !== this.ticket.key || before.version !== this.ticket.version) this.load();
  }
  get path() {
    return `/tickets/${enc(this.ticket.key)}/rating`;
  }
  async load() {
    const { key } = this.ticket;
    try {
      const rating = await get(this.path);
      if (key === this.ticket.key) this.rating = rating;
    } catch {
      // the request itself is here
    }
  }
  async change() {
    this.chosen = this.rating.stars;
    this.word = this.rating.word;
    this.changing = true;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("input:checked"))?.focus();
  }
  async send(/** @type {Event} */ e) {
    e.preventDefault();
    if (this.busy) return;
    this.error = this.chosen ? "" : t("web.rating.choose");
    if (this.error) {
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.querySelector("input"))?.focus();
      return;
    }
    this.busy = true;
    const { key } = this.ticket;
    try {
      const rating = (await call("PUT", this.path, { body: { stars: this.chosen, word: this.word.trim() } })).data;
      toast(t("web.rating.thanks"));
      if (key !== this.ticket.key) return;
      this.rating = rating;
      this.changing = false;
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.querySelector("button"))?.focus();
    } catch (problem) {
      if (key === this.ticket.key) this.error = /** @type {Error} */ (problem).message;
      else toastProblem(problem);
    } finally {
      this.busy = false;
    }
  }
  render() {
    const { rating } = this;
    if (!rating || (!rating.until && !rating.stars)) return nothing;
    // an answer to an earlier resolution is not one to this
    if (rating.stars && !rating.asked && !this.changing) {
      return html`<section class="p-card rating"><h2>${t("web.rating.given")}</h2><p class="rated">${stars(rating.stars)}<span>${optionLabel("satisfaction", rating.stars)}</span></p>
        ${rating.word ? html`<blockquote class="pre">${rating.word}</blockquote>` : nothing}
        ${rating.until ? html`<p class="rating-foot"><button class="btn" @click=${() => this.change()}>${t("web.rating.change")}</button><span class="faint">${t("web.rating.until", { date: formatDate(rating.until) })}</span></p>` : nothing}</section>`;
    }
    if (!rating.until) return nothing;
    return html`<form class="p-card rating" novalidate @submit=${(/** @type {Event} */ e) => this.send(e)}>
      <fieldset class="star-choice" aria-describedby=${this.error ? "rating-error" : nothing}><legend>${t("web.rating.ask")}</legend>
        <div class="stars big">${ALL.map((n) => html`<label class="star ${n <= this.chosen ? "on" : ""}" title=${optionLabel("satisfaction", n)}>
          <input type="radio" name="stars" class="visually-hidden" value=${n} .checked=${n === this.chosen} @change=${() => {
            this.chosen = n;
            this.error = "";
          }}>${icon("star")}<span class="visually-hidden">${optionLabel("satisfaction", n)}</span></label>`)}
          <span class="star-word muted" aria-hidden="true">${this.chosen ? optionLabel("satisfaction", this.chosen) : nothing}</span></div></fieldset>
      ${this.chosen ? html`<talka-textarea rows="2" maxlength="1000" .label=${t("web.rating.word")} .help=${t("web.rating.word.help")} .value=${this.word} @input=${(/** @type {any} */ e) => (this.word = e.currentTarget.value)}></talka-textarea>` : nothing}
      ${this.error ? html`<p class="error" id="rating-error" role="alert">${icon("warn")}${this.error}</p>` : nothing}
      <div class="rating-foot"><button class="btn primary" ?disabled=${this.busy}>${t("web.rating.send")}</button>
        ${this.changing ? html`<button type="button" class="btn quiet" @click=${() => (this.changing = false)}>${t("web.cancel")}</button>` : nothing}</div></form>`;
  }
}
customElements.define("talka-rating", TalkaRating);
