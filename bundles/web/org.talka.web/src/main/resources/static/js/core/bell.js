// SPDX-License-Identifier: Apache-2.0
/** The bell in the header and what opens from it: all that the person was told. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, empty, failure, loading } from "../kit/small.js";
import { openDialog, toast, toastProblem } from "../kit/overlay.js";
import { desk } from "./desk.js";
import { t } from "./i18n.js";
import { KINDS, notices, placeOf, sentence, subjectOf } from "./notices.js";

const SIGNS = /** @type {Record<string, string>} */ ({
  mention: "at", assigned: "person", team: "people", reply: "reply", note: "note", state: "arrow", approval: "check", record: "article",
});
/** What a person who only asks can be told of. */
const ASKING = ["mention", "reply", "state"];

/** `<talka-bell>`: a button with a number, a panel, and a voice that speaks when something new is told. */
class TalkaBell extends PlainElement {
  static properties = { open: { state: true }, unread: { state: true }, items: { state: true }, problem: { state: true }, said: { state: true } };
  constructor() {
    super();
    this.open = this.unread = false;
    /** @type {import("./notices.js").Notice[] | null} */
    this.items = null;
    /** @type {string | null} */
    this.next = null;
    /** @type {any} */
    this.problem = null;
    this.said = "";
    this.turn = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    this.follow(notices, "count");
    const rang = () => this.rang();
    const count = () => this.open && this.load();
    notices.addEventListener("rang", rang);
    notices.addEventListener("count", count);
    this.until(notices.start(), () => notices.removeEventListener("rang", rang), () => notices.removeEventListener("count", count));
  }
  get panel() {
    return /** @type {HTMLElement} */ (this.querySelector(".notices"));
  }
  toggle() {
    this.panel.togglePopover();
  }
  /** The panel hangs under the bell, at the right edge where it fits. */
  async opened(/** @type {any} */ e) {
    this.open = e.newState === "open";
    if (!this.open) return;
    const b = /** @type {HTMLElement} */ (this.querySelector("button")).getBoundingClientRect();
    this.panel.style.top = `${b.bottom + 6}px`;
    this.panel.style.right = `${Math.max(8, innerWidth - b.right - 60)}px`;
    this.panel.focus();
    await this.load();
  }
  async load() {
    const turn = ++this.turn;
    try {
      // as much as was on show, so that a list that was made longer does not shrink
      const page = await notices.page({ unread: this.unread, limit: Math.min(200, Math.max(30, this.items?.length ?? 0)) });
      if (turn !== this.turn) return;
      this.items = page.items;
      this.next = page.next;
      this.problem = null;
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
  }
  async longer() {
    const page = await notices.page({ unread: this.unread, after: /** @type {string} */ (this.next) });
    this.items = [...(this.items ?? []), ...page.items];
    this.next = page.next;
  }
  /** Says what is new, politely: only the newest, and only to who has the page before them. */
  async rang() {
    if (document.visibilityState !== "visible" || !notices.count) return;
    try {
      const [n] = (await notices.page({ unread: true, limit: 1 })).items;
      if (n) this.said = n.ticket ? `${sentence(n)}: ${n.ticket.subject}` : sentence(n);
    } catch {
      // the number is there
    }
  }
  filter(/** @type {boolean} */ unread) {
    if (this.unread === unread) return;
    this.unread = unread;
    this.items = null;
    this.load();
  }
  mark(/** @type {import("./notices.js").Notice} */ n, read = !n.read) {
    n.read = read;
    this.requestUpdate();
    notices.mark([n.id], read).catch(toastProblem);
  }
  visit(/** @type {import("./notices.js").Notice} */ n) {
    if (!n.read) notices.mark([n.id], true).catch(() => {});
    this.panel.hidePopover();
  }
  all() {
    const newest = this.items?.[0];
    if (newest) notices.markAll(newest.at).then(() => this.load(), toastProblem);
  }
  async preferences() {
    this.panel.hidePopover();
    try {
      const { kinds } = await notices.preferences();
      const shown = Object.keys(KINDS).filter((k) => k in kinds && (!desk.portalOnly || ASKING.includes(k)));
      const done = await openDialog({
        title: t("web.notice.preferences"), submit: t("web.save"),
        body: () => html`<p class="muted">${t("web.notice.preferences.text")}</p>${shown.map((k) => html`<talka-switch .label=${t(KINDS[k][1])} .value=${kinds[k]}
          @change=${(/** @type {any} */ e) => (kinds[k] = e.currentTarget.value)}></talka-switch>`)}`,
        onSubmit: () => notices.choose(Object.fromEntries(shown.map((k) => [k, kinds[k]]))).then(() => {}),
      });
      if (done) toast(t("web.notice.preferences.saved"));
    } catch (problem) {
      toastProblem(problem);
    }
  }
  onKey(/** @type {KeyboardEvent} */ e) {
    const links = /** @type {HTMLElement[]} */ ([...this.panel.querySelectorAll(".notice > a")]);
    const i = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = { ArrowDown: Math.min(i + 1, links.length - 1), ArrowUp: Math.max(i - 1, 0), Home: 0, End: links.length - 1 }[e.key];
    if (next !== undefined && links.length) {
      e.preventDefault();
      links[next].focus();
    }
  }
  line(/** @type {import("./notices.js").Notice} */ n) {
    const also = n.kinds.filter((k) => k !== n.kind && (k === "mention" || k === "assigned" || k === "approval"));
    return html`<li class="notice ${n.read ? "" : "new"}"><a href=${placeOf(n)} @click=${() => this.visit(n)}>
        ${n.actor ? avatar(n.actor.displayName) : html`<span class="avatar">${icon(SIGNS[n.kind] ?? "bell")}</span>`}
        <span class="notice-text"><span class="notice-what">${n.read ? nothing : html`<span class="visually-hidden">${t("web.notice.new")} </span>`}<b>${sentence(n)}</b>${
          n.times > 1 ? html` <span class="faint">${t("web.notice.more", { n: n.times - 1 })}</span>` : nothing}</span>
          ${n.ticket ? html`<span class="notice-of">${n.ticket.subject}</span>` : nothing}
          ${n.excerpt ? html`<span class="faint cut">${n.excerpt}</span>` : nothing}
          <span class="faint notice-foot"><span class="mono">${(n.ticket ?? n.record)?.key}</span><talka-time .at=${n.at}></talka-time>${also.map((k) => html`<span class="chip">${t(k === "mention" ? "web.notice.also.mention" : k === "assigned" ? "web.notice.also.assigned" : "web.notice.also.approval")}</span>`)}</span></span></a>
      <button class="btn quiet square small" title=${n.read ? t("web.notice.unread.mark") : t("web.notice.read.mark")} aria-label="${n.read ? t("web.notice.unread.mark") : t("web.notice.read.mark")}: ${subjectOf(n) || sentence(n)}"
        @click=${() => this.mark(n)}>${n.read ? icon("ring") : html`<i class="dot"></i>`}</button></li>`;
  }
  body() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.items) return loading(4);
    if (!this.items.length) return empty({ icon: "bell", title: this.unread ? t("web.notice.none.unread") : t("web.notice.none"), text: this.unread ? "" : t("web.notice.none.text") });
    return html`<ul class="notice-list">${repeat(this.items, (n) => n.id, (n) => this.line(n))}</ul>
      ${this.next ? html`<div class="pad"><button class="btn small" @click=${() => this.longer().catch(toastProblem)}>${t("web.more.rows")}</button></div>` : nothing}`;
  }
  render() {
    const label = notices.count ? t("web.notice.label.n", { n: notices.count, shown: notices.badge }) : t("web.notice.label");
    return html`<button class="btn quiet square bell" aria-label=${label} title=${t("web.notice.label")} aria-haspopup="dialog" aria-expanded=${this.open ? "true" : "false"} @click=${() => this.toggle()}>${icon("bell")}${
        notices.badge ? html`<span class="badge num" aria-hidden="true">${notices.badge}</span>` : nothing}</button>
      <div class="notices" popover role="dialog" tabindex="-1" aria-label=${t("web.notice.label")} @toggle=${(/** @type {any} */ e) => this.opened(e)} @keydown=${(/** @type {KeyboardEvent} */ e) => this.onKey(e)}>
        ${this.open ? html`<header><h2>${t("web.notice.label")}</h2><span class="grow"></span>
          <button class="btn quiet small" ?disabled=${!notices.count} @click=${() => this.all()}>${t("web.notice.read.all")}</button>
          <button class="btn quiet square small" aria-label=${t("web.notice.preferences")} title=${t("web.notice.preferences")} @click=${() => this.preferences()}>${icon("sliders")}</button></header>
        <div class="notice-filter" role="group" aria-label=${t("web.notice.which")}>${[false, true].map((u) => html`<button class="btn quiet small" aria-pressed=${this.unread === u ? "true" : "false"} @click=${() => this.filter(u)}>${u ? t("web.notice.unread") : t("web.notice.all")}</button>`)}</div>
        ${this.body()}` : nothing}</div>
      <span class="visually-hidden" role="status" aria-live="polite">${this.said}</span>`;
  }
}
customElements.define("talka-bell", TalkaBell);
