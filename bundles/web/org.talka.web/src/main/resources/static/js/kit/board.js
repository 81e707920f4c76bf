// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "./element.js";
import { newId } from "./form.js";
import { icon } from "./icons.js";
import { menuKeys, placeMenu } from "./overlay.js";
import { t } from "../core/i18n.js";

/**
 * @typedef {{key: string, title: string, count?: string, rest?: boolean, exit?: boolean}} Column
 *   `rest`: there is more than the cards that are here; `exit`: nothing stands in it, but a card can go there
 * @typedef {{id: string, column: string, lane?: string, title: string, href?: string, head?: unknown, foot?: unknown, busy?: boolean, fixed?: boolean}} Card
 *   `fixed`: it can't be moved
 */

/**
 * `<talka-board label .columns .cards .lanes=${[{key, title}]}>`: cards in columns, and in lanes
 * when there are any. Every column (of a lane) is a list with a name.
 *
 * A card is moved by drag, by its menu (M) or by Shift with the arrows; arrows go from card to card.
 * The board moves nothing by itself: it fires `move` with `{id, column}` and shows what `cards` say
 * then. `more` with `{column}` asks for the rest of a column. `reach(id, column)` says where a card
 * can go; what it can't is shown so, and may be asked for all the same. `said` is read aloud.
 */
class TalkaBoard extends PlainElement {
  static properties = {
    label: {}, columns: { attribute: false }, cards: { attribute: false }, lanes: { attribute: false }, reach: { attribute: false }, said: {},
    dragging: { state: true }, over: { state: true }, folded: { state: true }, current: { state: true }, asked: { state: true },
  };
  constructor() {
    super();
    this.label = this.said = "";
    /** @type {Column[]} */
    this.columns = [];
    /** @type {Card[]} */
    this.cards = [];
    /** @type {{key: string, title: string}[]} */
    this.lanes = [];
    /** @type {(id: string, column: string) => boolean} */
    this.reach = () => true;
    this.dragging = this.over = "";
    /** @type {Set<string>} */
    this.folded = new Set();
    /** The card that is in the order of the Tab key. */
    this.current = "";
    /** The card whose menu is open. */
    this.asked = "";
    this.id0 = newId();
    /** The card that is being dragged; `dragging` shows it a moment later, or the browser would drop it. */
    this.held = "";
    /** The card that the keyboard moved: it keeps the focus in its new place. */
    this.follows = "";
  }

  /** @param {string} id */
  card(id) {
    return this.cards.find((c) => c.id === id);
  }

  get popup() {
    return /** @type {HTMLElement} */ (this.querySelector(".board-menu"));
  }

  /** @param {string} id @returns {HTMLElement | null} */
  link(id) {
    return this.querySelector(`li[data-id="${CSS.escape(id)}"] .card-title`);
  }

  willUpdate() {
    if (!this.card(this.current)) this.current = this.cards[0]?.id ?? "";
  }

  updated() {
    /** @type {HTMLElement} */ (this.querySelector(".board")).style.setProperty("--n", String(Math.max(1, this.columns.filter((c) => !c.exit).length)));
    const lost = !document.activeElement || document.activeElement === document.body;
    if (this.follows && lost) this.link(this.follows)?.focus();
  }

  /** Goes to another card, as the arrow keys do. @param {number} across @param {number} down */
  step(across, down) {
    const lists = this.columns.filter((c) => !c.exit)
      .map((c) => /** @type {HTMLElement[]} */ ([...this.querySelectorAll(`ul[data-column="${CSS.escape(c.key)}"] > li`)]));
    let x = lists.findIndex((list) => list.some((li) => li.dataset.id === this.current));
    if (x < 0) return;
    let y = lists[x].findIndex((li) => li.dataset.id === this.current);
    const onBoard = this.contains(document.activeElement);
    if (onBoard) {
      y += down;
      for (x += across; across && lists[x] && !lists[x].length; ) x += across;
    }
    const list = lists[x];
    const li = list?.[Math.max(0, Math.min(y, list.length - 1))];
    if (!li) return;
    this.current = li.dataset.id ?? "";
    this.follows = "";
    const link = /** @type {HTMLElement} */ (li.querySelector(".card-title"));
    link.focus({ preventScroll: true });
    li.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** @param {string} id @param {string} column @param {boolean} [follow] whether the focus goes with it */
  move(id, column, follow = false) {
    const card = this.card(id);
    if (!card || card.column === column || card.busy) return;
    this.follows = follow ? id : "";
    this.dispatchEvent(new CustomEvent("move", { detail: { id, column } }));
  }

  /** @param {KeyboardEvent} e */
  onKey(e) {
    const li = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (e.target).closest("li[data-id]"));
    const id = li?.dataset.id;
    if (!id || e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey) return;
    const [across, down] = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] })[e.key] ?? [0, 0];
    if (across && e.shiftKey) {
      const columns = this.columns;
      const to = columns[columns.findIndex((c) => c.key === this.card(id)?.column) + across];
      if (to) this.move(id, to.key, true);
    } else if (across || down) {
      this.step(across, down);
    } else if (e.key.toLowerCase() === "m" || e.key === "ContextMenu" || (e.key === "F10" && e.shiftKey)) {
      this.ask(id, /** @type {HTMLElement} */ (li.querySelector(".card-menu") ?? li));
    } else return;
    e.preventDefault();
  }

  /** Opens the menu of a card. @param {string} id @param {HTMLElement} anchor */
  async ask(id, anchor) {
    if (this.card(id)?.fixed) return;
    this.asked = this.current = id;
    await this.updateComplete;
    placeMenu(this.popup, anchor);
  }

  /** @param {DragEvent} e */
  column(e) {
    return /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (e.target).closest("[data-column]"))?.dataset.column ?? "";
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
    const column = this.held ? this.column(e) : "";
    this.over = column;
    if (column) e.preventDefault();
  }

  onDrop(/** @type {DragEvent} */ e) {
    const [id, column] = [this.held, this.column(e)];
    this.letGo();
    if (!id || !column) return;
    e.preventDefault();
    this.move(id, column);
  }

  letGo() {
    this.held = this.dragging = this.over = "";
  }

  /** How a column looks while a card is over it. @param {string} key */
  zone(key) {
    if (!this.dragging || this.card(this.dragging)?.column === key) return "";
    return `${this.over === key ? "over" : ""} ${this.reach(this.dragging, key) ? "" : "far"}`;
  }

  item(/** @type {Card} */ c) {
    const tab = c.id === this.current ? 0 : -1;
    return html`<li class="board-card ${c.busy ? "busy" : ""} ${c.id === this.dragging ? "held" : ""}" data-id=${c.id} draggable=${c.fixed || c.busy ? "false" : "true"}
      aria-busy=${c.busy ? "true" : nothing} @focusin=${() => {
        this.current = c.id;
        if (this.follows !== c.id) this.follows = "";
      }}><div class="card-head">${c.head ?? nothing}${c.fixed ? nothing : html`<button type="button" class="btn quiet square card-menu"
        tabindex=${tab} aria-haspopup="menu" aria-expanded=${this.asked === c.id ? "true" : "false"} aria-label=${t("web.board.move", { name: c.id })}
        @click=${(/** @type {any} */ e) => this.ask(c.id, e.currentTarget)}>${icon("more")}</button>`}</div>
      ${c.href ? html`<a class="card-title" href=${c.href} draggable="false" tabindex=${tab}>${c.title}</a>` : html`<span class="card-title" role="button" tabindex=${tab}>${c.title}</span>`}
      ${c.foot ? html`<div class="card-foot">${c.foot}</div>` : nothing}</li>`;
  }

  lane(/** @type {{key: string, title: string} | null} */ lane, /** @type {Column[]} */ columns) {
    const here = this.cards.filter((c) => !lane || (c.lane ?? "") === lane.key);
    const open = !lane || !this.folded.has(lane.key);
    return html`${lane ? html`<h3 class="board-lane"><button type="button" class="btn quiet" aria-expanded=${open ? "true" : "false"} @click=${() => {
        this.folded = new Set(open ? [...this.folded, lane.key] : [...this.folded].filter((k) => k !== lane.key));
      }}>${icon(open ? "down" : "right")}${lane.title} <span class="n num">${here.length}</span></button></h3>` : nothing}
      ${open ? columns.map((column) => html`<ul class="board-cards ${this.zone(column.key)}" role="list" data-column=${column.key}
        aria-label=${lane ? t("web.board.cell", { column: column.title, lane: lane.title }) : column.title}>
        ${repeat(here.filter((c) => c.column === column.key), (c) => c.id, (c) => this.item(c))}</ul>`) : nothing}`;
  }

  render() {
    const columns = this.columns.filter((c) => !c.exit);
    const exits = this.columns.filter((c) => c.exit);
    const asked = this.card(this.asked);
    return html`<p class="visually-hidden" id="${this.id0}h">${t("web.board.help")}</p><p class="visually-hidden" role="status">${this.said}</p>
      <div class="board ${this.lanes.length ? "" : "flat"}" role="group" aria-label=${this.label} aria-describedby="${this.id0}h"
        @keydown=${(/** @type {KeyboardEvent} */ e) => this.onKey(e)} @dragstart=${(/** @type {DragEvent} */ e) => this.onDrag(e)}
        @dragover=${(/** @type {DragEvent} */ e) => this.onOver(e)} @drop=${(/** @type {DragEvent} */ e) => this.onDrop(e)} @dragend=${() => this.letGo()}>
        ${columns.map((c) => html`<h2 class="board-head ${this.zone(c.key)}" data-column=${c.key}><span class="cut">${c.title}</span>${c.count ? html` <span class="n num">${c.count}</span>` : nothing}</h2>`)}
        ${this.lanes.length ? this.lanes.map((lane) => this.lane(lane, columns)) : this.lane(null, columns)}
        ${columns.some((c) => c.rest) ? columns.map((c) => html`<div class="board-more" data-column=${c.key}>${c.rest ? html`<button type="button" class="btn quiet small" aria-label=${t("web.board.more", { name: c.title })}
          @click=${() => this.dispatchEvent(new CustomEvent("more", { detail: { column: c.key } }))}>${icon("down")}${t("web.more.rows")}</button>` : nothing}</div>`) : nothing}
        ${this.dragging && exits.length ? html`<div class="board-exits">${exits.map((c) => html`<div class="board-exit ${this.zone(c.key)}" data-column=${c.key}>${icon("arrow")}${c.title}</div>`)}</div>` : nothing}
      </div>
      <div class="menu board-menu" popover role="menu" aria-label=${t("web.board.moveTo")} @toggle=${(/** @type {any} */ e) => e.newState === "closed" && (this.asked = "")}
        @keydown=${(/** @type {KeyboardEvent} */ e) => menuKeys(e, this.popup, () => this.link(asked?.id ?? "")?.focus())}>
        ${asked ? this.columns.filter((c) => c.key !== asked.column).map((c) => html`<button type="button" role="menuitem" tabindex="-1"
          aria-disabled=${this.reach(asked.id, c.key) ? nothing : "true"} @click=${() => {
            this.popup.hidePopover();
            this.link(asked.id)?.focus();
            this.move(asked.id, c.key, true);
          }}>${icon("arrow")}<span>${c.title}</span></button>`) : nothing}</div>`;
  }
}
customElements.define("talka-board", TalkaBoard);
