// SPDX-License-Identifier: Apache-2.0
/** Today: what to do next, each ticket once and with the reason why it is here. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { enc, get } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { priorityChip, stateChip } from "../core/fields.js";
import { formatAgo, formatDate, t, toClock, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { recent } from "../core/recent.js";
import { isRead } from "../core/seen.js";
import { shortcut } from "../core/shortcuts.js";
import "../core/contribution.js";
import "./my-tasks.js";

/** @typedef {{ticket: any, reason: string, since: string, due?: string, person?: any}} Item */
/** @typedef {{key: string, items: Item[], q: string, more: boolean, later: boolean}} Section */

/** How long the page rests while tickets keep changing. */
const REST = 1200;
const TITLES = /** @type {Record<string, string>} */ ({
  replied: "web.home.replied", approval: "web.home.approval", mine: "web.home.mine", free: "web.home.free", recent: "web.home.recent",
});
const REASONS = /** @type {Record<string, string>} */ ({
  overdue: "web.home.why.overdue", replied: "web.home.why.replied", approval: "web.home.why.approval", critical: "web.home.why.critical", high: "web.home.why.high",
  due: "web.home.why.due", free: "web.home.why.free", untouched: "web.home.why.untouched", waiting: "web.home.why.waiting", viewed: "web.home.why.viewed",
});
/** Reasons that are said louder. */
const LOUD = /** @type {Record<string, string>} */ ({ overdue: "loud", critical: "loud", replied: "warm", approval: "warm", due: "warm" });

class TalkaHome extends PlainElement {
  static properties = { sections: { state: true }, problem: { state: true } };
  constructor() {
    super();
    /** @type {Section[] | null} */
    this.sections = null;
    /** @type {any} */
    this.problem = null;
    this.timer = 0;
    this.turn = 0;
    this.stale = false;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.nav.today"));
    this.follow(desk, "contributions", "me");
    const seen = () => document.visibilityState === "visible" && this.stale && this.load();
    document.addEventListener("visibilitychange", seen);
    // "an hour ago" does not stay true
    const clock = setInterval(() => this.requestUpdate(), 60000);
    this.until(onLive("ticket", () => this.later(REST)), onLive("notice", () => this.later(REST)), () => clearTimeout(this.timer), () => clearInterval(clock),
      () => document.removeEventListener("visibilitychange", seen),
      shortcut("j", "web.keys.down", () => this.step(1), "web.keys.list"), shortcut("k", "web.keys.up", () => this.step(-1), "web.keys.list"));
    this.load();
  }
  later(/** @type {number} */ rest) {
    this.stale = true;
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      if (document.visibilityState === "visible") this.load();
    }, rest);
  }
  async load() {
    this.stale = false;
    const turn = ++this.turn;
    try {
      const viewed = recent().map((r) => `viewed=${enc(r.key)}`).join("&");
      const { items } = await get(`/home${viewed ? `?${viewed}` : ""}`);
      if (turn !== this.turn) return;
      this.sections = items;
      this.problem = null;
      if (items.some((/** @type {Section} */ s) => s.later)) this.later(5000);
    } catch (problem) {
      // what is shown stays; only who has nothing yet is told
      if (turn === this.turn && !this.sections) this.problem = problem;
    }
  }
  /** Moves on in the list. @param {number} by */
  step(by) {
    const lines = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("a.line")]);
    if (!lines.length) return;
    const i = lines.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    lines[i < 0 ? (by > 0 ? 0 : lines.length - 1) : Math.max(0, Math.min(lines.length - 1, i + by))].focus();
  }
  greeting() {
    const hour = Number(toClock(Date.now()).slice(11, 13));
    const part = hour < 5 ? "evening" : hour < 11 ? "morning" : hour < 18 ? "day" : "evening";
    return t(`web.home.${part}`, { name: desk.me.displayName.split(" ")[0] });
  }
  why(/** @type {Item} */ item) {
    const key = item.reason === "viewed" && !isRead(item.ticket) ? "web.home.why.changed" : REASONS[item.reason];
    return key ? t(key, { name: item.person?.displayName ?? t("web.system"), ago: formatAgo(item.since), date: item.due ? formatDate(item.due) : "" }) : "";
  }
  line(/** @type {Item} */ item) {
    const ticket = item.ticket;
    const who = ticket.requester && ticket.requester.username !== desk.me.username ? ticket.requester.displayName : "";
    return html`<li><a class="line" href="/app/ticket/${enc(ticket.key)}"><span class="line-t">${ticket.subject}</span><talka-time class="num faint" .at=${ticket.updatedAt} short></talka-time>
      <span class="why ${LOUD[item.reason] ?? ""}">${this.why(item)}</span>
      <span class="line-m"><span class="mono">${ticket.key}</span>${stateChip(ticket)}${priorityChip(ticket)}${ticket.team ? html`<span>${ticket.team.name}</span>` : nothing}${who ? html`<span>${who}</span>` : nothing}</span></a></li>`;
  }
  section(/** @type {Section} */ s) {
    const title = t(TITLES[s.key] ?? "web.home.mine");
    const all = s.key === "mine" ? "/app/queue/my" : `/app/search?q=${enc(s.q)}`;
    return html`<section class="card home-${s.key}" aria-labelledby="home-${s.key}"><h2 id="home-${s.key}">${title}</h2>
      ${s.later ? html`<p class="muted">${t("web.home.later")}</p>` : html`<ul class="lines">${repeat(s.items, (i) => i.ticket.key, (i) => this.line(i))}</ul>`}
      ${s.more && s.q ? html`<a class="all" href=${all} aria-label=${t("web.home.all.of", { name: title })}>${t("web.list.all")}${icon("arrow")}</a>` : nothing}</section>`;
  }
  body() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.sections) return loading(8);
    const shown = this.sections.filter((s) => s.items.length || s.later);
    const work = shown.filter((s) => s.key !== "recent");
    const recently = shown.filter((s) => s.key === "recent" || s.key === "free");
    const first = work.filter((s) => s.key !== "free");
    const widgets = desk.at("dashboard.widget");
    return html`<div class="home-columns"><div class="home-first">
        ${work.length ? nothing : html`<section class="card">${empty({ icon: "check", title: t("web.home.done"), text: t("web.home.done.text"), action: html`<a class="btn" href="/app/queue/open">${t("web.home.done.open")}</a>` })}</section>`}
        ${(first.length ? first : work).map((s) => this.section(s))}</div>
      <div class="home-second">${recently.filter((s) => first.length || s.key === "recent").map((s) => this.section(s))}
        ${desk.can("ticket:note") ? html`<section class="card"><h2>${t("web.nav.tasks")}</h2><talka-my-tasks brief></talka-my-tasks></section>` : nothing}
        ${widgets.map((w) => html`<section class="card"><h2>${word(`ui.${w.key}`)}</h2><talka-contribution .item=${w}></talka-contribution></section>`)}</div></div>`;
  }
  render() {
    return html`<main id="main" class="wide-page home"><h1 class="page-title">${this.greeting()}</h1>${this.body()}</main>`;
  }
}
customElements.define("talka-home", TalkaHome);
