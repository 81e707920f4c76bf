// SPDX-License-Identifier: Apache-2.0
/** First start: the one-time link leads here. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { brandMark, icon } from "../kit/icons.js";
import "../kit/form.js";
import { post, Problem, setCsrf } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { currentLanguage, LANGUAGES, loadWords, t } from "../core/i18n.js";

const SHORTEST_PASSWORD = 10;

class TalkaSetup extends PlainElement {
  static properties = { values: { state: true }, errors: { state: true }, problem: { state: true }, busy: { state: true } };
  constructor() {
    super();
    /** @type {Record<string, string>} */
    this.values = { username: "admin", locale: currentLanguage() };
    /** @type {Record<string, string>} */
    this.errors = {};
    this.problem = "";
    this.busy = false;
    this.token = new URLSearchParams(location.search).get("token") ?? "";
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.setup.title"));
  }
  set(/** @type {string} */ key, /** @type {string} */ value) {
    this.values = { ...this.values, [key]: value };
    if (this.errors[key]) this.errors = { ...this.errors, [key]: "" };
  }
  async submit(/** @type {Event} */ e) {
    e.preventDefault();
    const v = this.values;
    /** @type {Record<string, string>} */
    const errors = {};
    for (const key of ["organisation", "displayName", "email", "username", "password"]) {
      if (!v[key]?.trim()) errors[key] = t("web.required");
    }
    if (v.password && v.password.length < SHORTEST_PASSWORD) errors.password = t("web.password.short", { n: SHORTEST_PASSWORD });
    if (v.password !== v.again) errors.again = t("web.password.differ");
    this.errors = errors;
    this.problem = "";
    if (Object.keys(errors).length) {
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid=true]"))?.focus();
      return;
    }
    this.busy = true;
    try {
      await post("/setup", { token: this.token, organisation: v.organisation, username: v.username, displayName: v.displayName,
        email: v.email, password: v.password, locale: v.locale });
      const session = await post("/session", { username: v.username, password: v.password });
      setCsrf(session.csrfToken);
      desk.setupNeeded = false;
      location.replace("/app");
    } catch (problem) {
      const p = /** @type {Problem} */ (problem);
      this.errors = Object.fromEntries((p.errors ?? []).map((x) => [x.field, x.message]));
      this.problem = p.message;
      this.busy = false;
    }
  }
  field(/** @type {string} */ key, /** @type {any} */ o = {}) {
    return html`<talka-input .label=${t(`web.setup.${key}`)} .value=${this.values[key] ?? ""} .error=${this.errors[key] ?? ""} required
      .help=${o.help ?? ""} .autocomplete=${o.autocomplete ?? ""} .type=${o.type ?? "text"}
      @input=${(/** @type {any} */ e) => this.set(key, e.currentTarget.value)}></talka-input>`;
  }
  render() {
    if (!this.token) {
      return html`<main class="gate"><div class="gate-card">${brandMark(32)}<h1>${t("web.setup.title")}</h1>
        <p>${t("web.setup.nolink")}</p><p class="muted">${t("web.setup.nolink.where")} <span class="mono">setup-link.txt</span></p></div></main>`;
    }
    return html`<main class="gate"><form class="gate-card" novalidate @submit=${(/** @type {Event} */ e) => this.submit(e)}>
      ${brandMark(32)}<h1>${t("web.setup.title")}</h1><p class="muted">${t("web.setup.intro")}</p>
      ${this.problem ? html`<p class="error banner" role="alert">${icon("warn")}<span>${this.problem}</span></p>` : nothing}
      <talka-select .label=${t("web.language")} .options=${LANGUAGES} .value=${this.values.locale} required @change=${(/** @type {any} */ e) => {
        this.set("locale", e.currentTarget.value);
        loadWords(e.currentTarget.value);
      }}></talka-select>
      ${this.field("organisation", { autocomplete: "organization", help: t("web.setup.organisation.help") })}
      ${this.field("displayName", { autocomplete: "name" })}
      ${this.field("email", { autocomplete: "email", type: "email" })}
      ${this.field("username", { autocomplete: "username" })}
      ${this.field("password", { autocomplete: "new-password", type: "password", help: t("web.password.help", { n: SHORTEST_PASSWORD }) })}
      ${this.field("again", { autocomplete: "new-password", type: "password" })}
      <button class="btn primary big" ?disabled=${this.busy}>${t("web.setup.submit")}</button>
    </form></main>`;
  }
}
customElements.define("talka-setup", TalkaSetup);
