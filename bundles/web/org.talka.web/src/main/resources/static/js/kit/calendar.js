// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "./element.js";
import { newId } from "./form.js";
import { icon } from "./icons.js";
import { menuKeys, placeMenu } from "./overlay.js";
import { addDays, addMonths, dayName, dayNumber, dayShort, monthShort, weekdayName } from "../core/days.js";
import { t } from "../core/i18n.js";

/**
 * @typedef {{id: string, title: string, href?: string, lead?: unknown, head?: unknown, foot?: unknown, busy?: boolean, fixed?: boolean}} Entry
 *   `lead` stands before the title where there is little room, `head` and `foot` around it where
 *   there is more; `fixed`: it can't be moved
 * @typedef {{day: string, entries: Entry[], more?: boolean}} Day `more`: there are more than these
 */

/**
 * `<talka-calendar label .days .span="month|week|agenda" .month="2026-03" .today>`: entries on days.
 * Month and week are a grid (ARIA APG) whose rows are weeks, so `days` has to be whole weeks; the
 * agenda is a list of the days on which something is.
 *
 * An entry is moved by drag, by its menu (M) or by Shift with the arrows. The calendar moves nothing
 * by itself: it fires `move` with `{id, day}` and shows what `days` say then, `other` with `{id}` when
 * another day is to be asked for, `more` with `{day}` for the rest of a day, and `turn` with `{day}`
 * when the keyboard goes to a day that is not here. `said` is read aloud.
 */
class TalkaCalendar extends PlainElement {
  static properties = {
    label: {}, days: { attribute: false }, span: {}, month: {}, today: {}, said: {}, fixed: { type: Boolean },
    dragging: { state: true }, over: { state: true }, current: { state: true }, asked: { state: true },
  };
  constructor() {
    super();
    this.label = this.month = this.today = this.said = "";
    this.span = "month";
    /** Nothing in it can be moved. */
    this.fixed = false;
    /** @type {Day[]} */
    this.days = [];
    this.dragging = this.over = "";
    /** The day that is in the order of the Tab key. */
    this.current = "";
    /** The entry whose menu is open. */
    this.asked = "";
    this.id0 = newId();
    /** The entry that is being dragged; `dragging` shows it a moment later, or the browser would drop it. */
    this.held = "";
    /** The entry that the keyboard moved: it keeps the focus in its new place. */
    this.follows = "";
    /** The day that the keyboard went to and that is on its way. */
    this.awaited = "";
  }

  /** @param {string} id @returns {[Day, Entry] | undefined} */
  find(id) {
    for (const day of this.days) {
      const entry = day.entries.find((e) => e.id === id);
      if (entry) return [day, entry];
    }
    return undefined;
  }

  get popup() {
    return /** @type {HTMLElement} */ (this.querySelector(".cal-menu"));
  }

  /** @param {string} id @returns {HTMLElement | null} */
  link(id) {
    return this.querySelector(`li[data-id="${CSS.escape(id)}"] .cal-title`);
  }

  /** @param {string} day @returns {HTMLElement | null} */
  cell(day) {
    return this.querySelector(`[role=gridcell][data-day="${day}"]`);
  }

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    // what the menu belongs to goes with the layout
    if (changed.has("span") && this.hasUpdated && this.popup?.matches(":popover-open")) this.popup.hidePopover();
    const here = (/** @type {string} */ day) => this.days.some((d) => d.day === day);
    if (here(this.current)) return;
    const first = this.days.find((d) => d.day.startsWith(this.month)) ?? this.days[0];
    this.current = here(this.today) ? this.today : (first?.day ?? "");
  }

  updated() {
    if (this.awaited && this.cell(this.awaited)) {
      this.focusDay(this.awaited);
      this.awaited = "";
    }
    const lost = !document.activeElement || document.activeElement === document.body;
    if (this.follows && lost) this.link(this.follows)?.focus();
  }

  /** @param {string} day */
  async focusDay(day) {
    this.current = day;
    await this.updateComplete;
    const cell = this.cell(day);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: "nearest" });
  }

  /** Goes to a day, which may not be here yet. @param {string} day */
  go(day) {
    this.follows = "";
    if (this.cell(day)) {
      this.focusDay(day);
      return;
    }
    this.awaited = this.current = day;
    this.dispatchEvent(new CustomEvent("turn", { detail: { day } }));
  }

  /** Goes through the entries as they stand. @param {number} by */
  step(by) {
    const links = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".cal-title")]);
    if (!links.length) return;
    const i = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const here = links.findIndex((a) => /** @type {HTMLElement} */ (a.closest("[data-day]")).dataset.day === this.current);
    const to = links[i < 0 ? Math.max(0, here) : Math.max(0, Math.min(links.length - 1, i + by))];
    this.follows = "";
    to.focus({ preventScroll: true });
    to.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} id @param {string} day @param {boolean} [follow] whether the focus goes with it */
  move(id, day, follow = false) {
    const found = this.find(id);
    if (!found || found[0].day === day || found[1].busy || found[1].fixed) return;
    this.follows = follow ? id : "";
    if (follow) this.current = day;
    this.dispatchEvent(new CustomEvent("move", { detail: { id, day } }));
  }

  /** @param {KeyboardEvent} e */
  onKey(e) {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    const target = /** @type {HTMLElement} */ (e.target);
    const li = /** @type {HTMLElement | null} */ (target.closest("li[data-id]"));
    const id = li?.dataset.id;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[e.key];
    if (id && step && e.shiftKey) {
      const found = this.find(id);
      if (found) this.move(id, addDays(found[0].day, step), true);
    } else if (id && (e.key.toLowerCase() === "m" || e.key === "ContextMenu" || (e.key === "F10" && e.shiftKey))) {
      this.ask(id, /** @type {HTMLElement} */ (li.querySelector(".cal-more-menu") ?? li));
    } else if (this.span === "agenda") {
      return;
    } else if (target.matches("[role=gridcell]")) {
      if (!this.onDayKey(e, step ?? 0)) return;
    } else if (id && (e.key === "ArrowUp" || e.key === "ArrowDown")) {
      const all = /** @type {HTMLElement[]} */ ([...(li.closest("[data-day]")?.querySelectorAll(".cal-title, .cal-rest") ?? [])]);
      const at = all.findIndex((a) => li.contains(a));
      all[Math.max(0, Math.min(all.length - 1, at + (e.key === "ArrowUp" ? -1 : 1)))]?.focus();
    } else if (e.key === "Escape" && target.closest("[role=gridcell]")) {
      this.focusDay(this.current);
      e.stopPropagation();
    } else return;
    e.preventDefault();
  }

  /** @param {KeyboardEvent} e @param {number} step in days @returns {boolean} whether it was one of ours */
  onDayKey(e, step) {
    if (step && !e.shiftKey) this.go(addDays(this.current, step));
    else if (e.key === "PageUp" || e.key === "PageDown") this.go(this.span === "week" ? addDays(this.current, e.key === "PageUp" ? -7 : 7) : addMonths(this.current, e.key === "PageUp" ? -1 : 1));
    else if (e.key === "Home" || e.key === "End") {
      const at = this.days.findIndex((d) => d.day === this.current);
      this.go(this.days[at - (at % 7) + (e.key === "Home" ? 0 : 6)].day);
    } else if (e.key === "Enter" || e.key === "F2") /** @type {HTMLElement | null} */ (this.cell(this.current)?.querySelector(".cal-title"))?.focus();
    else return false;
    return true;
  }

  /** Opens the menu of an entry. @param {string} id @param {HTMLElement} anchor */
  async ask(id, anchor) {
    const found = this.find(id);
    if (!found || found[1].fixed) return;
    this.asked = id;
    await this.updateComplete;
    placeMenu(this.popup, anchor);
  }

  /** @param {Event} e */
  dayOf(e) {
    return /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (e.target).closest("[data-day]"))?.dataset.day ?? "";
  }

  onDrag(/** @type {DragEvent} */ e) {
    const id = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (e.target).closest?.("li[data-id]"))?.dataset.id;
    if (!id || !e.dataTransfer) return;
    this.held = id;
    e.dataTransfer.setData("text/plain", id);
    e.dataTransfer.effectAllowed = "move";
    setTimeout(() => (this.dragging = this.held));
  }

  onOver(/** @type {DragEvent} */ e) {
    this.over = this.held ? this.dayOf(e) : "";
    if (this.over) e.preventDefault();
  }

  onDrop(/** @type {DragEvent} */ e) {
    const [id, day] = [this.held, this.dayOf(e)];
    this.letGo();
    if (!id || !day) return;
    e.preventDefault();
    this.move(id, day);
  }

  letGo() {
    this.held = this.dragging = this.over = "";
  }

  entry(/** @type {Entry} */ e, /** @type {string} */ day) {
    const tab = this.span === "agenda" || day === this.current ? 0 : -1;
    const small = this.span === "month";
    return html`<li class="cal-entry ${e.busy ? "busy" : ""} ${e.id === this.dragging ? "held" : ""}" data-id=${e.id} draggable=${e.fixed || e.busy ? "false" : "true"} aria-busy=${e.busy ? "true" : nothing}
      @focusin=${() => {
        this.current = day;
        if (this.follows !== e.id) this.follows = "";
      }}>${small ? e.lead ?? nothing : html`<div class="cal-entry-head">${e.head ?? nothing}</div>`}
      <a class="cal-title" href=${e.href ?? nothing} title=${small ? e.title : nothing} draggable="false" tabindex=${tab}>${e.title}</a>
      ${small ? nothing : html`<div class="card-foot">${e.foot ?? nothing}</div>`}
      ${e.fixed ? nothing : html`<button type="button" class="btn quiet square cal-more-menu" tabindex=${tab} aria-haspopup="menu" aria-expanded=${this.asked === e.id ? "true" : "false"}
        aria-label=${t("web.calendar.move", { name: e.id })} @click=${(/** @type {any} */ c) => this.ask(e.id, c.currentTarget)}>${icon("more")}</button>`}</li>`;
  }

  entries(/** @type {Day} */ d) {
    return html`${d.entries.length ? html`<ul role="list">${repeat(d.entries, (e) => e.id, (e) => this.entry(e, d.day))}</ul>` : nothing}
      ${d.more ? html`<button type="button" class="btn quiet small cal-rest" tabindex=${this.span === "agenda" || d.day === this.current ? 0 : -1} aria-label=${t("web.calendar.more", { day: dayShort(d.day) })}
        @click=${() => this.dispatchEvent(new CustomEvent("more", { detail: { day: d.day } }))}>${icon("down")}${t("web.more.rows")}</button>` : nothing}`;
  }

  /** @param {Day} d */
  dayLabel(d) {
    const words = { day: dayName(d.day), n: d.entries.length };
    return d.more ? t("web.calendar.day.more", words) : t("web.calendar.day", words);
  }

  /** How a day looks while an entry is over it. @param {string} day */
  zone(day) {
    return this.dragging && this.over === day && this.find(this.dragging)?.[0].day !== day ? "over" : "";
  }

  grid() {
    const weeks = [];
    for (let i = 0; i < this.days.length; i += 7) weeks.push(this.days.slice(i, i + 7));
    return html`<div class="cal ${this.span}" role="grid" aria-label=${this.label} aria-describedby="${this.id0}h">
      <div role="row" class="cal-heads">${(weeks[0] ?? []).map((d) => html`<span role="columnheader" aria-label=${weekdayName(d.day, "long")}>${weekdayName(d.day, "short")}</span>`)}</div>
      ${weeks.map((week) => html`<div role="row" class="cal-week">${week.map((d) => html`<div role="gridcell" data-day=${d.day} tabindex=${d.day === this.current ? 0 : -1} aria-label=${this.dayLabel(d)}
          aria-current=${d.day === this.today ? "date" : nothing} @focus=${() => (this.current = d.day)}
          class="cal-day ${d.day === this.today ? "today" : ""} ${this.span === "month" && !d.day.startsWith(this.month) ? "outside" : ""} ${this.zone(d.day)}"
          ><span class="cal-number num" aria-hidden="true">${d.day.endsWith("-01") ? html`<span>${monthShort(d.day)} </span>` : nothing}<b>${dayNumber(d.day)}</b></span>${this.entries(d)}</div>`)}</div>`)}</div>`;
  }

  agenda() {
    return html`<div class="cal agenda" role="group" aria-label=${this.label}>${repeat(this.days.filter((d) => d.entries.length), (d) => d.day, (d) => html`
      <section class="cal-date ${d.day === this.today ? "today" : ""} ${this.zone(d.day)}" data-day=${d.day}><h2 aria-current=${d.day === this.today ? "date" : nothing}>${dayName(d.day)}</h2>${this.entries(d)}</section>`)}</div>`;
  }

  render() {
    const found = this.find(this.asked);
    const day = found?.[0].day ?? "";
    /** @type {[string, string][]} */
    const choices = day ? [[t("web.calendar.to.today"), this.today], [t("web.calendar.to.dayBefore"), addDays(day, -1)], [t("web.calendar.to.dayAfter"), addDays(day, 1)],
      [t("web.calendar.to.weekBefore"), addDays(day, -7)], [t("web.calendar.to.weekAfter"), addDays(day, 7)]] : [];
    const pick = (/** @type {(id: string) => void} */ act) => () => {
      const id = this.asked;
      this.popup.hidePopover();
      this.link(id)?.focus();
      act(id);
    };
    return html`<p class="visually-hidden" id="${this.id0}h">${t(this.fixed ? "web.calendar.help.fixed" : "web.calendar.help")}</p><p class="visually-hidden" role="status">${this.said}</p>
      <div @keydown=${(/** @type {KeyboardEvent} */ e) => this.onKey(e)} @dragstart=${(/** @type {DragEvent} */ e) => this.onDrag(e)} @dragover=${(/** @type {DragEvent} */ e) => this.onOver(e)}
        @drop=${(/** @type {DragEvent} */ e) => this.onDrop(e)} @dragend=${() => this.letGo()}>${this.span === "agenda" ? this.agenda() : this.grid()}</div>
      <div class="menu cal-menu" popover role="menu" aria-label=${t("web.calendar.moveTo")} @toggle=${(/** @type {any} */ e) => e.newState === "closed" && (this.asked = "")}
        @keydown=${(/** @type {KeyboardEvent} */ e) => menuKeys(e, this.popup, () => this.link(this.asked)?.focus())}>
        ${choices.filter(([, to]) => to !== day).map(([words, to]) => html`<button type="button" role="menuitem" tabindex="-1"
          @click=${pick((id) => this.move(id, to, true))}>${icon("arrow")}<span>${words}</span><span class="faint">${dayShort(to)}</span></button>`)}
        ${day ? html`<button type="button" role="menuitem" tabindex="-1" @click=${pick((id) => this.dispatchEvent(new CustomEvent("other", { detail: { id } })))}>${icon("calendar")}<span>${t("web.calendar.to.other")}</span></button>` : nothing}</div>`;
  }
}
customElements.define("talka-calendar", TalkaCalendar);
