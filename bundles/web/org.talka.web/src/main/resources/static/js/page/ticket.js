// SPDX-License-Identifier: Apache-2.0
/** A ticket: what was said, what to do next, what is known. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, failure, loading } from "../kit/small.js";
import { confirmDialog, openDialog, toast, toastProblem } from "../kit/overlay.js";
import { call, enc, get, post, query, remove } from "../core/api.js";
import { go } from "../core/router.js";
import { setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { applies, editor, fieldLabel, isBuiltIn, moduleTitle, personSource, priorityChip, stateChip, stateLabel, ticketSource, toBody, plainViewer, typeLabel, valueOf, viewer, workflowOf } from "../core/fields.js";
import { fold, formatDate, formatSize, t, word } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { save } from "../core/merge.js";
import { notices } from "../core/notices.js";
import { fieldOf, flat, form, pass } from "../core/passage.js";
import { remember } from "../core/recent.js";
import { serverHtml } from "../core/safe-html.js";
import { markRead } from "../core/seen.js";
import { shortcut } from "../core/shortcuts.js";
import "../core/contribution.js";
import "./composer.js";
import "./presence.js";
import { stars } from "./stars.js";

const PANEL_FIRST = ["priority", "assignee", "team", "requester", "impact", "urgency"];
/** Shown together and apart from the other fields. */
const RATING = ["satisfaction", "satisfactionWord", "satisfactionAt"];
/** A panel with more fields than this shows the first ones and what has a value. */
const MANY = 30;
const FIRST = 14;
const given = (/** @type {any} */ v) => v !== undefined && v !== null && v !== "" && !(Array.isArray(v) && !v.length);
/** A ticket as it will be, as far as that is known. @param {any} ticket @param {Record<string, any>} values */
function withValues(ticket, values) {
  const after = { ...ticket, fields: { ...ticket.fields }, fieldsHtml: { ...ticket.fieldsHtml } };
  for (const [key, value] of Object.entries(values)) {
    delete after.fieldsHtml[key];
    if (!isBuiltIn(key)) after.fields[key] = value;
    // what the desk works out of others is not known yet
    else if (key !== "priority" || value !== null) after[key] = value;
  }
  return after;
}
const SAID = new Set(["commented", "comment", "created", "attached", "attachment", "viewed"]);

/** A person's name; what the desk did by itself is not signed with the name of one of its parts. */
const nameOf = (/** @type {any} */ actor) => {
  const name = typeof actor === "object" ? (actor?.displayName ?? actor?.username) : actor;
  return !name || String(name).startsWith("system:") ? t("web.system") : name;
};
/** What a line of the history is about: a field, or a link by its own name. @param {any} change */
const changeLabel = (change) => (change.field.startsWith("link.") ? word(change.field) : fieldLabel(change.field.replace(/^fields\./, "")));
/** Numbers of comments and files say nothing to a person. @param {any} change */
const telling = (change) => !["comment", "attachment", "satisfactionAt"].includes(change.field);

class TalkaTicket extends PlainElement {
  static properties = {
    key: {}, back: {}, ticket: { state: true }, problem: { state: true }, comments: { state: true }, history: { state: true }, links: { state: true },
    references: { state: true }, watchers: { state: true }, attachments: { state: true }, transitions: { state: true }, actions: { state: true }, type: { state: true },
    editing: { state: true }, errors: { state: true }, edited: { state: true }, panel: { state: true }, doing: { state: true },
    saving: { state: true }, look: { state: true }, all: { state: true },
  };
  constructor() {
    super();
    this.key = this.back = "";
    this.reset();
    this.editing = "";
    /** @type {any} */
    this.edited = undefined;
    this.panel = false;
    /** The field that is being saved. */
    this.saving = "";
    /** What is looked for among many fields, and whether all of them are shown. */
    this.look = "";
    this.all = false;
    this.timer = 0;
    /** What the person does here, as others see it. */
    this.doing = "looking";
    this.doingTimer = 0;
  }
  reset() {
    /** @type {any} */ this.ticket = null;
    /** @type {any} */ this.problem = null;
    /** @type {any} */ this.type = null;
    /** @type {any[]} */ this.comments = [];
    /** @type {any[]} */ this.history = [];
    /** @type {any[]} */ this.links = [];
    /** @type {any[]} */ this.references = [];
    /** @type {any[]} */ this.watchers = [];
    /** @type {any[]} */ this.attachments = [];
    /** @type {any[]} */ this.transitions = [];
    /** @type {any[]} */ this.actions = [];
    /** @type {Record<string, string>} */ this.errors = {};
    this.etag = "";
    this.moreComments = null;
    /** The last comment that is on show; undefined while that is unknown. @type {number | undefined} */
    this.lastSeen = undefined;
  }
  connectedCallback() {
    super.connectedCallback();
    // a list with no ticket beside it shows none
    import("./tasks.js").catch(() => {});
    const modules = () => this.ticket && this.load();
    desk.addEventListener("types", modules);
    this.until(
      () => desk.removeEventListener("types", modules),
      () => clearTimeout(this.timer),
      onLive("ticket", (e) => {
        if (e.key !== this.key) return;
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.load(), 200);
      }),
      shortcut("r", "web.keys.reply", () => this.composer?.open("public"), "web.keys.ticket"),
      shortcut("n", "web.keys.note", () => this.composer?.open("internal"), "web.keys.ticket"),
      shortcut("e", "web.keys.edit", () => this.editText(), "web.keys.ticket"),
      shortcut("m", "web.keys.take", () => this.take(), "web.keys.ticket"),
    );
  }
  get composer() {
    return /** @type {any} */ (this.querySelector("talka-composer"));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("key") && this.key) {
      this.reset();
      this.editing = this.saving = this.look = "";
      this.load();
    }
  }
  get path() {
    return `/tickets/${enc(this.key)}`;
  }
  async load() {
    const key = this.key;
    try {
      const answer = await call("GET", this.path);
      // whoever has left the page has not read what comes now
      if (key !== this.key || !this.isConnected) return;
      this.problem = null;
      this.ticket = answer.data;
      this.etag = answer.etag;
      setTitle(`${key} ${answer.data.subject}`);
      remember(answer.data);
      markRead(answer.data);
      notices.seen(key);
      this.dispatchEvent(new CustomEvent("read", { detail: answer.data }));
    } catch (problem) {
      if (key === this.key) this.problem = problem;
      return;
    }
    const part = async (/** @type {string} */ name, /** @type {Promise<any>} */ wanted, /** @type {(v: any) => any} */ pick) => {
      try {
        const value = pick(await wanted);
        if (key === this.key) /** @type {any} */ (this)[name] = value;
      } catch {
        // the ticket itself is here; a part that fails stays empty
      }
    };
    const items = (/** @type {any} */ v) => v?.items ?? [];
    const missing = this.ticket.moduleMissing;
    await Promise.all([
      part("type", desk.describe(this.ticket.type), (v) => v),
      part("comments", get(`${this.path}/comments?limit=200`), (v) => {
        this.moreComments = v.next;
        this.lastSeen = v.next ? undefined : (v.items[v.items.length - 1]?.id ?? 0);
        return v.items;
      }),
      part("history", this.wholeHistory(), (v) => v),
      part("links", get(`${this.path}/links`), items),
      part("references", get(`${this.path}/references`), items),
      part("watchers", get(`${this.path}/watchers`), items),
      part("attachments", get(`${this.path}/attachments`), items),
      part("transitions", missing ? Promise.resolve({}) : get(`${this.path}/transitions`), items),
      part("actions", missing ? Promise.resolve({}) : get(`${this.path}/actions`), items),
    ]);
  }

  /** Others see that somebody writes until it was quiet for a while. @param {string} doing */
  does(doing) {
    clearTimeout(this.doingTimer);
    this.doing = doing;
    if (doing !== "looking") this.doingTimer = setTimeout(() => (this.doing = "looking"), 15000);
  }

  /** All of it, as far as a person would read: the server gives the oldest first. */
  async wholeHistory() {
    const all = [];
    let after;
    for (let pages = 0; pages < 5; pages++) {
      const page = await get(`${this.path}/history${query({ limit: 200, after })}`);
      all.push(...page.items);
      if (!page.next) break;
      after = page.next;
    }
    return all;
  }

  /** @param {string} key */
  field(key) {
    return fieldOf(this.type, key);
  }
  get editable() {
    return !!this.ticket?.can?.edit && !this.ticket.moduleMissing;
  }

  /** The fields of the panel: the pressing ones, then those of the type's form, then what has a value. */
  panelFields() {
    const ticket = this.ticket;
    const sections = (this.type?.form ?? []).filter((/** @type {any} */ s) => applies(s, (k) => valueOf(ticket, k)));
    const own = sections.flatMap((/** @type {any} */ s) => s.fields).filter((/** @type {string} */ k) => k !== "subject" && k !== "description");
    const filled = Object.keys(ticket.fields ?? {}).filter((k) => ticket.fields[k] !== null && ticket.fields[k] !== undefined);
    const keys = new Set([...PANEL_FIRST, ...own, ...filled]);
    if (ticket.organisation) keys.add("organisation");
    for (const key of ["tags", ...RATING]) keys.delete(key);
    return [...keys];
  }

  /** Of many fields those that are looked for; otherwise the first ones and what has a value, or all. @param {string[]} keys */
  shownFields(keys) {
    if (keys.length <= MANY || this.all) return this.look.trim() ? this.found(keys) : keys;
    if (this.look.trim()) return this.found(keys);
    return keys.filter((k, i) => i < FIRST || k === this.editing || given(valueOf(this.ticket, k)));
  }
  /** @param {string[]} keys */
  found(keys) {
    const look = fold(this.look.trim());
    return keys.filter((k) => fold(fieldLabel(k)).includes(look));
  }

  async change(/** @type {Record<string, any>} */ values) {
    const [base, etag, edited] = [this.ticket, this.etag, this.editing];
    // as if it were done; what the server says decides
    const shown = (this.ticket = withValues(base, values));
    this.saving = Object.keys(values)[0] ?? "";
    if (edited) this.stopEditing();
    try {
      const saved = await save(base, etag, values, this.type?.fields ?? []);
      if (base.key !== this.key) return;
      if (saved) {
        this.ticket = saved.data;
        this.etag = saved.etag;
        if (saved.merged) toast(t("web.conflict.merged"));
      } else if (this.ticket === shown) this.ticket = base;
      this.errors = {};
      this.saving = "";
      await this.load();
    } catch (problem) {
      const p = /** @type {any} */ (problem);
      if (this.ticket === shown) this.ticket = base;
      // whoever has gone on believes that it was saved
      if (base.key !== this.key || !this.isConnected) {
        toast(`${base.key}: ${p.message}`, { kind: "bad" });
        return;
      }
      const errors = Object.fromEntries((p.errors ?? []).map((/** @type {any} */ e) => [e.field.replace(/^fields\./, ""), e.message]));
      // what was written is there to be mended, unless somebody went on to something else
      if (edited && !this.editing) {
        this.edited = values[edited];
        this.editing = edited;
      }
      if (!this.editing) toastProblem(p);
      else this.errors = errors[this.editing] ? errors : { ...errors, [this.editing]: p.message };
    } finally {
      if (base.key === this.key) this.saving = "";
    }
  }

  take() {
    if (this.editable) this.change({ assignee: { username: desk.me.username, displayName: desk.me.displayName } });
  }

  editText() {
    if (!this.editable) return;
    const base = this.ticket;
    const etag = this.etag;
    const values = { subject: base.subject, description: base.description };
    openDialog({
      title: t("web.edit.title", { key: this.key }), wide: true, submit: t("web.save"),
      body: (d) => html`${["subject", "description"].map((key) => editor(this.field(key), /** @type {any} */ (values)[key], (v) => {
        /** @type {any} */ (values)[key] = v;
      }, { error: d.problem?.of?.(key) }))}`,
      onSubmit: async () => {
        const changes = Object.fromEntries(Object.entries(values).filter(([k, v]) => v !== base[k]));
        if (Object.keys(changes).length) await save(base, etag, changes, this.type?.fields ?? []);
      },
    }).then((done) => done && this.load());
  }

  transition(/** @type {any} */ tr) {
    pass(this.ticket, this.type, tr).then((done) => done && this.load(), toastProblem);
  }
  act(/** @type {any} */ action) {
    const title = action.name ?? word(`action.${action.key}`);
    const send = (/** @type {any} */ values, /** @type {string} */ comment) =>
      post(`${this.path}/actions/${enc(action.key)}`, { values: flat(toBody(values)), ...(comment ? { comment } : {}) });
    form(this.ticket, this.type, { title, fields: action.fields ?? [], comment: action.comment ?? "none", send }).then((done) => done && this.load());
  }

  addLink() {
    const kinds = (this.type?.linkTypes ?? []).flatMap((/** @type {any} */ l) => [
      ...(fits(l.from, this.ticket.type) ? [[`>${l.key}`, word(`link.${l.key}`)]] : []),
      ...(fits(l.to, this.ticket.type) && word(`link.${l.key}.inverse`) !== word(`link.${l.key}`) ? [[`<${l.key}`, word(`link.${l.key}.inverse`)]] : []),
    ]);
    let kind = kinds[0]?.[0] ?? "";
    let to = "";
    let text = "";
    openDialog({
      title: t("web.link.add"), submit: t("web.link.submit"),
      body: (d) => html`<talka-select required .label=${t("web.link.kind")} .options=${kinds} .value=${kind} @change=${(/** @type {any} */ e) => (kind = e.currentTarget.value)}></talka-select>
        <talka-combobox required .label=${t("web.link.to")} .help=${t("web.link.help")} .source=${async (/** @type {string} */ q, /** @type {AbortSignal} */ s) => {
          const found = await ticketSource(q, s).catch(() => []);
          // a number that was typed or pasted is good by itself
          const typed = q.trim().toUpperCase();
          return /^[A-Z]{2,5}-\d+$/.test(typed) && !found.some((f) => f.value === typed) ? [{ value: typed, label: typed }, ...found] : found;
        }} .value=${to} .text=${text} .error=${d.problem?.of?.("to") ?? ""} @change=${(/** @type {any} */ e) => {
          to = e.detail?.value ?? "";
          text = e.detail?.label ?? "";
          d.update();
        }}></talka-combobox>`,
      onSubmit: async () => {
        if (!to) throw new Error(t("web.link.none"));
        if (kind.startsWith("<")) await post(`/tickets/${enc(to)}/links`, { type: kind.slice(1), to: this.key });
        else await post(`${this.path}/links`, { type: kind.slice(1), to });
      },
    }).then((done) => done && this.load());
  }
  async removeLink(/** @type {any} */ link) {
    const sure = await confirmDialog({ title: t("web.link.remove"), text: t("web.link.remove.text", { key: link.ticket.key }), submit: t("web.remove"), danger: true });
    if (sure) await remove(`${this.path}/links/${enc(link.id)}`).then(() => this.load(), toastProblem);
  }
  watch(/** @type {string} */ username) {
    post(`${this.path}/watchers`, { username }).then(() => this.load(), toastProblem);
  }
  unwatch(/** @type {string} */ username) {
    remove(`${this.path}/watchers/${enc(username)}`).then(() => this.load(), toastProblem);
  }
  addWatcher() {
    let who = "";
    let text = "";
    openDialog({
      title: t("web.watch.add"), submit: t("web.add"),
      body: (d) => html`<talka-combobox .label=${t("web.person")} .source=${personSource} .value=${who} .text=${text} @change=${(/** @type {any} */ e) => {
        who = e.detail?.value ?? "";
        text = e.detail?.label ?? "";
        d.update();
      }}></talka-combobox>`,
      onSubmit: () => post(`${this.path}/watchers`, { username: who }),
    }).then((done) => done && this.load());
  }
  showHistory() {
    openDialog({ title: t("web.history.title"), wide: true, noFoot: true, body: () => html`<ol class="history">${this.history.map((h) => html`<li>
      <span><b>${nameOf(h.actor)}</b> ${word(`web.history.${h.kind}`)}</span><talka-time class="faint" .at=${h.at}></talka-time>
      ${(h.changes ?? []).filter(telling).map((/** @type {any} */ c) => html`<div class="change">${changeLabel(c)}: ${this.told(c, c.from)} ${icon("arrow")} ${this.told(c, c.to)}</div>`)}</li>`)}</ol>` });
  }
  /** A value of the history in words. */
  told(/** @type {any} */ change, /** @type {any} */ value) {
    const key = change.field.replace(/^fields\./, "");
    if (value === null || value === undefined || value === "") return html`<span class="faint">–</span>`;
    if (key.startsWith("link.")) return html`<a class="mono" href="/app/ticket/${enc(String(value))}">${value}</a>`;
    if (key === "taskDue") return formatDate(value);
    if (key === "state") return stateLabel(workflowOf(this.ticket), value);
    const text = typeof value === "string" && value.length > 200 ? `${value.slice(0, 200)}…` : value;
    const field = this.field(key);
    return field.type === "person" ? nameOf(text) : plainViewer(key === "tags" && !Array.isArray(text) ? { ...field, key: "" } : field, text);
  }

  more() {
    const me = desk.me.username;
    const watching = this.watchers.some((w) => w.username === me);
    return [
      ...this.transitions.slice(3).map((tr) => ({ label: tr.name, icon: "arrow", act: () => this.transition(tr) })),
      ...this.actions.slice(2).map((a) => ({ label: a.name ?? word(`action.${a.key}`), icon: "incident", act: () => this.act(a) })),
      ...(this.editable ? [{ label: t("web.edit"), icon: "note", act: () => this.editText() }] : []),
      ...(this.editable ? [{ label: t("web.link.add"), icon: "link", act: () => this.addLink() }] : []),
      ...(this.ticket.moduleMissing ? [] : [{ label: watching ? t("web.watch.stop") : t("web.watch.start"), icon: "eye", act: () => (watching ? this.unwatch(me) : this.watch(me)) }]),
      ...(desk.can("access:explain") ? [{ label: t("web.access.who"), icon: "lock", act: () => go(`/app/access${query({ person: this.ticket.requester?.username ?? "", ticket: this.key })}`) }] : []),
      { label: t("web.history.title"), icon: "history", act: () => this.showHistory() },
      { label: t("web.copy.link"), icon: "link", act: () => navigator.clipboard?.writeText(`${location.origin}/app/ticket/${this.key}`).then(() => toast(t("web.copied"))) },
    ];
  }

  message(/** @type {any} */ m) {
    return html`<article class="msg ${m.internal ? "internal" : ""}" aria-label=${m.label}>${avatar(m.name)}<div class="bubble">
      <div class="who"><b>${m.name}</b><span class="faint">${m.internal ? html`${icon("lock")}${t("web.note.mark")} · ` : m.first ? nothing : html`${t("web.reply.mark")} · `}<talka-time .at=${m.at}></talka-time></span></div>
      <div class="prose">${serverHtml(m.html)}${m.html ? nothing : html`<p class="pre">${m.text || nothing}</p>`}</div>
      ${m.files?.length ? html`<div class="files">${m.files.map((/** @type {any} */ f) => this.file(f))}</div>` : nothing}</div></article>`;
  }
  file(/** @type {any} */ f) {
    const at = `/api/v1${this.path}/attachments/${enc(f.id)}`;
    return f.image
      ? html`<a class="thumb" href="${at}/inline" target="_blank" rel="noopener" title="${f.name}, ${formatSize(f.size)}"><img src="${at}/inline" alt=${f.name} loading="lazy"></a>`
      : html`<a class="chip file" href=${at} download=${f.name}>${icon("clip")}${f.name} <span class="faint">${formatSize(f.size)}</span></a>`;
  }
  event(/** @type {any} */ h) {
    const changes = h.changes ?? [];
    const state = changes.find((/** @type {any} */ c) => c.field === "state");
    const rest = changes.filter((/** @type {any} */ c) => c !== state && c.field !== "description" && telling(c));
    const task = h.kind.startsWith("task-") ? changes[0] : undefined;
    const what = task ? html`${word(`web.history.${h.kind}`)} <b>${task.to ?? task.from}</b>` : state ? html`${t("web.event.state")} <b>${this.told(state, state.to)}</b>`
      : rest.length ? rest.slice(0, 3).map((/** @type {any} */ c, /** @type {number} */ i) => html`${i ? ", " : ""}${changeLabel(c)}: ${this.told(c, c.to)}`)
      : word(`web.history.${h.kind}`);
    return html`<div class="event">${icon(task ? "check" : state ? "arrow" : "note")}<span>${nameOf(h.actor)}: ${what}</span><talka-time .at=${h.at} short></talka-time></div>`;
  }
  talk() {
    const ticket = this.ticket;
    const inComments = new Set(this.comments.flatMap((c) => (c.attachments ?? []).map((/** @type {any} */ a) => a.id)));
    const first = { first: true, name: ticket.requester?.displayName ?? t("web.system"), at: ticket.createdAt, html: ticket.descriptionHtml, text: ticket.description,
      files: this.attachments.filter((a) => !inComments.has(a.id)), label: t("web.description") };
    const flow = [
      ...this.comments.map((c) => ({ at: c.createdAt, show: () => this.message({ internal: c.visibility === "internal", name: nameOf(c.author), at: c.createdAt,
        html: c.bodyHtml, text: c.body, files: c.attachments, label: c.visibility === "internal" ? t("web.note") : t("web.reply") }) })),
      ...this.history.filter((h) => !SAID.has(h.kind) && ((h.changes ?? []).length || !["updated"].includes(h.kind))).map((h) => ({ at: h.at, show: () => this.event(h) })),
    ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    return html`<div class="talk">${this.message(first)}${flow.map((f) => f.show())}</div>`;
  }

  property(/** @type {string} */ key) {
    const field = this.field(key);
    const value = valueOf(this.ticket, key);
    const label = fieldLabel(key);
    const may = this.editable && !field.readOnly;
    if (this.editing === key) {
      // of what a module edits only the module knows when it is finished
      const own = !!desk.fieldPart("field.editor", field);
      const instant = !own && ["choice", "person", "team", "organisation", "boolean", "ticket"].includes(field.type) && !field.multiple;
      return html`<dt>${label}</dt><dd class="editing" @keydown=${(/** @type {KeyboardEvent} */ e) => {
          if (e.key === "Escape" && !e.defaultPrevented) {
            e.stopPropagation();
            this.stopEditing();
          } else if (e.key === "Enter" && !e.defaultPrevented && !instant && (own ? writesLine(e) : field.type !== "markdown")) {
            e.preventDefault();
            this.change({ [key]: this.edited });
          }
        }}>${editor(field, this.edited, (v) => {
          this.edited = v;
          if (instant) this.change({ [key]: v });
        }, { hideLabel: true, error: this.errors[key], ticket: this.ticket })}
        <div class="edit-foot">${instant ? nothing : html`<button class="btn primary small" @click=${() => this.change({ [key]: this.edited })}>${t("web.save")}</button>`}
          ${key === "assignee" && this.edited?.username !== desk.me.username ? html`<button class="btn small" @click=${() => this.take()}>${t("web.take")}</button>` : nothing}
          ${key === "priority" && this.ticket.priorityOverridden ? html`<button class="btn small" @click=${() => this.change({ priority: null })}>${t("web.priority.matrix")}</button>` : nothing}
          <button class="btn quiet small" @click=${() => this.stopEditing()}>${t("web.cancel")}</button></div></dd>`;
    }
    const rendered = this.ticket.fieldsHtml?.[key];
    const shown = html`${viewer(field, value, this.ticket, () => rendered ? html`<span class="prose">${serverHtml(rendered)}</span>` : plainViewer(field, value))}${key === "priority" && this.ticket.priorityOverridden ? html`<span class="faint">${t("web.priority.set")}</span>` : nothing}`;
    return html`<dt>${label}</dt><dd class=${key === this.saving ? "saving" : nothing} aria-busy=${key === this.saving ? "true" : nothing}>${may ? html`<button class="value" data-field=${key} title=${t("web.edit.field", { name: label })} @click=${() => this.edit(key)}><span class="visually-hidden">${t("web.edit.field", { name: label })}. </span><span class="v">${shown}</span></button>` : shown}</dd>`;
  }
  async edit(/** @type {string} */ key) {
    this.edited = valueOf(this.ticket, key);
    this.errors = {};
    this.editing = key;
    await this.updateComplete;
    const control = /** @type {any} */ (this.querySelector(".editing :is(talka-field-part,talka-input,talka-select,talka-combobox,talka-textarea)"));
    await control?.updateComplete;
    control?.focus();
  }
  async stopEditing() {
    const key = this.editing;
    this.editing = "";
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector(`.value[data-field="${key}"]`))?.focus();
  }

  aside() {
    const ticket = this.ticket;
    const tickets = this.links;
    const keys = this.panelFields();
    const shown = this.shownFields(keys);
    return html`<aside aria-label=${t("web.properties")} class=${this.panel ? "open" : ""}>
      ${this.panels((order) => order < 0)}
      ${this.rating()}
      <section>${keys.length > MANY ? html`<div class="find-field">${icon("search")}<input class="control" type="search" autocomplete="off" spellcheck="false" aria-label=${t("web.fields.find")} placeholder=${t("web.fields.find")}
          .value=${this.look} @input=${(/** @type {any} */ e) => (this.look = e.target.value)}></div>` : nothing}
        <dl>${this.look.trim() ? nothing : html`<dt>${fieldLabel("state")}</dt><dd>${stateChip(ticket)}</dd>`}${repeat(shown, (key) => key, (key) => this.property(key))}${this.look.trim() ? nothing : this.property("tags")}</dl>
        ${keys.length > MANY && !this.look.trim() ? html`<button type="button" class="linkish" aria-expanded=${this.all ? "true" : "false"} @click=${() => (this.all = !this.all)}>${
          this.all ? t("web.fields.fewer") : t("web.fields.all", { n: keys.length })}</button>` : nothing}
        ${this.look.trim() && !shown.length ? html`<p class="faint" role="status">${t("web.form.nothing")}</p>` : nothing}</section>
      ${this.panels((order) => order >= 0)}
      ${ticket.can?.note || ticket.moduleMissing ? html`<talka-tasks .ticket=${ticket}></talka-tasks>` : nothing}
      <section><h2>${t("web.links")}${this.editable ? html`<button class="linkish" @click=${() => this.addLink()}>${t("web.add")}</button>` : nothing}</h2>
        ${tickets.length || this.references.length ? html`<ul class="links">${tickets.map((l) => this.link(l))}${this.references.map((r) => this.reference(r))}</ul>` : html`<p class="faint">${t("web.links.none")}</p>`}</section>
      ${this.attachments.length ? html`<section><h2>${t("web.files")}</h2><div class="files">${this.attachments.map((f) => this.file({ ...f, image: false }))}</div></section>` : nothing}
      <section><h2>${t("web.watchers")}${ticket.moduleMissing ? nothing : html`<button class="linkish" @click=${() => this.addWatcher()}>${t("web.add")}</button>`}</h2>
        ${this.watchers.length ? html`<div class="people">${this.watchers.map((w) => html`<span class="chip person">${w.displayName}${ticket.moduleMissing ? nothing : html`<button class="chip-x" aria-label=${t("web.removeOne", { name: w.displayName })} @click=${() => this.unwatch(w.username)}>×</button>`}</span>`)}</div>`
          : html`<p class="faint">${t("web.watchers.none")}</p>`}</section>
      <section class="faint stamps"><div>${t("web.created")} <talka-time .at=${ticket.createdAt}></talka-time></div><div>${t("web.updated")} <talka-time .at=${ticket.updatedAt}></talka-time></div>
        <button class="linkish" @click=${() => this.showHistory()}>${t("web.history.title")}</button></section></aside>`;
  }
  /** What modules put beside the conversation. @param {(order: number) => boolean} here */
  panels(here) {
    return contributed("ticket.panel", this.ticket).filter((item) => here(item.order ?? 0)).map((item) =>
      html`<section><h2>${word(`ui.${item.key}`)}</h2><talka-contribution .item=${item} .ticket=${this.ticket}></talka-contribution></section>`);
  }
  /** What modules put above the conversation. */
  headers() {
    const items = contributed("ticket.header", this.ticket);
    return items.length ? html`<div class="headers">${items.map((item) => html`<talka-contribution .item=${item} .ticket=${this.ticket}></talka-contribution>`)}</div>` : nothing;
  }
  /** What the requester said about it. */
  rating() {
    const { satisfaction, satisfactionWord } = this.ticket.fields ?? {};
    if (!satisfaction) return nothing;
    return html`<section class="rated-by"><h2>${fieldLabel("satisfaction")}</h2><p class="rated">${stars(Number(satisfaction))}<span>${viewer(this.field("satisfaction"), satisfaction)}</span></p>
      ${satisfactionWord ? html`<blockquote class="pre">${satisfactionWord}</blockquote>` : nothing}</section>`;
  }
  /** A record of a module; of one that is gone its title is left. */
  reference(/** @type {any} */ r) {
    const words = html`<span class="mono">${r.record}</span> ${r.title === r.record ? nothing : r.title}`;
    return html`<li class="link ${r.moduleMissing ? "gone" : ""}"><span class="faint">${moduleTitle(r.module)}</span>
      ${r.moduleMissing ? html`<span>${words}</span><span class="link-foot"><span class="chip">${icon("gone")}${t("web.missing.short")}</span></span>`
        : html`<a href="/app/m/${enc(r.module)}/${r.address.split("/").map(enc).join("/")}">${words}</a>`}</li>`;
  }
  link(/** @type {any} */ l) {
    const other = l.ticket;
    return html`<li class="link ${other.moduleMissing ? "gone" : ""}"><span class="faint">${word(l.outgoing ? `link.${l.type}` : `link.${l.type}.inverse`)}</span>
      <a href="/app/ticket/${enc(other.key)}"><span class="mono">${other.key}</span> ${other.subject}</a>
      <span class="link-foot">${other.moduleMissing ? html`<span class="chip">${icon("gone")}${t("web.missing.short")}</span>` : stateChip(other)}
      ${this.editable ? html`<button class="linkish" aria-label=${t("web.removeOne", { name: other.key })} @click=${() => this.removeLink(l)}>${t("web.remove")}</button>` : nothing}</span></li>`;
  }

  render() {
    if (this.problem) return html`<div class="centre">${this.back ? html`<a class="btn quiet" href=${this.back}>${icon("left")}${t("web.back")}</a>` : nothing}${failure(this.problem, () => this.load())}</div>`;
    const ticket = this.ticket;
    if (!ticket) return html`<div class="pad">${loading(6)}</div>`;
    return html`<div class="ticket">
      <div class="title"><div class="title-line">${this.back ? html`<a class="btn quiet square back" href=${this.back} aria-label=${t("web.back")}>${icon("left")}</a>` : nothing}
          <span class="faint"><span class="mono">${ticket.key}</span> · ${typeLabel(ticket.type)}</span>${stateChip(ticket)}${priorityChip(ticket)}${ticket.can?.note ? html`<talka-presence .key=${ticket.key} .doing=${this.doing}></talka-presence>` : nothing}</div>
        <h1>${ticket.subject}</h1>
        <div class="acts">${repeat(this.transitions.slice(0, 3), (tr) => tr.id, (tr, i) => html`<button class="btn ${i === 0 ? "primary" : ""}" @click=${() => this.transition(tr)}>${tr.name}${
            (tr.requires ?? []).length || tr.comment === "required" ? "…" : ""}</button>`)}
          ${this.actions.slice(0, 2).map((a) => html`<button class="btn" @click=${() => this.act(a)}>${a.name ?? word(`action.${a.key}`)}</button>`)}
          ${contributed("ticket.action", ticket).map((item) => html`<talka-contribution .item=${item} .ticket=${ticket}></talka-contribution>`)}
          <button class="btn only-narrow" aria-expanded=${this.panel ? "true" : "false"} @click=${() => (this.panel = !this.panel)}>${t("web.properties")}</button>
          <talka-menu .label=${t("web.more")} .items=${this.more()}></talka-menu></div></div>
      ${ticket.moduleMissing ? html`<div class="missing" role="note">${icon("gone")}<div><b>${t("web.missing.title", { module: moduleTitle(ticket.moduleMissing) })}</b>
        <p>${t("web.missing.text", { key: ticket.key })} ${desk.can("module:admin") ? html`<a href="/app/modules">${t("web.missing.install")}</a>` : t("web.missing.ask")}</p></div></div>` : nothing}
      ${this.headers()}
      <div class="flow">${this.talk()}
        ${contributed("ticket.tab", ticket).map((item) => html`<details class="tab-part"><summary>${word(`ui.${item.key}`)}</summary><talka-contribution .item=${item} .ticket=${ticket}></talka-contribution></details>`)}</div>
      ${this.aside()}
      ${!ticket.moduleMissing && ticket.can?.reply ? html`<talka-composer .ticket=${ticket} .last=${this.lastSeen} @writing=${(/** @type {CustomEvent} */ e) => this.does(e.detail)} @sent=${() => {
        this.does("looking");
        this.load();
      }}></talka-composer>` : nothing}
    </div>`;
  }
}
customElements.define("talka-ticket", TalkaTicket);

/** Whether a key was pressed in a field of one line, wherever that is. @param {KeyboardEvent} e */
const writesLine = (e) => {
  const at = e.composedPath()[0];
  return at instanceof HTMLInputElement && !["button", "checkbox", "radio", "range", "submit"].includes(at.type);
};
const fits = (/** @type {string[] | undefined} */ types, /** @type {string} */ type) => !types?.length || types.includes(type);
/** What modules add to this ticket: `props.types` says for which types, all when it is absent. */
const contributed = (/** @type {string} */ point, /** @type {any} */ ticket) => desk.at(point).filter((c) => fits(c.props?.types, ticket.type));
