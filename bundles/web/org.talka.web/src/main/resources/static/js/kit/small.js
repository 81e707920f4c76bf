// SPDX-License-Identifier: Apache-2.0
/** The small signs: icon, avatar, chip, time, button, empty and loading states. */
import { LitElement, html, css, nothing } from "lit";
import { PlainElement } from "./element.js";
import { icon } from "./icons.js";
import { formatAgo, formatDateTime, t } from "../core/i18n.js";

/** `<talka-icon name="search">` */
class TalkaIcon extends PlainElement {
  static properties = { name: {} };
  constructor() {
    super();
    this.name = "";
  }
  render() {
    return icon(this.name);
  }
}
customElements.define("talka-icon", TalkaIcon);

/** Initials: first letters of the first and last word. @param {string} name */
export const initials = (name) => {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words[words.length - 1] : "";
  return ([...(words[0] ?? "")][0] ?? "").concat([...last][0] ?? "").toUpperCase();
};

/** A person's sign. @param {string | undefined} name @param {string} [cls] */
export const avatar = (name, cls = "") =>
  html`<span class="avatar ${cls}" aria-hidden="true" data-initials=${name ? initials(name) : "–"}></span>`;

/** `<talka-avatar name="Ilze Kalniņa">` */
class TalkaAvatar extends PlainElement {
  static properties = { name: {} };
  constructor() {
    super();
    this.name = "";
  }
  render() {
    return avatar(this.name);
  }
}
customElements.define("talka-avatar", TalkaAvatar);

/** `<talka-chip kind="open|done|wait|bad">words</talka-chip>` */
class TalkaChip extends LitElement {
  static properties = { kind: { reflect: true } };
  static styles = css`
    :host { display: inline-flex; align-items: center; gap: 5px; height: 20px; padding: 0 8px; border-radius: 99px;
      font: 560 var(--size-xs)/1 var(--font); background: var(--shade); color: var(--ink-2); white-space: nowrap; }
    :host([kind="open"]) { background: var(--info-wash); color: var(--info); }
    :host([kind="done"]) { background: var(--accent-wash); color: var(--accent); }
    :host([kind="wait"]) { background: var(--warn-wash); color: var(--warn); }
    :host([kind="bad"]) { background: var(--danger-wash); color: var(--danger); }`;
  constructor() {
    super();
    this.kind = "";
  }
  render() {
    return html`<slot></slot>`;
  }
}
customElements.define("talka-chip", TalkaChip);

/** Every minute the times of the page move on. */
const clocks = new Set();
setInterval(() => {
  if (!document.hidden) for (const c of clocks) c.requestUpdate();
}, 30000);

/** `<talka-time at="2026-…Z" short>`: how long ago, with the exact time as its title. */
class TalkaTime extends PlainElement {
  static properties = { at: {}, short: { type: Boolean } };
  constructor() {
    super();
    this.at = "";
    this.short = false;
  }
  connectedCallback() {
    super.connectedCallback();
    clocks.add(this);
  }
  disconnectedCallback() {
    super.disconnectedCallback();
    clocks.delete(this);
  }
  render() {
    if (!this.at) return nothing;
    return html`<time datetime=${this.at} title=${formatDateTime(this.at)}>${
      formatAgo(this.at, this.short ? "narrow" : "long")}</time>`;
  }
}
customElements.define("talka-time", TalkaTime);

/** `<talka-button kind="primary|quiet|danger">words</talka-button>`; it is a real button inside. */
class TalkaButton extends LitElement {
  static properties = { kind: {}, disabled: { type: Boolean, reflect: true }, label: {} };
  static shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static styles = css`
    :host { display: inline-flex; }
    button { display: inline-flex; align-items: center; gap: 6px; height: 30px; padding: 0 12px; border-radius: var(--r-s);
      border: 1px solid var(--rule-strong); background: var(--sheet); color: var(--ink); font: 560 var(--size-s)/1 var(--font); cursor: pointer; }
    button:hover { background: var(--press); } button.primary { background: var(--accent); border-color: transparent; color: var(--accent-ink); }
    button.quiet { border-color: transparent; background: none; color: var(--ink-2); } button.danger { color: var(--danger); }
    button:focus-visible { outline: none; box-shadow: var(--focus); } button:disabled { opacity: .55; cursor: default; }`;
  constructor() {
    super();
    this.kind = "";
    this.disabled = false;
    this.label = "";
  }
  render() {
    return html`<button class=${this.kind} ?disabled=${this.disabled} aria-label=${this.label || nothing}><slot></slot></button>`;
  }
}
customElements.define("talka-button", TalkaButton);

/**
 * What a list shows when nothing is in it.
 * @param {{icon?: string, title: string, text?: string, action?: unknown}} o
 */
export const empty = (o) => html`<div class="empty">
  ${icon(o.icon ?? "inbox")}
  <p class="empty-title">${o.title}</p>
  ${o.text ? html`<p class="muted">${o.text}</p>` : nothing}
  ${o.action ?? nothing}
</div>`;

/** Grey lines where content will be; said aloud once. */
export const loading = (rows = 4) => html`<div class="skeleton" role="status">
  <span class="visually-hidden">${t("web.loading")}</span>
  ${Array.from({ length: rows }, () => html`<i></i>`)}
</div>`;

/**
 * What went wrong, what to do, and a button to try again.
 * @param {any} problem @param {() => void} [retry]
 */
export const failure = (problem, retry) => html`<div class="empty failure" role="alert">
  ${icon("warn")}
  <p class="empty-title">${problem?.status ? problem.message : t("web.error.offline")}</p>
  ${problem?.correlationId
    ? html`<p class="faint">${t("web.error.reference")} <span class="mono">${problem.correlationId}</span></p>` : nothing}
  ${retry ? html`<button class="btn" @click=${retry}>${t("web.retry")}</button>` : nothing}
</div>`;
