// SPDX-License-Identifier: Apache-2.0
/** Fields: a label, a native control, help and error tied to it. They live in the page's tree. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { PlainElement } from "./element.js";
import { icon } from "./icons.js";
import { t } from "../core/i18n.js";

let ids = 0;
export const newId = () => `t${++ids}`;

/** What all fields share. `value` is current when `input` or `change` reaches the listener. */
class Field extends PlainElement {
  static properties = {
    label: {}, value: {}, help: {}, error: {}, name: {}, placeholder: {}, autocomplete: {}, hideLabel: { type: Boolean },
    required: { type: Boolean }, disabled: { type: Boolean },
  };
  constructor() {
    super();
    this.id0 = newId();
    this.label = this.help = this.error = this.name = this.placeholder = this.autocomplete = "";
    /** @type {any} */
    this.value = "";
    this.required = this.disabled = this.hideLabel = false;
  }
  /** @param {unknown} control */
  frame(control) {
    return html`<div class="field ${this.error ? "wrong" : ""}">
      <label for=${this.id0} class=${this.hideLabel ? "visually-hidden" : ""}>${this.label}${
        this.required ? html`<span class="req" aria-hidden="true">*</span>` : nothing}</label>
      ${control}
      ${this.error ? html`<p class="error" id="${this.id0}e">${icon("warn")}${this.error}</p>` : nothing}
      ${this.help ? html`<p class="help" id="${this.id0}h">${this.help}</p>` : nothing}
    </div>`;
  }
  get described() {
    const ids = [this.error && `${this.id0}e`, this.help && `${this.id0}h`].filter(Boolean).join(" ");
    return ids || nothing;
  }
  focus() {
    /** @type {HTMLElement | null} */ (this.querySelector(`#${this.id0}`))?.focus();
  }
}

/** `<talka-input label type value>` */
class TalkaInput extends Field {
  static properties = { type: {}, min: {}, max: {}, maxlength: { type: Number }, step: {} };
  constructor() {
    super();
    this.type = "text";
    this.min = this.max = this.step = "";
    this.maxlength = 0;
  }
  render() {
    return this.frame(html`<input id=${this.id0} class="control" type=${this.type} name=${this.name || nothing}
      .value=${live(this.value ?? "")} placeholder=${this.placeholder || nothing} ?required=${this.required} ?disabled=${this.disabled}
      min=${this.min || nothing} max=${this.max || nothing} step=${this.step || nothing} maxlength=${this.maxlength || nothing}
      autocomplete=${this.autocomplete || nothing} aria-invalid=${this.error ? "true" : nothing} aria-describedby=${this.described}
      @input=${(/** @type {any} */ e) => (this.value = e.target.value)}>`);
  }
}
customElements.define("talka-input", TalkaInput);

/** `<talka-textarea label value rows>`: grows with its text. */
class TalkaTextarea extends Field {
  static properties = { rows: { type: Number }, maxlength: { type: Number } };
  constructor() {
    super();
    this.rows = 3;
    this.maxlength = 0;
  }
  render() {
    return this.frame(html`<textarea id=${this.id0} class="control" name=${this.name || nothing} rows=${this.rows}
      .value=${live(this.value ?? "")} placeholder=${this.placeholder || nothing} ?required=${this.required} ?disabled=${this.disabled}
      maxlength=${this.maxlength || nothing} aria-invalid=${this.error ? "true" : nothing} aria-describedby=${this.described}
      @input=${(/** @type {any} */ e) => (this.value = e.target.value)}></textarea>`);
  }
}
customElements.define("talka-textarea", TalkaTextarea);

/** `<talka-select label .options=${[["key", "words"]]} value empty="words for none">` */
class TalkaSelect extends Field {
  static properties = { options: { attribute: false }, empty: {} };
  constructor() {
    super();
    /** @type {[string, string][]} */
    this.options = [];
    this.empty = "";
  }
  render() {
    const value = this.value ?? "";
    const stranger = value !== "" && !this.options.some(([key]) => key === value);
    return this.frame(html`<select id=${this.id0} class="control" name=${this.name || nothing} ?required=${this.required} ?disabled=${this.disabled}
      aria-invalid=${this.error ? "true" : nothing} aria-describedby=${this.described}
      @change=${(/** @type {any} */ e) => (this.value = e.target.value)}>
      ${this.empty || !this.required || value === "" ? html`<option value="" ?selected=${value === ""}>${this.empty || "–"}</option>` : nothing}
      ${stranger ? html`<option value=${value} selected>${value}</option>` : nothing}
      ${this.options.map(([key, words]) => html`<option value=${key} ?selected=${key === value} .selected=${key === value}>${words}</option>`)}
    </select>`);
  }
}
customElements.define("talka-select", TalkaSelect);

/** `<talka-switch label .value=${true}>` */
class TalkaSwitch extends Field {
  render() {
    return html`<label class="switch"><input id=${this.id0} type="checkbox" role="switch" .checked=${live(!!this.value)} ?disabled=${this.disabled}
      aria-describedby=${this.described} @change=${(/** @type {any} */ e) => (this.value = e.target.checked)}><span>${this.label}</span></label>
      ${this.error ? html`<p class="error" id="${this.id0}e">${icon("warn")}${this.error}</p>` : nothing}
      ${this.help ? html`<p class="help" id="${this.id0}h">${this.help}</p>` : nothing}`;
  }
}
customElements.define("talka-switch", TalkaSwitch);

/** `<talka-checks label .options .value=${["a"]}>`: several of a few. */
class TalkaChecks extends Field {
  static properties = { options: { attribute: false } };
  constructor() {
    super();
    /** @type {[string, string][]} */
    this.options = [];
  }
  render() {
    const chosen = new Set(this.value ?? []);
    return html`<fieldset class="field checks"><legend>${this.label}</legend>
      ${this.options.map(([key, words]) => html`<label class="check"><input type="checkbox" .checked=${live(chosen.has(key))} ?disabled=${this.disabled}
        @change=${(/** @type {any} */ e) => {
          if (e.target.checked) chosen.add(key);
          else chosen.delete(key);
          this.value = this.options.map(([k]) => k).filter((k) => chosen.has(k));
        }}>${words}</label>`)}
      ${this.error ? html`<p class="error">${icon("warn")}${this.error}</p>` : nothing}
      ${this.help ? html`<p class="help">${this.help}</p>` : nothing}</fieldset>`;
  }
}
customElements.define("talka-checks", TalkaChecks);

/**
 * A text field with suggestions (ARIA APG: combobox with list autocomplete).
 *
 * `source(text)` gives `[{value, label, hint?}]`; `change` is fired when one is chosen or cleared.
 */
class TalkaCombobox extends Field {
  static properties = { source: { attribute: false }, text: {}, open: { state: true }, items: { state: true }, active: { state: true }, busy: { state: true } };
  constructor() {
    super();
    /** @type {(text: string, signal: AbortSignal) => Promise<{value: string, label: string, hint?: string}[]>} */
    this.source = async () => [];
    /** The words of the chosen value. */
    this.text = "";
    this.open = false;
    /** @type {{value: string, label: string, hint?: string}[]} */
    this.items = [];
    this.active = -1;
    this.busy = false;
    /** @type {AbortController | undefined} */
    this.running = undefined;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {string | null} what is being typed */
    this.typed = null;
    /** Whether an answer is on its way, and whether its first shall be taken. */
    this.pending = this.eager = false;
  }

  search(/** @type {string} */ text, delay = 150) {
    clearTimeout(this.timer);
    this.running?.abort();
    this.pending = true;
    this.eager = false;
    this.timer = setTimeout(async () => {
      const running = (this.running = new AbortController());
      this.busy = true;
      try {
        const items = await this.source(text, running.signal);
        if (running.signal.aborted) return;
        this.items = items;
        this.active = items.length > 0 && text ? 0 : -1;
        this.open = true;
        this.pending = false;
        if (this.eager && items.length) this.choose(items[0]);
      } catch {
        if (!running.signal.aborted) {
          this.items = [];
          this.pending = false;
        }
      } finally {
        this.busy = false;
      }
    }, delay);
  }

  choose(/** @type {{value: string, label: string} | null} */ item) {
    this.value = item?.value ?? "";
    this.text = item?.label ?? "";
    this.typed = null;
    this.open = false;
    this.active = -1;
    this.dispatchEvent(new CustomEvent("change", { bubbles: true, detail: item }));
  }

  onKey(/** @type {KeyboardEvent} */ e) {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (!this.open) {
        this.search(this.typed ?? "", 0);
        return;
      }
      const n = this.items.length;
      if (n) this.active = (this.active + (e.key === "ArrowDown" ? 1 : -1) + n) % n;
      this.updateComplete.then(() => this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }));
    } else if (e.key === "Enter") {
      if (this.pending && this.typed?.trim()) {
        // whoever types faster than the server answers gets the first of what it finds
        e.preventDefault();
        e.stopPropagation();
        this.eager = true;
      } else if (this.open && this.active >= 0) {
        e.preventDefault();
        e.stopPropagation();
        this.choose(this.items[this.active]);
      } else if (this.typed === "" && this.value) {
        this.choose(null);
      }
    } else if (e.key === "Escape" && (this.open || this.typed !== null)) {
      e.preventDefault();
      e.stopPropagation();
      this.open = false;
      this.typed = null;
      this.requestUpdate();
    }
  }

  leave() {
    clearTimeout(this.timer);
    this.running?.abort();
    this.pending = this.eager = false;
    this.open = false;
    if (this.typed === "" && this.value) this.choose(null);
    this.typed = null;
    this.requestUpdate();
  }

  render() {
    const listId = `${this.id0}l`;
    return this.frame(html`<div class="combo">
      <input id=${this.id0} class="control" role="combobox" autocomplete="off" spellcheck="false" aria-autocomplete="list"
        aria-expanded=${this.open ? "true" : "false"} aria-controls=${listId} ?disabled=${this.disabled} ?required=${this.required}
        aria-activedescendant=${this.open && this.active >= 0 ? `${listId}${this.active}` : nothing}
        aria-invalid=${this.error ? "true" : nothing} aria-describedby=${this.described} placeholder=${this.placeholder || nothing}
        .value=${live(this.typed ?? this.text ?? "")}
        @input=${(/** @type {any} */ e) => {
          e.stopPropagation();
          this.typed = e.target.value;
          this.search(e.target.value);
        }}
        @change=${(/** @type {Event} */ e) => e.stopPropagation()}
        @focus=${(/** @type {any} */ e) => {
          e.target.select();
          this.search("", 0);
        }}
        @blur=${() => this.leave()} @keydown=${(/** @type {KeyboardEvent} */ e) => this.onKey(e)}>
      ${this.value && !this.required && !this.disabled ? html`<button type="button" class="combo-clear" tabindex="-1" aria-label=${t("web.clear")}
        @mousedown=${(/** @type {Event} */ e) => e.preventDefault()} @click=${() => this.choose(null)}>${icon("close")}</button>` : nothing}
      <ul id=${listId} role="listbox" aria-label=${this.label} ?hidden=${!this.open} @mousedown=${(/** @type {Event} */ e) => e.preventDefault()}>
        ${this.items.map((item, i) => html`<li id="${listId}${i}" role="option" aria-selected=${i === this.active ? "true" : "false"}
          @click=${() => this.choose(item)}>${item.label}${item.hint ? html`<span class="faint">${item.hint}</span>` : nothing}</li>`)}
        ${this.open && !this.items.length && !this.busy ? html`<li class="none" role="option" aria-disabled="true" aria-selected="false">${t("web.combo.none")}</li>` : nothing}
      </ul></div>`);
  }
}
customElements.define("talka-combobox", TalkaCombobox);
