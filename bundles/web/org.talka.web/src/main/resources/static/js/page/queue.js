// SPDX-License-Identifier: Apache-2.0
/** A queue: the list that stays, and the ticket beside it. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { enc, get, query } from "../core/api.js";
import { desk } from "../core/desk.js";
import { priorityChip, stateChip, typeLabel } from "../core/fields.js";
import { t } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { go } from "../core/router.js";
import { isRead, markRead } from "../core/seen.js";
import { shortcut } from "../core/shortcuts.js";
import { queues, typeQueues } from "../core/workspace.js";
import "./ticket.js";

const PAGE = 50;
const SORTS = ["-updatedAt", "-createdAt", "createdAt", "-priority"];
const wide = matchMedia("(min-width: 1000px)");

class TalkaQueue extends PlainElement {
  static properties = {
    queue: {}, selected: {}, search: {}, heading: {}, fixed: { attribute: false },
    items: { state: true }, next: { state: true }, problem: { state: true }, busy: { state: true },
    sort: { state: true }, filter: { state: true }, fresh: { state: true }, cursor: { state: true },
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
      shortcut("Enter", "web.keys.open", () => this.cursor && this.show(this.cursor), "web.keys.list"),
      shortcut("Escape", "web.keys.back", () => this.selected && go(this.address("")), "web.keys.list"),
    );
    this.follow(desk, "types");
  }

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("queue") || changed.has("search") || (changed.has("fixed") && this.fixed?.q !== /** @type {any} */ (changed.get("fixed"))?.q)) {
      this.filter = this.queue === "search" ? this.search : "";
      this.sort = this.fixed?.sort ?? "-updatedAt";
      this.load();
    }
    if (changed.has("selected") && this.selected) this.cursor = this.selected;
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
  }

  /** @returns {{q: string, label: string} | undefined} */
  get definition() {
    if (this.fixed) return { q: this.fixed.q, label: this.heading };
    if (this.queue === "search") return { q: "", label: t("web.search.title") };
    return [...queues(), ...typeQueues()].find((q) => q.id === this.queue);
  }

  /** The type that a new ticket of this list has, if it is about one. */
  get creates() {
    const key = this.fixed ? (this.fixed.create ?? "") : this.queue.startsWith("type-") ? this.queue.slice(5) : "";
    return desk.type(key) ? key : "";
  }

  get q() {
    const base = this.definition?.q ?? "";
    const own = this.filter.trim();
    if (!own) return base;
    return base ? `(${base}) AND (${own})` : own;
  }

  /** The address of this list with a ticket open in it. */
  address(/** @type {string} */ key) {
    const tail = key ? `/${enc(key)}` : "";
    if (this.queue === "search") return `/app/search${tail}?q=${enc(this.filter)}`;
    if (this.fixed) return `/app/${this.queue.replace(":", "/")}${tail}`;
    return `/app/queue/${this.queue}${tail}`;
  }

  page(/** @type {string | undefined} */ after, limit = PAGE) {
    return get(`/tickets${query({ q: this.q, sort: this.sort, limit, after })}`, this.running?.signal);
  }

  async load() {
    this.running?.abort();
    const running = (this.running = new AbortController());
    this.busy = true;
    this.problem = null;
    this.fresh = 0;
    document.title = `${this.definition?.label ?? t("web.nav.queues")} · Talka`;
    try {
      const page = await this.page(undefined);
      if (running.signal.aborted) return;
      this.items = page.items;
      this.next = page.next;
      this.busy = false;
      this.querySelector(".rows")?.scrollTo(0, 0);
    } catch (problem) {
      if (running.signal.aborted) return;
      this.busy = false;
      this.problem = problem;
      // a query in the making: keep what is there and say what is wrong with it
      if (/** @type {any} */ (problem).status !== 400) this.items = [];
    }
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
    if (!e.key) return;
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
    if (!this.items.length) return;
    const i = this.items.findIndex((x) => x.key === this.cursor);
    const next = this.items[Math.max(0, Math.min(this.items.length - 1, i < 0 ? 0 : i + step))];
    this.cursor = next.key;
    if (this.selected && wide.matches) go(this.address(next.key), { replace: true });
    this.updateComplete.then(() => {
      const row = /** @type {HTMLElement | null} */ (this.querySelector(`.row[data-key="${CSS.escape(next.key)}"]`));
      row?.focus({ preventScroll: true });
      row?.scrollIntoView({ block: "nearest" });
    });
  }

  show(/** @type {string} */ key) {
    this.cursor = key;
    go(this.address(key));
  }

  setFilter(/** @type {string} */ text) {
    this.filter = text;
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      if (this.queue === "search") history.replaceState(null, "", `/app/search?q=${enc(text)}`);
      this.load();
    }, 250);
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
    return html`<li><a class="row ${on ? "on" : ""} ${isRead(i) && !on ? "read" : ""}" data-key=${i.key} href=${this.address(i.key)}
      aria-current=${on ? "true" : nothing} @focus=${() => (this.cursor = i.key)}>
      <span class="t">${i.subject}</span><talka-time class="age num" .at=${i.updatedAt} short></talka-time>
      <span class="meta"><span class="mono">${i.key}</span>${stateChip(i)}${i.moduleMissing ? html`<span class="chip">${icon("gone")}${t("web.missing.short")}</span>` : priorityChip(i)}<span class="who">${who || t("web.nobody")}</span></span></a></li>`;
  }

  list() {
    const definition = this.definition;
    if (!definition) return html`<div class="rows">${failure({ status: 404, message: t("web.error.page") })}</div>`;
    const bad = this.problem?.status === 400 ? this.problem.message : "";
    return html`<div class="listhead">
        <h1>${definition.label}</h1><span class="grow"></span>
        ${this.creates ? html`<a class="btn small" href="/app/new/${this.creates}">${icon("plus")}${typeLabel(this.creates)}</a>` : nothing}
        <talka-menu .label=${`${t("web.sort")}: ${t(`web.sort.${this.sort}`)}`} .face=${html`${icon("sort")}<span>${t(`web.sort.${this.sort}`)}</span>`} .items=${SORTS.map((s) => ({
          label: t(`web.sort.${s}`), checked: s === this.sort, act: () => {
            this.sort = s;
            this.load();
          } }))}></talka-menu>
        <div class="filter"><label class="visually-hidden" for="q">${t("web.query.label")}</label>${icon("search")}
          <input id="q" class="control" type="search" spellcheck="false" autocomplete="off" .value=${this.filter} placeholder=${t("web.query.hint")}
            aria-invalid=${bad ? "true" : nothing} aria-describedby=${bad ? "q-error" : nothing}
            @input=${(/** @type {any} */ e) => this.setFilter(e.target.value)}></div>
        ${bad ? html`<p class="error" id="q-error" role="alert">${icon("warn")}${bad}</p>` : nothing}
      </div>
      ${this.fresh ? html`<button class="fresh" @click=${() => this.load()}>${icon("bell")}${t("web.list.fresh", { n: this.fresh })}</button>` : nothing}
      <div class="rows" aria-busy=${this.busy ? "true" : "false"}>
        ${this.problem && !bad ? failure(this.problem, () => this.load())
          : this.busy && !this.items.length ? loading(8)
          : this.items.length ? html`<ul>${repeat(this.items, (i) => i.key, (i) => this.row(i))}</ul>
            ${this.next ? html`<div class="more-rows" aria-hidden="true"></div>` : html`<p class="end faint">${t("web.list.end", { n: this.items.length })}</p>`}`
          : this.queue === "search" && !this.filter.trim() ? empty({ icon: "search", title: t("web.search.start"), text: t("web.query.help") })
          : bad ? nothing
          : empty(this.filter ? { icon: "search", title: t("web.list.nothing"), text: t("web.query.help") }
            : { icon: "check", title: t("web.list.empty"), text: t("web.list.empty.text"),
                action: html`<a class="btn" href="/app/new/${this.creates}">${t("web.new")}</a>` })}
      </div>`;
  }

  render() {
    return html`<div class="split ${this.selected ? "has-ticket" : ""}">
      <section class="list" aria-label=${this.definition?.label ?? ""}>${this.list()}</section>
      <main id="main">${this.selected ? html`<talka-ticket .key=${this.selected} .back=${this.address("")}
          @read=${(/** @type {CustomEvent} */ e) => {
            markRead(e.detail);
            const i = this.items.findIndex((x) => x.key === e.detail.key);
            if (i >= 0) this.items = this.items.with ? this.items.with(i, e.detail) : this.items.map((x, n) => (n === i ? e.detail : x));
          }}></talka-ticket>`
        : empty({ icon: "list", title: t("web.pick.title"), text: t("web.pick.text") })}</main></div>`;
  }
}
customElements.define("talka-queue", TalkaQueue);
