// SPDX-License-Identifier: Apache-2.0
/**
 * For people who need help: one question, their requests in plain words, no internal terms. Who has
 * not signed in sees it only where an administrator opened it, and then only what is public.
 */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, empty, failure, loading } from "../kit/small.js";
import { toastProblem } from "../kit/overlay.js";
import "../core/bell.js";
import "../core/contribution.js";
import "../core/view.js";
import { enc, get, query } from "../core/api.js";
import { appearance, brandSign, deskName, deskWord, setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { currentLanguage, currentZone, keepLanguage, LANGUAGES, loadWords, t, toClock, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { enterPage, go, onRoute, parts } from "../core/router.js";
import { setTheme, theme, THEMES } from "../core/theme.js";
import "./create.js";
import { askLabel, bar, category, progress } from "./request.js";

const PAGE = 50;

class TalkaPortal extends PlainElement {
  static properties = { mine: { state: true }, next: { state: true }, problem: { state: true }, text: { state: true }, found: { state: true }, wait: { state: true } };
  constructor() {
    super();
    /** @type {any[] | null} */
    this.mine = null;
    /** Where the rest of them begins. @type {string | null} */
    this.next = null;
    /** @type {any} */
    this.problem = null;
    this.text = "";
    /** What answers the question: of modules first, then one's own. @type {{title: string, href: string, icon: string, hint: string}[]} */
    this.found = [];
    this.wait = "";
    this.timer = 0;
    this.reload = 0;
    this.where = "";
    /** @type {AbortController | undefined} */
    this.running = undefined;
  }
  connectedCallback() {
    super.connectedCallback();
    this.follow(desk, "types", "contributions", "me");
    this.follow(appearance, "look");
    this.until(onRoute(() => this.route()), onLive("ticket", () => {
      clearTimeout(this.reload);
      this.reload = setTimeout(() => this.load(), 400);
    }));
    this.route();
  }
  get visitor() {
    return !desk.me;
  }
  async route() {
    const first = !this.where;
    const elsewhere = this.where !== location.pathname;
    this.where = location.pathname;
    setTitle(deskWord());
    this.requestUpdate();
    await this.updateComplete;
    window.scrollTo(0, 0);
    if (elsewhere && !first) enterPage(this);
    this.load();
  }
  async load() {
    if (this.visitor) return;
    try {
      const page = await this.read(Math.min(200, Math.max(PAGE, this.mine?.length ?? 0)));
      this.mine = page.items;
      this.next = page.next;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  read(/** @type {number} */ limit, /** @type {string | undefined} */ after = undefined) {
    return get(`/tickets${query({ q: "requester:me", sort: "-updatedAt", limit, after })}`);
  }
  async more() {
    try {
      const page = await this.read(PAGE, this.next ?? undefined);
      this.mine = [...(this.mine ?? []), ...page.items];
      this.next = page.next;
    } catch (problem) {
      toastProblem(problem);
    }
  }
  ask(/** @type {string} */ text) {
    this.text = text;
    clearTimeout(this.timer);
    this.running?.abort();
    this.wait = "";
    if (text.trim().length < 3) {
      this.found = [];
      return;
    }
    this.timer = setTimeout(async () => {
      const running = (this.running = new AbortController());
      const none = () => ({ items: [] });
      // who searches too often reads so, and is answered when it is time again
      const later = (/** @type {any} */ problem) => {
        if (problem.status === 429 && !running.signal.aborted) {
          this.wait = problem.message;
          this.timer = setTimeout(() => this.ask(this.text), 1000 * (problem.retryAfter || 5));
        }
        return none();
      };
      const [answers, own] = await Promise.all([
        get(`/portal/search${query({ q: text, limit: 5 })}`, running.signal).catch(later),
        this.visitor ? none() : get(`/search${query({ q: text, limit: 5 })}`, running.signal).catch(none),
      ]);
      if (running.signal.aborted) return;
      this.found = [
        ...answers.items.map((/** @type {any} */ i) => ({ title: i.title, href: i.address, icon: i.icon || "article", hint: i.summary })),
        ...own.items.map((/** @type {any} */ i) => ({ title: i.subject, href: `/portal/requests/${enc(i.key)}`, icon: desk.type(i.type)?.icon || "article",
          hint: t(`web.portal.${String(i.stateCategory).toLowerCase()}.short`) })),
      ];
    }, 180);
  }
  /** Arrow keys go through the answers as they would in a list. */
  keys(/** @type {KeyboardEvent} */ e) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    const stops = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".ask input, .sug:not([hidden]) a")]);
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (step && at >= 0 && stops[at + step]) {
      e.preventDefault();
      stops[at + step].focus();
    } else if (e.key === "Escape" && this.text) {
      e.preventDefault();
      this.ask("");
      stops[0]?.focus();
    }
  }
  settings() {
    return [
      ...LANGUAGES.map(([key, label]) => ({ label, checked: key === currentLanguage(), act: () => {
        if (!this.visitor) return void desk.change({ locale: key }).catch(toastProblem);
        keepLanguage(key);
        loadWords(key);
      } })), null,
      ...THEMES.map((key) => ({ label: t(`web.theme.${key}`), checked: theme() === key, act: () => {
        setTheme(key);
        this.requestUpdate();
      } }))];
  }
  account() {
    return [...this.settings(), null,
      { label: t("web.zone.now", { zone: currentZone().replaceAll("_", " ") }), icon: "clock", act: () => import("./zone.js").then((page) => page.chooseZone()).catch(toastProblem) },
      ...(desk.portalOnly ? [] : [{ label: t("web.nav.workspace"), icon: "list", act: () => go("/app") }]),
      { label: t("web.signout"), icon: "sign", act: async () => {
        await desk.signOut();
        location.assign(appearance.portal ? "/portal" : "/sign-in");
      } }];
  }
  top() {
    return html`<header class="p-top"><a class="brand" href="/portal" aria-label=${deskName()}>${brandSign(22)}<span>${deskName()}</span></a><span class="grow"></span>
      ${this.visitor ? html`<talka-menu .label=${t("web.portal.settings")} .face=${icon("sliders")} kind="quiet square" .items=${this.settings()}></talka-menu>
          <a class="btn primary" href=${signIn()}>${t("web.signin.submit")}</a>`
        : html`<a class="p-mine muted" href="/portal/requests">${t("web.portal.mine")}</a>
          <talka-bell></talka-bell>
          <talka-menu .label=${t("web.account", { name: desk.me.displayName })} .face=${avatar(desk.me.displayName)} kind="bare" .items=${this.account()}></talka-menu>`}</header>`;
  }
  greeting() {
    if (this.visitor) return t("web.portal.visitor");
    const hour = Number(toClock(Date.now()).slice(11, 13));
    return t(hour >= 5 && hour < 11 ? "web.portal.morning" : hour >= 18 || hour < 5 ? "web.portal.evening" : "web.portal.day", { name: desk.me.displayName.split(" ")[0] });
  }
  get tiles() {
    return desk.types.filter((type) => type.portal);
  }
  /** The plain form for what was asked: the first type that people may open. */
  get plain() {
    return this.tiles.find((type) => type.key === "incident") ?? this.tiles[0];
  }
  /** Where one writes what was asked for; who has not signed in does so on the way. */
  get writing() {
    const form = `/portal/new/${this.plain?.key ?? "incident"}?ask=${enc(this.text.trim())}`;
    return this.visitor ? signIn(form) : this.plain ? form : "";
  }
  write() {
    if (this.writing) go(this.writing);
  }
  line(/** @type {any} */ ticket) {
    return html`<a class="req" href="/portal/requests/${enc(ticket.key)}"><span class="req-t"><b>${ticket.subject}</b><span class="faint">${progress(ticket)}${
      ticket.can?.rate ? html` <span class="req-ask">${icon("star")}${t("web.rating.short")}</span>` : nothing}</span></span>${bar(ticket)}</a>`;
  }
  asking() {
    const found = this.text.trim() && this.found.length;
    return html`<form class="ask" role="search" @submit=${(/** @type {Event} */ e) => {
        e.preventDefault();
        this.write();
      }}>${icon("search")}<input aria-label=${t("web.portal.ask")} placeholder=${t("web.portal.ask")} .value=${this.text} autocomplete="off" aria-controls="answers"
        @input=${(/** @type {any} */ e) => this.ask(e.target.value)}></form>
      ${this.suggestions()}
      <div class="sug" id="answers" aria-live="polite" ?hidden=${!this.text.trim()}>
        ${found ? this.found.map((i) => html`<a href=${i.href}>${icon(i.icon)}<span>${i.title}</span><span class="faint">${i.hint}</span></a>`) : nothing}
        ${this.wait ? html`<p class="faint pad">${this.wait}</p>` : nothing}
        ${this.writing ? html`<a href=${this.writing}>${icon("plus")}<span>${t(this.visitor ? "web.portal.signin.write" : "web.portal.write.us")}</span></a>` : nothing}</div>`;
  }
  requests() {
    const open = (this.mine ?? []).filter((x) => category(x) !== "closed" || x.can?.rate).slice(0, 5);
    return html`<section class="p-card"><h2>${t("web.portal.mine")}</h2>
      ${this.problem ? failure(this.problem, () => this.load()) : !this.mine ? loading(3) : open.length ? open.map((x) => this.line(x)) : html`<p class="muted">${t("web.portal.none")}</p>`}
      ${(this.mine?.length ?? 0) > open.length ? html`<a class="all" href="/portal/requests">${t("web.portal.all")}${icon("arrow")}</a>` : nothing}</section>`;
  }
  /** All of one's requests: what is going on before what is finished. */
  everything() {
    if (this.problem || !this.mine?.length) {
      return html`<section class="p-card">${this.problem ? failure(this.problem, () => this.load()) : !this.mine ? loading(4)
        : empty({ icon: "check", title: t("web.portal.none"), action: html`<a class="btn" href="/portal">${t("web.portal.ask.short")}</a>` })}</section>`;
    }
    const ended = this.mine.filter((x) => category(x) === "closed");
    const open = this.mine.filter((x) => category(x) !== "closed");
    return html`${open.length ? html`<section class="p-card">${open.map((x) => this.line(x))}</section>` : nothing}
      ${ended.length ? html`<section class="p-card"><h2>${t("web.portal.closed")}</h2>${ended.map((x) => this.line(x))}</section>` : nothing}
      ${this.next ? html`<button class="btn" @click=${() => this.more()}>${t("web.more.rows")}</button>` : nothing}`;
  }
  forms() {
    return html`<section class="p-card"><h2>${t("web.portal.often")}</h2><div class="tiles">${this.tiles.map((type) => html`<a class="tile" href="/portal/new/${type.key}">${icon(type.icon || "request")}<span>${askLabel(type.key)}</span></a>`)}</div>
      ${this.tiles.length ? nothing : html`<p class="muted">${t("web.new.notypes")}</p>`}</section>`;
  }
  home() {
    const cards = desk.at("portal.page").filter((item) => item.props?.card !== false);
    return html`<div class="hero" @keydown=${(/** @type {KeyboardEvent} */ e) => this.keys(e)}><h1>${this.greeting()}</h1>${this.asking()}</div>
      <div class="two"><div class="p-col">${this.visitor ? html`<section class="p-card"><h2>${t("web.portal.signin.title")}</h2><p class="muted">${t("web.portal.signin.text")}</p><a class="btn" href=${signIn()}>${t("web.signin.submit")}</a></section>`
        : this.requests()}</div>
        ${this.visitor && !cards.length ? nothing : html`<div class="p-col">${this.visitor ? nothing : this.forms()}${
          cards.map((item) => html`<section class="p-card"><h2>${word(`ui.${item.key}`)}</h2><talka-contribution .item=${item}></talka-contribution></section>`)}</div>`}</div>`;
  }
  /** A module's page of its own. @param {string} module @param {string} key @param {string[]} rest */
  contributed(module, key, rest) {
    const item = desk.at("portal.page").find((c) => c.module === module && c.key === key);
    return html`<div class="p-page"><a class="btn quiet" href="/portal">${icon("left")}${t("web.back")}</a>
      ${item ? html`${item.props?.heading === false ? nothing : html`<h1>${word(`ui.${item.key}`)}</h1>`}<talka-contribution .item=${item} .extra=${{ rest, search: location.search, portal: true }}></talka-contribution>` : failure({ status: 404, message: t("web.error.page") })}</div>`;
  }
  /** What modules have to say to a text before somebody sends it. */
  suggestions() {
    const text = this.text.trim();
    return text ? desk.at("portal.suggestion").map((item) => html`<talka-contribution .item=${item} .extra=${{ text, place: "ask" }}></talka-contribution>`) : nothing;
  }
  page() {
    const [where, a, b, ...rest] = parts("/portal");
    const asked = new URLSearchParams(location.search);
    switch (where) {
      case "new":
        return html`<div class="p-page"><a class="btn quiet" href="/portal">${icon("left")}${t("web.back")}</a><div class="p-card form"><talka-create portal .type=${a ?? this.plain?.key ?? ""}
          .start=${asked.get("ask") ?? ""} .follows=${asked.get("follows") ?? ""}></talka-create></div></div>`;
      case "m":
        return this.contributed(a, b, rest);
      case "requests":
        if (a) return html`<div class="p-page"><talka-request .key=${a}></talka-request></div>`;
        return html`<div class="p-page"><h1>${t("web.portal.mine")}</h1>${this.everything()}</div>`;
      default:
        return this.home();
    }
  }
  render() {
    return html`<a class="skip" href="#main">${t("web.skip")}</a><div class="portal">${this.top()}<main id="main">${this.page()}</main></div>`;
  }
}
customElements.define("talka-portal", TalkaPortal);

/** Signing in leads back to where one was, or to what one wanted. @param {string} [to] */
const signIn = (to = location.pathname) => `/sign-in?to=${enc(to === "/" ? "/portal" : to)}`;
