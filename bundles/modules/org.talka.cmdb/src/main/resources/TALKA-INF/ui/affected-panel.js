// SPDX-License-Identifier: Apache-2.0
/** Beside an incident: the items that it is about, what follows from them, and who has to know. */
import { css, html, nothing } from "lit";
import { icon, openDialog, TicketPanel, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { className, itemHref, itemSource, personSource, readSchema, statusChip, teamSource, wrongIn } from "./common.js";

export const api = 1;

export default class AffectedPanel extends TicketPanel {
  static properties = { schema: { state: true } };

  static styles = css`
    :host { display: block; }
    p { margin: 0; } h3 { font: 560 var(--size-s)/1.3 var(--font); color: var(--ink-2); margin: 12px 0 2px; }
    ul { list-style: none; margin: 0; padding: 0; } li { display: flex; gap: 6px; align-items: center; padding: 5px 0; } li + li { border-top: 1px solid var(--rule); }
    li > a, li > .name { flex: 1; min-width: 0; overflow-wrap: anywhere; } li small { display: block; color: var(--ink-3); font-size: var(--size-s); }
    .text { align-items: flex-start; flex-direction: column; } .text .btn { white-space: normal; text-align: start; } .acts { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
    summary { cursor: pointer; padding: 6px 0; font-size: var(--size-s); color: var(--ink-2); } .out { color: var(--ink-3); }
    .scroll { max-height: 16em; overflow: auto; }
  `;

  constructor() {
    super();
    this.schema = null;
  }

  path(ticket) {
    return `/cmdb/tickets/${encodeURIComponent(ticket.key)}`;
  }

  async load() {
    if (!this.schema) {
      try {
        this.schema = await readSchema(this.context.api);
      } catch (problem) {
        this.problem = problem;
        return;
      }
    }
    await super.load();
  }

  get mayChange() {
    const { desk, ticket } = this.context;
    return desk.can("ticket:update") && !ticket.moduleMissing;
  }

  async act(method, rest, body) {
    const { api, ticket } = this.context;
    try {
      this.view = (await api.call(method, `${this.path(ticket)}${rest}`, { body })).data;
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
      this.load();
    }
  }

  async add() {
    const { api, ticket } = this.context;
    const v = { item: "", text: "" };
    const found = await openDialog({
      title: t("ui.cmdb.affected.add"), submit: t("ui.cmdb.affected.go"),
      body: (d) => html`<talka-combobox .label=${t("ui.cmdb.kind.item")} required .source=${itemSource(api, this.schema)} .value=${v.item} .text=${v.text} .error=${wrongIn(d)("item")} @change=${(e) => {
        v.item = e.detail?.value ?? "";
        v.text = e.detail?.label ?? "";
      }}></talka-combobox>`,
      onSubmit: () => api.post(`${this.path(ticket)}/items`, { item: v.item }),
    });
    if (found) this.view = found;
  }

  async addContact() {
    const { api, ticket } = this.context;
    const v = { person: "", team: "" };
    const texts = { person: "", team: "" };
    const found = await openDialog({
      title: t("ui.cmdb.affected.contact.add"), submit: t("ui.cmdb.affected.go"),
      body: (d) => {
        const box = (key, label, source) => html`<talka-combobox .label=${label} .source=${source} .value=${v[key]} .text=${texts[key]} .error=${wrongIn(d)(key)} @change=${(e) => {
          v[key] = e.detail?.value ?? "";
          texts[key] = e.detail?.label ?? "";
        }}></talka-combobox>`;
        return html`${box("person", t("ui.cmdb.affected.person"), personSource(api))}${box("team", t("ui.cmdb.affected.team"), teamSource(api))}`;
      },
      onSubmit: () => api.post(`${this.path(ticket)}/contacts`, { person: v.person || null, team: v.team || null }),
    });
    if (found) this.view = found;
  }

  row(one) {
    const { enc } = this.context.api;
    return html`<li><a href=${itemHref(one.item.key)}>${one.item.name}<small>${className(this.schema, one.item.classKey)}${one.computed ? html` · ${t("ui.cmdb.affected.follows")}` : nothing}${one.away ? html` · ${t("ui.cmdb.away")}` : nothing}</small></a>
      ${one.item.status === "inService" ? nothing : statusChip(one.item.status)}
      ${this.mayChange ? html`<button class="btn quiet square small" aria-label=${one.computed ? t("ui.cmdb.affected.exclude", { name: one.item.name }) : t("ui.cmdb.affected.remove", { name: one.item.name })}
        @click=${() => this.act("DELETE", `/items/${enc(one.item.key)}`)}>${icon("close")}</button>` : nothing}</li>`;
  }

  contact(one) {
    const who = { person: one.person ?? null, team: one.team ?? null };
    return html`<li><span class="name">${one.name}${one.team ? html`<small>${t("ui.cmdb.affected.team")}</small>` : nothing}</span>
      ${this.mayChange ? html`<button class="btn quiet square small" aria-label=${one.computed ? t("ui.cmdb.affected.exclude", { name: one.name }) : t("ui.cmdb.affected.remove", { name: one.name })}
        @click=${() => this.act("POST", "/contacts/removal", who)}>${icon("close")}</button>` : nothing}</li>`;
  }

  excluded(items, contacts) {
    const { enc } = this.context.api;
    const back = (name, go) => html`<li class="out"><span class="name">${name}</span>${this.mayChange
      ? html`<button class="btn quiet small" aria-label=${t("ui.cmdb.affected.include", { name })} @click=${go}>${t("ui.cmdb.affected.back")}</button>` : nothing}</li>`;
    return html`<details><summary>${t("ui.cmdb.affected.excluded", { n: items.length + contacts.length })}</summary><ul>
      ${items.map((one) => back(one.item.name, () => this.act("POST", `/items/${enc(one.item.key)}/inclusion`)))}
      ${contacts.map((one) => back(one.name, () => this.act("POST", "/contacts/inclusion", { person: one.person ?? null, team: one.team ?? null })))}</ul></details>`;
  }

  /** What was written before there were items: what may it mean? */
  text(one) {
    return html`<li class="text"><span class="name">“${one.text}”</span>${one.matches.length ? html`<div class="acts">${this.mayChange ? one.matches.map((ref) => html`<button class="btn small"
      aria-label=${t("ui.cmdb.affected.match", { text: one.text, name: ref.name })} @click=${() => this.act("POST", "/items", { item: ref.key, text: one.text })}>${icon("link")}${ref.name} <span class="faint mono">${ref.key}</span></button>`) : nothing}</div>`
      : html`<small>${t("ui.cmdb.affected.noMatch")}</small>`}</li>`;
  }

  found({ items, contacts, texts }) {
    const named = items.filter((one) => !one.excluded && !one.computed);
    const services = items.filter((one) => !one.excluded && one.computed && one.service);
    const others = items.filter((one) => !one.excluded && one.computed && !one.service);
    const outItems = items.filter((one) => one.excluded);
    const outContacts = contacts.filter((one) => one.excluded);
    const people = contacts.filter((one) => !one.excluded);
    const list = (title, rows, draw) => rows.length ? html`<h3>${title}</h3><ul class="scroll" tabindex="0" aria-label=${title}>${rows.map((one) => draw(one))}</ul>` : nothing;
    return html`${named.length ? html`<ul aria-label=${t("ui.cmdb.affected")}>${named.map((one) => this.row(one))}</ul>` : html`<p class="faint">${t("ui.cmdb.affected.none")}</p>`}
      ${texts.length ? html`<h3>${t("ui.cmdb.affected.texts")}</h3><ul>${texts.map((one) => this.text(one))}</ul>${this.mayChange ? html`<p><a href="/app/m/cmdb/cmdb.texts">${t("ui.cmdb.text.all")}</a></p>` : nothing}` : nothing}
      ${list(t("ui.cmdb.affected.services"), services, (one) => this.row(one))}${list(t("ui.cmdb.affected.others"), others, (one) => this.row(one))}${list(t("ui.cmdb.affected.people"), people, (one) => this.contact(one))}
      ${outItems.length + outContacts.length ? this.excluded(outItems, outContacts) : nothing}
      ${this.mayChange ? html`<div class="acts"><button class="btn small" @click=${() => this.add()}>${icon("plus")}${t("ui.cmdb.affected.item")}</button>
        <button class="btn small" @click=${() => this.addContact()}>${icon("plus")}${t("ui.cmdb.affected.contact")}</button>
        ${named.length ? html`<button class="btn small quiet" @click=${() => this.act("POST", "/computation")}>${icon("refresh")}${t("ui.cmdb.affected.compute")}</button>` : nothing}</div>` : nothing}`;
  }
}
