// SPDX-License-Identifier: Apache-2.0
/** A list of tickets as a calendar: each day is a list of its own; moving a ticket changes its date. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import "../kit/calendar.js";
import "../kit/form.js";
import { icon } from "../kit/icons.js";
import { openDialog, toast, toastProblem } from "../kit/overlay.js";
import { avatar, empty, failure, loading } from "../kit/small.js";
import { enc, get, patch, query } from "../core/api.js";
import { addDays, addMonths, dayShort, monthEnd, monthName, monthStart, onDay, rangeName, timeOf, today, weekBegins, weekStart } from "../core/days.js";
import { desk } from "../core/desk.js";
import { fieldLabel, isBuiltIn, priorityChip, stateChip, stateLabel, tone, typeLabel, valueOf, workflowOf } from "../core/fields.js";
import { t } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { shortcut } from "../core/shortcuts.js";

export const SPANS = ["month", "week", "agenda"];
/** How many tickets a day shows at first, and how many more at a time. */
const FIRST = /** @type {Record<string, number>} */ ({ month: 4, week: 20, agenda: 10 });
const MORE = 25;
const MOST = 200;
/** How long changes are gathered, and how long a calendar that was just read rests. */
const SOON = 250;
const REST = 2500;
const roomy = matchMedia("(min-width: 700px)");

/** @typedef {{day: string, keys: string[], next: string | null}} Day */

class TalkaTicketCalendar extends PlainElement {
  static properties = {
    q: {}, by: {}, span: {}, day: {}, name: {}, address: { attribute: false }, list: { attribute: false },
    days: { state: true }, fields: { state: true }, problem: { state: true }, busy: { state: true }, said: { state: true },
  };
  constructor() {
    super();
    this.q = this.by = this.day = this.name = this.said = "";
    this.span = "month";
    /** Leads to a ticket. @type {(key: string) => string} */
    this.address = (key) => `/app/ticket/${enc(key)}`;
    /** Leads to the list of what a condition finds. @type {(condition: string) => string} */
    this.list = (condition) => `/app/search?q=${enc(condition)}`;
    /** @type {Day[]} */
    this.days = [];
    /** @type {Map<string, any>} */
    this.tickets = new Map();
    /** By what tickets can stand here. @type {{key: string, day: boolean, fixed: boolean}[]} */
    this.fields = [];
    this.zone = "";
    /** The field by which they stand; the server chooses when nobody did. */
    this.chosen = "";
    /** @type {any} */
    this.problem = null;
    this.busy = true;
    /** Tickets on their way: what is told meanwhile is not shown. @type {Set<string>} */
    this.moving = new Set();
    /** Days of which more than the first was asked for. @type {Set<string>} */
    this.opened = new Set();
    /** @type {AbortController | undefined} */
    this.running = undefined;
    this.timer = this.readAt = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    const again = () => this.load();
    const redraw = () => this.requestUpdate();
    desk.addEventListener("types", again);
    roomy.addEventListener("change", redraw);
    this.until(
      onLive("ticket", () => this.later()),
      onLive("hello", () => this.later()),
      () => desk.removeEventListener("types", again),
      () => roomy.removeEventListener("change", redraw),
      shortcut("t", "web.keys.calendar.today", () => this.turn(""), "web.keys.calendar"),
      shortcut(".", "web.keys.calendar.next", () => this.turn(this.beside(1)), "web.keys.calendar"),
      shortcut(",", "web.keys.calendar.previous", () => this.turn(this.beside(-1)), "web.keys.calendar"),
      () => {
        clearTimeout(this.timer);
        this.running?.abort();
      },
    );
  }

  get today() {
    return today(this.zone || undefined);
  }

  /** The day that the calendar is about. */
  get at() {
    return this.day || this.today;
  }

  /** What is shown: on a phone there is no room for a grid. */
  get shape() {
    return roomy.matches ? this.span : "agenda";
  }

  /** The first and the last day that are shown. @returns {[string, string]} */
  get range() {
    const begins = weekBegins();
    if (this.shape === "week") {
      const first = weekStart(this.at, begins);
      return [first, addDays(first, 6)];
    }
    const [first, last] = [monthStart(this.at), monthEnd(this.at)];
    return this.shape === "agenda" ? [first, last] : [weekStart(first, begins), addDays(weekStart(last, begins), 6)];
  }

  /** The month or week before or after. @param {number} n */
  beside(n) {
    return this.shape === "week" ? addDays(this.at, 7 * n) : addMonths(monthStart(this.at), n);
  }

  /** Shows other days. @param {string} day none for today */
  turn(day) {
    this.dispatchEvent(new CustomEvent("show", { detail: { day } }));
  }

  willUpdate() {
    const asked = JSON.stringify([this.q, this.by, ...this.range, FIRST[this.shape]]);
    if (asked === this.asked) return;
    const other = JSON.parse(this.asked || "[]");
    // the same tickets on other days keep nothing open
    this.opened.clear();
    if (other[0] !== this.q || other[1] !== this.by) this.days = [];
    this.asked = asked;
    this.load();
  }
  asked = "";

  /** @param {boolean} [again] what is shown stays until the new is here */
  async load(again = false) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.running?.abort();
    const running = (this.running = new AbortController());
    const [from, to] = this.range;
    const quiet = again && this.days.length > 0;
    this.busy = !quiet;
    this.reading = true;
    const opened = [...this.opened];
    const of = (/** @type {string} */ day) => this.days.find((d) => d.day === day)?.keys.length ?? 0;
    try {
      const [calendar, ...rest] = await Promise.all([
        get(`/calendar${query({ q: this.q, by: this.by, from, to, limit: FIRST[this.shape] })}`, running.signal),
        ...opened.map((day) => get(`/calendar/days/${day}${query({ q: this.q, by: this.by, limit: Math.min(MOST, Math.max(MORE, of(day))) })}`, running.signal)),
      ]);
      if (running.signal.aborted) return;
      this.readAt = Date.now();
      // what is on its way would jump back
      if (this.moving.size) {
        this.busy = this.reading = false;
        this.later();
        return;
      }
      this.problem = null;
      this.zone = calendar.zone;
      this.chosen = calendar.by;
      this.fields = calendar.fields;
      const pages = new Map(opened.map((day, i) => [day, rest[i]]));
      const days = calendar.days.map((/** @type {any} */ d) => ({ ...d, ...pages.get(d.day) }));
      this.tickets = new Map(days.flatMap((/** @type {any} */ d) => d.items).map((/** @type {any} */ i) => [i.key, i]));
      this.days = days.map((/** @type {any} */ d) => ({ day: d.day, next: d.next, keys: d.items.map((/** @type {any} */ i) => i.key) }));
    } catch (problem) {
      if (running.signal.aborted) return;
      if (!quiet) this.problem = problem;
    }
    this.busy = this.reading = false;
  }
  reading = false;

  /** Reads it again in a moment. */
  later() {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = 0;
      // whoever waits for the first answer does not get it sooner by asking again
      if (this.reading || this.moving.size) this.later();
      else this.load(true);
    }, Math.max(SOON, this.readAt + REST - Date.now()));
  }

  async more(/** @type {string} */ day) {
    const d = this.days.find((x) => x.day === day);
    if (!d?.next) return;
    const next = d.next;
    try {
      const page = await get(`/calendar/days/${day}${query({ q: this.q, by: this.by, limit: MORE, after: next })}`, this.running?.signal);
      if (d.next !== next) return;
      for (const i of page.items) this.tickets.set(i.key, i);
      d.keys = [...new Set([...d.keys, ...page.items.map((/** @type {any} */ i) => i.key)])];
      d.next = page.next;
      this.opened.add(day);
      this.days = [...this.days];
    } catch (problem) {
      if (!this.running?.signal.aborted) toastProblem(problem);
    }
  }

  // moving

  get field() {
    return this.fields.find((f) => f.key === this.chosen);
  }

  /** What the field has to hold for a ticket to stand on a day. @param {any} i @param {string} day */
  valueOn(i, day) {
    const value = valueOf(i, this.chosen);
    return this.field?.day ? day : onDay(value, day, this.zone);
  }

  /** @param {string} id @param {string} day */
  async move(id, day) {
    const i = this.tickets.get(id);
    const from = this.days.find((d) => d.keys.includes(id));
    if (!i || !from || this.moving.has(id)) return;
    const before = valueOf(i, this.chosen);
    await this.set(i, this.valueOn(i, day), from.day, day, (after) => {
      const act = () => this.set(after, before, day, from.day, () => {});
      toast(t("web.calendar.moved", { key: id, day: dayShort(day) }), { action: { label: t("web.undo"), act } });
    });
  }

  /**
   * Shows a ticket on another day as if it were done; what the server says decides.
   * @param {any} i @param {any} value @param {string} from @param {string} to @param {(after: any) => void} done
   */
  async set(i, value, from, to, done) {
    const id = i.key;
    const at = this.days.find((d) => d.day === from)?.keys.indexOf(id) ?? -1;
    const body = isBuiltIn(this.chosen) ? { [this.chosen]: value } : { fields: { [this.chosen]: value } };
    this.moving.add(id);
    this.shift(id, to, -1);
    try {
      const after = (await patch(`/tickets/${enc(id)}`, body, `"${i.version}"`)).data;
      this.tickets.set(id, after);
      this.said = t("web.calendar.moved", { key: id, day: dayShort(to) });
      done(after);
    } catch (problem) {
      this.shift(id, from, at);
      this.said = t("web.calendar.back", { key: id, day: dayShort(from) });
      const p = /** @type {any} */ (problem);
      toastProblem(p.errors?.length ? new Error(p.errors.map((/** @type {any} */ e) => e.message).join(" ")) : p);
    } finally {
      this.moving.delete(id);
      this.requestUpdate();
      // where it stands among the others, and whether it still belongs here
      this.later();
    }
  }

  /** @param {string} id @param {string} day @param {number} at its place among the others; the end when negative */
  shift(id, day, at) {
    this.days = this.days.map((d) => {
      const keys = d.keys.filter((k) => k !== id);
      if (d.day === day) keys.splice(at < 0 ? keys.length : at, 0, id);
      return { ...d, keys };
    });
  }

  /** Asks for a day, and moves a ticket there. @param {string} id */
  async other(id) {
    let day = this.days.find((d) => d.keys.includes(id))?.day ?? this.today;
    const chosen = await openDialog({
      title: t("web.calendar.to.title", { key: id }), submit: t("web.calendar.to.submit"),
      body: () => html`<talka-input type="date" .label=${t("web.calendar.to.label")} .value=${day} required @input=${(/** @type {any} */ e) => (day = e.currentTarget.value)}></talka-input>`,
      onSubmit: () => {
        if (!day) throw new Error(t("web.calendar.to.missing"));
        return day;
      },
    });
    if (typeof chosen === "string") this.move(id, chosen);
  }

  /** Goes through the tickets. @param {number} by */
  step(by) {
    /** @type {any} */ (this.querySelector("talka-calendar"))?.step(by);
  }

  // showing

  entry(/** @type {any} */ i, /** @type {boolean} */ types) {
    const state = stateLabel(workflowOf(i), i.state);
    const value = valueOf(i, this.chosen);
    const time = this.field && !this.field.day && value ? html`<span class="num cal-time">${timeOf(value, this.zone)}</span>` : nothing;
    const type = types ? html`<span class="card-type" title=${typeLabel(i.type)}>${icon(desk.type(i.type)?.icon || "list")}<span class="visually-hidden">${typeLabel(i.type)}</span></span>` : nothing;
    return {
      id: i.key, title: i.subject, href: this.address(i.key), busy: this.moving.has(i.key), fixed: !this.field || this.field.fixed || !i.can?.edit || !!i.moduleMissing,
      lead: html`<span class="cal-dot ${["critical", "high"].includes(i.priority) && i.stateCategory !== "closed" && i.stateCategory !== "resolved" ? "bad" : tone(i.stateCategory)}" title="${i.key} · ${state}"><span class="visually-hidden">${i.key}, ${state}</span></span>${time}`,
      head: html`${time}${type}<span class="mono">${i.key}</span><span class="grow"></span>${i.assignee ? html`<span class="card-who" title=${i.assignee.displayName}>${avatar(i.assignee.displayName, "small")}<span class="visually-hidden">${i.assignee.displayName}</span></span>` : nothing}`,
      foot: html`${i.moduleMissing ? html`<span class="chip">${icon("gone")}${t("web.missing.short")}</span>` : stateChip(i)}${priorityChip(i)}`,
    };
  }

  bar() {
    const [from, to] = this.range;
    const name = this.shape === "week" ? rangeName(from, to) : monthName(this.at);
    const show = (/** @type {any} */ how) => this.dispatchEvent(new CustomEvent("show", { detail: how }));
    const field = this.field;
    return html`<div class="cal-bar">
      <button type="button" class="btn small" @click=${() => this.turn("")}>${t("web.calendar.today")}</button>
      <button type="button" class="btn quiet square" aria-label=${t("web.calendar.previous")} @click=${() => this.turn(this.beside(-1))}>${icon("left")}</button>
      <button type="button" class="btn quiet square" aria-label=${t("web.calendar.next")} @click=${() => this.turn(this.beside(1))}>${icon("right")}</button>
      <h2 aria-live="polite">${name}</h2><span class="grow"></span>
      ${field && !isBuiltIn(field.key) ? html`<a class="btn quiet small hidden-phone" href=${this.list(`${field.key}:none`)}>${t("web.calendar.without")}</a>` : nothing}
      ${this.chosen ? html`<talka-menu .label=${`${t("web.calendar.by")}: ${fieldLabel(this.chosen)}`} .face=${html`<span class="not-phone">${t("web.calendar.by")}:</span> <span>${fieldLabel(this.chosen)}</span>`}
        .items=${this.fields.map((f) => ({ label: fieldLabel(f.key), checked: f.key === this.chosen, act: () => show({ by: f.key }) }))}></talka-menu>` : nothing}
      ${roomy.matches ? html`<div class="seg" role="group" aria-label=${t("web.calendar.span")}>${SPANS.map((span) => html`<button type="button" class="btn quiet" aria-pressed=${span === this.span ? "true" : "false"}
        @click=${() => span !== this.span && show({ span })}>${t(`web.calendar.span.${span}`)}</button>`)}</div>` : nothing}</div>`;
  }

  render() {
    if (this.problem) return html`${this.bar()}${failure(this.problem, () => this.load())}`;
    if (this.busy && !this.days.length) return html`${this.bar()}${loading(6)}`;
    const types = new Set([...this.tickets.values()].map((i) => i.type)).size > 1;
    const days = this.days.map((d) => ({ day: d.day, more: !!d.next, entries: d.keys.map((key) => this.entry(this.tickets.get(key), types)) }));
    const nothingHere = this.shape === "agenda" && !days.some((d) => d.entries.length);
    return html`${this.bar()}<div class="cal-room" aria-busy=${this.busy ? "true" : "false"}>
      <talka-calendar .label=${this.name} .days=${days} .span=${this.shape} .month=${this.at.slice(0, 7)} .today=${this.today} .said=${this.said} ?fixed=${!!this.field?.fixed}
        @move=${(/** @type {CustomEvent} */ e) => this.move(e.detail.id, e.detail.day)} @other=${(/** @type {CustomEvent} */ e) => this.other(e.detail.id)}
        @more=${(/** @type {CustomEvent} */ e) => this.more(e.detail.day)} @turn=${(/** @type {CustomEvent} */ e) => this.turn(e.detail.day)}></talka-calendar>
      ${nothingHere ? empty({ icon: "calendar", title: t("web.calendar.nothing"), text: t("web.calendar.nothing.text") }) : nothing}</div>`;
  }
}
customElements.define("talka-ticket-calendar", TalkaTicketCalendar);
