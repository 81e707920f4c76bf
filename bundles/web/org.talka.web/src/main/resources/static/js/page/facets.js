// SPDX-License-Identifier: Apache-2.0
/** By what a search can be narrowed down: boxes with counts, and a chip for each that is chosen. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { desk } from "../core/desk.js";
import { get } from "../core/api.js";
import { FACETS } from "../core/conditions.js";
import { fieldLabel, optionLabel, typeLabel } from "../core/fields.js";
import { formatNumber, t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { shortcut } from "../core/shortcuts.js";

const REST = 2500;
/** Fields whose values have an order of their own; the others come by number. @type {Record<string, string[]>} */
const ORDER = { priority: ["critical", "high", "medium", "low", "planning"], category: ["new", "active", "pending", "resolved", "closed"] };
const wide = matchMedia("(min-width: 1000px)");

/** @typedef {import("../core/conditions.js").Chosen} Chosen */

/** `<talka-facets .q .chosen @choose>`: `choose` tells what is chosen then. */
class TalkaFacets extends PlainElement {
  static properties = { q: {}, chosen: { attribute: false }, data: { state: true }, open: { state: true } };
  constructor() {
    super();
    this.q = "";
    /** @type {Chosen} */
    this.chosen = {};
    /** @type {any} */
    this.data = null;
    this.open = wide.matches;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    /** The names of people and teams that were chosen. @type {Map<string, string>} */
    this.names = new Map();
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    this.follow(desk, "types");
    this.until(
      onLive("ticket", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.load(), REST);
      }),
      shortcut("f", "web.keys.facets", () => this.enter(), "web.keys.list"),
      () => clearTimeout(this.timer),
    );
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("q") || changed.has("chosen")) this.load();
  }
  async enter() {
    this.open = true;
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("fieldset input"))?.focus();
  }
  async load() {
    this.running?.abort();
    const running = (this.running = new AbortController());
    const params = new URLSearchParams();
    if (this.q.trim()) params.set("q", this.q.trim());
    for (const [facet, values] of Object.entries(this.chosen)) for (const v of values) params.append(facet, v);
    try {
      const data = await get(`/search/facets?${params}`, running.signal);
      if (running.signal.aborted) return;
      this.data = data;
      for (const f of data.facets) for (const v of f.values) if (v.label) this.names.set(`${f.field}:${v.value}`, v.label);
    } catch {
      // half a query may be no query: the list says what is wrong with it
    }
  }

  /** @param {string} facet @param {string} value */
  words(facet, value) {
    if (value === "none") return facet === "assignee" ? t("web.board.nobody") : t("web.facet.none");
    switch (facet) {
      case "type":
        return typeLabel(value);
      case "category":
        return word(`category.${value}`);
      case "priority":
        return optionLabel("priority", value);
      case "createdAt":
        return t(`web.facet.${value}`);
      default:
        return this.names.get(`${facet}:${value}`) ?? value;
    }
  }
  /** @param {string} facet */
  title(facet) {
    return facet === "category" ? fieldLabel("state") : facet === "type" ? t("web.column.type") : facet === "tag" ? fieldLabel("tags") : fieldLabel(facet);
  }

  /** @param {string} facet @param {string} value @param {boolean} on */
  choose(facet, value, on) {
    const others = facet === "createdAt" ? [] : (this.chosen[facet] ?? []).filter((v) => v !== value);
    this.tell({ ...this.chosen, [facet]: on ? [...others, value] : others });
  }
  tell(/** @type {Chosen} */ chosen) {
    this.dispatchEvent(new CustomEvent("choose", { detail: chosen }));
  }

  facet(/** @type {any} */ f) {
    if (!f.values.length) return nothing;
    const once = f.field === "createdAt";
    const order = ORDER[f.field];
    const values = order ? [...f.values].sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value)) : f.values;
    const is = (/** @type {string} */ v) => (this.chosen[f.field] ?? []).includes(v);
    const line = (/** @type {string} */ value, /** @type {string} */ label, /** @type {string} */ number) => html`<label class="check facet-value"><input
      type=${once ? "radio" : "checkbox"} name=${once ? "facet-created" : nothing} .checked=${value ? is(value) : !this.chosen[f.field]?.length}
      @change=${(/** @type {any} */ e) => (value ? this.choose(f.field, value, e.target.checked) : this.tell({ ...this.chosen, [f.field]: [] }))}><span class="cut">${label}</span>
      ${number ? html`<span class="n num">${number}</span>` : nothing}</label>`;
    return html`<fieldset class="facet"><legend>${this.title(f.field)}</legend>${once ? line("", t("web.facet.any"), "") : nothing}
      ${values.map((/** @type {any} */ v) => line(v.value, this.words(f.field, v.value), formatNumber(v.count) + (v.more ? "+" : "")))}</fieldset>`;
  }

  render() {
    const chosen = FACETS.flatMap((f) => (this.chosen[f] ?? []).map((v) => ({ f, v })));
    return html`${chosen.length ? html`<div class="facet-chips" role="group" aria-label=${t("web.facet.chosen")}>${chosen.map(({ f, v }) => {
        const name = `${this.title(f)}: ${this.words(f, v)}`;
        return html`<span class="chip">${name}<button type="button" class="chip-x" aria-label=${t("web.removeOne", { name })} @click=${() => this.choose(f, v, false)}>×</button></span>`;
      })}<button type="button" class="linkish" @click=${() => this.tell({})}>${t("web.facet.clear")}</button></div>` : nothing}
      <details class="facets" ?open=${this.open} @toggle=${(/** @type {any} */ e) => (this.open = e.target.open)}><summary>${icon("sort")}${t("web.facet.title")}${
        this.data ? html`<span class="n num" role="status">${t("web.facet.found", { n: this.data.found, shown: formatNumber(this.data.found) + (this.data.more ? "+" : "") })}</span>` : nothing}</summary>
        ${this.data?.facets.map((/** @type {any} */ f) => this.facet(f))}</details>`;
  }
}
customElements.define("talka-facets", TalkaFacets);
