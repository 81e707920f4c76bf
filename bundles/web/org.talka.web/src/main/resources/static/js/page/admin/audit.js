// SPDX-License-Identifier: Apache-2.0
/** What was done, by whom and to what; nothing here changes it. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { empty, failure, loading } from "../../kit/small.js";
import { toastProblem } from "../../kit/overlay.js";
import "../../kit/form.js";
import { get, query } from "../../core/api.js";
import { setTitle } from "../../core/appearance.js";
import { formatDateTime, has, t } from "../../core/i18n.js";
import { go } from "../../core/router.js";

/** What there are words for; other things done are found by their key. */
const ACTIONS = ["session.started", "session.ended", "session.revoked", "session.refused", "person.created", "person.changed", "team.created", "team.changed", "team.joined", "team.left",
  "organisation.created", "organisation.changed", "role.created", "role.changed", "role.removed", "token.created", "token.revoked", "setting.changed", "setup.finished",
  "appearance.changed", "appearance.logo.changed", "appearance.logo.removed", "portal.opened", "portal.closed", "administration.refused", "access.refused", "audit.exported", "ticket.prioritised",
  "module.refused", "module.consented", "module.cancelled", "module.hold.set", "module.hold.released", "module.export.read", "module.dropped.removed", "module.lock.applied",
  "module.degraded", "module.recovered", "module.difference", "module.bisect.started", "module.bisect.answered", "module.bisect.stopped",
  "type.created", "type.changed", "type.removed", "field.created", "field.changed", "field.removed",
  "workflow.drafted", "workflow.discarded", "workflow.published", "workflow.taken-back", "access.explained", "word.renamed", "word.taken-back",
  "job.asked", "job.paused", "job.resumed", "delivery.retried", "delivery.forgotten"];
const FILTERS = ["actor", "action", "object", "from", "to"];

/** An object as people read it: without its kind. @param {string} object */
const bare = (object) => object.slice(object.indexOf(":") + 1);

/** What one entry says. @param {any} entry */
export function sentence(entry) {
  const key = `web.audit.did.${entry.action}`;
  const args = { actor: entry.actor, object: bare(entry.object) };
  // what a module calls it, as words
  return has(key) ? t(key, args) : t("web.audit.other", { ...args, action: entry.action.replace(/[._-]+/g, " ") });
}

class TalkaAudit extends PlainElement {
  static properties = { search: {}, entries: { state: true }, next: { state: true }, problem: { state: true }, busy: { state: true } };
  constructor() {
    super();
    this.search = "";
    /** @type {any[] | null} */
    this.entries = null;
    /** @type {string | null} */
    this.next = null;
    /** @type {any} */
    this.problem = null;
    this.busy = false;
    /** @type {Record<string, string>} */
    this.v = {};
    this.turn = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.nav.audit"));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (!changed.has("search")) return;
    const params = new URLSearchParams(this.search);
    this.v = Object.fromEntries(FILTERS.map((key) => [key, params.get(key) ?? ""]));
    this.load();
  }
  async load() {
    const turn = ++this.turn;
    try {
      const page = await get(`/audit${query({ ...this.v, limit: 50 })}`);
      if (turn !== this.turn) return;
      this.entries = page.items;
      this.next = page.next;
      this.problem = null;
    } catch (problem) {
      if (turn !== this.turn) return;
      this.problem = problem;
      this.entries ??= [];
    }
  }
  async more() {
    const turn = this.turn;
    this.busy = true;
    try {
      const page = await get(`/audit${query({ ...this.v, limit: 50, after: this.next })}`);
      if (turn === this.turn) {
        this.entries = [...(this.entries ?? []), ...page.items];
        this.next = page.next;
      }
    } catch (problem) {
      toastProblem(problem);
    }
    this.busy = false;
  }
  show(/** @type {Event} */ e) {
    e.preventDefault();
    go(`/app/audit${query(Object.fromEntries(FILTERS.map((key) => [key, (this.v[key] ?? "").trim()])))}`);
  }
  render() {
    const input = (/** @type {string} */ key, /** @type {string} */ label, type = "text") => html`<talka-input .label=${label} .type=${type} .value=${this.v[key] ?? ""} .error=${this.problem?.of?.(key) ?? ""}
      @input=${(/** @type {any} */ e) => (this.v[key] = e.currentTarget.value)}></talka-input>`;
    const filtered = FILTERS.some((key) => this.v[key]);
    return html`<div class="head"><div><h1 class="page-title">${t("web.nav.audit")}</h1><p class="muted">${t("web.audit.intro")}</p></div><span class="grow"></span>
        <a class="btn" href=${`/api/v1/audit/export${query(this.v)}`} download="audit.csv" title=${t("web.audit.export.help")}>${t("web.audit.export")}</a></div>
      <form class="audit-filter" novalidate aria-label=${t("web.audit.filter")} @submit=${(/** @type {Event} */ e) => this.show(e)}>
        ${input("actor", t("web.audit.actor"))}
        <talka-select .label=${t("web.audit.action")} .empty=${t("web.audit.action.any")} .value=${this.v.action ?? ""} .options=${this.actions()} @change=${(/** @type {any} */ e) => (this.v.action = e.currentTarget.value)}></talka-select>
        ${input("object", t("web.audit.object"))}${input("from", t("web.audit.from"), "date")}${input("to", t("web.audit.to"), "date")}
        <div class="audit-do"><button class="btn primary">${t("web.audit.show")}</button>${filtered ? html`<a class="btn quiet" href="/app/audit">${t("web.audit.all")}</a>` : nothing}</div></form>
      ${this.problem && !this.problem.errors?.length ? failure(this.problem, () => this.load()) : html`<div class="card">${this.entries === null ? loading(8) : this.list(this.entries, filtered)}</div>`}`;
  }
  /** @returns {[string, string][]} */
  actions() {
    const known = ACTIONS.map((key) => /** @type {[string, string]} */ ([key, t(`web.audit.what.${key}`)]));
    const asked = this.v.action;
    return asked && !ACTIONS.includes(asked) ? [...known, [asked, asked]] : known;
  }
  list(/** @type {any[]} */ entries, /** @type {boolean} */ filtered) {
    if (!entries.length) return empty({ icon: "clock", title: filtered ? t("web.audit.none.filtered") : t("web.audit.none") });
    return html`<ul class="audit">${entries.map((entry) => html`<li><details @toggle=${(/** @type {any} */ e) => {
        entry.open = e.target.open;
        this.requestUpdate();
      }}><summary><span class="audit-said">${sentence(entry)}</span><span class="faint num">${formatDateTime(entry.at)}</span></summary>
        ${entry.open ? html`<dl><dt>${t("web.audit.raw.action")}</dt><dd class="mono">${entry.action}</dd><dt>${t("web.audit.raw.object")}</dt><dd class="mono">${entry.object}</dd>
          ${Object.entries(entry.details ?? {}).map(([key, value]) => html`<dt class="mono">${key}</dt><dd class="mono">${value}</dd>`)}
          <dt>${t("web.audit.raw.address")}</dt><dd class="mono">${entry.address || "–"}</dd><dt>${t("web.audit.raw.correlation")}</dt><dd class="mono">${entry.correlationId || "–"}</dd><dt>${t("web.audit.raw.number")}</dt><dd class="num">${entry.sequence}</dd></dl>` : nothing}</details></li>`)}</ul>
      ${this.next ? html`<div class="foot pad"><button class="btn" ?disabled=${this.busy} @click=${() => this.more()}>${icon("down")}${t("web.more.rows")}</button></div>` : nothing}`;
  }
}
customElements.define("talka-audit", TalkaAudit);
