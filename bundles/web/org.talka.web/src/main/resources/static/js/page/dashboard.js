// SPDX-License-Identifier: Apache-2.0
/** Dashboards: widgets on a grid, looked at again by themselves, laid out by pointer, menu and keys. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { empty, failure, loading } from "../kit/small.js";
import { confirmDialog, toast, toastProblem } from "../kit/overlay.js";
import "../kit/chart.js";
import "../core/contribution.js";
import { call, enc, get, patch, post, remove } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { quoted } from "../core/conditions.js";
import { desk } from "../core/desk.js";
import { moduleTitle } from "../core/fields.js";
import { formatNumber, has, onWords, t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { go, setLeaveGuard } from "../core/router.js";
import { shortcut } from "../core/shortcuts.js";
import { ticketLine } from "../core/view.js";
import { arrange, COLUMNS, free, reading, step } from "./dashboard-grid.js";

/**
 * @typedef {{kind: string, q: string, sort?: string, limit?: number, shape?: string, by?: string, over?: string[], days?: number}} Figure
 * @typedef {import("./dashboard-grid.js").Box & Partial<Figure> & {kind: string, title?: string, source?: string, was?: string}} Widget
 * @typedef {{id: string, name: string, declared: boolean, refreshSeconds: number, widgets?: Widget[], audience: string, team?: any, owner?: any, version: number, canChange: boolean}} Dashboard
 * @typedef {{figure?: Figure, item?: import("../core/desk.js").Contribution, name: string}} Shown
 */

const LAST = "talka.dashboard";
/** How long numbers rest while tickets keep changing; the first change after a rest shows at once. */
const REST = 5000;
const SOON = 250;
const PARTS = /** @type {const} */ (["kind", "q", "sort", "limit", "shape", "by", "over", "days"]);
const FIGURES = ["count", "list", "chart", "average"];
/** Colours that say something by themselves. */
const TONES = /** @type {Record<string, string>} */ ({ critical: "c5", high: "c4", medium: "c2", low: "c1", planning: "c6" });

/** What of a declaration or a widget is the question. @param {any} from @returns {Figure} */
export const figureOf = (from) => /** @type {any} */ (Object.fromEntries(PARTS.filter((part) => from[part] !== undefined).map((part) => [part, from[part]])));

/** What people can choose from: declared ones and such as code draws. @returns {{source: string, name: string, item: any, figure?: Figure}[]} */
export const offered = () => [
  ...desk.at("widget").map((item) => ({ source: `${item.module}/${item.key}`, name: word(`widget.${item.key}`), item, figure: figureOf(item.view) })),
  ...desk.at("dashboard.widget").map((item) => ({
    source: `${item.module}/${item.key}`, name: word(`ui.${item.key}`), item, figure: item.script ? undefined : FIGURES.includes(item.view?.kind) ? figureOf(item.view) : undefined,
  })),
];

/** A dashboard's name; those to begin with have one in each language. @param {Dashboard} d */
export const nameOf = (d) => (d.declared && has(`dashboard.${d.id}`) ? t(`dashboard.${d.id}`) : d.name);

const search = (/** @type {string} */ q) => `/app/search?q=${enc(q)}`;
const both = (/** @type {string} */ q, /** @type {string} */ more) => (q.trim() ? `(${q}) AND ${more}` : more);

class TalkaDashboard extends PlainElement {
  static properties = {
    key: {}, all: { state: true }, shown: { state: true }, draft: { state: true }, answers: { state: true }, problem: { state: true },
    updatedAt: { state: true }, full: { state: true }, busy: { state: true },
  };
  constructor() {
    super();
    /** What the address names; none for the one that was shown last. */
    this.key = "";
    /** @type {Dashboard[]} */
    this.all = [];
    /** @type {Dashboard | null} */
    this.shown = null;
    /** The grid while it is being changed. @type {Widget[] | null} */
    this.draft = null;
    /** By question, so that a widget that only moves keeps its answer. @type {Map<string, any>} */
    this.answers = new Map();
    /** @type {any} */
    this.problem = null;
    this.updatedAt = "";
    this.full = false;
    this.busy = false;
    /** The order in the page; it stays while something is dragged. @type {string[]} */
    this.order = [];
    this.dragged = "";
    this.said = "";
    this.turn = 0;
    /** The dashboard that is to be laid out as soon as it is shown. */
    this.changeNext = "";
  }

  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.nav.dashboards"));
    const changed = () => {
      this.requestUpdate();
      this.later(SOON);
    };
    desk.addEventListener("contributions", changed);
    const seen = () => document.visibilityState === "visible" && this.stale && this.load();
    document.addEventListener("visibilitychange", seen);
    const screen = () => (this.full = document.fullscreenElement !== null && document.fullscreenElement === this.querySelector("main"));
    document.addEventListener("fullscreenchange", screen);
    this.until(
      () => desk.removeEventListener("contributions", changed),
      () => document.removeEventListener("visibilitychange", seen),
      () => document.removeEventListener("fullscreenchange", screen),
      onLive("ticket", () => this.later(Math.max(SOON, this.asked + REST - Date.now()))),
      // a stream that comes back may have missed something
      onLive("hello", () => this.later(SOON)),
      // the names of groups come in the language that was asked for
      onWords(() => this.later(SOON)),
      shortcut("f", "web.keys.full", () => this.toggleFull(), "web.keys.dashboard"),
      () => clearTimeout(this.timer),
      () => clearInterval(this.clock),
      () => setLeaveGuard(null),
    );
  }

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("key")) this.open();
    if (!this.dragged) this.order = reading(this.widgets).map((widget) => widget.id);
  }

  updated() {
    // positions are not known to any style sheet, and attributes may not carry styles
    for (const widget of this.widgets) {
      const section = /** @type {HTMLElement | null} */ (this.querySelector(`[data-widget="${CSS.escape(widget.id)}"]`));
      section?.style.setProperty("--area", `${widget.row + 1} / ${widget.column + 1} / span ${widget.height} / span ${widget.width}`);
      section?.style.setProperty("--rows", String(widget.height));
    }
  }

  get widgets() {
    return this.draft ?? this.shown?.widgets ?? [];
  }

  async open() {
    const turn = ++this.turn;
    this.problem = null;
    this.stopChanging();
    try {
      this.all = (await get("/dashboards")).items;
      const key = this.key || (this.all.find((d) => d.id === localStorage.getItem(LAST)) ?? this.all[0])?.id;
      const shown = key ? await get(`/dashboards/${enc(key)}`) : null;
      if (turn !== this.turn) return;
      this.shown = shown;
      if (shown) localStorage.setItem(LAST, shown.id);
      setTitle(shown ? nameOf(shown) : t("web.nav.dashboards"));
      this.wind();
      if (shown && shown.id === this.changeNext) this.change();
      this.changeNext = "";
      await this.load();
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
  }

  /** @type {ReturnType<typeof setInterval> | undefined} */
  clock;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  stale = false;

  wind() {
    clearInterval(this.clock);
    const seconds = this.shown?.refreshSeconds ?? 0;
    if (seconds) this.clock = setInterval(() => this.later(SOON), seconds * 1000);
  }

  /** Looks again in a moment; many changes together are one. */
  later(/** @type {number} */ ms) {
    this.stale = true;
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (document.visibilityState === "visible") this.load();
    }, ms);
  }

  /** @param {Widget} widget @returns {Shown | undefined} nothing when whoever drew it is not here */
  resolve(widget) {
    if (!widget.source) return { figure: figureOf(widget), name: widget.title || t(`web.widget.kind.${widget.kind}`) };
    const found = offered().find((each) => each.source === widget.source);
    return found && { figure: found.figure, item: found.item, name: widget.title || found.name };
  }

  asking = 0;
  /** When it was asked last. */
  asked = 0;

  /** All questions in one go; what was answered before stays until the new answers are here. */
  async load() {
    this.stale = false;
    this.asked = Date.now();
    const figures = [...new Map(this.widgets.flatMap((widget) => {
      const figure = this.resolve(widget)?.figure;
      return figure ? [[JSON.stringify(figure), figure]] : [];
    })).entries()];
    const turn = ++this.asking;
    if (!figures.length) return;
    this.busy = true;
    try {
      const { data } = await call("POST", "/ticket-figures", { body: { figures: figures.map(([, figure]) => figure) } });
      if (turn !== this.asking) return;
      this.answers = new Map(figures.map(([key], i) => [key, data.items[i]]));
      this.updatedAt = new Date().toISOString();
    } catch (problem) {
      // what is there stays; the next change or the clock asks again
      if (turn === this.asking && !this.answers.size) this.answers = new Map(figures.map(([key]) => [key, { problem: /** @type {any} */ (problem).message }]));
    } finally {
      if (turn === this.asking) this.busy = false;
    }
  }

  // --- changing the grid

  change() {
    if (!this.shown?.widgets) return;
    this.draft = this.shown.widgets.map((widget) => ({ ...widget }));
    setLeaveGuard(() => t("web.dash.leave"), () => this.dirty);
  }

  stopChanging() {
    this.draft = null;
    this.dragged = "";
    setLeaveGuard(null);
  }

  get dirty() {
    return !!this.draft && JSON.stringify(this.draft) !== JSON.stringify(this.shown?.widgets);
  }

  async save() {
    if (!this.shown || !this.draft) return;
    try {
      if (this.dirty) this.shown = await this.patched(this.shown, { widgets: this.draft });
      this.stopChanging();
    } catch (problem) {
      toastProblem(problem);
    }
  }

  /** @param {Dashboard} of @param {any} changes @returns {Promise<Dashboard>} */
  async patched(of, changes) {
    return (await patch(`/dashboards/${enc(of.id)}`, changes, `"${of.version}"`)).data;
  }

  /** A dashboard of one's own to change: this one, or a copy where that is somebody else's. */
  async startChanging() {
    const shown = this.shown;
    if (!shown) return;
    if (shown.canChange) {
      this.change();
      return;
    }
    await this.keep({ name: t("web.dash.copyOf", { name: nameOf(shown) }).slice(0, 80), refreshSeconds: shown.refreshSeconds, widgets: shown.widgets ?? [] });
  }

  async keep(/** @type {any} */ values) {
    try {
      const kept = await post("/dashboards", values);
      toast(t("web.view.saved", { name: kept.name }));
      this.changeNext = kept.id;
      go(`/app/dashboards/${kept.id}`);
    } catch (problem) {
      toastProblem(problem);
    }
  }

  /** @param {Widget[]} widgets @param {string} id what moved; it keeps the focus */
  lay(widgets, id) {
    const before = this.draft?.find((widget) => widget.id === id);
    const after = widgets.find((widget) => widget.id === id);
    this.draft = widgets;
    if (!before || !after || this.dragged) return;
    const name = this.resolve(after)?.name ?? after.was ?? "";
    const moved = before.column !== after.column || before.row !== after.row;
    const sized = before.width !== after.width || before.height !== after.height;
    this.said = sized ? t("web.widget.said.size", { name, width: after.width, height: after.height })
      : moved ? t("web.widget.said.place", { name, column: after.column + 1, row: after.row + 1 }) : t("web.widget.said.stays", { name });
  }

  /** @param {string} id @param {string} what */
  nudge(id, what) {
    const it = this.draft?.find((widget) => widget.id === id);
    if (!this.draft || !it) return;
    const sizes = { wider: { width: it.width + 1, column: Math.min(it.column, COLUMNS - it.width - 1) }, narrower: { width: it.width - 1 }, taller: { height: it.height + 1 }, shorter: { height: it.height - 1 } };
    const size = sizes[/** @type {keyof typeof sizes} */ (what)];
    if (size && (size.width ?? 1) > COLUMNS) this.lay(this.draft, id);
    else this.lay(size ? arrange(this.draft, id, size) : step(this.draft, id, /** @type {any} */ (what)), id);
  }

  onKey(/** @type {KeyboardEvent} */ e, /** @type {string} */ id) {
    const way = { ArrowLeft: ["left", "narrower"], ArrowRight: ["right", "wider"], ArrowUp: ["up", "shorter"], ArrowDown: ["down", "taller"] }[e.key];
    if (!way || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    const grip = /** @type {HTMLElement} */ (e.currentTarget);
    this.nudge(id, way[e.shiftKey ? 1 : 0]);
    // its place in the page may have changed, too
    this.updateComplete.then(() => {
      grip.focus();
      grip.scrollIntoView({ block: "nearest" });
    });
  }

  /**
   * By pointer: the others give way at once, the widget goes from cell to cell.
   * @param {PointerEvent} e @param {string} id @param {boolean} resizing
   */
  drag(e, id, resizing) {
    const it = this.draft?.find((widget) => widget.id === id);
    const grid = /** @type {HTMLElement} */ (this.querySelector(".dash"));
    if (!it || e.button !== 0 || !grid) return;
    e.preventDefault();
    const handle = /** @type {HTMLElement} */ (e.currentTarget);
    const start = /** @type {Widget[]} */ (this.draft);
    const from = { x: e.clientX, y: e.clientY + this.scrolled };
    const look = getComputedStyle(grid);
    const cell = { x: (grid.clientWidth + parseFloat(look.columnGap)) / COLUMNS, y: parseFloat(look.gridAutoRows) + parseFloat(look.rowGap) };
    this.dragged = id;
    handle.setPointerCapture(e.pointerId);
    handle.onpointermove = (m) => {
      const dx = Math.round((m.clientX - from.x) / cell.x);
      const dy = Math.round((m.clientY + this.scrolled - from.y) / cell.y);
      this.draft = arrange(start, id, resizing ? { width: Math.min(it.width + dx, COLUMNS - it.column), height: it.height + dy } : { column: it.column + dx, row: it.row + dy });
    };
    const end = () => {
      handle.onpointermove = handle.onpointerup = handle.onpointercancel = handle.onkeydown = null;
      this.dragged = "";
      this.requestUpdate();
    };
    handle.onpointerup = end;
    handle.onpointercancel = () => {
      this.draft = start;
      end();
    };
  }

  get scrolled() {
    return this.querySelector("main")?.scrollTop ?? 0;
  }

  async add() {
    if (!this.draft) return;
    const { chooseWidget } = await import("./dashboard-editor.js");
    const chosen = await chooseWidget();
    if (!chosen || !this.draft) return;
    const { width, height, ...rest } = chosen;
    const id = `w${Date.now().toString(36)}`;
    this.draft = [...this.draft, { id, ...free(this.draft, width, height), ...rest }];
    this.load();
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector(`[data-widget="${id}"] .grip`))?.focus();
  }

  async edit(/** @type {Widget} */ widget) {
    const { editWidget } = await import("./dashboard-editor.js");
    const shown = this.resolve(widget);
    const changed = await editWidget({ title: shown?.name ?? "", ...shown?.figure });
    if (!changed || !this.draft) return;
    const { id, column, row, width, height } = widget;
    this.draft = this.draft.map((each) => (each.id === id ? { id, column, row, width, height, ...changed } : each));
    this.load();
  }

  take(/** @type {Widget} */ widget) {
    if (!this.draft) return;
    const rest = this.draft.filter((each) => each.id !== widget.id);
    this.draft = rest.length ? arrange(rest, rest[0].id, {}) : rest;
    /** @type {HTMLElement | null} */ (this.querySelector(".dash-add"))?.focus();
  }

  // --- the dashboard as such

  async settings(/** @type {Dashboard | undefined} */ of) {
    const { editSettings } = await import("./dashboard-editor.js");
    const saved = await editSettings(of, (values) => (of ? this.patched(of, values) : post("/dashboards", { ...values, widgets: [] })));
    if (!saved) return;
    toast(t("web.view.saved", { name: saved.name }));
    if (!of) {
      this.changeNext = saved.id;
      go(`/app/dashboards/${saved.id}`);
      return;
    }
    this.shown = saved;
    this.all = this.all.map((each) => (each.id === saved.id ? saved : each));
    setTitle(saved.name);
    this.wind();
  }

  async removeShown() {
    const shown = this.shown;
    if (!shown) return;
    const shared = shown.audience !== "private";
    const sure = await confirmDialog({ title: t("web.view.remove", { name: shown.name }), text: t(shared ? "web.dash.remove.shared" : "web.dash.remove.own"), submit: t("web.remove"), danger: true });
    if (!sure) return;
    try {
      await remove(`/dashboards/${enc(shown.id)}`);
      toast(t("web.view.removed", { name: shown.name }));
      localStorage.removeItem(LAST);
      this.stopChanging();
      if (this.key) go("/app/dashboards");
      else this.open();
    } catch (problem) {
      toastProblem(problem);
    }
  }

  async toggleFull() {
    try {
      if (document.fullscreenElement) await document.exitFullscreen();
      else await this.querySelector("main")?.requestFullscreen();
    } catch {
      // a browser that does not want to shows it as it is
    }
  }

  menu() {
    const shown = this.shown;
    return [
      { label: t("web.dash.refresh"), icon: "refresh", act: () => this.load() },
      ...(desk.can("ticket:update") ? [null,
        ...(shown?.canChange ? [{ label: t("web.dash.settings"), icon: "people", act: () => this.settings(shown).catch(toastProblem) }] : []),
        ...(shown?.canChange ? [{ label: t("web.dash.copy"), icon: "plus", act: () => this.keep({
          name: t("web.dash.copyOf", { name: nameOf(shown) }).slice(0, 80), refreshSeconds: shown.refreshSeconds, widgets: shown.widgets ?? [] }) }] : []),
        { label: t("web.dash.new"), icon: "plus", act: () => this.settings(undefined).catch(toastProblem) },
        ...(shown?.canChange ? [{ label: t("web.dash.remove"), icon: "close", danger: true, act: () => this.removeShown() }] : [])] : []),
    ];
  }

  head() {
    const shown = /** @type {Dashboard} */ (this.shown);
    const by = shown.declared ? "" : shown.audience === "private" ? "" : shown.audience === "team" ? t("web.dash.of.team", { team: shown.team?.name ?? "", name: shown.owner?.displayName ?? "" })
      : t("web.dash.of.everybody", { name: shown.owner?.displayName ?? "" });
    return html`<header class="dash-head">
      <h1 class="page-title">${nameOf(shown)}</h1>
      ${this.draft ? nothing : html`<talka-menu .label=${t("web.dash.choose")} .face=${icon("down")} .items=${this.all.map((d) => ({
        label: nameOf(d), checked: d.id === shown.id, act: () => go(`/app/dashboards/${d.id}`) }))}></talka-menu>`}
      ${by ? html`<span class="faint not-phone">${by}</span>` : nothing}
      <span class="grow"></span>
      ${this.draft ? html`<button class="btn dash-add" @click=${() => this.add().catch(toastProblem)}>${icon("plus")}${t("web.dash.add")}</button>
          <button class="btn quiet" @click=${() => {
            this.stopChanging();
            this.load();
          }}>${t("web.cancel")}</button>
          <button class="btn primary" @click=${() => this.save()}>${t("web.save")}</button>`
        : html`${this.updatedAt ? html`<span class="faint not-phone">${t("web.dash.updated")} <talka-time .at=${this.updatedAt} short></talka-time></span>` : nothing}
          ${desk.can("ticket:update") && !this.full ? html`<button class="btn" @click=${() => this.startChanging()}>${icon("edit")}${t(shown.canChange ? "web.dash.change" : "web.dash.copy")}</button>` : nothing}
          <button class="btn quiet square" aria-label=${t(this.full ? "web.dash.unfull" : "web.dash.full")} title=${t(this.full ? "web.dash.unfull" : "web.dash.full")} @click=${() => this.toggleFull()}>${icon("full")}</button>
          ${this.full ? nothing : html`<talka-menu .label=${t("web.more")} .face=${icon("more")} .items=${this.menu()}></talka-menu>`}`}
    </header>`;
  }

  /** @param {Widget} widget */
  widget(widget) {
    const shown = this.resolve(widget);
    const name = shown?.name ?? widget.title ?? widget.was ?? t("web.widget.gone.name");
    return html`<section class="card widget ${this.draft ? "loose" : ""} ${widget.id === this.dragged ? "dragged" : ""} of-${shown?.figure?.kind ?? "other"}" data-widget=${widget.id} aria-label=${name}>
      <header>${this.draft ? html`<button class="btn quiet square small grip not-narrow" aria-label=${t("web.widget.grip", { name })} title=${t("web.widget.grip.hint")}
          @keydown=${(/** @type {KeyboardEvent} */ e) => this.onKey(e, widget.id)} @pointerdown=${(/** @type {PointerEvent} */ e) => this.drag(e, widget.id, false)}>${icon("grip")}</button>` : nothing}
        <h2 title=${name}>${name}</h2>
        ${this.draft ? html`<talka-menu .label=${t("web.widget.menu", { name })} .face=${icon("more")} .items=${this.widgetMenu(widget, shown)}></talka-menu>` : nothing}</header>
      <div class="widget-body" ?inert=${!!this.draft}>${this.body(widget, shown)}</div>
      ${this.draft ? html`<span class="sizer not-narrow" aria-hidden="true" @pointerdown=${(/** @type {PointerEvent} */ e) => this.drag(e, widget.id, true)}></span>` : nothing}
    </section>`;
  }

  /** @param {Widget} widget @param {Shown | undefined} shown */
  widgetMenu(widget, shown) {
    const way = (/** @type {string} */ what, /** @type {string} */ label, /** @type {string} */ sign) => ({ label, icon: sign, act: () => this.nudge(widget.id, what) });
    return [
      way("left", t("web.widget.left"), "left"), way("right", t("web.widget.right"), "right"), way("up", t("web.widget.up"), "up"), way("down", t("web.widget.down"), "down"), null,
      way("wider", t("web.widget.wider"), "plus"), way("narrower", t("web.widget.narrower"), "sort"), way("taller", t("web.widget.taller"), "plus"), way("shorter", t("web.widget.shorter"), "sort"), null,
      ...(shown?.figure ? [{ label: t("web.widget.edit"), icon: "edit", act: () => this.edit(widget).catch(toastProblem) }] : []),
      { label: t("web.widget.remove"), icon: "close", danger: true, act: () => this.take(widget) },
    ];
  }

  /** @param {Widget} widget @param {Shown | undefined} shown */
  body(widget, shown) {
    if (!shown) return this.gone(widget);
    if (!shown.figure) return html`<talka-contribution .item=${shown.item}></talka-contribution>`;
    const answer = this.answers.get(JSON.stringify(shown.figure));
    if (!answer) return loading(["count", "average"].includes(shown.figure.kind) ? 1 : 3);
    if (answer.problem) return html`<p class="error">${icon("warn")}<span>${answer.problem}</span></p>`;
    const { q } = shown.figure;
    switch (answer.kind) {
      case "count": {
        const n = html`${formatNumber(answer.count)}${answer.more ? "+" : ""}`;
        return q.trim() ? html`<a class="count num" href=${search(q)}>${n}</a>` : html`<span class="count num">${n}</span>`;
      }
      case "average": {
        if (answer.average === null || answer.average === undefined) return html`<p class="faint">${t("web.widget.average.none")}</p>`;
        const n = formatNumber(answer.average);
        return html`${q.trim() ? html`<a class="count num" href=${search(q)}>${n}</a>` : html`<span class="count num">${n}</span>`}
          <p class="faint">${t("web.widget.average.of", { n: answer.count })}</p>${widget.height > 3 ? this.chart(shown, answer) : nothing}`;
      }
      case "list":
        if (!answer.tickets.length) return html`<p class="faint">${t("web.list.none")}</p>`;
        return html`<ul class="lines">${repeat(answer.tickets, (/** @type {any} */ i) => i.key, (/** @type {any} */ i) => ticketLine(i))}</ul>
          ${answer.more && q.trim() ? html`<a class="all" href=${search(q)}>${t("web.list.all")}${icon("arrow")}</a>` : nothing}`;
      default:
        return this.chart(shown, answer);
    }
  }

  /** @param {Shown} shown @param {any} answer */
  chart(shown, answer) {
    const { q, by = "", shape = "bar" } = /** @type {Figure} */ (shown.figure);
    const words = (/** @type {any} */ p) => {
      if (p.meaning === "none") return t("web.chart.none");
      if (p.meaning === "rest") return t("web.chart.rest");
      return p.label === "true" ? t("web.yes") : p.label === "false" ? t("web.no") : p.label;
    };
    const href = (/** @type {number} */ s, /** @type {number} */ i) => {
      const p = answer.points[i];
      if (p.meaning === "rest") return undefined;
      if (p.meaning === "time") return search(both(q, `${answer.series[s].key}:[${p.from} TO ${p.to}]`));
      // a state's name alone would also mean all states of that kind
      return search(both(q, `${by}:${p.meaning === "none" ? "none" : quoted(by === "state" ? `=${p.key}` : p.key)}`));
    };
    return html`<talka-chart .shape=${shape} .label=${shown.name} .href=${href}
        .points=${answer.points.map((/** @type {any} */ p) => (p.meaning === "time" ? { label: "", day: p.key } : { label: words(p), tone: by === "priority" ? TONES[p.key] : p.meaning === "value" ? "" : "c6" }))}
        .series=${answer.series.map((/** @type {any} */ s) => ({ label: s.key === "count" ? t("web.chart.tickets") : t(`web.chart.over.${s.key}`), counts: s.counts }))}></talka-chart>
      ${answer.more ? html`<p class="faint">${t("web.chart.more")}</p>` : nothing}`;
  }

  /** Whoever drew it is not here: its place waits. @param {Widget} widget */
  gone(widget) {
    const module = (widget.source ?? "").split("/")[0];
    return html`<div class="widget-gone">${icon("gone")}<p>${t("web.widget.gone", { name: widget.title ?? widget.was ?? t("web.widget.gone.name"), module: moduleTitle(module) })}</p></div>`;
  }

  render() {
    if (this.problem) return html`<main id="main" class="centre">${failure(this.problem, () => this.open())}</main>`;
    if (!this.shown) return html`<main id="main" class="dash-page" aria-busy="true">${loading(6)}</main>`;
    const byId = new Map(this.widgets.map((widget) => [widget.id, widget]));
    const widgets = /** @type {Widget[]} */ (this.order.map((id) => byId.get(id)).filter(Boolean));
    return html`<main id="main" class="dash-page ${this.full ? "full" : ""}">${this.head()}
      <p class="visually-hidden" role="status">${this.draft ? this.said : ""}</p>
      ${this.draft ? html`<p class="help dash-help not-narrow">${t("web.dash.help")}</p>` : nothing}
      ${widgets.length ? html`<div class="dash">${repeat(widgets, (widget) => widget.id, (widget) => this.widget(widget))}</div>`
        : empty({ icon: "chart", title: t("web.dash.empty"), text: t("web.dash.empty.text"), action: this.draft ? html`<button class="btn" @click=${() => this.add().catch(toastProblem)}>${t("web.dash.add")}</button>` : undefined })}
    </main>`;
  }
}
customElements.define("talka-dashboard", TalkaDashboard);
