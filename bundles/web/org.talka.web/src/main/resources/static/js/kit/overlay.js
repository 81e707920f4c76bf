// SPDX-License-Identifier: Apache-2.0
/** What lies over the page: dialog, menu, toasts. All on native `<dialog>` and popover. */
import { html, nothing, render } from "lit";
import { PlainElement } from "./element.js";
import { icon } from "./icons.js";
import { t } from "../core/i18n.js";

/**
 * Opens a dialog and resolves when it closes.
 *
 * @template T
 * @param {{title: string, wide?: boolean, danger?: boolean, submit?: string, cancel?: string,
 *   body: (d: {update: () => void, close: (value?: T) => void, error: string}) => unknown,
 *   onSubmit?: (d: any) => Promise<T | void> | T | void, noFoot?: boolean, cls?: string}} o
 *   `onSubmit` keeps the dialog open when it throws; the error's message is shown
 * @returns {Promise<T | undefined>} undefined when it was cancelled
 */
export function openDialog(o) {
  return new Promise((resolve) => {
    const dialog = document.createElement("dialog");
    dialog.className = `dialog ${o.wide ? "wide" : ""} ${o.cls ?? ""}`;
    const before = /** @type {HTMLElement | null} */ (document.activeElement);
    /** @type {T | undefined} */
    let result;
    let busy = false;
    const d = {
      error: "",
      /** @type {any} */
      problem: undefined,
      update: () => render(view(), dialog),
      close: (/** @type {any} */ value) => {
        result = value;
        dialog.close();
      },
    };
    const submit = async (/** @type {Event} */ e) => {
      e.preventDefault();
      if (busy) return;
      busy = true;
      d.error = "";
      d.problem = undefined;
      d.update();
      try {
        const value = await o.onSubmit?.(d);
        busy = false;
        d.close(value === undefined ? /** @type {any} */ (true) : value);
      } catch (problem) {
        busy = false;
        d.problem = problem;
        d.error = /** @type {Error} */ (problem).message;
        d.update();
      }
    };
    const view = () => html`<form method="dialog" novalidate @submit=${submit}>
      <header><h2 id="dialog-title">${o.title}</h2>
        <button type="button" class="btn quiet square" aria-label=${t("web.close")} @click=${() => dialog.close()}>${icon("close")}</button></header>
      <div class="dialog-body">${o.body(d)}
        ${d.error ? html`<p class="error banner" role="alert">${icon("warn")}<span>${d.error}</span></p>` : nothing}</div>
      ${o.noFoot ? nothing : html`<footer>
        <button type="button" class="btn quiet" @click=${() => dialog.close()}>${o.cancel ?? t("web.cancel")}</button>
        ${o.submit ? html`<button class="btn ${o.danger ? "danger" : "primary"}" ?disabled=${busy}>${o.submit}</button>` : nothing}</footer>`}
    </form>`;
    dialog.setAttribute("aria-labelledby", "dialog-title");
    dialog.addEventListener("close", () => {
      dialog.remove();
      before?.focus?.();
      resolve(result);
    });
    // a click beside it closes what asks nothing
    dialog.addEventListener("mousedown", (e) => {
      if (e.target === dialog && !o.submit) dialog.close();
    });
    d.update();
    document.body.append(dialog);
    dialog.showModal();
    // the first thing to fill in, not the button that closes; fields draw themselves a moment later
    requestAnimationFrame(() => {
      const first = dialog.querySelector(".dialog-body :is(input, select, textarea):not([type=radio])");
      /** @type {HTMLElement | null} */ (first)?.focus();
    });
  });
}

/** Asks before something that can't be undone. @param {{title: string, text: string, submit: string, danger?: boolean}} o */
export const confirmDialog = (o) =>
  openDialog({ title: o.title, submit: o.submit, danger: o.danger, body: () => html`<p>${o.text}</p>` });

/** Shows a menu beside what it belongs to and goes to its first entry. @param {HTMLElement} popup @param {HTMLElement} anchor */
export function placeMenu(popup, anchor) {
  popup.showPopover();
  beside(popup, anchor);
  const closed = new AbortController();
  popup.addEventListener("toggle", (e) => /** @type {ToggleEvent} */ (e).newState === "closed" && closed.abort(), { signal: closed.signal });
  addEventListener("resize", () => requestAnimationFrame(() => {
    if (closed.signal.aborted || !popup.matches(":popover-open")) return;
    // another width can have another layout, without what it belongs to
    if (anchor.getClientRects().length) beside(popup, anchor);
    else popup.hidePopover();
  }), { signal: closed.signal });
  /** @type {HTMLElement | null} */ (popup.querySelector("[role^=menuitem]"))?.focus();
}

/** @param {HTMLElement} popup @param {HTMLElement} anchor */
function beside(popup, anchor) {
  const b = anchor.getBoundingClientRect();
  const p = popup.getBoundingClientRect();
  popup.style.left = `${Math.max(8, Math.min(b.left, innerWidth - p.width - 8))}px`;
  popup.style.top = `${b.bottom + p.height + 8 > innerHeight && b.top > p.height ? b.top - p.height - 4 : b.bottom + 4}px`;
}

/** The keys of a menu (ARIA APG). @param {KeyboardEvent} e @param {HTMLElement} popup @param {() => void} back gives the focus back */
export function menuKeys(e, popup, back) {
  const all = /** @type {HTMLElement[]} */ ([...popup.querySelectorAll("[role^=menuitem]")]);
  const i = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const next = { ArrowDown: (i + 1) % all.length, ArrowUp: (i - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[e.key];
  if (next !== undefined) {
    e.preventDefault();
    all[next]?.focus();
  } else if (e.key === "Escape" || e.key === "Tab") {
    popup.hidePopover();
    if (e.key === "Escape") {
      e.preventDefault();
      e.stopPropagation();
      back();
    }
  }
}

/**
 * `<talka-menu label="More" .items=${[{label, icon?, act, danger?, checked?}]}>`: a button and its menu
 * (ARIA APG: menu button).
 */
class TalkaMenu extends PlainElement {
  static properties = { label: {}, items: { attribute: false }, face: { attribute: false }, kind: {}, open: { state: true } };
  constructor() {
    super();
    this.label = "";
    this.kind = "quiet";
    /** @type {unknown} what the button shows; its label when absent */
    this.face = undefined;
    /** @type {({label: string, icon?: string, act?: () => void, danger?: boolean, checked?: boolean, href?: string} | null)[]} */
    this.items = [];
    this.open = false;
    this.menuId = `menu${Math.random().toString(36).slice(2, 8)}`;
  }
  get popup() {
    return /** @type {HTMLElement} */ (this.querySelector(".menu"));
  }
  get button() {
    return /** @type {HTMLElement} */ (this.querySelector("button"));
  }
  show() {
    placeMenu(this.popup, this.button);
  }
  render() {
    return html`<button type="button" class="btn ${this.kind}" aria-haspopup="menu" aria-expanded=${this.open ? "true" : "false"} aria-controls=${this.menuId}
        aria-label=${this.face ? this.label : nothing} title=${this.face ? this.label : nothing}
        @click=${() => this.show()} @keydown=${(/** @type {KeyboardEvent} */ e) => {
          if (e.key === "ArrowDown") {
            e.preventDefault();
            this.show();
          }
        }}>${this.face ?? html`${this.label}${icon("down")}`}</button>
      <div id=${this.menuId} class="menu" popover role="menu" aria-label=${this.label} @keydown=${(/** @type {KeyboardEvent} */ e) => menuKeys(e, this.popup, () => this.button.focus())}
        @toggle=${(/** @type {any} */ e) => (this.open = e.newState === "open")}>
        ${this.items.map((item) => item === null ? html`<hr role="separator">` : html`<button type="button" tabindex="-1"
          role=${item.checked === undefined ? "menuitem" : "menuitemradio"} aria-checked=${item.checked === undefined ? nothing : String(item.checked)}
          class=${item.danger ? "danger" : ""} @click=${() => {
            this.popup.hidePopover();
            item.act?.();
          }}>${icon(item.checked ? "check" : item.icon)}<span>${item.label}</span></button>`)}
      </div>`;
  }
}
customElements.define("talka-menu", TalkaMenu);

/** @type {HTMLElement | undefined} */
let region;

/** What has the focus is not covered (WCAG 2.4.11): toasts go to the upper corner as long as it lies in the lower one. */
function giveWay() {
  const at = document.activeElement;
  if (!region?.childElementCount || !at || region.contains(at)) return;
  region.classList.remove("up");
  const [a, b] = [region.getBoundingClientRect(), at.getBoundingClientRect()];
  const covered = at !== document.body && at.id !== "main" && b.right > a.left && b.left < a.right && b.bottom > a.top && b.top < a.bottom;
  region.classList.toggle("up", covered);
}
document.addEventListener("focusin", giveWay);

/**
 * Says something in a corner for a while. It stays while the pointer or the focus is on it.
 * @param {string} words
 * @param {{kind?: "info" | "bad", action?: {label: string, act: () => void}, seconds?: number}} [o]
 */
export function toast(words, o = {}) {
  if (!region?.isConnected) {
    region = document.createElement("div");
    region.className = "toasts";
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", t("web.toasts"));
    document.body.append(region);
  }
  const box = document.createElement("div");
  box.className = `toast ${o.kind ?? ""}`;
  box.setAttribute("role", o.kind === "bad" ? "alert" : "status");
  let timer = 0;
  const end = () => {
    clearTimeout(timer);
    box.remove();
  };
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(end, (o.seconds ?? (o.kind === "bad" || o.action ? 10 : 5)) * 1000);
  };
  box.addEventListener("pointerenter", () => clearTimeout(timer));
  box.addEventListener("pointerleave", start);
  box.addEventListener("focusin", () => clearTimeout(timer));
  box.addEventListener("focusout", start);
  region.append(box);
  render(html`<span>${words}</span>
    ${o.action ? html`<button class="btn quiet" @click=${() => {
      end();
      o.action?.act();
    }}>${o.action.label}</button>` : nothing}
    <button class="btn quiet square" aria-label=${t("web.close")} @click=${end}>${icon("close")}</button>`, box);
  giveWay();
  start();
}

/** Shows a refusal that belongs to no field. @param {any} problem */
export const toastProblem = (problem) => toast(problem?.message ?? String(problem), { kind: "bad" });
