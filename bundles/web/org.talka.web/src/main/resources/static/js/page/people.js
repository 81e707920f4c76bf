// SPDX-License-Identifier: Apache-2.0
/** People: who there is, what they may, in which teams. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, empty, failure, loading } from "../kit/small.js";
import { openDialog, toast, toastProblem } from "../kit/overlay.js";
import "../kit/tabs.js";
import { enc, get, patch, post, query, remove } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { desk } from "../core/desk.js";
import { personSource } from "../core/fields.js";
import { LANGUAGES, t, word } from "../core/i18n.js";
import { go } from "../core/router.js";

const keyOf = (/** @type {any} */ r) => r?.key ?? r;
const roleLabel = (/** @type {any} */ r) => word(`web.role.${keyOf(r)}`, `role.${keyOf(r)}`);

class TalkaPeople extends PlainElement {
  static properties = { part: {}, people: { state: true }, next: { state: true }, teams: { state: true }, roles: { state: true }, text: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.part = "";
    /** @type {any[] | null} */
    this.people = null;
    this.next = null;
    /** @type {any[]} */
    this.teams = [];
    /** @type {any[]} */
    this.roles = [];
    this.text = "";
    /** @type {any} */
    this.problem = null;
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.nav.people"));
    this.load();
  }
  async load() {
    try {
      const [people, teams, roles] = await Promise.all([get(`/users${query({ q: this.text, limit: 50 })}`), get("/teams?limit=200"), get("/roles")]);
      this.people = people.items;
      this.next = people.next;
      this.teams = teams.items;
      this.roles = roles.items;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  async more() {
    const page = await get(`/users${query({ q: this.text, limit: 50, after: this.next })}`);
    this.people = [...(this.people ?? []), ...page.items];
    this.next = page.next;
  }
  async person(/** @type {any} */ who = null) {
    // who is quick opens it before the page has read what roles there are
    if (!this.roles.length) await this.load();
    const options = this.roles.map((r) => /** @type {[string, string]} */ ([keyOf(r), roleLabel(r)]));
    /** @type {Record<string, any>} */
    const v = { username: "", displayName: "", email: "", password: "", locale: LANGUAGES[0][0], ...who, roles: (who?.roles ?? ["requester"]).map(keyOf) };
    openDialog({
      title: who ? who.displayName : t("web.people.add"), submit: who ? t("web.save") : t("web.people.create"),
      body: (d) => {
        const p = /** @type {any} */ (d).problem;
        const input = (/** @type {string} */ key, /** @type {any} */ o = {}) => html`<talka-input .label=${t(`web.setup.${key}`)} .value=${v[key] ?? ""} .type=${o.type ?? "text"} ?required=${!o.optional} .help=${o.help ?? ""}
          .autocomplete=${o.autocomplete ?? "off"} .error=${p?.of?.(key) ?? ""} @input=${(/** @type {any} */ e) => (v[key] = e.currentTarget.value)}></talka-input>`;
        return html`${input("displayName")}${who ? nothing : input("username")}${input("email", { type: "email" })}
          ${who ? nothing : input("password", { type: "password", autocomplete: "new-password", help: t("web.password.help", { n: 10 }) })}
          <talka-select .label=${t("web.language")} .options=${LANGUAGES} required .value=${(v.locale ?? "en").slice(0, 2)} @change=${(/** @type {any} */ e) => (v.locale = e.currentTarget.value)}></talka-select>
          <talka-checks .label=${t("web.people.roles")} .options=${options} .value=${v.roles} .error=${p?.of?.("roles") ?? ""} @change=${(/** @type {any} */ e) => (v.roles = e.currentTarget.value)}></talka-checks>
          ${who ? html`<talka-switch .label=${t("web.people.active")} .help=${t("web.people.active.help")} .value=${v.active !== false} @change=${(/** @type {any} */ e) => (v.active = e.currentTarget.value)}></talka-switch>` : nothing}`;
      },
      onSubmit: async () => {
        if (who) {
          /** @type {Record<string, any>} */
          const changes = {};
          for (const key of ["displayName", "email", "active", "locale"]) if (v[key] !== undefined && v[key] !== who[key]) changes[key] = v[key];
          if (JSON.stringify(v.roles) !== JSON.stringify((who.roles ?? []).map(keyOf))) changes.roles = v.roles;
          if (Object.keys(changes).length) await patch(`/users/${enc(who.username)}`, changes);
        } else {
          await post("/users", { username: v.username.trim(), displayName: v.displayName, email: v.email, password: v.password, roles: v.roles, locale: v.locale });
        }
      },
    }).then((done) => {
      if (!done) return;
      if (!who) toast(t("web.people.done", { name: v.displayName }));
      this.load();
    });
  }
  async team(/** @type {any} */ team = null) {
    let before = [];
    try {
      if (team) before = (await get(`/teams/${enc(team.key)}/members?limit=200`)).items;
    } catch (problem) {
      return toastProblem(problem);
    }
    const v = { key: team?.key ?? "", name: team?.name ?? "", members: before.map((/** @type {any} */ m) => ({ username: m.username, displayName: m.displayName })) };
    openDialog({
      title: team ? team.name : t("web.teams.add"), submit: team ? t("web.save") : t("web.teams.create"),
      body: (d) => {
        const p = /** @type {any} */ (d).problem;
        return html`<talka-input .label=${t("web.teams.name")} required .value=${v.name} .error=${p?.of?.("name") ?? ""} @input=${(/** @type {any} */ e) => {
            v.name = e.currentTarget.value;
            if (!team) v.key = v.name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
          }}></talka-input>
          ${p?.of?.("key") ? html`<p class="error">${icon("warn")}${p.of("key")}</p>` : nothing}
          <div class="many">${v.members.map((/** @type {any} */ m) => html`<span class="chip person">${m.displayName}<button type="button" class="chip-x" aria-label=${t("web.removeOne", { name: m.displayName })} @click=${() => {
            v.members = v.members.filter((/** @type {any} */ x) => x !== m);
            d.update();
          }}>×</button></span>`)}
          <talka-combobox .label=${t("web.teams.members")} .source=${personSource} .value=${""} .text=${""} @change=${(/** @type {any} */ e) => {
            if (e.detail && !v.members.some((/** @type {any} */ m) => m.username === e.detail.value)) v.members = [...v.members, { username: e.detail.value, displayName: e.detail.label }];
            e.currentTarget.value = e.currentTarget.text = "";
            d.update();
          }}></talka-combobox></div>`;
      },
      onSubmit: async () => {
        const wanted = new Set(v.members.map((/** @type {any} */ m) => m.username));
        const had = new Set(before.map((/** @type {any} */ m) => m.username));
        let key = team?.key ?? v.key;
        if (!team) key = (await post("/teams", { key, name: v.name })).key ?? key;
        else if (team.name !== v.name) await patch(`/teams/${enc(key)}`, { name: v.name });
        for (const username of wanted) if (!had.has(username)) await post(`/teams/${enc(key)}/members`, { username });
        for (const username of had) if (!wanted.has(username)) await remove(`/teams/${enc(key)}/members/${enc(username)}`);
        desk.forgetTeams();
      },
    }).then((done) => done && this.load());
  }
  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    const teams = this.part === "teams";
    return html`<div class="head"><div><h1 class="page-title">${t("web.nav.people")}</h1><p class="muted">${t("web.people.intro")}</p></div><span class="grow"></span>
        <button class="btn primary" @click=${() => (teams ? this.team() : this.person())}>${teams ? t("web.teams.add") : t("web.people.add")}</button></div>
      <div class="bar-line"><talka-tabs .label=${t("web.nav.people")} .value=${teams ? "teams" : "people"} .tabs=${[{ key: "people", label: t("web.nav.people") }, { key: "teams", label: t("web.people.teams") }]}
          @change=${(/** @type {any} */ e) => go(e.currentTarget.value === "teams" ? "/app/people/teams" : "/app/people")}></talka-tabs><span class="grow"></span>
        ${teams ? nothing : html`<div class="filter"><label class="visually-hidden" for="who">${t("web.people.find")}</label>${icon("search")}<input id="who" class="control" type="search" placeholder=${t("web.people.find")} .value=${this.text} @input=${(/** @type {any} */ e) => {
          this.text = e.target.value;
          clearTimeout(this.timer);
          this.timer = setTimeout(() => this.load(), 200);
        }}></div>`}</div>
      <div class="card">${this.people === null ? loading(6) : teams ? this.teamList() : this.peopleList()}</div>`;
  }
  peopleList() {
    if (!this.people?.length) return empty({ icon: "people", title: t("web.people.nobody") });
    const look = desk.can("access:explain");
    return html`<ul class="persons">${this.people.map((p) => html`<li class="person-line"><button class="person-row ${p.active === false ? "off" : ""}" @click=${() => this.person(p)}>${avatar(p.displayName)}
      <span class="p-name"><b>${p.displayName}</b><span class="faint">${p.username}${p.email ? ` · ${p.email}` : ""}</span></span>
      <span class="p-roles">${(p.roles ?? []).map((/** @type {any} */ r) => html`<span class="chip ${keyOf(r) === "admin" ? "done" : ""}">${roleLabel(r)}</span>`)}${p.active === false ? html`<span class="chip wait">${t("web.people.inactive")}</span>` : nothing}</span></button>
      ${look ? html`<a class="btn quiet square" href=${`/app/access?person=${enc(p.username)}`} title=${t("web.access.of", { name: p.displayName })} aria-label=${t("web.access.of", { name: p.displayName })}>${icon("lock")}</a>` : nothing}</li>`)}</ul>
      ${this.next ? html`<div class="foot pad"><button class="btn" @click=${() => this.more()}>${t("web.more.rows")}</button></div>` : nothing}`;
  }
  teamList() {
    if (!this.teams.length) return empty({ icon: "people", title: t("web.teams.none"), text: t("web.teams.none.text") });
    return html`<ul class="persons">${this.teams.map((team) => html`<li><button class="person-row" @click=${() => this.team(team)}><span class="ic">${icon("people")}</span><span class="p-name"><b>${team.name}</b><span class="faint mono">${team.key}</span></span></button></li>`)}</ul>`;
  }
}
customElements.define("talka-people", TalkaPeople);
