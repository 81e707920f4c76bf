// SPDX-License-Identifier: Apache-2.0
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import "../kit/form.js";
import { post, setCsrf } from "../core/api.js";
import { appearance, brandSign, deskWord, setTitle } from "../core/appearance.js";
import { currentLanguage, keepLanguage, LANGUAGES, loadWords, t } from "../core/i18n.js";

class TalkaSignIn extends PlainElement {
  static properties = { problem: { state: true }, busy: { state: true } };
  constructor() {
    super();
    this.problem = "";
    this.busy = false;
    this.username = "";
    this.password = "";
  }
  connectedCallback() {
    super.connectedCallback();
    this.follow(appearance, "look");
  }
  updated() {
    // also when the words come, or others do
    setTitle(t("web.signin.title"));
  }
  firstUpdated() {
    /** @type {any} */ (this.querySelector("talka-input"))?.updateComplete.then(() => this.querySelector("input")?.focus());
  }
  async submit(/** @type {Event} */ e) {
    e.preventDefault();
    // a password manager may have filled the fields without an event
    const [name, password] = /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input")]);
    this.problem = "";
    if (!name.value || !password.value) {
      this.problem = t("web.signin.both");
      return;
    }
    this.busy = true;
    try {
      const session = await post("/session", { username: name.value.trim(), password: password.value });
      setCsrf(session.csrfToken);
      this.dispatchEvent(new Event("done"));
    } catch (problem) {
      const p = /** @type {any} */ (problem);
      this.problem = p.message;
      this.busy = false;
      await this.updateComplete;
      password.select();
    }
  }
  render() {
    return html`<main class="gate"><form class="gate-card narrow" novalidate @submit=${(/** @type {Event} */ e) => this.submit(e)}>
      ${brandSign(32)}<h1>${t("web.signin.title")}</h1>${appearance.name ? html`<p class="gate-of muted">${appearance.name} · ${deskWord()}</p>` : nothing}
      ${this.problem ? html`<p class="error banner" role="alert">${icon("warn")}<span>${this.problem}</span></p>` : nothing}
      <talka-input .label=${t("web.signin.username")} name="username" autocomplete="username" required></talka-input>
      <talka-input .label=${t("web.signin.password")} name="password" type="password" autocomplete="current-password" required></talka-input>
      <button class="btn primary big" ?disabled=${this.busy}>${t("web.signin.submit")}</button>
      <p class="gate-languages">${LANGUAGES.map(([key, words]) => html`<button type="button" class="btn quiet" lang=${key}
        aria-pressed=${key === currentLanguage() ? "true" : "false"} @click=${() => {
          keepLanguage(key);
          loadWords(key);
        }}>${words}</button>`)}</p>
    </form></main>`;
  }
}
customElements.define("talka-sign-in", TalkaSignIn);
