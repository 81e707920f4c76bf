// SPDX-License-Identifier: Apache-2.0
import { LitElement } from "lit";
import { onWords } from "../core/i18n.js";

/** The kit's look inside shadow roots: filled as soon as the file is here, in all roots at once. */
const look = new CSSStyleSheet();
fetch(`${document.documentElement.dataset.base}/css/kit.css`)
  .then((r) => r.text())
  .then((text) => look.replace(text))
  .catch(() => {});

/**
 * What a module's element extends. It has a shadow root of its own with the kit's look, and shows
 * itself again when the language changes. The shell sets `context` before the element is attached.
 *
 * `context` is `{desk, caller, item, ticket?, rest?, search?, navigate(path), api}`; for a page `rest` holds the parts of the
 * address after its own, `search` the query, and both change when people go on within the page.
 */
export class TalkaElement extends LitElement {
  static properties = { context: { attribute: false } };

  constructor() {
    super();
    /** @type {any} */
    this.context = undefined;
  }

  /** @type {(() => void) | undefined} */
  #words;

  connectedCallback() {
    super.connectedCallback();
    this.#words = onWords(() => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#words?.();
  }

  createRenderRoot() {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets = [look, ...root.adoptedStyleSheets];
    return root;
  }
}

/**
 * What the shell's own elements extend: they live in the page's tree, so that labels, forms and the
 * page's style work as in plain HTML.
 */
export class PlainElement extends LitElement {
  /** @type {(() => void)[]} */
  #ends = [];

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ends.push(onWords(() => this.requestUpdate()));
  }

  /** Ends with the element. @param {(() => void)[]} ends */
  until(...ends) {
    this.#ends.push(...ends);
  }

  /** Shows itself again whenever the target tells so. @param {EventTarget} target @param {string[]} names */
  follow(target, ...names) {
    const again = () => this.requestUpdate();
    for (const name of names) {
      target.addEventListener(name, again);
      this.#ends.push(() => target.removeEventListener(name, again));
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this.#ends.splice(0)) end();
  }
}
