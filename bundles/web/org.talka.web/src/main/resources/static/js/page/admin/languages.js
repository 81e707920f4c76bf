// SPDX-License-Identifier: Apache-2.0
/** The languages of the desk, and what its words are called here. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { empty, failure, loading } from "../../kit/small.js";
import { openDialog, toast, toastProblem } from "../../kit/overlay.js";
import "../../kit/form.js";
import "../../kit/tabs.js";
import { call, enc, get, patch, query } from "../../core/api.js";
import { setTitle } from "../../core/appearance.js";
import { moduleTitle } from "../../core/fields.js";
import { currentLanguage, formatDateTime, formatNumber, languageName, t } from "../../core/i18n.js";
import { go } from "../../core/router.js";

const from = (/** @type {string} */ module) => (module === "core" ? t("web.jobs.core") : moduleTitle(module));

class TalkaLanguages extends PlainElement {
  static properties = { part: {}, search: {}, languages: { state: true }, words: { state: true }, next: { state: true }, problem: { state: true }, busy: { state: true } };
  constructor() {
    super();
    this.part = this.search = "";
    /** @type {any[] | null} */
    this.languages = null;
    /** @type {any[] | null} */
    this.words = null;
    /** @type {string | null} */
    this.next = null;
    /** @type {any} */
    this.problem = null;
    this.busy = false;
    /** @type {Record<string, string>} */
    this.v = {};
    this.turn = 0;
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.languages.title"));
    this.until(() => clearTimeout(this.timer));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (!changed.has("search") && !changed.has("part")) return;
    const params = new URLSearchParams(this.search);
    this.v = { language: params.get("language") ?? currentLanguage(), q: params.get("q") ?? "", module: params.get("module") ?? "", only: params.get("only") ?? "" };
    this.load();
  }
  get wanted() {
    return query({ q: this.v.q, module: this.v.module, only: this.v.only, limit: 50 });
  }
  async load() {
    const turn = ++this.turn;
    try {
      const [languages, words] = await Promise.all([get("/languages"), this.part === "words" ? get(`/words/${enc(this.v.language)}${this.wanted}`) : undefined]);
      if (turn !== this.turn) return;
      this.languages = languages.items;
      this.words = words?.items ?? null;
      this.next = words?.next ?? null;
      this.problem = null;
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
  }
  async more() {
    const turn = this.turn;
    this.busy = true;
    try {
      const page = await get(`/words/${enc(this.v.language)}${this.wanted}&after=${enc(this.next ?? "")}`);
      if (turn === this.turn) {
        this.words = [...(this.words ?? []), ...page.items];
        this.next = page.next;
      }
    } catch (problem) {
      toastProblem(problem);
    }
    this.busy = false;
  }
  /** What is looked for stands in the address. @param {Record<string, string>} change */
  look(change) {
    this.v = { ...this.v, ...change };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => go(`/app/languages/words${query(this.v)}`, { replace: true }), "q" in change ? 200 : 0);
  }
  async set(/** @type {Record<string, any>} */ change) {
    try {
      await patch("/settings", change);
      toast(t("web.admin.saved"));
    } catch (problem) {
      toastProblem(problem);
    }
    await this.load();
  }
  offer(/** @type {any} */ language, /** @type {boolean} */ on) {
    const languages = (this.languages ?? []).filter((l) => (l.key === language.key ? on : l.offered)).map((l) => l.key);
    return this.set({ languages });
  }
  async edit(/** @type {any} */ word) {
    const { language } = this.v;
    const path = `/words/${enc(language)}/${enc(word.key)}`;
    const etag = `"${word.version}"`;
    let text = word.text ?? word.original ?? word.english ?? "";
    const away = word.english === null && word.original === null;
    const done = await openDialog({
      title: t("web.words.edit"), submit: away ? t("web.words.takeBack") : t("web.save"), wide: true,
      body: (d) => html`<p class="mono faint key word-key">${word.key}</p>
        <dl class="word-was">${word.original === null ? nothing : html`<dt>${t("web.words.original", { language: languageName(language) })}</dt><dd lang=${language}>${word.original}</dd>`}
          ${language === "en" || word.english === null ? nothing : html`<dt>${t("web.words.english")}</dt><dd lang="en">${word.english}</dd>`}
          ${word.changedAt ? html`<dt>${t("web.words.changed")}</dt><dd>${word.changedBy} · ${formatDateTime(word.changedAt)}</dd>` : nothing}</dl>
        ${away ? html`<p class="missing">${icon("warn")}${t("web.words.away", { module: from(word.module) })}</p>`
          : html`<label class="field"><span class="label">${t("web.words.here")}</span><textarea class="control" rows="3" maxlength="2000" lang=${language} .value=${text} aria-describedby="word-help word-wrong"
              @input=${(/** @type {any} */ e) => (text = e.target.value)}></textarea></label><p class="help" id="word-help">${t("web.words.places")}</p>
            <p class="error" id="word-wrong" role="alert">${/** @type {any} */ (d).problem?.of?.("text") ?? ""}</p>
            ${word.text === null ? nothing : html`<p><button type="button" class="btn small danger" @click=${() => this.takeBack(path, etag, d)}>${icon("undo")}${t("web.words.takeBack")}</button></p>`}`}`,
      onSubmit: async () => {
        await (away ? call("DELETE", path, { headers: { "If-Match": etag } }) : call("PUT", path, { body: { text }, headers: { "If-Match": etag } }));
        return true;
      },
    });
    if (done) this.again(word.key);
  }
  async takeBack(/** @type {string} */ path, /** @type {string} */ etag, /** @type {any} */ dialog) {
    try {
      await call("DELETE", path, { headers: { "If-Match": etag } });
      dialog.close(true);
    } catch (problem) {
      toastProblem(problem);
    }
  }
  /** Reads one word again, where it stands. */
  async again(/** @type {string} */ key) {
    try {
      const word = await get(`/words/${enc(this.v.language)}/${enc(key)}`);
      this.words = (this.words ?? []).map((w) => (w.key === key ? word : w));
    } catch {
      this.load();
    }
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    const words = this.part === "words";
    return html`<div class="head"><div><h1 class="page-title">${t("web.languages.title")}</h1><p class="muted">${t("web.languages.intro")}</p></div></div>
      <div class="bar-line"><talka-tabs .label=${t("web.languages.title")} .value=${words ? "words" : "languages"} .tabs=${[{ key: "languages", label: t("web.languages.tab") }, { key: "words", label: t("web.words.tab") }]}
        @change=${(/** @type {any} */ e) => go(e.currentTarget.value === "words" ? "/app/languages/words" : "/app/languages")}></talka-tabs></div>
      ${words ? this.wordPart() : html`<div class="card">${this.languages === null ? loading(4) : this.languageList(this.languages)}</div>`}`;
  }
  languageList(/** @type {any[]} */ languages) {
    return html`<ul class="langs">${languages.map((l) => html`<li><div class="lang-head"><b lang=${l.key}>${languageName(l.key)}</b>${l.own ? html`<span class="chip done">${t("web.languages.own")}</span>` : nothing}
        ${l.renamed ? html`<a class="chip" href=${`/app/languages/words?language=${l.key}&only=changed`}>${t("web.languages.renamed", { n: l.renamed })}</a>` : nothing}<span class="grow"></span>
        ${l.own || !l.offered ? nothing : html`<button class="btn small" @click=${() => this.set({ locale: l.key })}>${t("web.languages.makeOwn")}</button>`}
        <talka-switch .label=${t("web.languages.offered")} .value=${l.offered} ?disabled=${l.own} @change=${(/** @type {any} */ e) => this.offer(l, e.currentTarget.value)}></talka-switch></div>
      <ul class="lang-parts">${l.modules.map((/** @type {any} */ m) => html`<li><span>${from(m.module)}</span><span class="num faint">${t("web.languages.complete", { translated: formatNumber(m.translated), words: formatNumber(m.words) })}</span>
        ${m.translated < m.words ? html`<a href=${`/app/languages/words?language=${l.key}&only=missing&module=${enc(m.module)}`}>${t("web.languages.missing", { n: m.words - m.translated })}</a>` : html`<span class="ok">${icon("check")}${t("web.languages.whole")}</span>`}</li>`)}</ul></li>`)}</ul>`;
  }
  wordPart() {
    const languages = /** @type {[string, string][]} */ ((this.languages ?? []).map((l) => [l.key, languageName(l.key)]));
    const modules = /** @type {[string, string][]} */ ((this.languages?.[0]?.modules ?? []).map((/** @type {any} */ m) => [m.module, from(m.module)]));
    return html`<form class="audit-filter" role="search" @submit=${(/** @type {Event} */ e) => e.preventDefault()}>
        <talka-input .label=${t("web.words.find")} type="search" .value=${this.v.q} @input=${(/** @type {any} */ e) => this.look({ q: e.currentTarget.value })}></talka-input>
        <talka-select .label=${t("web.language")} required .options=${languages} .value=${this.v.language} @change=${(/** @type {any} */ e) => this.look({ language: e.currentTarget.value })}></talka-select>
        <talka-select .label=${t("web.words.of")} .empty=${t("web.words.of.all")} .options=${modules} .value=${this.v.module} @change=${(/** @type {any} */ e) => this.look({ module: e.currentTarget.value })}></talka-select>
        <talka-select .label=${t("web.words.which")} .empty=${t("web.words.which.all")} .options=${[["changed", t("web.words.which.changed")], ["missing", t("web.words.which.missing")]]} .value=${this.v.only} @change=${(/** @type {any} */ e) => this.look({ only: e.currentTarget.value })}></talka-select></form>
      <div class="card">${this.words === null ? loading(8) : this.wordList(this.words)}</div>`;
  }
  wordList(/** @type {any[]} */ words) {
    if (!words.length) return empty({ icon: "search", title: t("web.words.none") });
    return html`<ul class="persons words">${words.map((w) => html`<li><button class="person-row" @click=${() => this.edit(w)}>
      <span class="p-name"><b lang=${w.text === null && w.original === null ? "en" : this.v.language}>${w.text ?? w.original ?? w.english}</b>
        <span class="faint">${w.text === null ? nothing : html`${t("web.words.was", { text: w.original ?? w.english ?? "–" })} · `}<span class="mono key">${w.key}</span>${w.module === "core" ? nothing : ` · ${from(w.module)}`}</span></span>
      <span class="p-roles">${w.text === null ? nothing : html`<span class="chip done">${t("web.words.chip.changed")}</span>`}${w.text === null && w.original === null ? html`<span class="chip wait">${t("web.words.chip.missing")}</span>` : nothing}
        ${w.english === null && w.original === null ? html`<span class="chip bad">${t("web.missing.short")}</span>` : nothing}</span></button></li>`)}</ul>
      ${this.next ? html`<div class="foot pad"><button class="btn" ?disabled=${this.busy} @click=${() => this.more()}>${icon("down")}${t("web.more.rows")}</button></div>` : nothing}`;
  }
}
customElements.define("talka-languages", TalkaLanguages);
