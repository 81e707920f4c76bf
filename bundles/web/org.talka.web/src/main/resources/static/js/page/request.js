// SPDX-License-Identifier: Apache-2.0
/** One request as its requester sees it: how it stands, what was said, what they can do. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, failure, loading } from "../kit/small.js";
import { openDialog, toast, toastProblem } from "../kit/overlay.js";
import { call, enc, get, post } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { editor, toBody, valueOf } from "../core/fields.js";
import { formatSize, t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { notices } from "../core/notices.js";
import { serverHtml } from "../core/safe-html.js";
import "./composer.js";
import "./rating.js";

const STEPS = /** @type {Record<string, number>} */ ({ new: 1, active: 2, pending: 2, resolved: 3, closed: 3 });
export const category = (/** @type {any} */ ticket) => String(ticket.stateCategory).toLowerCase();

/** How it stands, as one would say it. @param {any} ticket */
export const progress = (ticket) => {
  const who = ticket.assignee?.displayName?.split(" ")[0];
  const c = category(ticket);
  return c === "active" && who ? t("web.portal.active.by", { name: who }) : t(`web.portal.${c}`);
};
/** What a requester calls a kind of ticket. @param {string} key */
export const askLabel = (key) => word(`type.${key}.portal`, `web.portal.type.${key}`, `type.${key}`);
export const bar = (/** @type {any} */ ticket) => html`<div class="prog" aria-hidden="true">${[1, 2, 3].map((n) => html`<span class=${n <= (STEPS[category(ticket)] ?? 1) ? "d" : ""}></span>`)}</div>`;

/** `<talka-request key>` */
class TalkaRequest extends PlainElement {
  static properties = { key: {}, ticket: { state: true }, comments: { state: true }, transitions: { state: true }, files: { state: true }, links: { state: true }, problem: { state: true } };
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
    /** What it goes on from, and in. @type {any[]} */
    this.links = [];
    /** @type {any} */
    this.problem = null;
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    this.until(() => clearTimeout(this.timer), onLive("ticket", (e) => {
      if (e.key !== this.key) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), 200);
    }));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("key")) this.load();
  }
  async load() {
    const { key } = this;
    const path = `/tickets/${enc(key)}`;
    try {
      const ticket = (await call("GET", path)).data;
      const none = { items: [] };
      const [comments, transitions, files, links] = await Promise.all([get(`${path}/comments?limit=200`), ticket.moduleMissing ? none : get(`${path}/transitions`).catch(() => none), get(`${path}/attachments`).catch(() => none),
        get(`${path}/links`).catch(() => none)]);
      // whoever has gone on has not read what comes now
      if (key !== this.key || !this.isConnected) return;
      this.ticket = ticket;
      // the server sends no notes to requesters; people of the desk who look at the portal see none here either
      this.comments = comments.items.filter((/** @type {any} */ c) => c.visibility !== "internal");
      this.transitions = transitions.items;
      this.files = files.items;
      this.links = links.items.filter((/** @type {any} */ l) => l.type === "follows");
      this.problem = null;
      notices.seen(ticket.key);
      setTitle(ticket.subject);
    } catch (problem) {
      if (key === this.key) this.problem = problem;
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
  /** Closed for good: what comes back is written anew, and joined to this one. */
  again() {
    const ticket = this.ticket;
    const type = desk.type(ticket.type);
    return html`<section class="p-card again"><p>${t("web.portal.again.text")}</p>
      <a class="btn" href="/portal/new/${enc(type.key)}?follows=${enc(ticket.key)}&ask=${enc(ticket.subject)}">${icon("reply")}${t("web.portal.again")}</a></section>`;
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    const ticket = this.ticket;
    if (!ticket) return loading(5);
    const me = desk.me.username;
    const inComments = new Set(this.comments.flatMap((c) => (c.attachments ?? []).map((/** @type {any} */ a) => a.id)));
    const ended = category(ticket) === "closed" && !ticket.moduleMissing && desk.type(ticket.type)?.portal;
    return html`<a class="btn quiet" href="/portal">${icon("left")}${t("web.back")}</a>
      <div class="p-card request"><div class="faint"><span class="mono">${ticket.key}</span> · ${askLabel(ticket.type)}</div><h1>${ticket.subject}</h1>
        <p class="standing">${progress(ticket)}</p>${bar(ticket)}
        ${this.links.map((l) => html`<p class="goes-on muted">${icon("history")}${l.outgoing ? t("web.portal.follows") : t("web.portal.followed")} <a href="/portal/requests/${enc(l.ticket.key)}"><span class="mono">${l.ticket.key}</span> ${l.ticket.subject}</a></p>`)}
        ${this.transitions.length ? html`<div class="acts">${this.transitions.map((tr, i) => html`<button class="btn ${i === 0 && category(ticket) === "resolved" ? "primary" : ""}" @click=${() => this.transition(tr)}>${tr.name}</button>`)}</div>` : nothing}</div>
      ${ticket.moduleMissing ? html`<div class="missing" role="note">${icon("gone")}<p>${t("web.portal.readonly")}</p></div>` : nothing}
      <talka-rating .ticket=${ticket}></talka-rating>
      <div class="talk">${this.message(ticket.requester?.displayName ?? "", ticket.createdAt, ticket.descriptionHtml, this.files.filter((f) => !inComments.has(f.id)), ticket.requester?.username === me)}
        ${this.comments.map((c) => this.message(c.author?.displayName ?? t("web.system"), c.createdAt, c.bodyHtml, c.attachments, c.author?.username === me))}</div>
      ${ended ? this.again() : ticket.can?.reply && !ticket.moduleMissing ? html`<div class="p-card"><talka-composer portal .ticket=${ticket} @sent=${() => this.load()}></talka-composer></div>` : nothing}`;
  }
}
customElements.define("talka-request", TalkaRequest);
