// SPDX-License-Identifier: Apache-2.0
/** The surroundings of an item as a picture, laid out by the server, and the same as a list. */
import { css, html, nothing, svg } from "lit";
import { failure, icon, loading } from "@talka/ui";
import { fromClock, t } from "@talka/ui/i18n";
import { className, itemHref, itemLink, readSchema, relationName, statusChip } from "./common.js";

const WIDTH = 184;
const HEIGHT = 40;
const ZOOMS = [0.35, 0.5, 0.7, 1, 1.4];
const LONGEST = 21;
/** With more lines than this the boxes matter more than each of them. */
const MANY = 150;
/** As long as typing a date is not finished yet. */
const SOON = 400;

export const mapStyles = css`
  .map-bar { display: flex; flex-wrap: wrap; gap: 8px 10px; align-items: end; margin-bottom: 12px; } .map-bar talka-select { flex: 0 1 190px; } .map-bar talka-input { flex: 0 1 210px; } .map-bar .seg { margin-left: auto; } .map-bar .zoom { display: flex; gap: 2px; }
  .map { overflow: auto; max-height: 72vh; background: var(--sheet); border: 1px solid var(--rule); border-radius: var(--r-l); } .map svg { display: block; fill: none; }
  .map .line { stroke: var(--rule-strong); stroke-width: 1.2; } .map .line.down { stroke: var(--danger); } .map.dense .line { opacity: .3; } .map #tip path { fill: var(--rule-strong); } .map #tip-down path { fill: var(--danger); }
  .map .box rect { fill: var(--sheet); stroke: var(--rule-strong); } .map .box.middle rect { fill: var(--accent-wash); stroke: var(--accent); stroke-width: 2; } .map .box.down rect { stroke: var(--danger); stroke-dasharray: 6 3; } .map .box.service rect { fill: var(--info-wash); }
  .map .box.middle.service rect { fill: var(--accent-wash); } .map .box.away { opacity: .6; } .map .box.group rect { fill: var(--shade); }
  .map text { fill: var(--ink); font: 540 13px/1 var(--font); } .map text.small { fill: var(--ink-2); font: 450 11px/1 var(--font); } .map .box { cursor: pointer; } .map .box:hover rect { fill: var(--press); }
  .map a:focus-visible, .map g:focus-visible { outline: none; box-shadow: none; } .map :is(a, g.box):focus-visible rect { stroke: var(--accent); stroke-width: 3; stroke-dasharray: none; }
  .legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 8px 0 0; padding: 0; list-style: none; color: var(--ink-2); font-size: var(--size-s); }
  .map-list table { width: 100%; border-collapse: collapse; } .map-list :is(th, td) { text-align: start; padding: 7px 12px; border-bottom: 1px solid var(--rule); vertical-align: top; } .map-list thead th { font-weight: 560; font-size: var(--size-s); color: var(--ink-2); } .map-list .scroll { overflow-x: auto; }
`;

const short = (name) => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name);

/** Drawn by the element of the page. */
export class ItemMap {
  constructor(page) {
    this.page = page;
    this.depth = "2";
    this.show = "both";
    this.at = "";
    this.list = false;
    this.zoom = ZOOMS.indexOf(1);
    this.turn = 0;
    this.forget();
  }

  forget() {
    this.expanded = new Set();
    this.map = this.problem = this.then = null;
    this.turn++;
  }

  async load() {
    const turn = ++this.turn;
    const { page } = this;
    const params = new URLSearchParams({ depth: this.depth, show: this.show });
    if (this.at) params.set("at", fromClock(this.at));
    for (const id of this.expanded) params.append("expand", id);
    try {
      const at = params.get("at");
      const [map, then] = await Promise.all([page.api.get(page.base(`/map?${params}`)), at ? readSchema(page.api, at) : null]);
      if (turn !== this.turn) return;
      this.map = map;
      this.then = then;
      this.problem = null;
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
    page.host.requestUpdate();
  }

  /** The words of the day that is shown. */
  get schema() {
    return this.then ?? this.page.schema;
  }

  set(key, value) {
    if (this[key] === value) return;
    this[key] = value;
    this.load();
  }

  look(key, value) {
    this[key] = value;
    this.page.host.requestUpdate();
  }

  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.map) return loading(8);
    const press = (on, label, sign, go, off = false) => html`<button type="button" class="btn quiet small ${sign ? "square" : ""}" aria-pressed=${on === null ? nothing : String(on)} aria-label=${label} title=${label} ?disabled=${off} @click=${go}>${sign || label}</button>`;
    return html`<div class="map-bar">
        <talka-select required .label=${t("ui.cmdb.map.show")} .options=${[["both", t("ui.cmdb.map.both")], ["needs", t("ui.cmdb.map.needs")], ["needed", t("ui.cmdb.map.needed")]]} .value=${this.show} @change=${(e) => this.set("show", e.currentTarget.value)}></talka-select>
        <talka-select required .label=${t("ui.cmdb.map.depth")} .options=${["1", "2", "3", "4", "5", "6"].map((n) => [n, n])} .value=${this.depth} @change=${(e) => this.set("depth", e.currentTarget.value)}></talka-select>
        <talka-input type="datetime-local" .label=${t("ui.cmdb.map.at")} .value=${this.at} @input=${(e) => {
          const value = e.currentTarget.value;
          clearTimeout(this.later);
          this.later = setTimeout(() => this.set("at", value), SOON);
        }}></talka-input>
        <div class="seg" role="group" aria-label=${t("ui.cmdb.map.as")}>${press(!this.list, t("ui.cmdb.map.picture"), "", () => this.look("list", false))}${press(this.list, t("ui.cmdb.map.list"), "", () => this.look("list", true))}</div>
        ${this.list ? nothing : html`<div class="zoom">${press(null, t("ui.cmdb.map.smaller"), "−", () => this.look("zoom", this.zoom - 1), this.zoom === 0)}${press(null, t("ui.cmdb.map.bigger"), "+", () => this.look("zoom", this.zoom + 1), this.zoom === ZOOMS.length - 1)}</div>`}</div>
      ${this.map.more ? html`<p class="note">${icon("info")}<span>${t("ui.cmdb.map.more")}</span></p>` : nothing}
      ${this.map.items.length ? this.list ? this.table() : this.picture() : html`<p class="faint">${t("ui.cmdb.map.notYet")}</p>`}`;
  }

  picture() {
    const { items, groups, lines, width, height } = this.map;
    const zoom = ZOOMS[this.zoom];
    const boxes = new Map([...items.map((one) => [one.item.key, one]), ...groups.map((one) => [one.id, one])]);
    return html`<div class="map ${lines.length > MANY ? "dense" : ""}" tabindex="0" role="region" aria-label=${t("ui.cmdb.map.of", { name: this.page.item.name })}><svg width=${width * zoom} height=${height * zoom} viewBox="0 0 ${width} ${height}" role="group" aria-label=${t("ui.cmdb.map.picture")}>
        <defs>${["tip", "tip-down"].map((id) => svg`<marker id=${id} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"></path></marker>`)}</defs>
        ${lines.map((line) => this.line(line, boxes))}${items.map((one) => this.box(one))}${groups.map((one) => this.group(one))}</svg></div>
      <ul class="legend"><li>${t("ui.cmdb.map.left")}</li><li>${t("ui.cmdb.map.right")}</li><li>${t("ui.cmdb.map.dashed")}</li></ul>`;
  }

  line(line, boxes) {
    const a = boxes.get(line.source);
    const b = boxes.get(line.target);
    if (!a || !b) return nothing;
    const down = (a.down || a.item?.key === this.page.key) && (b.down || b.item?.key === this.page.key);
    const words = svg`<title>${relationName(this.schema, line.type, true)}</title>`;
    const [y1, y2] = [a.y + HEIGHT / 2, b.y + HEIGHT / 2];
    const tip = down ? "url(#tip-down)" : "url(#tip)";
    if (a.x === b.x) {
      const x = a.x + WIDTH;
      return svg`<path class="line ${down ? "down" : ""}" marker-end=${tip} d="M${x} ${y1}C${x + 46} ${y1} ${x + 46} ${y2} ${x + 2} ${y2}">${words}</path>`;
    }
    const right = b.x > a.x;
    const [x1, x2] = right ? [a.x + WIDTH, b.x - 2] : [a.x, b.x + WIDTH + 2];
    const bend = (x2 - x1) / 2;
    return svg`<path class="line ${down ? "down" : ""}" marker-end=${tip} d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}">${words}</path>`;
  }

  box(one) {
    const { item } = one;
    const middle = item.key === this.page.key;
    const kind = className(this.schema, item.classKey);
    return svg`<a class="box ${middle ? "middle" : ""} ${one.down ? "down" : ""} ${one.service ? "service" : ""} ${item.status === "retired" ? "away" : ""}" href=${itemHref(item.key, "map")}
      aria-label=${one.down ? t("ui.cmdb.map.box.down", { name: item.name, kind }) : t("ui.cmdb.map.box", { name: item.name, kind })}>
      <rect x=${one.x} y=${one.y} width=${WIDTH} height=${HEIGHT} rx="7"></rect><text x=${one.x + 11} y=${one.y + 17}>${short(item.name)}</text><text class="small" x=${one.x + 11} y=${one.y + 32}>${short(kind)}</text><title>${item.name}</title></a>`;
  }

  group(one) {
    const words = t("ui.cmdb.map.group", { n: one.count, kind: className(this.schema, one.classKey) });
    const open = () => {
      this.expanded.add(one.id);
      this.load();
    };
    return svg`<g class="box group" role="button" tabindex="0" aria-label=${t("ui.cmdb.map.open", { what: words })} @click=${open} @keydown=${(e) => {
      if (e.key === "Enter" || e.key === " ") {
        e.preventDefault();
        open();
      }
    }}><rect x=${one.x + 4} y=${one.y - 4} width=${WIDTH - 4} height=${HEIGHT} rx="7"></rect><rect x=${one.x} y=${one.y} width=${WIDTH - 4} height=${HEIGHT} rx="7"></rect><text x=${one.x + 11} y=${one.y + 24}>${short(words)}</text></g>`;
  }

  table() {
    const { items, groups, lines } = this.map;
    const names = new Map(items.map((one) => [one.item.key, one.item.name]));
    const where = (level) => level === 0 ? t("ui.cmdb.map.middle") : level < 0 ? t("ui.cmdb.map.needs.far", { n: -level }) : t("ui.cmdb.map.needed.far", { n: level });
    const ties = (key) => lines.filter((line) => line.source === key && names.has(line.target)).map((line) => `${relationName(this.schema, line.type, true)} ${names.get(line.target)}`).join(", ");
    const sorted = [...items].sort((a, b) => Math.abs(a.level) - Math.abs(b.level) || a.level - b.level || a.y - b.y);
    return html`<div class="card map-list"><div class="scroll" tabindex="0" role="region" aria-label=${t("ui.cmdb.map.of", { name: this.page.item.name })}><table><thead><tr><th scope="col">${t("ui.cmdb.field.name")}</th><th scope="col">${t("ui.cmdb.field.class")}</th><th scope="col">${t("ui.cmdb.map.where")}</th><th scope="col">${t("ui.cmdb.relations")}</th></tr></thead>
      <tbody>${sorted.map((one) => html`<tr><td>${itemLink(this.schema, one.item)} ${one.down ? html`<span class="chip bad">${t("ui.cmdb.map.down")}</span>` : nothing}</td><td>${className(this.schema, one.item.classKey)} ${one.item.status === "inService" ? nothing : statusChip(one.item.status)}</td><td>${where(one.level)}</td><td>${ties(one.item.key) || "–"}</td></tr>`)}
      ${groups.map((one) => html`<tr><td><button class="btn small" @click=${() => {
        this.expanded.add(one.id);
        this.load();
      }}>${t("ui.cmdb.map.open", { what: t("ui.cmdb.map.group", { n: one.count, kind: className(this.schema, one.classKey) }) })}</button></td><td></td><td>${where(one.level)}</td><td>${names.get(one.around) ?? "–"}</td></tr>`)}</tbody></table></div></div>`;
  }
}
