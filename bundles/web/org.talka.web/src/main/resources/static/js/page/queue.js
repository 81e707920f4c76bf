// SPDX-License-Identifier: Apache-2.0
/** A queue: the list that stays, and the ticket beside it. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { enc, get, query } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { isDay } from "../core/days.js";
import { desk } from "../core/desk.js";
import { priorityChip, stateChip, typeLabel } from "../core/fields.js";
import { t } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { conditionsOf, FACETS, toQuery } from "../core/conditions.js";
import { recent, recentSearches, rememberSearch } from "../core/recent.js";
import { go, rename } from "../core/router.js";
import { isRead, markRead } from "../core/seen.js";
import { shortcut } from "../core/shortcuts.js";
import { keepShown, shownAs } from "../core/shown.js";
import { views } from "../core/views.js";
import { queues, typeQueues } from "../core/workspace.js";
import { toast, toastProblem } from "../kit/overlay.js";
import { cell, columnLabel, COLUMNS, keepWidth, SORTABLE, tracks, widthOf } from "./columns.js";

const PAGE = 50;
const SORTS = ["-updatedAt", "-createdAt", "createdAt", "-priority"];
const BY = ["state", "category", "priority", "assignee"];
const WAYS = ["list", "board", "calendar"];
const SPANS = ["month", "week", "agenda"];
const LANES = ["", "assignee", "team", "priority", "type"];
const DENSITY = "talka.density";
const wide = matchMedia("(min-width: 1000px)");

/** The page of a ticket comes when one is opened or near: nobody waits for it to see a list. */
const ticketPage = () => import("./ticket.js");
const near = () => {
  // whoever opens one is told
  ticketPage().catch(() => {});
};

/** What can be asked of a query in the making: a phrase ends where the text ends, an empty one is none. */
const written = (/** @type {string} */ text) => {
  if ((text.match(/"/g)?.length ?? 0) % 2 === 0) return text;
  return text.endsWith('"') ? text.replace(/\S*"$/, "").trim() : `${text}"`;
};

class TalkaQueue extends PlainElement {
  static properties = {
    queue: {}, selected: {}, search: {}, heading: {}, fixed: { attribute: false },
    items: { state: true }, next: { state: true }, problem: { state: true }, busy: { state: true },
    sort: { state: true }, filter: { state: true }, columns: { state: true },
    chosen: { state: true }, everything: { state: true }, fresh: { state: true }, cursor: { state: true },
    as: { state: true }, by: { state: true }, lanes: { state: true }, byShown: { state: true }, span: { state: true }, day: { state: true },
  };
  constructor() {
    super();
    this.queue = this.selected = this.search = this.heading = "";
    /** @type {any} */
    this.fixed = null;
    /** @type {any[]} */
    this.items = [];
    /** @type {string | null} */
    this.next = null;
    /** @type {any} */
    this.problem = null;
    this.busy = true;
    this.sort = "-updatedAt";
    this.filter = "";
    /** One of {@link WAYS}; what the board's columns and lanes stand for, or by what date the calendar is. */
    this.as = "list";
    this.by = this.lanes = "";
    /** How much the calendar shows, and around which day; today when it is none. */
    this.span = "month";
    this.day = "";
    /** What the columns stand for when nobody chose. */
    this.byShown = "";
    /** @type {string[]} */
    this.columns = COLUMNS;
    /** The tickets that are chosen for a change of many. @type {Set<string>} */
    this.chosen = new Set();
    /** Whether all are chosen that the query finds, the ones not read yet too. */
    this.everything = false;
    this.fresh = 0;
    this.cursor = "";
    /** @type {AbortController | undefined} */
    this.running = undefined;
    this.changedKeys = new Set();
    this.timer = 0;
    this.lookTimer = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    const redraw = () => this.requestUpdate();
    wide.addEventListener("change", redraw);
    this.until(
      () => wide.removeEventListener("change", redraw),
      onLive("ticket", (e) => this.live(e)),
      shortcut("j", "web.keys.down", () => this.move(1), "web.keys.list"),
      shortcut("k", "web.keys.up", () => this.move(-1), "web.keys.list"),
      shortcut("Enter", "web.keys.open", () => this.cursor && this.openTicket(this.cursor), "web.keys.list"),
      shortcut("x", "web.keys.choose", () => this.mayChoose && this.cursor && this.choose(this.cursor), "web.keys.list"),
      shortcut("b", "web.keys.bulk", () => this.chosen.size && this.changeChosen(), "web.keys.list"),
      shortcut("v", "web.keys.board", () => this.mayBoard && this.show({ as: WAYS[(WAYS.indexOf(this.as) + 1) % WAYS.length] }), "web.keys.list"),
      shortcut("Escape", "web.keys.back", () => this.selected ? go(this.address("")) : this.chooseNone(), "web.keys.list"),
    );
    this.follow(desk, "types", "contributions");
    desk.addEventListener("contributions", this.kinds);
    this.until(() => desk.removeEventListener("contributions", this.kinds));
    this.kinds();
    // a view that is opened by its address is known a moment later, and somebody may change it
    const viewsChanged = () => {
      if (this.takeState()) this.load();
      this.requestUpdate();
    };
    views.addEventListener("views", viewsChanged);
    this.until(() => views.removeEventListener("views", viewsChanged));
  }

  /** Cells of modules that are bound to a kind of field need to know what kind each is. */
  kinds = () => {
    if (desk.at("list.cell").some((c) => c.view?.kind)) desk.fields().then(() => this.requestUpdate(), () => {});
  };

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("queue")) {
      clearTimeout(this.typing);
      this.typing = undefined;
    }
    if (changed.has("queue") || changed.has("search") || changed.has("fixed")) {
      if (this.takeState() || changed.has("queue")) this.load();
      // a board that was remembered has its address all the same
      if (this.as !== "list" && !new URLSearchParams(this.search).has("as") && this.definition) this.keepState();
    }
    if (changed.has("selected") && this.selected) {
      this.cursor = this.selected;
      ticketPage().catch((problem) => (this.problem = problem));
    }
  }

  /** What the list is, from the address and from what the queue is by itself. Whether it is another list now. */
  takeState() {
    const asked = new URLSearchParams(this.search);
    const own = /** @type {any} */ (this.definition ?? {});
    // what is being typed is not in the address yet
    if (this.typing === undefined) this.filter = asked.get("q") ?? "";
    this.sort = asked.get("sort") ?? own.sort ?? "-updatedAt";
    const columns = asked.get("cols")?.split(",").filter(Boolean) ?? own.columns ?? [];
    this.columns = columns.length ? columns : COLUMNS;
    this.facets = Object.fromEntries(this.queue === "search" ? FACETS.map((f) => [f, asked.get(f)?.split(",").filter(Boolean) ?? []]) : []);
    const kept = shownAs(this.queue);
    const as = asked.get("as") ?? kept.as ?? "";
    this.as = this.mayBoard && WAYS.includes(as) ? as : "list";
    this.by = asked.get("by") ?? (this.as === "calendar" ? kept.on : kept.by) ?? "";
    this.lanes = asked.get("lanes") ?? kept.lanes ?? "";
    const span = asked.get("span") ?? kept.span ?? "";
    this.span = SPANS.includes(span) ? span : "month";
    this.day = isDay(asked.get("day") ?? "") ? (asked.get("day") ?? "") : "";
    if (this.as === "board") import("./board.js").catch((problem) => (this.problem = problem));
    if (this.as === "calendar") import("./calendar.js").catch((problem) => (this.problem = problem));
    const other = this.listName !== this.taken;
    this.taken = this.listName;
    return other;
  }
  taken = "";
  /** What a search is narrowed down to. @type {Record<string, string[]>} */
  facets = {};
  /** A search is remembered when nobody types any more. */
  rememberTimer = 0;

  /** Whether a search has nothing to look for yet. */
  get idle() {
    return this.queue === "search" && !this.filter.trim() && !conditionsOf(this.facets).length;
  }

  /** What list it is, to see whether it is another one now. */
  get listName() {
    return JSON.stringify([this.queue, this.q, this.sort, this.as]);
  }

  /** Whether the list can be shown as a board or a calendar. */
  get mayBoard() {
    return this.queue !== "search";
  }

  /** Shows the list otherwise, and remembers it. @param {import("../core/shown.js").Shown & {day?: string}} how */
  show(how) {
    const kept = shownAs(this.queue);
    const turned = how.as !== undefined && how.as !== this.as;
    Object.assign(this, how);
    if (turned) this.by = (this.as === "calendar" ? kept.on : kept.by) ?? "";
    const what = this.as === "calendar" ? { on: this.by, span: this.span } : { by: this.by, lanes: this.lanes };
    keepShown(this.queue, { ...kept, as: this.as, ...what });
    // one step back leaves the calendar, however far somebody turned its pages
    go(this.address(how.as ? "" : this.selected), { replace: how.day !== undefined });
  }

  /** What the address says beside the path: only what differs from the queue's own. */
  get tail() {
    const shown = this.as === "board" ? { as: "board", by: this.by || undefined, lanes: this.lanes || undefined }
      : this.as === "calendar" ? { as: "calendar", by: this.by || undefined, span: this.span === "month" ? undefined : this.span, day: this.day || undefined }
      : (shownAs(this.queue).as ?? "list") !== "list" ? { as: "list" } : {};
    return query({ ...this.difference, ...shown });
  }

  /** How the list differs from the queue's own. */
  get difference() {
    const own = /** @type {any} */ (this.definition ?? {});
    const columns = own.columns?.length ? own.columns : COLUMNS;
    return {
      q: this.filter || undefined,
      sort: this.sort === (own.sort ?? "-updatedAt") ? undefined : this.sort,
      cols: this.columns.join() === columns.join() ? undefined : this.columns.join(),
      ...Object.fromEntries(Object.entries(this.facets).map(([f, values]) => [f, values.join() || undefined])),
    };
  }

  /** Puts the list's state into the address. */
  keepState() {
    this.search = this.tail;
    rename(this.address(this.selected));
    this.taken = this.listName;
  }

  setSort(/** @type {string} */ sort) {
    this.sort = sort;
    this.keepState();
    this.load();
  }

  /** The saved view that this list is. */
  get view() {
    return this.queue.startsWith("view-") ? views.find(this.queue.slice(5)) : undefined;
  }

  get asTable() {
    return wide.matches && !this.selected;
  }

  updated() {
    const end = this.querySelector(".more-rows");
    if (end && end !== this.watched) {
      this.observer?.disconnect();
      this.observer = new IntersectionObserver((e) => e[0].isIntersecting && this.more(), {
        root: this.querySelector(".rows"), rootMargin: "900px",
      });
      this.observer.observe(end);
    }
    this.watched = end;
    const grid = /** @type {HTMLElement | null} */ (this.querySelector(".grid"));
    if (grid) this.lay(grid);
  }

  /** Sizes go around the style attribute, which the page's policy forbids. */
  lay(/** @type {HTMLElement} */ grid) {
    const { sizes, least } = tracks(this.columns);
    grid.style.setProperty("--cols", this.mayChoose ? `34px ${sizes}` : sizes);
    grid.style.setProperty("--least", `${least + (this.mayChoose ? 66 : 32)}px`);
  }

  /** @returns {{q: string, label: string, sort?: string, columns?: string[]} | undefined} */
  get definition() {
    if (this.queue.startsWith("view-")) return this.view && { ...this.view, label: this.view.name };
    if (this.fixed) return { q: this.fixed.q, label: this.heading, sort: this.fixed.sort };
    if (this.queue === "search") return { q: "", label: t("web.search.title") };
    return [...queues(), ...typeQueues()].find((q) => q.id === this.queue);
  }

  /** The type that a new ticket of this list has, if it is about one. */
  get creates() {
    const key = this.fixed ? (this.fixed.create ?? "") : this.queue.startsWith("type-") ? this.queue.slice(5) : "";
    return desk.type(key) ? key : "";
  }

  get q() {
    const base = this.queue === "search" ? toQuery(conditionsOf(this.facets)) : (this.definition?.q ?? "");
    const own = written(this.filter.trim());
    if (!own) return base;
    return base ? `(${base}) AND (${own})` : own;
  }

  /** The address of this list with a ticket open in it. */
  address(/** @type {string} */ key) {
    const tail = (key ? `/${enc(key)}` : "") + this.tail;
    if (this.queue === "search") return `/app/search${tail}`;
    if (this.view) return `/app/view/${this.view.id}${tail}`;
    if (this.fixed) return `/app/${this.queue.replace(":", "/")}${tail}`;
    return `/app/queue/${this.queue}${tail}`;
  }

  page(/** @type {string | undefined} */ after, limit = PAGE) {
    return get(`/tickets${query({ q: this.q, sort: this.sort, limit, after })}`, this.running?.signal);
  }

  get mayChoose() {
    return desk.can("ticket:update") && this.as === "list";
  }

  choose(/** @type {string} */ key, on = !this.chosen.has(key)) {
    this.everything = false;
    this.chosen = new Set(on ? [...this.chosen, key] : [...this.chosen].filter((k) => k !== key));
  }

  chooseNone() {
    this.everything = false;
    if (this.chosen.size) this.chosen = new Set();
  }

  /** All that are shown; the query's others are offered afterwards. */
  chooseShown(/** @type {boolean} */ on) {
    this.everything = false;
    this.chosen = new Set(on ? this.items.map((i) => i.key) : []);
  }

  async changeChosen() {
    const tickets = this.items.filter((i) => this.chosen.has(i.key));
    try {
      const { changeMany } = await import("./bulk.js");
      if (!(await changeMany(tickets, this.everything ? this.q : null))) return;
      this.chooseNone();
      this.load();
    } catch (problem) {
      toastProblem(problem);
    }
  }

  bulkBar() {
    if (!this.chosen.size) return nothing;
    const all = this.items.every((i) => this.chosen.has(i.key));
    return html`<div class="bulk-bar" role="region" aria-label=${t("web.bulk.region")}>
      <span role="status">${this.everything ? t("web.bulk.everything") : t("web.bulk.chosen", { n: this.chosen.size })}</span>
      ${all && this.next && !this.everything ? html`<button class="linkish" @click=${() => (this.everything = true)}>${t("web.bulk.chooseAll")}</button>` : nothing}
      <span class="grow"></span><button class="btn quiet" @click=${() => this.chooseNone()}>${t("web.bulk.chooseNone")}</button>
      <button class="btn primary" @click=${() => this.changeChosen()}>${icon("edit")}${t("web.bulk.change")}</button></div>`;
  }

  async load() {
    this.chooseNone();
    if (this.queue.startsWith("view-") && !this.view && !views.loaded) return;
    this.running?.abort();
    const running = (this.running = new AbortController());
    clearTimeout(this.rememberTimer);
    if (this.idle) {
      this.busy = false;
      this.problem = this.next = null;
      this.items = [];
      return;
    }
    this.problem = null;
    this.fresh = 0;
    setTitle(this.definition?.label ?? t("web.nav.queues"));
    // board and calendar read what they show themselves
    this.busy = this.as === "list";
    if (!this.busy) {
      this.items = [];
      this.next = null;
      return;
    }
    try {
      const page = await this.page(undefined);
      if (running.signal.aborted) return;
      this.items = page.items;
      this.next = page.next;
      this.busy = false;
      this.querySelector(".rows")?.scrollTo(0, 0);
      // where nothing hovers over a row before it is opened
      setTimeout(near, 1500);
      if (this.queue === "search" && this.filter.trim()) this.rememberTimer = setTimeout(() => this.rememberSearch(), 2000);
    } catch (problem) {
      if (running.signal.aborted) return;
      this.busy = false;
      this.problem = problem;
      // a query in the making: keep what is there and say what is wrong with it
      if (/** @type {any} */ (problem).status !== 400) this.items = [];
    }
  }

  rememberSearch() {
    rememberSearch({ text: this.filter.trim(), tail: this.tail });
  }

  async more() {
    if (!this.next || this.loadingMore) return;
    this.loadingMore = true;
    try {
      const page = await this.page(this.next);
      const known = new Set(this.items.map((i) => i.key));
      this.items = [...this.items, ...page.items.filter((/** @type {any} */ i) => !known.has(i.key))];
      this.next = page.next;
    } catch {
      this.next = null;
    } finally {
      this.loadingMore = false;
    }
  }

  /** A ticket changed somewhere: rows change in place, new ones wait behind a notice, nothing jumps. */
  live(/** @type {any} */ e) {
    if (!e.key || this.as !== "list") return;
    this.changedKeys.add(e.key);
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      const keys = [...this.changedKeys];
      this.changedKeys.clear();
      const shown = new Map(this.items.map((i) => [i.key, i]));
      const here = keys.filter((k) => shown.has(k)).slice(0, 20);
      for (const key of here) {
        try {
          shown.set(key, await get(`/tickets/${enc(key)}`));
        } catch (problem) {
          if (/** @type {any} */ (problem).status === 404) shown.delete(key);
        }
      }
      if (here.length) this.items = this.items.flatMap((i) => shown.get(i.key) ?? []);
      if (keys.some((k) => !shown.has(k))) this.look();
    }, 250);
  }

  /** How many tickets belong in front that are not shown. */
  look() {
    clearTimeout(this.lookTimer);
    this.lookTimer = setTimeout(async () => {
      try {
        const page = await this.page(undefined, 20);
        const known = new Set(this.items.map((i) => i.key));
        const last = this.items.length ? this.items[this.items.length - 1] : null;
        const come = page.items.filter((/** @type {any} */ i) => !known.has(i.key));
        if (!last) this.items = page.items;
        else this.fresh = come.length;
      } catch {
        // the next event looks again
      }
    }, 600);
  }

  move(/** @type {number} */ step) {
    if (this.as === "board") /** @type {any} */ (this.querySelector("talka-board"))?.step(0, step);
    if (this.as === "calendar") /** @type {any} */ (this.querySelector("talka-ticket-calendar"))?.step(step);
    if (!this.items.length) return;
    const i = this.items.findIndex((x) => x.key === this.cursor);
    const next = this.items[Math.max(0, Math.min(this.items.length - 1, i < 0 ? 0 : i + step))];
    this.cursor = next.key;
    if (this.selected && wide.matches) go(this.address(next.key), { replace: true });
    this.updateComplete.then(() => {
      const row = /** @type {HTMLElement | null} */ (this.querySelector(`a[data-key="${CSS.escape(next.key)}"]`));
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: "nearest" });
    });
  }

  openTicket(/** @type {string} */ key) {
    this.cursor = key;
    go(this.address(key));
  }

  setFilter(/** @type {string} */ text) {
    this.filter = text;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.askNow(), 250);
  }
  askNow() {
    clearTimeout(this.typing);
    this.typing = undefined;
    this.keepState();
    this.load();
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  typing;
  loadingMore = false;
  /** @type {Element | null} */
  watched = null;
  /** @type {IntersectionObserver | undefined} */
  observer;

  row(/** @type {any} */ i) {
    const on = i.key === this.selected;
    const who = i.assignee?.displayName ?? i.team?.name ?? "";
    return html`<li><a class="row ${on ? "on" : ""} ${isRead(i) && !on ? "read" : ""} ${this.chosen.has(i.key) ? "chosen" : ""}" data-key=${i.key} href=${this.address(i.key)}
      aria-current=${on ? "true" : nothing} @focus=${() => (this.cursor = i.key)}>
      <span class="t">${i.subject}</span><talka-time class="age num" .at=${i.updatedAt} short></talka-time>
      <span class="meta"><span class="mono">${i.key}</span>${stateChip(i)}${i.moduleMissing ? html`<span class="chip">${icon("gone")}${t("web.missing.short")}</span>` : priorityChip(i)}<span class="who">${who || t("web.nobody")}</span></span></a></li>`;
  }

  /** A row of the table: all of it opens the ticket, what it says is in cells. */
  gridRow(/** @type {any} */ i) {
    return html`<div role="row" class="row ${isRead(i) ? "read" : ""} ${i.key === this.cursor ? "at" : ""} ${this.chosen.has(i.key) ? "chosen" : ""}" @focusin=${() => (this.cursor = i.key)}>
      ${this.mayChoose ? html`<span role="cell" class="c-check"><label><input type="checkbox" .checked=${this.chosen.has(i.key)} aria-label=${t("web.bulk.choose", { key: i.key })}
        @change=${(/** @type {any} */ e) => this.choose(i.key, e.target.checked)}></label></span>` : nothing}
      ${this.columns.map((key) => html`<span role="cell" class="c-${key}">${cell(i, key, this.address(i.key))}</span>`)}</div>`;
  }

  grid() {
    const [field, down] = [this.sort.replace("-", ""), this.sort.startsWith("-")];
    return html`<div class="grid" role="table" aria-label=${this.definition?.label ?? ""}>
      <div role="rowgroup" class="heads"><div role="row">${this.mayChoose ? html`<span role="columnheader" class="c-check"><label><input type="checkbox"
        aria-label=${t("web.bulk.chooseShown")} .checked=${this.items.every((i) => this.chosen.has(i.key))} .indeterminate=${this.chosen.size > 0 && !this.items.every((i) => this.chosen.has(i.key))}
        @change=${(/** @type {any} */ e) => this.chooseShown(e.target.checked)}></label></span>` : nothing}${this.columns.map((key) => html`<span role="columnheader"
        aria-sort=${SORTABLE.includes(key) ? (key === field ? (down ? "descending" : "ascending") : "none") : nothing}>
        ${SORTABLE.includes(key) ? html`<button class="sorter ${key === field ? "on" : ""}" @click=${() => this.setSort(key === field && down ? key : `-${key}`)}>
          <span class="cut">${columnLabel(key)}</span>${key === field ? icon(down ? "down" : "up") : nothing}</button>` : html`<span class="cut">${columnLabel(key)}</span>`}
        ${key === "subject" ? nothing : this.handle(key)}</span>`)}</div></div>
      <div role="rowgroup">${repeat(this.items, (i) => i.key, (i) => this.gridRow(i))}</div></div>`;
  }

  /** The edge of a column, moved by pointer or by the arrow keys. */
  handle(/** @type {string} */ key) {
    const to = (/** @type {HTMLElement} */ e, /** @type {number} */ width) => {
      e.setAttribute("aria-valuenow", String(keepWidth(key, width)));
      this.lay(/** @type {HTMLElement} */ (e.closest(".grid")));
    };
    return html`<span class="handle" role="separator" tabindex="0" aria-orientation="vertical" aria-label=${t("web.column.width", { name: columnLabel(key) })}
      aria-valuemin="56" aria-valuemax="480" aria-valuenow=${widthOf(key)}
      @keydown=${(/** @type {KeyboardEvent} */ e) => {
        const step = { ArrowLeft: -16, ArrowRight: 16 }[e.key];
        if (!step) return;
        e.preventDefault();
        to(/** @type {HTMLElement} */ (e.currentTarget), widthOf(key) + step);
      }}
      @pointerdown=${(/** @type {PointerEvent} */ e) => {
        e.preventDefault();
        const edge = /** @type {HTMLElement} */ (e.currentTarget);
        const [from, width] = [e.clientX, widthOf(key)];
        edge.setPointerCapture(e.pointerId);
        edge.onpointermove = (m) => to(edge, width + m.clientX - from);
        edge.onpointerup = edge.onpointercancel = () => (edge.onpointermove = null);
      }}></span>`;
  }

  get dense() {
    return localStorage.getItem(DENSITY) === "dense";
  }

  get sortName() {
    return SORTS.includes(this.sort) ? t(`web.sort.${this.sort}`) : columnLabel(this.sort.replace("-", ""));
  }

  /** What can be done with the list as such. */
  options() {
    const view = this.view;
    const changed = Object.values(this.difference).some((v) => v !== undefined);
    const save = async (/** @type {any} */ of, name = undefined) => {
      try {
        const { editView } = await import("./view-editor.js");
        const saved = await editView({ view: of, q: this.q, sort: this.sort, columns: this.columns, name });
        if (!saved) return;
        toast(t("web.view.saved", { name: saved.name }));
        go(`/app/view/${saved.id}`);
      } catch (problem) {
        toastProblem(problem);
      }
    };
    return [
      ...(view?.canChange ? [{ label: changed ? t("web.view.saveChanges") : t("web.view.edit"), icon: "edit", act: () => save(view) }] : []),
      ...(desk.can("ticket:update") ? [{ label: t("web.view.saveAs"), icon: "plus", act: () => save(undefined) }] : []),
      ...(view?.canChange ? [{ label: t("web.view.removeThis"), icon: "close", danger: true, act: async () => {
        try {
          const { removeView } = await import("./view-editor.js");
          if (await removeView(view)) go("/app/queue/open");
        } catch (problem) {
          toastProblem(problem);
        }
      } }] : []),
      ...(wide.matches ? [null, ...["roomy", "dense"].map((d) => ({ label: t(`web.density.${d}`), checked: (d === "dense") === this.dense, act: () => {
        if (d === "dense") localStorage.setItem(DENSITY, d);
        else localStorage.removeItem(DENSITY);
        this.requestUpdate();
      } }))] : []),
    ];
  }

  /** The switch between list, board and calendar, and what the board shows. */
  ways() {
    if (!this.mayBoard) return nothing;
    const by = this.by || this.byShown;
    const menu = (/** @type {string} */ label, /** @type {string} */ now, /** @type {any[]} */ items) =>
      html`<talka-menu .label=${`${label}: ${now}`} .face=${html`<span class="not-phone">${label}:</span> <span>${now}</span>`} .items=${items}></talka-menu>`;
    return html`${this.as === "board" ? html`${menu(t("web.board.columns"), by ? t(`web.board.by.${by}`) : "…", BY.map((key) => ({
        label: t(`web.board.by.${key}`), checked: key === by, act: () => this.show({ by: key }) })))}
      ${menu(t("web.board.lanes"), t(`web.board.lanes.${this.lanes || "none"}`), LANES.map((key) => ({
        label: t(`web.board.lanes.${key || "none"}`), checked: key === this.lanes, act: () => this.show({ lanes: key }) })))}` : nothing}
      <div class="seg" role="group" aria-label=${t("web.board.as")}>${WAYS.map((as) => html`<button class="btn quiet square" aria-pressed=${as === this.as ? "true" : "false"}
        aria-label=${t(`web.board.as.${as}`)} title=${t(`web.board.as.${as}`)} @click=${() => as !== this.as && this.show({ as })}>${icon(as)}</button>`)}</div>`;
  }

  list() {
    const definition = this.definition;
    if (!definition && this.queue.startsWith("view-") && !views.loaded) return html`<div class="rows">${loading(8)}</div>`;
    if (!definition) return html`<div class="rows">${failure({ status: 404, message: t("web.error.page") })}</div>`;
    const bad = this.problem?.status === 400 ? this.problem.message : "";
    return html`<div class="listhead">
        <h1>${definition.label}</h1><span class="grow"></span>
        ${this.creates ? html`<a class="btn small" href="/app/new/${this.creates}">${icon("plus")}${typeLabel(this.creates)}</a>` : nothing}
        ${this.ways()}
        ${this.as === "calendar" ? nothing : html`<talka-menu .label=${`${t("web.sort")}: ${this.sortName}`} .face=${html`${icon("sort")}<span>${this.sortName}</span>`} .items=${SORTS.map((s) => ({
          label: t(`web.sort.${s}`), checked: s === this.sort, act: () => this.setSort(s) }))}></talka-menu>`}
        <talka-menu .label=${t("web.view.options")} .face=${icon("more")} .items=${this.options()}></talka-menu>
        <div class="filter"><label class="visually-hidden" for="q">${t("web.query.label")}</label>${icon("search")}
          <input id="q" class="control" type="search" spellcheck="false" autocomplete="off" .value=${this.filter} placeholder=${t("web.query.hint")}
            aria-invalid=${bad ? "true" : nothing} aria-describedby=${bad ? "q-error" : nothing}
            @input=${(/** @type {any} */ e) => this.setFilter(e.target.value)} @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Enter" && this.askNow()}></div>
        ${bad ? html`<p class="error" id="q-error" role="alert">${icon("warn")}${bad}</p>` : nothing}
      </div>
      ${this.fresh ? html`<button class="fresh" @click=${() => this.load()}>${icon("bell")}${t("web.list.fresh", { n: this.fresh })}</button>` : nothing}
      <div class="rows" aria-busy=${this.busy ? "true" : "false"}>
        ${this.found()}
        ${this.as === "board" ? html`<talka-ticket-board .q=${this.q} .sort=${this.sort} .by=${this.by} .lanes=${this.lanes} .name=${definition.label}
            .address=${(/** @type {string} */ key) => this.address(key)} @shown=${(/** @type {CustomEvent} */ e) => (this.byShown = e.detail)}></talka-ticket-board>`
          : this.as === "calendar" ? html`<talka-ticket-calendar .q=${this.q} .by=${this.by} .span=${this.span} .day=${this.day} .name=${definition.label}
            .address=${(/** @type {string} */ key) => this.address(key)} .list=${(/** @type {string} */ condition) => `/app/search${query({ q: this.q ? `(${this.q}) AND ${condition}` : condition })}`}
            @show=${(/** @type {CustomEvent} */ e) => this.show(e.detail)}></talka-ticket-calendar>`
          : this.problem && !bad ? failure(this.problem, () => this.load())
          : this.idle ? this.lately()
          : this.busy && !this.items.length ? loading(8)
          : this.items.length ? html`${this.asTable ? this.grid() : html`<ul>${repeat(this.items, (i) => i.key, (i) => this.row(i))}</ul>`}
            ${this.next ? html`<div class="more-rows" aria-hidden="true"></div>` : html`<p class="end faint">${t("web.list.end", { n: this.items.length })}</p>`}`
          : bad ? nothing
          : empty(this.filter ? { icon: "search", title: t("web.list.nothing"), text: t("web.query.help") }
            : { icon: "check", title: t("web.list.empty"), text: t("web.list.empty.text"),
                action: html`<a class="btn" href="/app/new/${this.creates}">${t("web.new")}</a>` })}
      </div>${this.bulkBar()}`;
  }

  /** What modules find for the words that are searched for, above the tickets. */
  found() {
    const text = this.filter.trim();
    if (this.queue !== "search" || !text) return nothing;
    return desk.at("search.result").map((item) => html`<talka-contribution .item=${item} .extra=${{ text }}></talka-contribution>`);
  }

  /** Before anything is searched for: what was looked for and at lately. */
  lately() {
    const [searches, tickets] = [recentSearches().slice(0, 6), recent().slice(0, 6)];
    return html`${empty({ icon: "search", title: t("web.search.start"), text: t("web.query.help") })}<div class="lately">
      ${searches.length ? html`<section><h2>${t("web.search.searched")}</h2><ul class="lines">${searches.map((s) => html`<li><a class="line" href="/app/search${s.tail}"><span class="line-t">${s.text}</span></a></li>`)}</ul></section>` : nothing}
      ${tickets.length ? html`<section><h2>${t("web.search.viewed")}</h2><ul class="lines">${tickets.map((r) => html`<li><a class="line" href="/app/ticket/${enc(r.key)}"><span class="line-t">${r.subject}</span><span class="line-m mono">${r.key}</span></a></li>`)}</ul></section>` : nothing}</div>`;
  }

  render() {
    const faceted = this.queue === "search" && !this.selected;
    return html`<main id="main" class="split ${faceted ? "faceted" : ""} ${this.as === "list" ? "" : "boarded"} ${this.selected ? "has-ticket" : "alone"} ${this.dense ? "dense" : ""}">
      ${faceted ? html`<aside class="facet-side" aria-label=${t("web.facet.title")}><talka-facets .q=${this.filter} .chosen=${this.facets} @choose=${(/** @type {CustomEvent} */ e) => {
        this.facets = e.detail;
        this.keepState();
        this.load();
      }}></talka-facets></aside>` : nothing}
      <section class="list" aria-label=${this.definition?.label ?? ""} @pointerover=${near} @focusin=${near}>${this.list()}</section>
      ${this.selected ? html`<div class="beside"><talka-ticket .key=${this.selected} .back=${this.address("")}
          @read=${(/** @type {CustomEvent} */ e) => {
            markRead(e.detail);
            const i = this.items.findIndex((x) => x.key === e.detail.key);
            if (i >= 0) this.items = this.items.with ? this.items.with(i, e.detail) : this.items.map((x, n) => (n === i ? e.detail : x));
          }}></talka-ticket></div>` : nothing}</main>`;
  }
}
customElements.define("talka-queue", TalkaQueue);
