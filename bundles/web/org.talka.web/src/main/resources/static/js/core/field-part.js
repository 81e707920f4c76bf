// SPDX-License-Identifier: Apache-2.0
/**
 * A field as its module shows it: its editor, its viewer, its cell in a list. The value is the
 * shell's; while the module's element fails, is away or has taken itself out, the shell's own stands in.
 */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { loading } from "../kit/small.js";
import { desk } from "./desk.js";
import { t } from "./i18n.js";
import { contextOf, countFailure, make, moduleTitle, outOfUse, saysNew, tagNow, tagOf } from "./parts.js";

const FOCUSABLE = "input, select, textarea, button, [tabindex]";

/** What failed, by its script and place, for all who show it: one cell that fails is a list that does. */
class Failed extends EventTarget {
  /** @type {Map<string, any>} */
  #problems = new Map();
  /** @param {import("./desk.js").Contribution} item */
  #name(item) {
    return `${item.script} ${item.point} ${item.key}`;
  }
  /** @param {import("./desk.js").Contribution} item */
  of(item) {
    return this.#problems.get(this.#name(item)) ?? (outOfUse(item.module) ? new Error(t("web.part.out")) : undefined);
  }
  /** Counted once, however many show it. @param {import("./desk.js").Contribution} item @param {any} problem */
  add(item, problem) {
    if (this.#problems.has(this.#name(item))) return;
    console.info(`${item.module}: ${item.point} ${item.key}`, problem);
    this.#problems.set(this.#name(item), problem);
    countFailure(item, problem);
    this.dispatchEvent(new Event("change"));
  }
  /** @param {import("./desk.js").Contribution} item */
  forgive(item) {
    this.#problems.delete(this.#name(item));
    this.dispatchEvent(new Event("change"));
  }
}
const failed = new Failed();

/**
 * `<talka-field-part .point .field .extra .changed .standIn>`: `extra` is what its place adds to the
 * context (`value` among it), `changed` hears of new values, `standIn` draws the shell's own.
 */
class TalkaFieldPart extends PlainElement {
  static properties = { point: { attribute: false }, field: { attribute: false, hasChanged: saysNew }, extra: { attribute: false, hasChanged: saysNew }, mounted: { state: true } };
  constructor() {
    super();
    this.point = "";
    /** @type {any} */
    this.field = null;
    /** @type {Record<string, any>} */
    this.extra = {};
    /** @type {(value: any) => void} */
    this.changed = () => {};
    /** @type {() => unknown} */
    this.standIn = () => nothing;
    /** @type {any} */
    this.mounted = null;
    /** @type {import("./desk.js").Contribution | undefined} */
    this.item = undefined;
    this.wantsFocus = false;
  }
  connectedCallback() {
    super.connectedCallback();
    const again = () => this.look();
    desk.addEventListener("contributions", again);
    failed.addEventListener("change", again);
    const wrong = (/** @type {ErrorEvent} */ e) => {
      if (this.mounted && this.item?.script && e.filename?.endsWith(this.item.script)) this.fail(e.error ?? new Error(e.message));
    };
    addEventListener("error", wrong);
    this.until(() => desk.removeEventListener("contributions", again), () => failed.removeEventListener("change", again), () => removeEventListener("error", wrong));
    if (this.hasUpdated) this.look();
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("point") || changed.has("field")) this.look();
    else if (changed.has("extra") && this.mounted) this.mounted.context = this.context();
  }
  updated() {
    this.toggleAttribute("data-invalid", !!this.extra.error);
    if (this.wantsFocus && !this.waiting) this.focus();
  }
  /** @param {any} e */
  fail(e) {
    if (this.item) failed.add(this.item, e);
  }
  get problem() {
    return this.item && failed.of(this.item);
  }
  /** Whether its script is on its way. */
  get waiting() {
    return !!this.item && !this.mounted && !this.problem;
  }
  context() {
    const { item, field } = this;
    // what is contributed is read anew now and then: the same script is the same editor
    return contextOf(item, { ...this.extra, field, change: (/** @type {any} */ value) => this.item?.script === item?.script && this.changed(value) });
  }

  /** Shows what there is to show now: modules come, change, fail and go. */
  look() {
    const item = desk.fieldPart(this.point, this.field);
    const other = item?.script !== this.item?.script;
    this.item = item;
    if (!other && this.mounted && !this.problem) return;
    const anew = !!item?.script && !this.problem;
    // what stands in stays where it is
    if ((this.mounted || anew) && this.contains(document.activeElement)) this.wantsFocus = true;
    this.mounted = null;
    this.requestUpdate();
    if (item?.script && anew) this.mount(item, item.script);
  }
  /** @param {import("./desk.js").Contribution} item @param {string} script */
  async mount(item, script) {
    try {
      const tag = tagNow(script) ?? (await tagOf(item.module, script));
      if (this.item?.script !== script || this.mounted || this.problem) return;
      this.mounted = make(tag, this.context(), (e) => this.fail(e));
    } catch (e) {
      failed.add(item, e);
    }
  }

  async focus() {
    if (this.waiting) {
      this.wantsFocus = true;
      return;
    }
    this.wantsFocus = false;
    await this.updateComplete;
    await this.mounted?.updateComplete;
    const within = this.mounted?.shadowRoot ?? this;
    // elements of the kit draw their control a moment later
    for (const part of within.querySelectorAll("*")) await /** @type {any} */ (part).updateComplete;
    /** @type {HTMLElement | null} */ (within.querySelector(FOCUSABLE))?.focus();
  }

  editor() {
    const { label, help, error, required, hideLabel } = this.extra;
    if (this.problem) return html`${this.standIn()}${this.apology()}`;
    return html`<div class="field ${error ? "wrong" : ""}">
      ${hideLabel ? nothing : html`<span class="label" @click=${() => this.focus()}>${label}${required ? html`<span class="req" aria-hidden="true">*</span>` : nothing}</span>`}
      ${this.mounted ?? loading(1)}
      ${error ? html`<p class="error" role="alert">${icon("warn")}${error}</p>` : nothing}${help ? html`<p class="help">${help}</p>` : nothing}</div>`;
  }
  /** Says whose editor is missing, so that nobody wonders. */
  apology() {
    const item = /** @type {import("./desk.js").Contribution} */ (this.item);
    return html`<p class="stand-in faint" role="status">${icon("warn")}<span>${t("web.part.standIn", { module: moduleTitle(item.module) })} ${this.problem.message}
      <button type="button" class="linkish" @click=${() => failed.forgive(item)}>${t("web.retry")}</button></span></p>`;
  }
  render() {
    if (!this.item) return this.standIn();
    if (this.point === "field.editor") return this.editor();
    return this.mounted ?? this.standIn();
  }
}
customElements.define("talka-field-part", TalkaFieldPart);
