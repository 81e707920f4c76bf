// SPDX-License-Identifier: Apache-2.0
/** What a person may do, with one ticket and at all, and why. */
import { html, nothing } from "lit";
import { PlainElement } from "../../kit/element.js";
import { icon } from "../../kit/icons.js";
import { empty, failure, loading } from "../../kit/small.js";
import "../../kit/form.js";
import { enc, get, query } from "../../core/api.js";
import { setTitle } from "../../core/appearance.js";
import { moduleTitle, personSource } from "../../core/fields.js";
import { t, word } from "../../core/i18n.js";
import { go } from "../../core/router.js";

const roleName = (/** @type {any} */ source) => source.name ?? word(`web.role.${source.role}`, `role.${source.role}`);
const TONES = { none: "", own: "wait", team: "wait", organisation: "wait", all: "done" };

class TalkaAccess extends PlainElement {
  static properties = { search: {}, person: { state: true }, deeds: { state: true }, problem: { state: true }, lacking: { state: true } };
  constructor() {
    super();
    this.search = "";
    /** What the person may at all. @type {any} */
    this.person = undefined;
    /** What the person may do with the ticket. @type {any} */
    this.deeds = undefined;
    /** @type {any} */
    this.problem = null;
    this.lacking = false;
    /** What is being typed. */
    this.v = { person: "", name: "", ticket: "" };
    this.turn = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.access.title"));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (!changed.has("search")) return;
    const params = new URLSearchParams(this.search);
    const person = params.get("person") ?? "";
    this.v = { person, name: person === this.v.person ? this.v.name : "", ticket: params.get("ticket") ?? "" };
    this.load();
  }
  async load() {
    const turn = ++this.turn;
    const { person, ticket } = this.v;
    this.problem = null;
    this.person = person ? null : undefined;
    this.deeds = person && ticket ? null : undefined;
    if (!person) return;
    try {
      const [all, one] = await Promise.all([get(`/users/${enc(person)}/access`), ticket ? get(`/tickets/${enc(ticket)}/access/${enc(person)}`) : undefined]);
      if (turn !== this.turn) return;
      this.person = all;
      this.deeds = one;
      this.v.name = all.person.displayName;
    } catch (problem) {
      if (turn === this.turn) this.problem = problem;
    }
  }
  show(/** @type {Event} */ e) {
    e.preventDefault();
    const { person, ticket } = this.v;
    const to = `/app/access${query({ person, ticket: ticket.trim().toUpperCase() })}`;
    if (to === location.pathname + location.search) this.load();
    else go(to);
  }
  render() {
    return html`<div class="head"><div><h1 class="page-title">${t("web.access.title")}</h1><p class="muted">${t("web.access.intro")}</p></div></div>
      <form class="audit-filter" novalidate aria-label=${t("web.access.form")} @submit=${(/** @type {Event} */ e) => this.show(e)}>
        <talka-combobox .label=${t("web.access.person")} .source=${personSource} .value=${this.v.person} .text=${this.v.name || this.v.person} @change=${(/** @type {any} */ e) => {
          this.v.person = e.detail?.value ?? "";
          this.v.name = e.detail?.label ?? "";
        }}></talka-combobox>
        <talka-input .label=${t("web.access.ticket")} maxlength="30" .value=${this.v.ticket} @input=${(/** @type {any} */ e) => (this.v.ticket = e.currentTarget.value)}></talka-input>
        <div class="audit-do"><button class="btn primary">${t("web.audit.show")}</button></div></form>
      ${this.problem ? failure(this.problem, () => this.load()) : this.found()}`;
  }
  found() {
    if (this.person === undefined) return html`<div class="card">${empty({ icon: "eye", title: t("web.access.choose"), text: t("web.access.choose.text") })}</div>`;
    if (this.person === null) return html`<div class="card">${loading(8)}</div>`;
    return html`${this.deeds ? this.withTicket(this.deeds) : nothing}${this.atAll(this.person)}`;
  }
  withTicket(/** @type {any} */ view) {
    return html`<section class="access" aria-labelledby="access-ticket"><h2 id="access-ticket">${t("web.access.with")} <a href=${`/app/ticket/${enc(view.key)}`}><span class="mono">${view.key}</span> ${view.subject}</a></h2>
      <ul class="card deeds">${view.deeds.map((/** @type {any} */ d) => html`<li class=${d.allowed ? "yes" : "no"}>${icon(d.allowed ? "check" : "close")}<div><p class="deed"><b>${d.name ?? t(`web.access.deed.${d.deed}`)}</b>
        <span class="chip ${d.allowed ? "done" : ""}">${d.allowed ? t("web.access.yes") : t("web.access.no")}</span></p>
        ${d.reasons.map((/** @type {string} */ reason) => html`<p class="muted">${reason}</p>`)}</div></li>`)}</ul></section>`;
  }
  atAll(/** @type {any} */ view) {
    const shown = view.permissions.filter((/** @type {any} */ p) => this.lacking || p.reach !== "none");
    const { person } = view;
    return html`<section class="access" aria-labelledby="access-all"><div class="bar-line"><h2 id="access-all">${t("web.access.all", { name: person.displayName })}</h2><span class="grow"></span>
        <talka-switch .label=${t("web.access.lacking")} .value=${this.lacking} @change=${(/** @type {any} */ e) => (this.lacking = e.currentTarget.value)}></talka-switch></div>
      <dl class="access-who"><dt>${t("web.people.roles")}</dt><dd>${person.roles.map((/** @type {string} */ role) => word(`web.role.${role}`, `role.${role}`)).join(", ") || "–"}</dd>
        <dt>${t("web.people.teams")}</dt><dd>${person.teams.map((/** @type {any} */ team) => team.name).join(", ") || "–"}</dd>
        <dt>${t("web.access.organisation")}</dt><dd>${person.organisation?.name ?? "–"}</dd></dl>
      ${person.active ? nothing : html`<p class="missing">${icon("warn")}${t("web.access.closed")}</p>`}
      ${shown.length ? html`<ul class="card grants">${shown.map((/** @type {any} */ p) => this.grant(p))}</ul>` : html`<div class="card">${empty({ icon: "lock", title: t("web.access.nothing") })}</div>`}</section>`;
  }
  grant(/** @type {any} */ p) {
    const sources = p.reach === "none" ? p.others : p.by;
    const list = sources.map((/** @type {any} */ s) => t(`web.access.from.${s.origin}`, { role: roleName(s), reach: t(`web.access.reach.${s.reach}`) })).join("; ");
    return html`<li><div class="grant"><b>${word(`permission.${p.permission}`)}</b><span class="faint"><span class="mono">${p.permission}</span>${p.module === "core" ? nothing : ` · ${moduleTitle(p.module)}`}</span></div>
      <span class="chip ${TONES[/** @type {keyof typeof TONES} */ (p.reach)] ?? ""}">${t(`web.access.reach.${p.reach}`)}</span>
      <p class="muted">${p.reach === "none" ? (list ? t("web.access.lacks", { list }) : t("web.access.lacks.all")) : t("web.access.has", { list })}</p></li>`;
  }
}
customElements.define("talka-access", TalkaAccess);
