// SPDX-License-Identifier: Apache-2.0
/** A list of tickets as a board: each column is a list of its own; moving a card changes its ticket. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import "../kit/board.js";
import { icon } from "../kit/icons.js";
import { openDialog, toast, toastProblem } from "../kit/overlay.js";
import { avatar, failure, loading } from "../kit/small.js";
import { enc, get, patch, query } from "../core/api.js";
import { desk } from "../core/desk.js";
import { optionLabel, priorityChip, stateChip, stateLabel, typeLabel, workflowOf } from "../core/fields.js";
import { currentLanguage, formatNumber, t } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { pass } from "../core/passage.js";

const PAGE = 25;
const PRIORITIES = ["critical", "high", "medium", "low", "planning"];
/** How long changes are gathered before they are shown, and how long counts rest. */
const SOON = 250;
const REST = 1500;

class TalkaTicketBoard extends PlainElement {
  static properties = {
    q: {}, sort: {}, by: {}, lanes: {}, name: {}, selected: {}, address: { attribute: false },
    columns: { state: true }, problem: { state: true }, busy: { state: true }, said: { state: true },
  };
  constructor() {
    super();
    this.q = this.sort = this.by = this.lanes = this.name = this.selected = this.said = "";
    /** @type {(key: string) => string} */
    this.address = (key) => `/app/ticket/${enc(key)}`;
    /** Columns as the server gave them; `keys` are the tickets that are here. @type {any[]} */
    this.columns = [];
    /** @type {Map<string, any>} */
    this.tickets = new Map();
    /** Tickets on their way: what is told of them meanwhile is not shown. @type {Set<string>} */
    this.moving = new Set();
    /** @type {any} */
    this.problem = null;
    this.busy = true;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    /** @type {Set<string>} */
    this.changed = new Set();
    this.timer = this.countTimer = 0;
    /** What the columns stand for; the server chooses when nobody did. */
    this.chosen = "";
    /** Where each type's tickets can go from a state. @type {Map<string, any>} */
    this.types = new Map();
  }

  connectedCallback() {
    super.connectedCallback();
    const again = () => this.load();
    desk.addEventListener("types", again);
    this.until(onLive("ticket", (e) => this.live(e)), onLive("hello", again), () => desk.removeEventListener("types", again), () => {
      clearTimeout(this.timer);
      clearTimeout(this.countTimer);
      this.running?.abort();
    });
  }

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (["q", "sort", "by"].some((name) => changed.has(name))) this.load();
  }

  async load() {
    this.running?.abort();
    const running = (this.running = new AbortController());
    this.busy = true;
    try {
      const board = await get(`/board${query({ q: this.q, by: this.by, sort: this.sort, limit: PAGE })}`, running.signal);
      if (running.signal.aborted) return;
      this.problem = null;
      this.chosen = board.by;
      this.tickets = new Map(board.columns.flatMap((/** @type {any} */ c) => c.items).map((/** @type {any} */ i) => [i.key, i]));
      this.columns = board.columns.map((/** @type {any} */ c) => ({ ...c, keys: c.items.map((/** @type {any} */ i) => i.key) }));
      this.dispatchEvent(new CustomEvent("shown", { detail: board.by }));
      this.learn();
    } catch (problem) {
      if (running.signal.aborted) return;
      this.problem = problem;
    }
    this.busy = false;
  }

  /** Reads the workflows of the types that are shown, to say where a card can go. */
  async learn() {
    const keys = new Set([...this.tickets.values()].map((i) => i.type));
    for (const key of keys) {
      const type = await desk.describe(key).catch(() => null);
      if (type) this.types.set(key, type);
    }
    this.requestUpdate();
  }

  /** @param {string} key */
  column(key) {
    return this.columns.find((c) => c.key === key);
  }

  /** The column in which a ticket stands. @param {any} i */
  place(i) {
    return this.columns.find((c) => this.fits(c, i.type, i.state, i));
  }

  /** @param {any} c @param {string} type @param {string} state @param {any} i */
  fits(c, type, state, i) {
    if (this.chosen === "priority") return c.key === i.priority;
    if (this.chosen === "assignee") return c.assignee ? c.assignee.username === i.assignee?.username : !i.assignee;
    return c.states.some((/** @type {any} */ s) => s.type === type && s.state === state);
  }

  titleOf(/** @type {any} */ c) {
    return c.title ?? t("web.board.nobody");
  }

  /** The steps that a workflow declares from where a ticket is into a column. */
  declared(/** @type {any} */ i, /** @type {any} */ c) {
    const type = this.types.get(i.type);
    const state = (type?.workflow.states ?? []).find((/** @type {any} */ s) => s.key === i.state);
    const closed = state?.category === "closed";
    return (type?.workflow.transitions ?? []).filter((/** @type {any} */ tr) =>
      (tr.from.length ? tr.from.includes(i.state) : !closed) && this.fits(c, i.type, tr.to, i));
  }

  reach(/** @type {string} */ id, /** @type {string} */ key) {
    const [i, c] = [this.tickets.get(id), this.column(key)];
    if (!i || !c || !["state", "category"].includes(this.chosen) || !this.types.has(i.type)) return true;
    return this.declared(i, c).length > 0;
  }

  // moving

  async move(/** @type {string} */ id, /** @type {string} */ key) {
    const i = this.tickets.get(id);
    const to = this.column(key);
    const from = this.columns.find((c) => c.keys.includes(id));
    if (!i || !to || !from || this.moving.has(id)) return;
    const at = from.keys.indexOf(id);
    this.moving.add(id);
    // as if it were done; what the server says decides
    this.shift(id, from, to);
    try {
      const after = await this.change(i, to);
      if (after) {
        this.settle(after);
        this.said = t("web.board.moved", { key: id, column: this.titleOf(to) });
        if (to.exit) toast(t("web.board.left", { key: id, column: this.titleOf(to) }));
      } else this.back(id, from, to, at);
    } catch (problem) {
      this.back(id, from, to, at);
      const p = /** @type {any} */ (problem);
      this.said = "";
      toastProblem(p.errors?.length ? new Error(p.errors.map((/** @type {any} */ e) => e.message).join(" ")) : p);
      // somebody else was first: what it is now
      if ([404, 409, 412].includes(p.status)) this.look([id]);
    } finally {
      this.moving.delete(id);
      this.recount();
      this.requestUpdate();
    }
  }

  /** Puts a key from one column into another and counts along. */
  shift(/** @type {string} */ id, /** @type {any} */ from, /** @type {any} */ to, at = 0) {
    if (from) {
      from.keys = from.keys.filter((/** @type {string} */ k) => k !== id);
      if (!from.more) from.count--;
    }
    if (to && !to.exit) {
      to.keys = to.keys.toSpliced ? to.keys.toSpliced(at, 0, id) : [...to.keys.slice(0, at), id, ...to.keys.slice(at)];
      if (!to.more) to.count++;
    }
    this.columns = [...this.columns];
  }

  back(/** @type {string} */ id, /** @type {any} */ from, /** @type {any} */ to, /** @type {number} */ at) {
    this.shift(id, to.exit ? null : to, from, at);
    this.said = t("web.board.back", { key: id, column: this.titleOf(from) });
  }

  /** @returns {Promise<any>} the ticket afterwards; undefined when it was given up */
  async change(/** @type {any} */ i, /** @type {any} */ to) {
    if (this.chosen === "priority" || this.chosen === "assignee") {
      const values = this.chosen === "priority" ? { priority: to.key } : { assignee: to.assignee?.username ?? null };
      return (await patch(`/tickets/${enc(i.key)}`, values, `"${i.version}"`)).data;
    }
    const [offered, type] = await Promise.all([get(`/tickets/${enc(i.key)}/transitions`), desk.describe(i.type)]);
    const ways = offered.items.filter((/** @type {any} */ tr) => this.fits(to, i.type, tr.to, i));
    if (!ways.length) throw new Error(this.why(i, to));
    const step = ways.length === 1 ? ways[0] : await this.choose(i, to, ways);
    return step && pass(i, type, step, true);
  }

  /** Why a ticket can't go there. */
  why(/** @type {any} */ i, /** @type {any} */ to) {
    const steps = this.declared(i, to);
    const [key, column] = [i.key, this.titleOf(to)];
    return steps.length ? t("web.board.closed", { key, column }) : t("web.board.noWay", { key, column, state: stateLabel(workflowOf(i), i.state) });
  }

  choose(/** @type {any} */ i, /** @type {any} */ to, /** @type {any[]} */ ways) {
    return openDialog({
      title: t("web.board.which", { key: i.key, column: this.titleOf(to) }), noFoot: true,
      body: (d) => html`<ul class="board-ways">${ways.map((tr) => html`<li><button type="button" class="btn" @click=${() => d.close(tr)}>${tr.name}
        <span class="faint">${stateLabel(workflowOf(i), tr.to)}</span></button></li>`)}</ul>`,
    });
  }

  // what others do

  live(/** @type {any} */ e) {
    if (!e.key) return;
    this.changed.add(e.key);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const keys = [...this.changed].filter((key) => !this.moving.has(key));
      this.changed.clear();
      if (keys.length > 40) this.load();
      else if (keys.length) this.look(keys);
    }, SOON);
  }

  /** Reads what became of tickets: where they stand now, or that they left the list. */
  async look(/** @type {string[]} */ keys) {
    const which = keys.map((key) => `key:${key}`).join(" OR ");
    const running = this.running;
    try {
      const page = await get(`/tickets${query({ q: this.q ? `(${this.q}) AND (${which})` : which, limit: 200 })}`, running?.signal);
      if (running?.signal.aborted) return;
      const found = new Map(page.items.map((/** @type {any} */ i) => [i.key, i]));
      for (const key of keys) {
        if (this.moving.has(key)) continue;
        if (found.has(key)) this.settle(found.get(key));
        else this.leave(key);
      }
      this.recount();
    } catch {
      // the next event looks again
    }
  }

  /** Shows a ticket as it is now, where it stands now. */
  settle(/** @type {any} */ i) {
    const known = this.tickets.get(i.key);
    if (known && known.version > i.version) return;
    const from = this.columns.find((c) => c.keys.includes(i.key));
    const to = this.place(i);
    this.tickets.set(i.key, i);
    if (!to) {
      // a column for somebody who had nothing before
      if (this.chosen === "assignee") this.load();
      else this.leave(i.key);
      return;
    }
    if (!this.types.has(i.type)) this.learn();
    if (from === to) {
      this.columns = [...this.columns];
      return;
    }
    const at = to.keys.findIndex((/** @type {string} */ key) => this.order(i, this.tickets.get(key)) < 0);
    // behind what is shown: it comes with the rest
    if (at < 0 && to.next) this.shift(i.key, from, null);
    else this.shift(i.key, from, to, at < 0 ? to.keys.length : at);
  }

  leave(/** @type {string} */ key) {
    const from = this.columns.find((c) => c.keys.includes(key));
    if (from) this.shift(key, from, null);
    this.tickets.delete(key);
  }

  /** Before, the same or after, in the order of the list. */
  order(/** @type {any} */ a, /** @type {any} */ b) {
    const down = this.sort.startsWith("-");
    const field = this.sort.replace("-", "");
    const of = (/** @type {any} */ i) => (field === "priority" ? PRIORITIES.length - PRIORITIES.indexOf(i?.priority) : (i?.[field] ?? ""));
    const [x, y] = [of(a), of(b)];
    return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
  }

  recount() {
    clearTimeout(this.countTimer);
    this.countTimer = setTimeout(async () => {
      try {
        const board = await get(`/board/counts${query({ q: this.q, by: this.by })}`, this.running?.signal);
        for (const c of board.columns) Object.assign(this.column(c.key) ?? {}, { count: c.count, more: c.more });
        this.columns = [...this.columns];
      } catch {
        // the numbers stay as they were
      }
    }, REST);
  }

  async more(/** @type {string} */ key) {
    const c = this.column(key);
    if (!c?.next || c.reading) return;
    c.reading = true;
    try {
      const page = await get(`/board/columns/${enc(key)}${query({ q: this.q, by: this.by, sort: this.sort, limit: PAGE, after: c.next })}`, this.running?.signal);
      const known = new Set(this.columns.flatMap((other) => other.keys));
      for (const i of page.items) this.tickets.set(i.key, i);
      c.keys = [...c.keys, ...page.items.map((/** @type {any} */ i) => i.key).filter((/** @type {string} */ k) => !known.has(k))];
      c.next = page.next;
      this.columns = [...this.columns];
      this.learn();
    } catch (problem) {
      if (!this.running?.signal.aborted) toastProblem(problem);
    } finally {
      c.reading = false;
    }
  }

  // showing

  laneOf(/** @type {any} */ i) {
    switch (this.lanes) {
      case "assignee":
        return { key: i.assignee?.username ?? "", title: i.assignee?.displayName ?? t("web.board.nobody") };
      case "team":
        return { key: i.team?.key ?? "", title: i.team?.name ?? t("web.board.noTeam") };
      case "priority":
        return { key: i.priority, title: optionLabel("priority", i.priority) };
      case "type":
        return { key: i.type, title: typeLabel(i.type) };
      default:
        return undefined;
    }
  }

  laneList() {
    const lanes = new Map();
    for (const c of this.columns) {
      for (const key of c.keys) {
        const lane = this.laneOf(this.tickets.get(key));
        if (lane) lanes.set(lane.key, lane);
      }
    }
    const rank = (/** @type {any} */ lane) => (this.lanes === "priority" ? PRIORITIES.indexOf(lane.key) : lane.key === "" ? 1 : 0);
    return [...lanes.values()].sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title, currentLanguage()));
  }

  card(/** @type {any} */ i, /** @type {any} */ c, /** @type {boolean} */ types) {
    const byState = this.chosen === "state";
    return {
      id: i.key, column: c.key, lane: this.laneOf(i)?.key, title: i.subject, href: this.address(i.key), busy: this.moving.has(i.key),
      fixed: !!i.moduleMissing || !i.can?.note,
      head: html`${types ? html`<span class="card-type" title=${typeLabel(i.type)}>${icon(desk.type(i.type)?.icon || "list")}<span class="visually-hidden">${typeLabel(i.type)}</span></span>` : nothing}
        <span class="mono">${i.key}</span><talka-time class="num" .at=${i.createdAt} short></talka-time><span class="grow"></span>
        ${i.assignee ? html`<span class="card-who" title=${i.assignee.displayName}>${avatar(i.assignee.displayName, "small")}<span class="visually-hidden">${i.assignee.displayName}</span></span>` : nothing}`,
      foot: html`${i.moduleMissing ? html`<span class="chip">${icon("gone")}${t("web.missing.short")}</span>` : byState ? nothing : stateChip(i)}
        ${this.chosen === "priority" ? nothing : priorityChip(i)}${(i.tags ?? []).slice(0, 3).map((/** @type {string} */ tag) => html`<span class="chip">${tag}</span>`)}`,
    };
  }

  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (this.busy && !this.columns.length) return loading(6);
    const types = new Set([...this.tickets.values()].map((i) => i.type)).size > 1;
    const columns = this.columns.map((c) => ({
      key: c.key, title: this.titleOf(c), exit: c.exit, rest: !!c.next, count: c.exit ? "" : formatNumber(c.count) + (c.more ? "+" : ""),
    }));
    const cards = this.columns.flatMap((c) => c.keys.map((/** @type {string} */ key) => this.card(this.tickets.get(key), c, types)));
    return html`<talka-board .label=${this.name} .columns=${columns} .cards=${cards} .lanes=${this.lanes ? this.laneList() : []} .said=${this.said}
      .reach=${(/** @type {string} */ id, /** @type {string} */ key) => this.reach(id, key)} @move=${(/** @type {CustomEvent} */ e) => this.move(e.detail.id, e.detail.column)}
      @more=${(/** @type {CustomEvent} */ e) => this.more(e.detail.column)}></talka-board>`;
  }
}
customElements.define("talka-ticket-board", TalkaTicketBoard);
