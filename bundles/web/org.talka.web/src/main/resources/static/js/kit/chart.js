// SPDX-License-Identifier: Apache-2.0
/**
 * `<talka-chart>`: bars, lines and pies, drawn as SVG in the page's own colours. Whatever is drawn
 * is also a table: bars of groups and the legend of a pie are tables by themselves, a chart over
 * time has one behind it for screen readers, which can be shown instead of the picture.
 */
import { html, nothing, svg } from "lit";
import { PlainElement } from "./element.js";
import { formatDay, formatNumber, t } from "../core/i18n.js";

/**
 * @typedef {{label: string, day?: string, tone?: string}} Point `day` for a stretch of time that begins then
 * @typedef {{label: string, counts: number[]}} Series for each point a number
 */

/** The sixth colour is for what has no name of its own; beyond the fifth they come again, paler. */
const PALETTE = ["c1", "c2", "c3", "c4", "c5"];
/** Room around the picture: for the numbers on the left, for the days below. */
const TOP = 10;
const BELOW = 22;
const RIGHT = 10;

/** The first of 1, 2, 5, 10, 20, 50 … of which four steps reach the number. @param {number} most */
function stepOf(most) {
  for (let unit = 1; ; unit *= 10) {
    for (const n of [1, 2, 5]) if (n * unit * 4 >= most) return n * unit;
  }
}

/**
 * `<talka-chart shape="bar|line|pie" .label .points .series .href=${(series, point) => "/app/…"}>`.
 * Points with a day are drawn over time, others as groups.
 */
class TalkaChart extends PlainElement {
  static properties = {
    shape: {}, label: {}, points: { attribute: false }, series: { attribute: false }, href: { attribute: false },
    size: { state: true }, asTable: { state: true },
  };
  constructor() {
    super();
    this.shape = "bar";
    this.label = "";
    /** @type {Point[]} */
    this.points = [];
    /** @type {Series[]} */
    this.series = [];
    /** @type {((series: number, point: number) => string | undefined) | undefined} */
    this.href = undefined;
    this.size = { width: 0, height: 0 };
    this.asTable = false;
  }
  connectedCallback() {
    super.connectedCallback();
    const seen = new ResizeObserver(() => this.measure());
    seen.observe(this);
    this.until(() => seen.disconnect());
  }
  updated() {
    this.measure();
  }
  measure() {
    const room = this.querySelector(".chart-room");
    if (!room) return;
    const { clientWidth: width, clientHeight: height } = room;
    if (width !== this.size.width || height !== this.size.height) this.size = { width, height };
  }
  get overTime() {
    return this.points.some((point) => point.day);
  }
  /** @param {number} s @param {number} p @param {unknown} words */
  link(s, p, words) {
    const href = this.href?.(s, p);
    return href ? html`<a href=${href}>${words}</a>` : words;
  }
  color(/** @type {number} */ i) {
    return this.points[i]?.tone || `${PALETTE[i % PALETTE.length]} ${i < PALETTE.length ? "" : "pale"}`;
  }
  words(/** @type {Point} */ point) {
    return point.day ? formatDay(point.day) : point.label;
  }

  /** A bar for each group; this is a table whose cells have a bar in them. */
  bars() {
    const [{ counts }] = this.series;
    const most = Math.max(1, ...counts);
    return html`<table class="bars">${this.heads()}<tbody>${this.points.map((point, i) => html`<tr>
      <th scope="row">${this.link(0, i, point.label)}</th>
      <td><svg class="bar" aria-hidden="true"><rect class=${point.tone || "c1"} width="${(100 * counts[i]) / most}%" height="100%" rx="3"></rect></svg><span class="num">${formatNumber(counts[i])}</span></td></tr>`)}</tbody></table>`;
  }

  heads() {
    return html`<caption class="visually-hidden">${this.label}</caption><thead class="visually-hidden"><tr><th scope="col">${
      t(this.overTime ? "web.chart.day" : "web.chart.group")}</th>${this.series.map((s) => html`<th scope="col">${s.label}</th>`)}</tr></thead>`;
  }

  /** A ring and its legend; the legend is the table. */
  pie() {
    const [{ counts }] = this.series;
    const total = counts.reduce((sum, n) => sum + n, 0);
    let before = 0;
    return html`<div class="pie"><svg class="ring" viewBox="0 0 120 120" aria-hidden="true">
        ${counts.map((n, i) => {
          const share = (100 * n) / total;
          const gap = n < total ? Math.min(0.8, share / 2) : 0;
          const slice = svg`<circle class="slice ${this.color(i)}" cx="60" cy="60" r="44" pathLength="100"
            stroke-dasharray="${share - gap} ${100 - share + gap}" stroke-dashoffset=${25 - before}><title>${this.points[i].label}: ${formatNumber(n)}</title></circle>`;
          before += share;
          return slice;
        })}
        <text class="total" x="60" y="60" text-anchor="middle" dominant-baseline="central">${formatNumber(total)}</text></svg>
      <table class="legend">${this.heads()}<tbody>${this.points.map((point, i) => html`<tr>
        <th scope="row"><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class=${this.color(i)} width="10" height="10" rx="2"></rect></svg><span>${this.link(0, i, point.label)}</span></th>
        <td class="num">${formatNumber(counts[i])}</td></tr>`)}</tbody></table></div>`;
  }

  /** Days to the right, numbers upwards. */
  timeline() {
    return html`<div class="timeline">
      <div class="chart-foot">${this.series.length > 1 ? this.series.map((s, i) => html`<span class="key"><svg class="swatch wide" viewBox="0 0 22 10" aria-hidden="true">${
        this.shape === "line" ? svg`<path class="line ${PALETTE[i]} d${i}" d="M1 5h20"/>` : svg`<rect class=${PALETTE[i]} x="6" width="10" height="10" rx="2"/>`}</svg>${s.label}</span>`) : nothing}
        <span class="grow"></span><button type="button" class="linkish" aria-pressed=${this.asTable ? "true" : "false"} @click=${() => (this.asTable = !this.asTable)}>${t("web.chart.table")}</button></div>
      ${this.asTable ? nothing : html`<div class="chart-room">${this.size.width ? this.plot() : nothing}</div>`}
      <div class=${this.asTable ? "chart-table" : "visually-hidden"} tabindex=${this.asTable ? "0" : nothing} role=${this.asTable ? "region" : nothing} aria-label=${this.asTable ? this.label : nothing}><table>
        <caption class="visually-hidden">${this.label}</caption>
        <thead><tr><th scope="col">${t("web.chart.day")}</th>${this.series.map((s) => html`<th scope="col">${s.label}</th>`)}</tr></thead>
        <tbody>${this.points.map((point, p) => html`<tr><th scope="row">${this.words(point)}</th>${this.series.map((s, i) => html`<td class="num">${
          this.asTable && s.counts[p] ? this.link(i, p, formatNumber(s.counts[p])) : formatNumber(s.counts[p])}</td>`)}</tr>`)}</tbody></table></div></div>`;
  }

  plot() {
    const { width, height } = this.size;
    const n = this.points.length;
    const step = stepOf(Math.max(1, ...this.series.flatMap((s) => s.counts)));
    const top = step * 4;
    const left = 14 + 7 * formatNumber(top).length;
    const w = Math.max(1, width - left - RIGHT);
    const h = Math.max(1, height - TOP - BELOW);
    const slot = w / n;
    const x = (/** @type {number} */ i) => left + slot * (i + 0.5);
    const y = (/** @type {number} */ v) => TOP + h - (h * v) / top;
    const every = Math.max(1, Math.ceil(n / Math.max(2, Math.floor(w / 62))));
    const tip = (/** @type {number} */ s, /** @type {number} */ p) => svg`<title>${this.words(this.points[p])}, ${this.series[s].label}: ${formatNumber(this.series[s].counts[p])}</title>`;
    const thick = Math.max(2, Math.min(26, (slot * 0.72) / this.series.length));
    return html`<svg class="plot" width=${width} height=${height} aria-hidden="true">
      ${[0, 1, 2, 3, 4].map((i) => svg`<path class="rule" d="M${left} ${Math.round(y(i * step)) + 0.5}H${width - RIGHT}"/><text x=${left - 8} y=${y(i * step)} text-anchor="end" dominant-baseline="central">${formatNumber(i * step)}</text>`)}
      ${this.points.map((point, i) => ((n - 1 - i) % every ? nothing : svg`<text x=${x(i)} y=${height - 6} text-anchor=${x(i) + 24 > width ? "end" : "middle"}>${this.words(point)}</text>`))}
      ${this.series.map(({ counts }, s) => this.shape === "line"
        ? svg`<path class="line ${PALETTE[s]} d${s}" d=${counts.map((v, i) => `${i ? "L" : "M"}${x(i)} ${y(v)}`).join("")}/>
            ${counts.map((v, i) => svg`<circle class="dot ${PALETTE[s]}" cx=${x(i)} cy=${y(v)} r="3">${tip(s, i)}</circle>`)}`
        : counts.map((v, i) => svg`<rect class=${PALETTE[s]} x=${x(i) + (s - this.series.length / 2) * thick + 0.5} y=${y(v)} width=${Math.max(1, thick - 1)} height=${Math.max(0, TOP + h - y(v))} rx="1.5">${tip(s, i)}</rect>`))}
    </svg>`;
  }

  render() {
    if (!this.points.length || (!this.overTime && !this.series[0]?.counts.some((n) => n))) return html`<p class="faint">${t("web.chart.nothing")}</p>`;
    if (this.overTime) return this.timeline();
    return this.shape === "pie" ? this.pie() : this.bars();
  }
}
customElements.define("talka-chart", TalkaChart);
