// SPDX-License-Identifier: Apache-2.0
/** How the desk looks and what it is called. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { brandMark, icon } from "../../kit/icons.js";
import { failure, loading } from "../../kit/small.js";
import { toast, toastProblem } from "../../kit/overlay.js";
import "../../kit/form.js";
import { call, get, patch, query } from "../../core/api.js";
import { appearance, deskWord, setTitle } from "../../core/appearance.js";
import { LANGUAGES, t } from "../../core/i18n.js";
import { onLive } from "../../core/live.js";

const COLOUR = /^#[0-9a-f]{6}$/i;
const OWN = "#0b6b5b";
const MAX_LOGO = 256 * 1024;

class TalkaAppearance extends PlainElement {
  static properties = { look: { state: true }, shades: { state: true }, problem: { state: true }, wrong: { state: true }, busy: { state: true } };
  constructor() {
    super();
    /** @type {any} */
    this.look = null;
    this.etag = "";
    /** What is in the form. @type {any} */
    this.v = {};
    /** @type {any} */
    this.shades = null;
    /** A logo that was chosen and not saved. @type {{file: File, url: string} | null | undefined} null to remove it */
    this.logo = undefined;
    /** @type {any} */
    this.problem = null;
    /** @type {any} */
    this.wrong = null;
    this.busy = false;
    this.dirty = false;
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.nav.appearance"));
    this.until(onLive("appearance", () => {
      if (!this.dirty && !this.busy) this.load();
    }), () => clearTimeout(this.timer));
    this.load();
  }
  async load() {
    try {
      this.take(await call("GET", "/appearance"));
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  take(/** @type {{data: any, etag: string}} */ answer) {
    this.look = answer.data;
    this.etag = answer.etag;
    this.v = { name: answer.data.name, accent: answer.data.accent ?? "", term: answer.data.term ?? "", terms: { ...answer.data.terms }, portal: !!answer.data.portal };
    this.shades = answer.data.shades;
    this.logo = undefined;
    this.wrong = null;
    this.dirty = false;
    appearance.take(answer.data);
  }
  set(/** @type {Record<string, any>} */ changes) {
    Object.assign(this.v, changes);
    this.dirty = true;
    this.requestUpdate();
  }
  colour(/** @type {string} */ colour) {
    this.set({ accent: colour.trim() });
    clearTimeout(this.timer);
    if (!COLOUR.test(this.v.accent)) {
      if (!this.v.accent) this.shades = null;
      return;
    }
    this.timer = setTimeout(async () => {
      const wanted = this.v.accent;
      try {
        const shades = await get(`/appearance/shades${query({ accent: wanted })}`);
        if (wanted === this.v.accent) this.shades = shades;
      } catch (problem) {
        toastProblem(problem);
      }
    }, 120);
  }
  choose(/** @type {File | undefined} */ file) {
    if (!file) return;
    if (file.size > MAX_LOGO) {
      toast(t("web.appearance.logo.large"), { kind: "bad" });
      return;
    }
    const reader = new FileReader();
    reader.onload = () => {
      this.logo = { file, url: String(reader.result) };
      this.set({});
    };
    reader.readAsDataURL(file);
  }
  async save(/** @type {Event} */ e) {
    e.preventDefault();
    this.busy = true;
    this.wrong = null;
    const { name, accent, term, terms, portal } = this.v;
    try {
      let etag = this.etag;
      if (this.logo !== undefined) {
        const headers = { "If-Match": etag, "Content-Type": "application/octet-stream" };
        const answer = this.logo ? await call("PUT", "/appearance/logo", { raw: /** @type {any} */ (this.logo.file), headers }) : await call("DELETE", "/appearance/logo", { headers: { "If-Match": etag } });
        this.etag = etag = answer.etag;
        this.logo = undefined;
        this.look = answer.data;
      }
      this.take(await patch("/appearance", { ...(name.trim() || this.look.name ? { name } : {}), accent: accent || null, term: term || null, ...(term === "own" ? { terms } : {}), ...(portal === !!this.look.portal ? {} : { portal }) }, etag));
      toast(t("web.admin.saved"));
    } catch (problem) {
      const p = /** @type {any} */ (problem);
      this.wrong = p;
      if (!p.errors?.length) toastProblem(p);
      if (p.status === 412) await this.load();
    }
    this.busy = false;
  }
  updated() {
    const shades = this.shades;
    for (const pane of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll(".look-pane"))) {
      const shade = shades?.[pane.dataset.scheme ?? "light"];
      // a preview without a colour shows the desk's own, whatever is set now
      const own = pane.dataset.scheme === "dark" ? { accent: "#4cc2ab", ink: "#07211c", wash: "#17332e" } : { accent: OWN, ink: "#ffffff", wash: "#e3f1ed" };
      const { accent, ink, wash } = shade ?? own;
      pane.style.setProperty("--accent", accent);
      pane.style.setProperty("--accent-ink", ink);
      pane.style.setProperty("--accent-wash", wash);
    }
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.look) return loading(6);
    const { v } = this;
    const of = (/** @type {string} */ field) => this.wrong?.of?.(field) ?? "";
    const logo = this.logo === undefined ? this.look.logo : this.logo?.url;
    const colourWrong = of("accent") || (v.accent && !COLOUR.test(v.accent) ? t("web.appearance.colour.form") : "");
    return html`<div class="head"><div><h1 class="page-title">${t("web.nav.appearance")}</h1><p class="muted">${t("web.appearance.intro")}</p></div></div>
      <form class="look" novalidate @submit=${(/** @type {Event} */ e) => this.save(e)}>
        <div class="card look-form">
          <talka-input .label=${t("web.appearance.name")} .help=${t("web.appearance.name.help")} maxlength="200" .value=${v.name} .error=${of("name")} @input=${(/** @type {any} */ e) => this.set({ name: e.currentTarget.value })}></talka-input>
          <div class="field"><span class="label" id="logo-label">${t("web.appearance.logo")}</span>
            <div class="look-logo">${logo ? html`<img class="logo" src=${logo} alt=${t("web.appearance.logo.now")} height="40">` : html`<span class="faint">${t("web.appearance.logo.none")}</span>`}
              <label class="btn">${t("web.appearance.logo.choose")}<input type="file" class="visually-hidden" accept="image/png,image/jpeg,image/webp" aria-describedby="logo-help" @change=${(/** @type {any} */ e) => {
                this.choose(e.target.files[0]);
                e.target.value = "";
              }}></label>
              ${logo ? html`<button type="button" class="btn quiet" @click=${() => {
                this.logo = this.look.logo ? null : undefined;
                this.set({});
              }}>${t("web.appearance.logo.remove")}</button>` : nothing}</div>
            <p class="help" id="logo-help">${t("web.appearance.logo.help")}</p>
            ${of("logo") ? html`<p class="error" role="alert">${icon("warn")}${of("logo")}</p>` : nothing}</div>
          <div class="look-colour"><label class="field"><span class="label">${t("web.appearance.colour.pick")}</span><input type="color" class="control" .value=${COLOUR.test(v.accent) ? v.accent : OWN} @input=${(/** @type {any} */ e) => this.colour(e.target.value)}></label>
            <talka-input .label=${t("web.appearance.colour")} maxlength="7" .help=${t("web.appearance.colour.help")} .value=${v.accent} .error=${colourWrong} @input=${(/** @type {any} */ e) => this.colour(e.currentTarget.value)}></talka-input></div>
          ${v.accent ? html`<button type="button" class="btn quiet look-own" @click=${() => this.colour("")}>${t("web.appearance.colour.own")}</button>` : nothing}
          <talka-select .label=${t("web.appearance.term")} .help=${t("web.appearance.term.help")} .empty=${t("web.appearance.term.plain", { word: t("web.nav.desk") })} .value=${v.term} .error=${of("term")}
            .options=${[["helpDesk", t("web.term.helpDesk")], ["serviceDesk", t("web.term.serviceDesk")], ["own", t("web.appearance.term.own")]]} @change=${(/** @type {any} */ e) => this.set({ term: e.currentTarget.value })}></talka-select>
          ${v.term === "own" ? html`<div class="pair">${LANGUAGES.map(([key, language]) => html`<talka-input .label=${t("web.appearance.term.in", { language })} required maxlength="60" .value=${v.terms[key] ?? ""} .error=${of(`terms.${key}`)}
            @input=${(/** @type {any} */ e) => this.set({ terms: { ...v.terms, [key]: e.currentTarget.value } })}></talka-input>`)}</div>` : nothing}
          <fieldset class="look-portal"><legend>${t("web.appearance.portal")}</legend><talka-switch .label=${t("web.appearance.portal.open")} .help=${t("web.appearance.portal.help")} .value=${v.portal}
            @change=${(/** @type {any} */ e) => this.set({ portal: e.currentTarget.value })}></talka-switch></fieldset>
          <div class="foot"><button class="btn primary" ?disabled=${this.busy || !!(v.accent && !COLOUR.test(v.accent))}>${t("web.save")}</button></div>
        </div>
        <section class="look-preview" aria-labelledby="look-preview"><h2 id="look-preview">${t("web.appearance.preview")}</h2>
          ${["light", "dark"].map((scheme) => this.pane(scheme, logo))}
          <div class="look-said" role="status">${this.adjusted()}</div></section>
      </form>`;
  }
  adjusted() {
    const { light, dark } = this.shades ?? {};
    const chosen = this.v.accent.toLowerCase();
    if (!light || !COLOUR.test(chosen)) return nothing;
    if (light.accent === chosen && dark.accent === chosen) return html`<p class="muted">${t("web.appearance.fits")}</p>`;
    return html`${light.accent === chosen ? nothing : html`<p>${t("web.appearance.adjusted.light", { colour: light.accent })}</p>`}
      ${dark.accent === chosen ? nothing : html`<p>${t("web.appearance.adjusted.dark", { colour: dark.accent })}</p>`}`;
  }
  pane(/** @type {string} */ scheme, /** @type {string | null | undefined} */ logo) {
    return html`<div class="look-pane ${scheme}" data-scheme=${scheme}><div class="look-top"><span class="brand">${logo ? html`<img class="logo" src=${logo} alt="" height="20">` : brandMark()}<span>${this.v.name || "Talka"}</span></span></div>
      <div class="look-body"><b>${deskWord(this.v.term || null, this.v.terms)}</b><span class="look-on">${t("web.queue.my")}</span>
        <span class="look-link">${t("web.appearance.sample.link")}</span><span class="look-button">${t("web.new")}</span></div></div>`;
  }
}
customElements.define("talka-appearance", TalkaAppearance);
