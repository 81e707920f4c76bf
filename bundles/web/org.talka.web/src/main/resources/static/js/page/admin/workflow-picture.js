// SPDX-License-Identifier: Apache-2.0
/** A workflow as a picture: states as boxes, transitions as arrows. Drag to move, drag the knob to connect. */
import { html, nothing, svg } from "lit";
import { PlainElement } from "../../kit/element.js";
import { t, word } from "../../core/i18n.js";
import { nameIn } from "./names.js";

const W = 148;
const H = 46;
const STEP_X = 252;
const STEP_Y = 112;
const EDGE = 28;
const TOP = 108;
const GRID = 8;

/**
 * Where every state is drawn: as it was put; the others as the work flows, from new at the left to
 * closed at the right, with what waits beneath.
 * @param {any} design @returns {Map<string, {x: number, y: number}>}
 */
export function layout(design) {
  /** @type {Map<string, number>} */
  const depth = new Map([[design.initial || design.states[0]?.key, 0]]);
  const left = [...depth.keys()];
  while (left.length) {
    const at = left.shift();
    for (const way of design.transitions) {
      if (way.from.includes(at) && !depth.has(way.to)) {
        depth.set(way.to, (depth.get(at ?? "") ?? 0) + 1);
        left.push(way.to);
      }
    }
  }
  const leads = (/** @type {string} */ from, /** @type {string} */ to) => design.transitions.some((/** @type {any} */ w) => w.to === to && w.from.includes(from));
  const of = (/** @type {string} */ category) => design.states.filter((/** @type {any} */ s) => s.category === category).map((/** @type {any} */ s) => s.key)
    .sort((/** @type {string} */ a, /** @type {string} */ b) => (depth.get(a) ?? 99) - (depth.get(b) ?? 99));
  const active = of("ACTIVE");
  // work that leads to other work, and is not come back to, stands before it
  for (let i = 0; i < active.length; i++) {
    for (let k = 0; k + 1 < active.length; k++) {
      const [a, b] = [active[k], active[k + 1]];
      if (leads(b, a) && !leads(a, b)) active.splice(k, 2, b, a);
    }
  }
  const news = of("NEW");
  const done = of("RESOLVED");
  const closed = of("CLOSED").sort((/** @type {string} */ a, /** @type {string} */ b) => Number(done.some((/** @type {string} */ d) => leads(d, b))) - Number(done.some((/** @type {string} */ d) => leads(d, a))));
  const begin = news.length ? 1 : 0;
  const end = begin + Math.max(1, active.length);
  const last = end + (done.length ? 1 : 0);
  /** @type {Map<string, {column: number, row: number}>} */
  const cells = new Map();
  const place = (/** @type {string} */ key, /** @type {number} */ column, /** @type {number} */ row) => {
    while ([...cells.values()].some((c) => c.column === column && c.row === row)) row++;
    cells.set(key, { column, row });
  };
  news.forEach((/** @type {string} */ key) => place(key, 0, 0));
  active.forEach((/** @type {string} */ key, /** @type {number} */ i) => place(key, begin + i, 0));
  done.forEach((/** @type {string} */ key) => place(key, end, 0));
  closed.forEach((/** @type {string} */ key, /** @type {number} */ i) => place(key, last, i ? i + 1 : 0));
  // what waits stands beneath the work that it interrupts, or leads to
  for (const key of of("PENDING")) {
    const near = active.findLastIndex((/** @type {string} */ a) => leads(a, key) || leads(key, a));
    place(key, begin + Math.max(0, near), 1);
  }
  const put = design.states.filter((/** @type {any} */ s) => Number.isInteger(s.x));
  const low = put.length && put.length < design.states.length ? Math.max(...put.map((/** @type {any} */ s) => s.y)) + STEP_Y : TOP;
  /** @type {Map<string, {x: number, y: number}>} */
  const places = new Map();
  for (const state of design.states) {
    const cell = cells.get(state.key) ?? { column: 0, row: 0 };
    places.set(state.key, Number.isInteger(state.x) ? { x: state.x, y: state.y } : { x: EDGE + cell.column * STEP_X, y: low + cell.row * STEP_Y });
  }
  return places;
}

/** The point that an arrow's curve bends towards: over what it skips, under what it comes back from. */
function bend(/** @type {{x: number, y: number}} */ a, /** @type {{x: number, y: number}} */ b, /** @type {boolean} */ both, /** @type {number} */ n) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const mid = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  const extra = (both ? 34 : 0) + n * 30;
  if (Math.abs(dx) < W) return { x: mid.x + Math.sign(dy || 1) * extra, y: mid.y };
  if (Math.abs(dy) < H) {
    const skips = Math.abs(dx) > STEP_X * 1.3 ? Math.min(224, 66 + 0.155 * Math.abs(dx)) : 0;
    return { x: mid.x, y: mid.y - Math.sign(dx) * (extra + skips) };
  }
  if (Math.abs(dx) < STEP_X * 1.3) return { x: mid.x + extra, y: mid.y };
  return dy > 0 ? { x: a.x + dx * 0.25, y: b.y + n * 16 } : { x: a.x + dx * 0.75, y: a.y + n * 16 };
}

/** Where the line from a box's middle to a point leaves the box. */
function border(/** @type {{x: number, y: number}} */ box, /** @type {{x: number, y: number}} */ to) {
  const cx = box.x + W / 2;
  const cy = box.y + H / 2;
  const dx = to.x - cx;
  const dy = to.y - cy;
  const k = 1 / Math.max(Math.abs(dx) / (W / 2 + 3), Math.abs(dy) / (H / 2 + 3), 0.001);
  return { x: cx + dx * k, y: cy + dy * k };
}

const curve = (/** @type {any} */ s, /** @type {any} */ m, /** @type {any} */ e, /** @type {number} */ k) => ({
  x: (1 - k) ** 2 * s.x + 2 * k * (1 - k) * m.x + k * k * e.x, y: (1 - k) ** 2 * s.y + 2 * k * (1 - k) * m.y + k * k * e.y,
});

const shortened = (/** @type {string} */ name, /** @type {number} */ most) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);

/** `<talka-workflow-picture .design .selected .wrong @place @pick @connect>` */
class TalkaWorkflowPicture extends PlainElement {
  static properties = { design: { attribute: false }, selected: {}, wrong: { attribute: false }, drag: { state: true }, line: { state: true } };
  constructor() {
    super();
    /** @type {any} */
    this.design = null;
    this.selected = "";
    /** @type {Set<string>} */
    this.wrong = new Set();
    /** @type {{key: string, x: number, y: number, dx: number, dy: number, moved: boolean} | null} */
    this.drag = null;
    /** @type {{from: string, x: number, y: number} | null} */
    this.line = null;
  }
  tell(/** @type {string} */ name, /** @type {any} */ detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
  /** @param {PointerEvent} e */
  point(e) {
    const svgElement = /** @type {SVGSVGElement} */ (this.querySelector("svg.flow"));
    return new DOMPoint(e.clientX, e.clientY).matrixTransform(svgElement.getScreenCTM()?.inverse());
  }
  down(/** @type {PointerEvent} */ e, /** @type {string} */ key, /** @type {{x: number, y: number}} */ at) {
    if (e.button !== 0) return;
    const p = this.point(e);
    this.drag = { key, x: at.x, y: at.y, dx: p.x - at.x, dy: p.y - at.y, moved: false };
    /** @type {Element} */ (e.currentTarget).setPointerCapture(e.pointerId);
  }
  move(/** @type {PointerEvent} */ e) {
    const drag = this.drag;
    if (!drag) return;
    const p = this.point(e);
    const x = Math.max(0, p.x - drag.dx);
    const y = Math.max(0, p.y - drag.dy);
    const moved = drag.moved || Math.abs(x - drag.x) + Math.abs(y - drag.y) > 4;
    if (moved) this.drag = { ...drag, x, y, moved };
  }
  up() {
    const drag = this.drag;
    this.drag = null;
    if (!drag) return;
    if (drag.moved) this.tell("place", { key: drag.key, x: Math.round(drag.x / GRID) * GRID, y: Math.round(drag.y / GRID) * GRID });
    else this.tell("pick", { state: drag.key });
  }
  key(/** @type {KeyboardEvent} */ e, /** @type {string} */ key, /** @type {{x: number, y: number}} */ at) {
    const step = e.shiftKey ? GRID * 6 : GRID * 2;
    const to = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[e.key];
    if (to) {
      e.preventDefault();
      e.stopPropagation();
      this.tell("place", { key, x: Math.max(0, at.x + to[0]), y: Math.max(0, at.y + to[1]) });
    } else if (e.key === "Enter" || e.key === " ") {
      e.preventDefault();
      e.stopPropagation();
      this.tell("pick", { state: key });
    }
  }
  knobDown(/** @type {PointerEvent} */ e, /** @type {string} */ from) {
    if (e.button !== 0) return;
    e.stopPropagation();
    const p = this.point(e);
    this.line = { from, x: p.x, y: p.y };
    /** @type {Element} */ (e.currentTarget).setPointerCapture(e.pointerId);
  }
  knobUp() {
    const line = this.line;
    this.line = null;
    if (!line) return;
    for (const [key, at] of this.places) {
      if (line.x >= at.x && line.x <= at.x + W && line.y >= at.y && line.y <= at.y + H && key !== line.from) this.tell("connect", { from: line.from, to: key });
    }
  }
  /** @type {Map<string, {x: number, y: number}>} */
  places = new Map();
  /** Every arrow; the name of a transition is written at its shortest one. */
  arrows() {
    /** @type {{way: any, from: string, to: string, length: number, label: boolean}[]} */
    const all = [];
    for (const way of this.design.transitions) {
      const mine = way.from.map((/** @type {string} */ from) => {
        const a = this.places.get(from);
        const b = this.places.get(way.to);
        return a && b && from !== way.to ? { way, from, to: way.to, length: Math.hypot(a.x - b.x, a.y - b.y), label: false } : null;
      }).filter(Boolean);
      mine.sort((/** @type {any} */ a, /** @type {any} */ b) => a.length - b.length);
      if (mine[0]) mine[0].label = true;
      all.push(...mine);
    }
    /** @type {Map<string, number>} */
    const beside = new Map();
    return all.map((arrow) => {
      const pair = `${arrow.from}>${arrow.to}`;
      const n = beside.get(pair) ?? 0;
      beside.set(pair, n + 1);
      return { ...arrow, n, both: all.some((o) => o.from === arrow.to && o.to === arrow.from) };
    });
  }
  arrow(/** @type {any} */ arrow) {
    const a = /** @type {any} */ (this.places.get(arrow.from));
    const b = /** @type {any} */ (this.places.get(arrow.to));
    const ca = { x: a.x + W / 2, y: a.y + H / 2 };
    const cb = { x: b.x + W / 2, y: b.y + H / 2 };
    const mid = bend(ca, cb, arrow.both, arrow.n);
    const s = border(a, mid);
    const e = border(b, mid);
    const on = this.selected === `t:${arrow.way.key}` || this.selected === `s:${arrow.from}` || this.selected === `s:${arrow.to}`;
    // one above the other where two stand side by side
    const at = curve(s, mid, e, arrow.both && Math.abs(cb.x - ca.x) < W ? 0.3 : 0.5);
    return { path: svg`<path class="way ${on ? "on" : ""} ${this.wrong.has(`transitions.${arrow.way.key}`) ? "wrong" : ""}" d="M${s.x} ${s.y}Q${mid.x} ${mid.y} ${e.x} ${e.y}" marker-end=${on ? "url(#tip-on)" : "url(#tip)"}></path>`,
      label: arrow.label ? this.label(arrow.way, at, on) : nothing };
  }
  label(/** @type {any} */ way, /** @type {{x: number, y: number}} */ at, /** @type {boolean} */ on) {
    const name = nameIn(way.names, way.key);
    const short = shortened(name, 18);
    const width = Math.max(26, short.length * 6.2 + 12);
    const pick = () => this.tell("pick", { transition: way.key });
    return svg`<g class="way-name ${on ? "on" : ""}" role="button" tabindex="0" aria-label=${t("web.flow.transition.label", { name, from: this.fromNames(way), to: this.stateName(way.to) })}
      @click=${pick} @keydown=${(/** @type {KeyboardEvent} */ e) => {
        if (e.key === "Enter" || e.key === " ") {
          e.preventDefault();
          e.stopPropagation();
          pick();
        }
      }}><rect x=${at.x - width / 2} y=${at.y - 12} width=${width} height="24" rx="12"></rect><text x=${at.x} y=${at.y + 4} text-anchor="middle">${short}</text>${short === name ? nothing : svg`<title>${name}</title>`}</g>`;
  }
  stateName(/** @type {string} */ key) {
    return nameIn(this.design.states.find((/** @type {any} */ s) => s.key === key)?.names, key);
  }
  fromNames(/** @type {any} */ way) {
    return way.from.length ? way.from.map((/** @type {string} */ k) => this.stateName(k)).join(", ") : t("web.flow.any");
  }
  box(/** @type {any} */ state) {
    const at = /** @type {any} */ (this.places.get(state.key));
    const name = nameIn(state.names, state.key);
    const short = shortened(name, 20);
    const initial = state.key === this.design.initial;
    const any = this.design.transitions.filter((/** @type {any} */ w) => !w.from.length && w.to === state.key);
    const meaning = word(`category.${state.category.toLowerCase()}`);
    return svg`<g class="state ${state.category.toLowerCase()} ${this.selected === `s:${state.key}` ? "on" : ""} ${this.wrong.has(`states.${state.key}`) ? "wrong" : ""}" transform="translate(${at.x} ${at.y})">
      ${initial ? svg`<circle class="begin" cx="-16" cy=${H / 2} r="5"></circle><path class="way" d="M-11 ${H / 2}H-4" marker-end="url(#tip)"></path>` : nothing}
      ${any.map((/** @type {any} */ w, /** @type {number} */ i) => {
        const label = nameIn(w.names, w.key);
        return svg`<g class="any" role="button" tabindex="0" aria-label=${t("web.flow.transition.label", { name: label, from: t("web.flow.any"), to: name })} @click=${() => this.tell("pick", { transition: w.key })}
          @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === "Enter" && this.tell("pick", { transition: w.key })}><path class="way" d="M${W / 2 + i * 30} ${-22 - i * 24}V-3" marker-end="url(#tip)"></path><text x=${W / 2 + i * 30} y=${-27 - i * 24} text-anchor="middle">${label}</text></g>`;
      })}
      <g class="box" role="button" tabindex="0" data-state=${state.key} aria-label=${t("web.flow.state.label", { name, meaning, begin: initial ? t("web.flow.begins") : "" })}
        @pointerdown=${(/** @type {PointerEvent} */ e) => this.down(e, state.key, at)} @pointermove=${(/** @type {PointerEvent} */ e) => this.move(e)} @pointerup=${() => this.up()} @pointercancel=${() => (this.drag = null)}
        @keydown=${(/** @type {KeyboardEvent} */ e) => this.key(e, state.key, at)}>
        <rect width=${W} height=${H} rx="9"></rect><text class="name" x=${W / 2} y="20" text-anchor="middle">${short}</text><text class="meaning" x=${W / 2} y="36" text-anchor="middle">${meaning}</text></g>
      <circle class="knob" cx=${W} cy=${H / 2} r="7" @pointerdown=${(/** @type {PointerEvent} */ e) => this.knobDown(e, state.key)} @pointermove=${(/** @type {PointerEvent} */ e) => {
        if (this.line) this.line = { ...this.line, ...(({ x, y }) => ({ x, y }))(this.point(e)) };
      }} @pointerup=${() => this.knobUp()} @pointercancel=${() => (this.line = null)}><title>${t("web.flow.connect.drag")}</title></circle></g>`;
  }
  render() {
    if (!this.design) return nothing;
    this.places = layout(this.design);
    if (this.drag) this.places.set(this.drag.key, { x: this.drag.x, y: this.drag.y });
    const width = Math.max(640, ...[...this.places.values()].map((p) => p.x + W + EDGE + 10));
    const height = Math.max(200, ...[...this.places.values()].map((p) => p.y + H + EDGE + 20));
    const arrows = this.arrows().map((a) => this.arrow(a));
    const from = this.line && this.places.get(this.line.from);
    return html`<div class="flow-frame"><svg class="flow" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="group" aria-label=${t("web.flow.picture")}>
      <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0.5 7.5 4 0 7.5z"></path></marker>
        <marker id="tip-on" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip on" d="M0 0.5 7.5 4 0 7.5z"></path></marker></defs>
      ${arrows.map((a) => a.path)}${this.design.states.map((/** @type {any} */ s) => this.box(s))}${arrows.map((a) => a.label)}
      ${this.line && from ? svg`<path class="way on" d="M${from.x + W} ${from.y + H / 2}L${this.line.x} ${this.line.y}" marker-end="url(#tip-on)"></path>` : nothing}</svg></div>`;
  }
}
customElements.define("talka-workflow-picture", TalkaWorkflowPicture);

/** What a state means to the desk. @param {string} category */
export const categoryLabel = (category) => ({
  NEW: t("web.flow.category.new"), ACTIVE: t("web.flow.category.active"), PENDING: t("web.flow.category.pending"), RESOLVED: t("web.flow.category.resolved"), CLOSED: t("web.flow.category.closed"),
})[category] ?? category;
