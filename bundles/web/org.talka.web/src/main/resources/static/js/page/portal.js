// SPDX-License-Identifier: Apache-2.0
/** For people who need help: one question, their requests in plain words, no internal terms. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, empty, failure, loading } from "../kit/small.js";
import { openDialog, toast, toastProblem } from "../kit/overlay.js";
import "../core/bell.js";
import "../core/contribution.js";
import "../core/view.js";
import { call, enc, get, post, query } from "../core/api.js";
import { appearance, brandSign, deskName, deskWord, setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { editor, toBody, valueOf } from "../core/fields.js";
import { currentLanguage, formatSize, LANGUAGES, t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { notices } from "../core/notices.js";
import { go, onRoute, parts } from "../core/router.js";
import { serverHtml } from "../core/safe-html.js";
import { setTheme, theme, THEMES } from "../core/theme.js";
import "./composer.js";
import "./create.js";

const STEPS = /** @type {Record<string, number>} */ ({ new: 1, active: 2, pending: 2, resolved: 3, closed: 3 });
const category = (/** @type {any} */ ticket) => String(ticket.stateCategory).toLowerCase();

/** How it stands, as one would say it. @param {any} ticket */
const progress = (ticket) => {
  const who = ticket.assignee?.displayName?.split(" ")[0];
  const c = category(ticket);
  return c === "active" && who ? t("web.portal.active.by", { name: who }) : t(`web.portal.${c}`);
};
/** What a requester calls a kind of ticket. @param {string} key */
export const askLabel = (key) => word(`type.${key}.portal`, `web.portal.type.${key}`, `type.${key}`);
const bar = (/** @type {any} */ ticket) => html`<div class="prog" aria-hidden="true">${[1, 2, 3].map((n) => html`<span class=${n <= (STEPS[category(ticket)] ?? 1) ? "d" : ""}></span>`)}</div>`;

class TalkaPortal extends PlainElement {
  static properties = { mine: { state: true }, problem: { state: true }, text: { state: true }, found: { state: true } };
  constructor() {
    super();
    /** @type {any[] | null} */
    this.mine = null;
    /** @type {any} */
    this.problem = null;
    this.text = "";
    /** @type {any[]} */
    this.found = [];
    this.timer = 0;
    this.reload = 0;
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
  async route() {
    setTitle(deskWord());
    this.requestUpdate();
    await this.updateComplete;
    window.scrollTo(0, 0);
    this.load();
  }
  async load() {
    try {
      this.mine = (await get(`/tickets${query({ q: "requester:me", sort: "-updatedAt", limit: 50 })}`)).items;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  ask(/** @type {string} */ text) {
    this.text = text;
    clearTimeout(this.timer);
    this.running?.abort();
    if (text.trim().length < 3) {
      this.found = [];
      return;
    }
    this.timer = setTimeout(async () => {
      const running = (this.running = new AbortController());
      try {
        const page = await get(`/search${query({ q: text, limit: 5 })}`, running.signal);
        this.found = page.items;
      } catch {
        if (!running.signal.aborted) this.found = [];
      }
    }, 180);
  }
  account() {
    return [
      ...LANGUAGES.map(([key, label]) => ({ label, checked: key === currentLanguage(), act: () => desk.change({ locale: key }).catch(toastProblem) })), null,
      ...THEMES.map((key) => ({ label: t(`web.theme.${key}`), checked: theme() === key, act: () => {
        setTheme(key);
        this.requestUpdate();
      } })), null,
      ...(desk.portalOnly ? [] : [{ label: t("web.nav.workspace"), icon: "list", act: () => go("/app") }]),
      { label: t("web.signout"), icon: "sign", act: async () => {
        await desk.signOut();
        location.assign("/sign-in");
      } }];
  }
  top() {
    return html`<header class="p-top"><a class="brand" href="/portal" aria-label=${deskName()}>${brandSign(22)}<span>${deskName()}</span></a><span class="grow"></span>
      <a class="muted" href="/portal/requests">${t("web.portal.mine")}</a>
      <talka-bell></talka-bell>
      <talka-menu .label=${t("web.account", { name: desk.me.displayName })} .face=${avatar(desk.me.displayName)} kind="bare" .items=${this.account()}></talka-menu></header>`;
  }
  greeting() {
    const hour = new Date().getHours();
    return t(hour >= 5 && hour < 11 ? "web.portal.morning" : hour >= 18 || hour < 5 ? "web.portal.evening" : "web.portal.day", { name: desk.me.displayName.split(" ")[0] });
  }
  get tiles() {
    return desk.types.filter((type) => type.portal);
  }
  /** The plain form for what was asked: the first type that people may open. */
  get plain() {
    return this.tiles.find((type) => type.key === "incident") ?? this.tiles[0];
  }
  write() {
    if (this.plain) go(`/portal/new/${this.plain.key}?ask=${enc(this.text.trim())}`);
  }
  line(/** @type {any} */ ticket) {
    return html`<a class="req" href="/portal/requests/${enc(ticket.key)}"><span class="req-t"><b>${ticket.subject}</b><span class="faint">${progress(ticket)}</span></span>${bar(ticket)}</a>`;
  }
  home() {
    const open = (this.mine ?? []).filter((x) => category(x) !== "closed").slice(0, 5);
    return html`<div class="hero"><h1>${this.greeting()}</h1>
        <form class="ask" role="search" @submit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          this.write();
        }}>${icon("search")}<input aria-label=${t("web.portal.ask")} placeholder=${t("web.portal.ask")} .value=${this.text} autocomplete="off" aria-controls="answers"
          @input=${(/** @type {any} */ e) => this.ask(e.target.value)}></form>
        <div class="sug" id="answers" aria-live="polite" ?hidden=${!this.text.trim()}>
          ${this.found.map((i) => html`<a href=${i.url ?? `/portal/requests/${enc(i.key)}`}>${icon(desk.type(i.type)?.icon || "article")}<span>${i.subject ?? i.title}</span><span class="faint">${i.stateCategory ? t(`web.portal.${String(i.stateCategory).toLowerCase()}.short`) : ""}</span></a>`)}
          ${this.plain ? html`<a href="/portal/new/${this.plain.key}?ask=${enc(this.text.trim())}">${icon("plus")}<span>${t("web.portal.write.us")}</span></a>` : nothing}</div></div>
      <div class="two"><section class="p-card"><h2>${t("web.portal.mine")}</h2>
          ${this.problem ? failure(this.problem, () => this.load()) : !this.mine ? loading(3) : open.length ? open.map((x) => this.line(x)) : html`<p class="muted">${t("web.portal.none")}</p>`}
          ${(this.mine?.length ?? 0) > open.length ? html`<a class="all" href="/portal/requests">${t("web.portal.all")}${icon("arrow")}</a>` : nothing}</section>
        <section class="p-card"><h2>${t("web.portal.often")}</h2><div class="tiles">${this.tiles.map((type) => html`<a class="tile" href="/portal/new/${type.key}">${icon(type.icon || "request")}<span>${askLabel(type.key)}</span></a>`)}</div>
          ${this.tiles.length ? nothing : html`<p class="muted">${t("web.new.notypes")}</p>`}</section>
        ${desk.at("portal.page").map((item) => html`<section class="p-card"><h2>${word(`ui.${item.key}`)}</h2><talka-contribution .item=${item}></talka-contribution></section>`)}</div>`;
  }
  page() {
    const [where, a] = parts("/portal");
    if (where === "new") {
      return html`<div class="p-page"><a class="btn quiet" href="/portal">${icon("left")}${t("web.back")}</a><div class="p-card form"><talka-create portal .type=${a ?? this.plain?.key ?? ""}
        .start=${new URLSearchParams(location.search).get("ask") ?? ""}></talka-create></div></div>`;
    }
    if (where === "requests" && a) return html`<div class="p-page"><talka-request .key=${a}></talka-request></div>`;
    if (where === "requests") {
      return html`<div class="p-page"><h1>${t("web.portal.mine")}</h1><section class="p-card">${this.problem ? failure(this.problem, () => this.load()) : !this.mine ? loading(4)
        : this.mine.length ? this.mine.map((x) => this.line(x)) : empty({ icon: "check", title: t("web.portal.none"), action: html`<a class="btn" href="/portal">${t("web.portal.ask.short")}</a>` })}</section></div>`;
    }
    return this.home();
  }
  render() {
    return html`<a class="skip" href="#main">${t("web.skip")}</a><div class="portal">${this.top()}<main id="main">${this.page()}</main></div>`;
  }
}
customElements.define("talka-portal", TalkaPortal);

/** One request as its requester sees it. */
class TalkaRequest extends PlainElement {
  static properties = { key: {}, ticket: { state: true }, comments: { state: true }, transitions: { state: true }, files: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.key = "";
    /** @type {any} */
    this.ticket = null;
    /** @type {any[]} */
    this.comments = [];
    /** @type {any[]} */
    this.transitions = [];
    /** @type {any[]} */
    this.files = [];
    /** @type {any} */
    this.problem = null;
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    this.until(onLive("ticket", (e) => {
      if (e.key !== this.key) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), 200);
    }));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("key")) this.load();
  }
  async load() {
    const path = `/tickets/${enc(this.key)}`;
    try {
      const ticket = (await call("GET", path)).data;
      const none = { items: [] };
      const [comments, transitions, files] = await Promise.all([get(`${path}/comments?limit=200`), ticket.moduleMissing ? none : get(`${path}/transitions`).catch(() => none), get(`${path}/attachments`).catch(() => none)]);
      this.ticket = ticket;
      // the server sends no notes to requesters; people of the desk who look at the portal see none here either
      this.comments = comments.items.filter((/** @type {any} */ c) => c.visibility !== "internal");
      this.transitions = transitions.items;
      this.files = files.items;
      this.problem = null;
      notices.seen(ticket.key);
      setTitle(ticket.subject);
    } catch (problem) {
      this.problem = problem;
    }
  }
  async transition(/** @type {any} */ tr) {
    const description = await desk.describe(this.ticket.type).catch(() => null);
    /** @type {Record<string, any>} */
    const values = {};
    const wanted = (tr.requires ?? []).filter((/** @type {string} */ k) => !valueOf(this.ticket, k));
    if (!wanted.length && tr.comment !== "required") {
      try {
        await post(`/tickets/${enc(this.key)}/transitions`, { transition: tr.id });
        toast(t("web.portal.done"));
        return this.load();
      } catch (problem) {
        return toastProblem(problem);
      }
    }
    let comment = "";
    const done = await openDialog({ title: tr.name, submit: tr.name,
      body: (d) => html`${wanted.map((/** @type {string} */ k) => editor(description?.fields?.find((/** @type {any} */ f) => f.key === k) ?? { key: k, type: "text" }, values[k], (v) => {
        values[k] = v;
        d.update();
      }, { required: true, error: /** @type {any} */ (d).problem?.of?.(k) }))}
        <talka-textarea .label=${t("web.portal.why")} .value=${comment} ?required=${tr.comment === "required"} @input=${(/** @type {any} */ e) => (comment = e.currentTarget.value)}></talka-textarea>`,
      onSubmit: () => {
        const { fields, ...rest } = toBody(values);
        return post(`/tickets/${enc(this.key)}/transitions`, { transition: tr.id, fields: { ...rest, ...fields }, ...(comment.trim() ? { comment: comment.trim() } : {}) });
      } });
    if (done) this.load();
  }
  message(/** @type {string} */ name, /** @type {string} */ at, /** @type {string} */ content, /** @type {any[]} */ files, own = false) {
    const path = `/api/v1/tickets/${enc(this.key)}/attachments`;
    return html`<article class="msg ${own ? "own" : ""}">${avatar(name)}<div class="bubble"><div class="who"><b>${name}</b><span class="faint"><talka-time .at=${at}></talka-time></span></div><div class="prose">${serverHtml(content)}</div>
      ${files?.length ? html`<div class="files">${files.map((f) => f.image ? html`<a class="thumb" href="${path}/${enc(f.id)}/inline" target="_blank" rel="noopener"><img src="${path}/${enc(f.id)}/inline" alt=${f.name} loading="lazy"></a>`
        : html`<a class="chip file" href="${path}/${enc(f.id)}" download=${f.name}>${icon("clip")}${f.name} <span class="faint">${formatSize(f.size)}</span></a>`)}</div>` : nothing}</div></article>`;
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    const ticket = this.ticket;
    if (!ticket) return loading(5);
    const me = desk.me.username;
    const inComments = new Set(this.comments.flatMap((c) => (c.attachments ?? []).map((/** @type {any} */ a) => a.id)));
    return html`<a class="btn quiet" href="/portal">${icon("left")}${t("web.back")}</a>
      <div class="p-card request"><div class="faint"><span class="mono">${ticket.key}</span> · ${askLabel(ticket.type)}</div><h1>${ticket.subject}</h1>
        <p class="standing">${progress(ticket)}</p>${bar(ticket)}
        ${this.transitions.length ? html`<div class="acts">${this.transitions.map((tr, i) => html`<button class="btn ${i === 0 && category(ticket) === "resolved" ? "primary" : ""}" @click=${() => this.transition(tr)}>${tr.name}</button>`)}</div>` : nothing}</div>
      ${ticket.moduleMissing ? html`<div class="missing" role="note">${icon("gone")}<p>${t("web.portal.readonly")}</p></div>` : nothing}
      <div class="talk">${this.message(ticket.requester?.displayName ?? "", ticket.createdAt, ticket.descriptionHtml, this.files.filter((f) => !inComments.has(f.id)), true)}
        ${this.comments.map((c) => this.message(c.author?.displayName ?? t("web.system"), c.createdAt, c.bodyHtml, c.attachments, c.author?.username === me))}</div>
      ${ticket.can?.reply && !ticket.moduleMissing ? html`<div class="p-card"><talka-composer portal .ticket=${ticket} @sent=${() => this.load()}></talka-composer></div>` : nothing}`;
  }
}
customElements.define("talka-request", TalkaRequest);
