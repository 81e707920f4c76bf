// SPDX-License-Identifier: Apache-2.0
/** Configuration items: the list that is searched and narrowed down, and the page of a single one. */
import { css, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { empty, failure, icon, loading, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { classIcon, className, classTree, entries, itemHref, nameIn, readSchema, statusChip, statuses } from "./common.js";
import { editItem } from "./item-dialog.js";
import { mapStyles } from "./item-map.js";
import { ItemPage, itemStyles } from "./item-page.js";

export const api = 1;

const PAGE = 50;
const FILTERS = ["q", "class", "status", "owner", "verified", "sort"];

export default class ConfigurationItems extends TalkaElement {
  static properties = { schema: { state: true }, items: { state: true }, next: { state: true }, problem: { state: true }, busy: { state: true }, version: { state: true } };

  static styles = [itemStyles, mapStyles, css`
    :host { display: block; }
    .lead { margin: 6px 0 16px; max-width: 70ch; }
    .bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; margin-bottom: 14px; }
    .bar talka-input { flex: 1 1 180px; } .bar talka-select { flex: 0 1 120px; }
    table { width: 100%; border-collapse: collapse; } th, td { text-align: start; padding: 8px 12px; border-bottom: 1px solid var(--rule); vertical-align: top; }
    th { font-weight: 560; font-size: var(--size-s); color: var(--ink-2); } tr:last-child td { border-bottom: 0; }
    td.name { min-width: 200px; overflow-wrap: anywhere; } .scroll { overflow-x: auto; }
    .foot { padding: 10px 12px; border-top: 1px solid var(--rule); }
    @media (max-width: 700px) { .wide { display: none; } }
  `];

  constructor() {
    super();
    this.schema = null;
    this.items = null;
    this.next = null;
    this.problem = null;
    this.busy = false;
    this.turn = 0;
    /** What the address names. */
    this.address = null;
    this.v = {};
    this.page = new ItemPage(this);
  }

  willUpdate(changed) {
    if (!changed.has("context") || !this.context) return;
    const address = this.context.rest.join("/") + this.context.search;
    if (address === this.address) return;
    this.address = address;
    const [key = "", part = ""] = this.context.rest;
    this.key = key;
    if (key) this.page.open(key, part);
    else {
      const params = new URLSearchParams(this.context.search);
      this.v = Object.fromEntries(FILTERS.map((name) => [name, params.get(name) ?? ""]));
      this.load();
    }
  }

  async load() {
    const turn = ++this.turn;
    const { api } = this.context;
    try {
      const [schema, page] = await Promise.all([readSchema(api), this.read(undefined)]);
      if (turn !== this.turn) return;
      this.schema = schema;
      this.items = page.items;
      this.next = page.next;
      this.problem = null;
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
  }

  read(after) {
    const { api } = this.context;
    return api.get(`/cmdb/items${api.query({ ...this.v, limit: PAGE, after })}`);
  }

  async more() {
    const turn = this.turn;
    this.busy = true;
    try {
      const page = await this.read(this.next);
      if (turn === this.turn) {
        this.items = [...this.items, ...page.items];
        this.next = page.next;
      }
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.busy = false;
  }

  show(e) {
    e?.preventDefault();
    const { api, navigate } = this.context;
    navigate(`/app/m/cmdb/cmdb.items${api.query({ ...this.v, q: (this.v.q ?? "").trim() })}`);
  }

  async make() {
    const { api, navigate } = this.context;
    const made = await editItem({ api, schema: this.schema });
    if (made?.key) navigate(itemHref(made.key));
  }

  get mayMake() {
    return this.context.desk.can("cmdb:update");
  }

  render() {
    if (!this.context) return nothing;
    if (this.key) return this.page.render();
    return html`<p class="muted lead">${t("ui.cmdb.lead")}</p>${this.problem ? failure(this.problem, () => this.load()) : this.list()}`;
  }

  list() {
    if (!this.items || !this.schema) return loading(8);
    const pick = (name) => (e) => {
      this.v[name] = e.currentTarget.value;
      this.show();
    };
    const filtered = FILTERS.some((name) => name !== "sort" && this.v[name]);
    const tree = classTree(this.schema);
    return html`<form class="bar" role="search" aria-label=${t("ui.cmdb.find")} @submit=${(e) => this.show(e)}>
        <talka-input type="search" .label=${t("ui.cmdb.words")} .placeholder=${t("ui.cmdb.words.hint")} .value=${this.v.q} @input=${(e) => (this.v.q = e.currentTarget.value)}></talka-input>
        <talka-select .label=${t("ui.cmdb.field.class")} .empty=${t("ui.cmdb.any.class")} .options=${tree.map((c) => [c.key, `${"\u2003".repeat(c.depth)}${nameIn(c.names, c.key)}`])} .value=${this.v.class} @change=${pick("class")}></talka-select>
        <talka-select .label=${t("ui.cmdb.field.status")} .empty=${t("ui.cmdb.any")} .options=${entries(statuses())} .value=${this.v.status} @change=${pick("status")}></talka-select>
        <talka-select .label=${t("ui.cmdb.field.owner")} .empty=${t("ui.cmdb.any")} .options=${[["me", t("ui.cmdb.mine")]]} .value=${this.v.owner} @change=${pick("owner")}></talka-select>
        <talka-select .label=${t("ui.cmdb.verified")} .empty=${t("ui.cmdb.any.item")} .options=${[["true", t("ui.cmdb.yes")], ["false", t("ui.cmdb.no")]]} .value=${this.v.verified} @change=${pick("verified")}></talka-select>
        <talka-select .label=${t("ui.cmdb.order")} .empty=${t("ui.cmdb.order.name")} .options=${[["-updatedAt", t("ui.cmdb.order.latest")]]} .value=${this.v.sort} @change=${pick("sort")}></talka-select>
        <button class="btn">${icon("search")}${t("ui.cmdb.search")}</button>
        ${this.mayMake ? html`<button type="button" class="btn primary" @click=${() => this.make()}>${icon("plus")}${t("ui.cmdb.new")}</button>` : nothing}</form>
      ${this.items.length ? this.table() : html`<div class="card">${empty({ icon: "graph", title: filtered ? t("ui.cmdb.none.filtered") : t("ui.cmdb.none"),
        text: filtered ? t("ui.cmdb.none.filtered.text") : t("ui.cmdb.none.text") })}</div>`}`;
  }

  table() {
    return html`<div class="card"><div class="scroll" tabindex="0" role="region" aria-label=${t("ui.cmdb.items")}><table><thead><tr>
        <th scope="col">${t("ui.cmdb.field.name")}</th><th scope="col" class="wide">${t("ui.cmdb.field.class")}</th><th scope="col">${t("ui.cmdb.field.status")}</th>
        <th scope="col" class="wide">${t("ui.cmdb.field.owner")}</th><th scope="col" class="wide">${t("ui.cmdb.updated")}</th></tr></thead>
      <tbody>${repeat(this.items, (item) => item.key, (item) => html`<tr><td class="name"><a class="ref" href=${itemHref(item.key)}>${icon(classIcon(this.schema, item.classKey))}<span>${item.name}</span></a>
          <span class="faint mono">${item.key}</span></td><td class="wide">${className(this.schema, item.classKey)}</td><td>${statusChip(item.status)}</td>
          <td class="wide">${item.owner?.displayName ?? item.team?.name ?? "–"}</td><td class="wide"><talka-time .at=${item.updatedAt}></talka-time></td></tr>`)}</tbody></table></div>
      ${this.next ? html`<div class="foot"><button class="btn" ?disabled=${this.busy} @click=${() => this.more()}>${icon("down")}${t("ui.cmdb.more")}</button></div>` : nothing}</div>`;
  }
}
