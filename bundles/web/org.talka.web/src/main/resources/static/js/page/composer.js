// SPDX-License-Identifier: Apache-2.0
/** Where one writes: a reply that the requester reads, or a note that only the desk reads. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { openDialog, toastProblem } from "../kit/overlay.js";
import "../kit/tabs.js";
import { enc, post, upload } from "../core/api.js";
import { readDraft, writeDraft } from "../core/drafts.js";
import { formatSize, t } from "../core/i18n.js";
import { desk } from "../core/desk.js";
import { serverHtml } from "../core/safe-html.js";
import "../core/contribution.js";
import { calling, callable, signOf } from "./mention.js";

/** Somebody else has replied since the writing began. */
const MEANWHILE = "urn:talka:problem:error.ticket.comment.meanwhile";

class TalkaComposer extends PlainElement {
  static properties = { ticket: { attribute: false }, visibility: { state: true }, text: { state: true }, files: { state: true }, busy: { state: true }, saved: { state: true },
    over: { state: true }, portal: { type: Boolean }, preview: { state: true }, error: { state: true }, call: { state: true }, last: { attribute: false } };
  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    this.visibility = "public";
    this.text = "";
    /** @type {{id?: any, name: string, size: number, image?: boolean}[]} */
    this.files = [];
    this.busy = this.saved = this.over = this.portal = false;
    this.error = "";
    /** How the text will look; null while it is written. @type {string | null} */
    this.preview = null;
    this.timer = 0;
    /** The last comment on show, and the last one when the writing began. @type {number | undefined} */
    this.last = undefined;
    /** @type {number | undefined} */
    this.base = undefined;
    /** Who is being called by name, and who could be. @type {{from: number, items: any[], active: number} | null} */
    this.call = null;
    this.callTimer = 0;
    /** @type {AbortController | undefined} */
    this.asking = undefined;
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    const before = /** @type {any} */ (changed.get("ticket"));
    if (changed.has("ticket") && this.ticket && before?.key !== this.ticket.key) {
      this.visibility = this.ticket.can?.reply || this.portal ? "public" : "internal";
      this.files = [];
      this.restore();
    }
  }
  get draft() {
    return `${this.ticket.key}.${this.visibility}`;
  }
  restore() {
    this.text = readDraft(this.draft) ?? "";
    this.preview = null;
    this.saved = !!this.text;
    this.error = "";
    this.base = undefined;
    this.closeCall();
  }
  async open(/** @type {string} */ visibility) {
    if (visibility === "internal" ? !this.ticket.can?.note : !this.ticket.can?.reply) return;
    this.pick(visibility);
    await this.updateComplete;
    this.querySelector("textarea")?.focus();
  }
  pick(/** @type {string} */ visibility) {
    if (visibility === this.visibility) return;
    this.keep();
    this.visibility = visibility;
    this.restore();
  }
  keep() {
    writeDraft(this.draft, this.text);
    this.saved = !!this.text;
  }
  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
    this.closeCall();
    if (this.ticket) this.keep();
  }
  type(/** @type {string} */ text) {
    this.text = text;
    this.saved = false;
    this.base = text ? (this.base ?? this.last) : undefined;
    this.dispatchEvent(new CustomEvent("writing", { detail: !text.trim() ? "looking" : this.visibility === "internal" ? "noting" : "replying" }));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 400);
  }
  closeCall() {
    clearTimeout(this.callTimer);
    this.asking?.abort();
    this.call = null;
  }
  /** Offers people as soon as an @ is written, and fewer with every letter. */
  lookFor(/** @type {HTMLTextAreaElement} */ area) {
    const found = area.selectionStart === area.selectionEnd ? calling(area.value, area.selectionStart) : null;
    clearTimeout(this.callTimer);
    this.asking?.abort();
    if (!found) {
      this.call = null;
      return;
    }
    this.callTimer = setTimeout(async () => {
      const asking = (this.asking = new AbortController());
      const items = await callable(this.ticket.key, found.q, this.visibility, asking.signal).catch(() => []);
      if (!asking.signal.aborted) this.call = items.length ? { from: found.from, items, active: 0 } : null;
    }, 120);
  }
  async choose(/** @type {any} */ item) {
    const area = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    const from = /** @type {any} */ (this.call).from;
    const rest = this.text.slice(area.selectionEnd);
    const words = `@${item.mention}${/^\s/.test(rest) ? "" : " "}`;
    this.closeCall();
    this.type(this.text.slice(0, from) + words + rest);
    await this.updateComplete;
    area.focus();
    area.setSelectionRange(from + words.length, from + words.length);
  }
  /** Whether the key was for the list of people. */
  callKey(/** @type {KeyboardEvent} */ e) {
    const call = this.call;
    if (!call) return false;
    const n = call.items.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) this.call = { ...call, active: (call.active + step + n) % n };
    else if ((e.key === "Enter" && !e.ctrlKey && !e.metaKey) || (e.key === "Tab" && !e.shiftKey)) this.choose(call.items[call.active]);
    else if (e.key === "Escape") this.closeCall();
    else return false;
    e.preventDefault();
    e.stopPropagation();
    return true;
  }
  async attach(/** @type {Iterable<File>} */ list, inline = false) {
    for (const file of list) {
      const row = { name: file.name || "image.png", size: file.size };
      this.files = [...this.files, row];
      try {
        const made = await upload(`/tickets/${enc(this.ticket.key)}/attachments`, file, row.name);
        this.files = this.files.map((f) => (f === row ? made : f));
        if (inline && made.image) this.insert(`![${made.name}](/api/v1/tickets/${enc(this.ticket.key)}/attachments/${enc(made.id)}/inline)`);
      } catch (problem) {
        this.files = this.files.filter((f) => f !== row);
        toastProblem(problem);
      }
    }
  }
  insert(/** @type {string} */ words) {
    const area = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    const { selectionStart: from, selectionEnd: to } = area;
    this.type(this.text.slice(0, from) + words + this.text.slice(to));
  }
  /** Shows the text as it will look, and the text again. */
  async look() {
    if (this.preview !== null) {
      this.preview = null;
      await this.updateComplete;
      this.querySelector("textarea")?.focus();
      return;
    }
    try {
      this.preview = (await post("/markdown", { text: this.text, ticket: this.ticket.key, visibility: this.visibility })).html;
    } catch (problem) {
      toastProblem(problem);
    }
  }
  async canned() {
    try {
      const { pickReply } = await import("./canned.js");
      const words = await pickReply(this.ticket, this.text);
      if (words === undefined) return;
      this.preview = null;
      await this.updateComplete;
      this.insert(words);
      this.querySelector("textarea")?.focus();
    } catch (problem) {
      toastProblem(problem);
    }
  }
  /** What modules can put into the text; they insert by `context.insert(words)`. */
  inserts() {
    if (this.portal) return nothing;
    return desk.at("composer.insert").map((item) => html`<talka-contribution .item=${item} .ticket=${this.ticket} .extra=${this.place}></talka-contribution>`);
  }
  /** The same object while nothing of it changes, so that contributions draw themselves once. */
  get place() {
    if (this.placed?.visibility !== this.visibility) {
      this.placed = { visibility: this.visibility, insert: async (/** @type {string} */ words) => {
        this.preview = null;
        await this.updateComplete;
        this.insert(words);
        this.querySelector("textarea")?.focus();
      } };
    }
    return this.placed;
  }
  /** @type {{visibility: string, insert: (words: string) => Promise<void>} | undefined} */
  placed = undefined;
  /** @param {boolean} [anyway] although somebody else has replied meanwhile */
  async send(anyway = false) {
    if (this.busy || (!this.text.trim() && !this.files.length)) return;
    this.busy = true;
    this.error = "";
    try {
      await post(`/tickets/${enc(this.ticket.key)}/comments`, {
        body: this.text.trim() || this.files.map((f) => f.name).join(", "), visibility: this.visibility,
        ...(anyway || this.portal || this.visibility === "internal" ? {} : { lastSeen: this.base ?? this.last }),
        ...(this.files.length ? { attachments: this.files.map((f) => f.id).filter((id) => id !== undefined) } : {}),
      });
      clearTimeout(this.timer);
      this.text = "";
      this.files = [];
      this.preview = null;
      this.keep();
      this.dispatchEvent(new Event("sent"));
    } catch (problem) {
      if (/** @type {any} */ (problem).type === MEANWHILE) this.meanwhile(/** @type {Error} */ (problem).message);
      else this.error = /** @type {Error} */ (problem).message;
    } finally {
      this.busy = false;
    }
  }
  /** Two answers to one question are one too many: asks before the second. @param {string} what */
  async meanwhile(what) {
    const sure = await openDialog({ title: what, submit: t("web.meanwhile.send"), cancel: t("web.meanwhile.look"), body: () => html`<p>${t("web.meanwhile.text")}</p>` });
    if (sure) return this.send(true);
    // what has come since is on show now
    this.base = undefined;
    this.querySelector("textarea")?.focus();
  }
  render() {
    if (!this.ticket) return nothing;
    const note = this.visibility === "internal";
    const name = this.ticket.requester?.displayName?.split(" ")[0] ?? "";
    const tabs = [
      ...(this.ticket.can?.reply ? [{ key: "public", label: name ? t("web.reply.to", { name }) : t("web.reply") }] : []),
      ...(this.ticket.can?.note ? [{ key: "internal", label: t("web.note"), icon: icon("lock") }] : []),
    ];
    const uploading = this.files.some((f) => f.id === undefined);
    return html`<div class="composer ${note ? "note" : ""} ${this.over ? "over" : ""}" id="composer"
      @dragover=${(/** @type {DragEvent} */ e) => {
        if (e.dataTransfer?.types.includes("Files")) {
          e.preventDefault();
          this.over = true;
        }
      }} @dragleave=${() => (this.over = false)} @drop=${(/** @type {DragEvent} */ e) => {
        e.preventDefault();
        this.over = false;
        this.attach(e.dataTransfer?.files ?? []);
      }}>
      ${this.portal || tabs.length < 2 ? nothing : html`<talka-tabs .label=${t("web.composer")} .tabs=${tabs} .value=${this.visibility} panel="composer"
        @change=${(/** @type {any} */ e) => this.pick(e.currentTarget.value)}></talka-tabs>`}
      ${this.preview === null ? nothing : html`<div class="preview prose" role="region" tabindex="0" aria-label=${t("web.preview")}>${serverHtml(this.preview)}</div>`}
      <div class="write"><textarea rows="3" ?hidden=${this.preview !== null} aria-label=${note ? t("web.note") : t("web.reply")} placeholder=${this.portal ? t("web.portal.write") : note ? t("web.note.hint") : t("web.reply.hint")}
        role=${this.call ? "combobox" : nothing} aria-autocomplete=${this.call ? "list" : nothing} aria-expanded=${this.call ? "true" : nothing} aria-controls=${this.call ? "callable" : nothing}
        aria-activedescendant=${this.call ? `callable${this.call.active}` : nothing}
        .value=${live(this.text)} @input=${(/** @type {any} */ e) => {
          this.type(e.target.value);
          this.lookFor(e.target);
        }} @click=${(/** @type {any} */ e) => this.lookFor(e.target)} @blur=${() => this.closeCall()}
        @keydown=${(/** @type {KeyboardEvent} */ e) => {
          if (this.callKey(e)) return;
          if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) {
            e.preventDefault();
            this.send();
          }
        }} @paste=${(/** @type {ClipboardEvent} */ e) => {
          const files = [...(e.clipboardData?.files ?? [])];
          if (files.length) {
            e.preventDefault();
            this.attach(files, true);
          }
        }}></textarea>
        ${this.call ? html`<ul class="callable" id="callable" role="listbox" aria-label=${t("web.mention.who")} @mousedown=${(/** @type {Event} */ e) => e.preventDefault()}>${this.call.items.map((item, i) => html`<li id="callable${i}" role="option"
          aria-selected=${i === this.call?.active ? "true" : "false"} @click=${() => this.choose(item)}>${signOf(item)}<span class="cut">${item.name}</span><span class="faint cut">@${item.mention}</span></li>`)}</ul>` : nothing}</div>
      ${this.files.length ? html`<div class="files">${this.files.map((f) => html`<span class="chip file ${f.id === undefined ? "busy" : ""}">${icon("clip")}${f.name} <span class="faint">${formatSize(f.size)}</span>
        ${f.id === undefined ? nothing : html`<button class="chip-x" aria-label=${t("web.removeOne", { name: f.name })} @click=${() => (this.files = this.files.filter((x) => x !== f))}>×</button>`}</span>`)}</div>` : nothing}
      ${this.error ? html`<p class="error" role="alert">${icon("warn")}${this.error}</p>` : nothing}
      <div class="foot"><button class="btn primary" title="Ctrl ↵" aria-keyshortcuts="Control+Enter" ?disabled=${this.busy || uploading || (!this.text.trim() && !this.files.length)} @click=${() => this.send()}>${note ? t("web.note.submit") : t("web.send")}</button>
        <label class="btn quiet attach">${icon("clip")}<span>${t("web.attach")}</span><input type="file" multiple class="visually-hidden" @change=${(/** @type {any} */ e) => {
          this.attach([...e.target.files]);
          e.target.value = "";
        }}></label>
        ${this.portal ? nothing : html`<button class="btn quiet" @click=${() => this.canned()}>${icon("reply")}<span>${t("web.canned")}</span></button>
          <button class="btn quiet" aria-pressed=${this.preview === null ? "false" : "true"} ?disabled=${!this.text.trim()} @click=${() => this.look()}>${icon("eye")}<span>${t("web.preview")}</span></button>${this.inserts()}`}
        <span class="grow"></span><span class="faint" aria-live="polite">${this.saved && this.text ? t("web.draft.saved") : nothing}</span></div></div>`;
  }
}
customElements.define("talka-composer", TalkaComposer);
