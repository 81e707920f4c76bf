// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "lit";
import { PlainElement } from "./element.js";

/**
 * `<talka-tabs label .tabs=${[{key, label, icon?}]} value @change>`: only the bar (ARIA APG: tabs). A
 * change whose default is prevented did not happen.
 */
class TalkaTabs extends PlainElement {
  static properties = { label: {}, tabs: { attribute: false }, value: {}, panel: {} };
  constructor() {
    super();
    this.label = this.value = this.panel = "";
    /** @type {{key: string, label: string, icon?: unknown}[]} */
    this.tabs = [];
  }
  pick(/** @type {string} */ key, focus = false) {
    const before = this.value;
    this.value = key;
    if (!this.dispatchEvent(new CustomEvent("change", { bubbles: true, cancelable: true }))) this.value = before;
    if (focus) this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.querySelector("[aria-selected=true]"))?.focus());
  }
  onKey(/** @type {KeyboardEvent} */ e) {
    const i = this.tabs.findIndex((tab) => tab.key === this.value);
    const n = this.tabs.length;
    const next = { ArrowRight: (i + 1) % n, ArrowLeft: (i - 1 + n) % n, Home: 0, End: n - 1 }[e.key];
    if (next === undefined) return;
    e.preventDefault();
    this.pick(this.tabs[next].key, true);
  }
  render() {
    return html`<div class="tabs" role="tablist" aria-label=${this.label} @keydown=${(/** @type {KeyboardEvent} */ e) => this.onKey(e)}>
      ${this.tabs.map((tab) => html`<button type="button" role="tab" aria-selected=${tab.key === this.value ? "true" : "false"}
        aria-controls=${this.panel || nothing} tabindex=${tab.key === this.value ? 0 : -1} @click=${() => this.pick(tab.key)}>${tab.icon ?? nothing}${tab.label}</button>`)}</div>`;
  }
}
customElements.define("talka-tabs", TalkaTabs);
