// SPDX-License-Identifier: Apache-2.0
/** The page of a single item: what it is, what it is tied to, what its failure reaches, what it was. */
import { css, html, nothing } from "lit";
import { confirmDialog, empty, failure, icon, loading, openDialog, toast } from "@talka/ui";
import { fromClock, t } from "@talka/ui/i18n";
import { attributesOf, className, entries, fieldName, itemHref, itemLink, itemSource, limitNote, nameIn, needName, policies, readSchema, relationName, said, statusChip, why, wrongIn } from "./common.js";
import { editItem } from "./item-dialog.js";
import { ItemMap } from "./item-map.js";

/** As long as typing a date is not finished yet. */
const SOON = 400;

export const itemStyles = css`
  .ref { display: inline-flex; gap: 7px; align-items: baseline; overflow-wrap: anywhere; } .ref svg.i { color: var(--ink-3); align-self: center; }
  .head { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; margin: 10px 0 14px; } .head h2 { font-size: var(--size-xl); overflow-wrap: anywhere; }
  .acts { display: flex; flex-wrap: wrap; gap: 8px; margin-left: auto; } .tabs-bar { margin-bottom: 14px; }
  .two { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr)); align-items: start; }
  .box { padding: 16px 18px; min-width: 0; } .box h3 { display: flex; gap: 8px; align-items: center; margin-bottom: 10px; } .box h3 .btn { margin-left: auto; }
  dl { display: grid; grid-template-columns: minmax(110px, max-content) 1fr; gap: 7px 16px; margin: 0; } dt { color: var(--ink-2); } dd { margin: 0; overflow-wrap: anywhere; }
  ul.plain { list-style: none; margin: 0; padding: 0; } ul.plain > li { padding: 9px 0; border-top: 1px solid var(--rule); } ul.plain > li:first-child { border-top: 0; }
  .row { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; } .row .end { margin-left: auto; }
  h4 { font: 560 var(--size-s)/1.3 var(--font); color: var(--ink-2); margin: 12px 0 2px; } h4:first-of-type { margin-top: 0; }
  .rule { display: flex; flex-wrap: wrap; gap: 4px 8px; align-items: center; font-size: var(--size-s); color: var(--ink-2); margin: 2px 0 4px; }
  .path { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; font-size: var(--size-s); color: var(--ink-2); margin: 3px 0 0; padding: 0; list-style: none; }
  .path svg.i { width: 12px; height: 12px; color: var(--ink-3); } .reason { margin: 3px 0 0; font-size: var(--size-s); color: var(--ink-2); }
  .note { display: flex; gap: 7px; align-items: flex-start; margin: 0 0 10px; padding: 8px 12px; background: var(--warn-wash); color: var(--warn); border-radius: var(--r-m); } .note svg.i { margin-top: 2px; }
  .then { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: end; margin-bottom: 12px; } .then talka-input { flex: 0 1 210px; } .then .note { margin: 0; }
  .sum { margin: 0 0 12px; font-weight: 540; } .diff { overflow-wrap: anywhere; } .diff del { color: var(--ink-3); } .diff ins { text-decoration: none; }
`;

/** Drawn by the element of the list, so that going from one to the other loads nothing twice. */
export class ItemPage {
  constructor(host) {
    this.host = host;
    this.key = "";
    this.part = "";
    this.map = new ItemMap(this);
    this.forget();
  }

  forget() {
    this.item = this.schema = this.relations = this.impact = this.supplies = this.history = this.tickets = this.problem = this.past = null;
    this.at = "";
    this.map.forget();
  }

  get api() {
    return this.host.context.api;
  }

  base(rest = "") {
    return `/cmdb/items/${this.api.enc(this.key)}${rest}`;
  }

  open(key, part) {
    const known = part || "about";
    if (key === this.key && known === this.part && this.item) return;
    if (key !== this.key) this.forget();
    this.key = key;
    this.part = known;
    this.load();
  }

  async load() {
    const { key, part } = this;
    try {
      const need = { about: ["relations"], impact: ["impact", "supplies"], history: ["history"], tickets: ["tickets"] }[part] ?? [];
      const [schema, item, ...more] = await Promise.all([readSchema(this.api), this.api.get(this.base()), ...need.map((name) => this.api.get(this.base(`/${name}`)))]);
      if (key !== this.key || part !== this.part) return;
      this.schema = schema;
      this.item = item;
      need.forEach((name, i) => (this[name] = more[i]));
      this.problem = null;
      if (part === "map") this.map.load();
    } catch (problem) {
      if (key !== this.key) return;
      this.problem = problem;
    }
    this.host.requestUpdate();
  }

  /** What is shown of it: as it is, or as it was. */
  get shown() {
    return this.past ?? { item: this.item, schema: this.schema, relations: this.relations };
  }

  /** Shows it as it was then; as it is without a moment. */
  async look(at) {
    this.at = at;
    let past = null;
    if (at) {
      const moment = fromClock(at);
      if (moment < this.item.createdAt) {
        this.past = { problem: { message: t("ui.cmdb.map.notYet") } };
        this.host.requestUpdate();
        return;
      }
      const then = `?at=${encodeURIComponent(moment)}`;
      try {
        const [item, schema, relations] = await Promise.all([this.api.get(this.base(then)), readSchema(this.api, moment), this.api.get(this.base(`/relations${then}`))]);
        past = { item, schema, relations };
      } catch (problem) {
        past = { problem };
      }
    }
    if (at !== this.at) return;
    this.past = past;
    this.host.requestUpdate();
  }

  then() {
    return html`<div class="then"><talka-input type="datetime-local" .label=${t("ui.cmdb.map.at")} .value=${this.at} @input=${(e) => {
      const value = e.currentTarget.value;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.look(value), SOON);
    }}></talka-input>
      ${this.past ? html`<p class="note" role="status">${icon("history")}<span>${this.past.problem ? this.past.problem.message : t("ui.cmdb.then")}</span></p>
        <button class="btn small" @click=${() => this.look("")}>${t("ui.cmdb.then.now")}</button>` : nothing}</div>`;
  }

  async act(work) {
    try {
      await work();
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    await this.load();
  }

  async edit() {
    const saved = await editItem({ api: this.api, schema: this.schema, item: this.item });
    if (!saved) return;
    // what is done next is done to the new version
    this.item = saved;
    this.host.requestUpdate();
    this.load();
  }

  verify() {
    return this.act(async () => {
      await this.api.call("POST", this.base("/verification"), { headers: { "If-Match": `"${this.item.version}"` } });
      toast(t("ui.cmdb.verified.now"));
    });
  }

  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.item) return loading(8);
    const item = this.item;
    const tabs = [["about", t("ui.cmdb.tab.about")], ["impact", t("ui.cmdb.tab.impact")], ["map", t("ui.cmdb.tab.map")], ["tickets", t("ui.cmdb.tab.tickets")], ["history", t("ui.cmdb.tab.history")]];
    return html`<div class="head"><h2>${item.name}</h2><span class="mono faint">${item.key}</span><span class="faint">${className(this.schema, item.classKey)}</span>${statusChip(item.status)}
        ${item.canChange ? html`<div class="acts"><button class="btn" @click=${() => this.verify()}>${icon("check")}${t("ui.cmdb.verify")}</button>
          <button class="btn primary" @click=${() => this.edit()}>${icon("edit")}${t("ui.cmdb.edit")}</button></div>` : nothing}</div>
      <div class="tabs-bar"><talka-tabs .label=${item.name} panel="item-part" .value=${this.part} .tabs=${tabs.map(([key, label]) => ({ key, label }))}
        @change=${(e) => this.host.context.navigate(itemHref(this.key, e.currentTarget.value === "about" ? "" : e.currentTarget.value))}></talka-tabs></div>
      <div id="item-part" role="tabpanel" aria-label=${tabs.find(([key]) => key === this.part)?.[1] ?? nothing}>${this.body()}</div>`;
  }

  body() {
    switch (this.part) {
      case "impact":
        return this.impact ? this.reach() : loading(6);
      case "map":
        return this.map.render();
      case "tickets":
        return this.tickets ? this.named() : loading(6);
      case "history":
        return this.history ? this.changes() : loading(6);
      default:
        return this.relations ? html`${this.then()}${this.past?.problem ? nothing : html`<div class="two">${this.facts()}${this.ties()}</div>`}` : loading(6);
    }
  }

  facts() {
    const { item, schema } = this.shown;
    const line = (label, value) => html`<dt>${label}</dt><dd>${value ?? "–"}</dd>`;
    const field = (name, value) => line(fieldName(schema, item.classKey, name), said(schema, name, value));
    return html`<section class="card box"><h3>${t("ui.cmdb.facts")}</h3><dl>
      ${this.past ? html`${field("name", item.name)}${field("classKey", item.classKey)}${field("status", item.status)}` : nothing}
      ${field("criticality", item.criticality)}${field("environment", item.environment)}${field("owner", item.owner?.displayName)}${field("team", item.team?.name)}${field("location", item.location)}
      ${attributesOf(schema, item.classKey).filter((a) => !a.retired || item.attributes[a.key] !== undefined).map((a) => line(nameIn(a.names, a.key),
        a.type === "item" && item.attributes[a.key] ? html`<a class="mono" href=${itemHref(item.attributes[a.key])}>${item.attributes[a.key]}</a>` : said(schema, a.key, item.attributes[a.key])))}
      ${this.past ? nothing : line(t("ui.cmdb.verified"), item.verifiedAt ? html`<talka-time .at=${item.verifiedAt}></talka-time> · ${item.verifiedBy?.displayName ?? "–"}` : t("ui.cmdb.never"))}
      ${item.seenAt ? line(t("ui.cmdb.seen"), html`<talka-time .at=${item.seenAt}></talka-time>`) : nothing}
      ${line(t("ui.cmdb.updated"), html`<talka-time .at=${item.updatedAt}></talka-time>`)}</dl></section>`;
  }

  ties() {
    const { item, relations } = this.shown;
    const groups = new Map();
    for (const relation of relations.items) {
      const id = `${relation.type}/${relation.outgoing}`;
      groups.set(id, [...(groups.get(id) ?? []), relation]);
    }
    const rules = new Map(relations.rules.map((rule) => [rule.type, rule]));
    return html`<section class="card box"><h3>${t("ui.cmdb.relations")}${item.canChange ? html`<button class="btn small" @click=${() => this.relate()}>${icon("plus")}${t("ui.cmdb.relate")}</button>` : nothing}</h3>
      ${groups.size ? [...groups.values()].map((group) => this.group(group, rules)) : html`<p class="faint">${t("ui.cmdb.relations.none")}</p>`}</section>`;
  }

  group(relations, rules) {
    const { item, schema } = this.shown;
    const { type, outgoing } = relations[0];
    const impact = schema.types.get(type)?.impact;
    const supplied = (impact === "source") === outgoing && impact !== "none";
    const rule = supplied ? rules.get(type) : undefined;
    return html`<h4>${relationName(schema, type, outgoing)}</h4>
      ${rule ? html`<div class="rule"><span>${t("ui.cmdb.rule.now", { rule: this.ruleWords(rule, relations.some((relation) => relation.weight !== 1)) })}</span>${item.canChange
        ? html`<button class="linkish" aria-label=${t("ui.cmdb.rule.change.of", { type: relationName(schema, type, outgoing) })} @click=${() => this.rule(rule)}>${t("ui.cmdb.rule.change")}</button>` : nothing}</div>` : nothing}
      <ul class="plain">${relations.map((relation) => html`<li class="row">${itemLink(schema, relation.item)}${statusChip(relation.item.status)}
        ${relation.weight === 1 ? nothing : html`<span class="chip">${t("ui.cmdb.weight.is", { weight: relation.weight })}</span>`}
        ${item.canChange ? html`<span class="row end">${impact === "none" ? nothing : html`<button class="btn quiet square small" aria-label=${t("ui.cmdb.weight.of", { name: relation.item.name })} title=${t("ui.cmdb.weight.of", { name: relation.item.name })}
          @click=${() => this.weigh(relation)}>${icon("edit")}</button>`}<button class="btn quiet square small" aria-label=${t("ui.cmdb.unrelate", { name: relation.item.name })} title=${t("ui.cmdb.unrelate", { name: relation.item.name })}
          @click=${() => this.unrelate(relation)}>${icon("close")}</button></span>` : nothing}</li>`)}</ul>`;
  }

  /** @param weighed whether some of them count more than once, where a number or a share is needed */
  ruleWords({ rule, suppliers, needed }, weighed) {
    switch (rule.policy) {
      case "any":
        return t("ui.cmdb.rule.any", { suppliers });
      case "count":
        return weighed ? t("ui.cmdb.rule.count.weighed", { suppliers, needed }) : t("ui.cmdb.rule.count", { suppliers, needed });
      case "percent":
        return weighed ? t("ui.cmdb.rule.percent.weighed", { suppliers, needed, amount: rule.amount ?? 0 }) : t("ui.cmdb.rule.percent", { suppliers, needed, amount: rule.amount ?? 0 });
      default:
        return t("ui.cmdb.rule.all", { suppliers });
    }
  }

  async relate() {
    const v = { way: "", item: "", text: "", weight: 1 };
    // a failure that goes no way is counted nowhere
    const weighs = () => this.schema.types.get(v.way.slice(0, -1))?.impact !== "none";
    const ways = [...this.schema.types.values()].filter((type) => !type.retired).flatMap((type) => [
      [`${type.key}>`, relationName(this.schema, type.key, true)], [`${type.key}<`, relationName(this.schema, type.key, false)]]);
    const done = await openDialog({
      title: t("ui.cmdb.relate.title", { name: this.item.name }), submit: t("ui.cmdb.relate"),
      body: (d) => html`<talka-select .label=${t("ui.cmdb.relation")} required .options=${ways} .value=${v.way} .error=${wrongIn(d)("type")} @change=${(e) => {
          v.way = e.currentTarget.value;
          d.update();
        }}></talka-select>
        <talka-combobox .label=${t("ui.cmdb.other")} required .source=${itemSource(this.api, this.schema, (item) => item.key !== this.key)} .value=${v.item} .text=${v.text} .error=${wrongIn(d)("item")}
          @change=${(e) => {
            v.item = e.detail?.value ?? "";
            v.text = e.detail?.label ?? "";
          }}></talka-combobox>${weighs() ? this.weight(v, d) : nothing}`,
      onSubmit: () => this.api.post(this.base("/relations"), { type: v.way.slice(0, -1), outgoing: v.way.endsWith(">"), item: v.item, ...(weighs() ? { weight: v.weight } : {}) }),
    });
    if (done) this.load();
  }

  weight(v, d) {
    return html`<talka-input type="number" min="1" max="1000" required .label=${t("ui.cmdb.weight")} .help=${t("ui.cmdb.weight.help")} .value=${v.weight} .error=${wrongIn(d)("weight")} @input=${(e) => (v.weight = Number(e.currentTarget.value))}></talka-input>`;
  }

  async weigh(relation) {
    const v = { weight: relation.weight };
    const done = await openDialog({
      title: t("ui.cmdb.weight.title", { name: relation.item.name }), submit: t("ui.cmdb.save"), body: (d) => this.weight(v, d),
      onSubmit: () => this.api.patch(this.base(`/relations/${relation.id}`), { weight: v.weight }),
    });
    if (done) this.load();
  }

  async unrelate(relation) {
    const sure = await confirmDialog({ title: t("ui.cmdb.unrelate.title"), text: t("ui.cmdb.unrelate.text", { name: relation.item.name }), submit: t("ui.cmdb.unrelate.go"), danger: true });
    if (sure) this.act(() => this.api.remove(this.base(`/relations/${relation.id}`)));
  }

  async rule(group) {
    const v = { policy: group.own ? group.rule.policy : "", amount: group.rule.amount ?? 1 };
    const done = await openDialog({
      title: t("ui.cmdb.rule.title", { type: needName(this.schema, group.type) }), submit: t("ui.cmdb.save"),
      body: (d) => html`<talka-select .label=${t("ui.cmdb.rule.needs")} .empty=${t("ui.cmdb.rule.type")} .options=${entries(policies())} .value=${v.policy} .error=${wrongIn(d)("policy")} @change=${(e) => {
          v.policy = e.currentTarget.value;
          d.update();
        }}></talka-select>
        ${v.policy === "count" || v.policy === "percent" ? html`<talka-input type="number" min="1" max=${v.policy === "percent" ? "100" : "1000"} .label=${v.policy === "percent" ? t("ui.cmdb.rule.percentage") : t("ui.cmdb.rule.amount")}
          .value=${v.amount} .error=${wrongIn(d)("amount")} @input=${(e) => (v.amount = Number(e.currentTarget.value))}></talka-input>` : nothing}`,
      onSubmit: () => this.api.call("PUT", this.base(`/rules/${this.api.enc(group.type)}`), { body: v.policy ? { policy: v.policy, amount: v.policy === "count" || v.policy === "percent" ? v.amount : null } : { policy: null } }),
    });
    if (done) this.load();
  }

  reach() {
    const { items, held, services, limit } = this.impact;
    const found = this.supplies ?? { items: [] };
    return html`<div class="two"><section class="card box"><h3>${t("ui.cmdb.impact.down")}</h3>${limitNote(limit)}
        ${items.length ? html`<p class="sum">${t("ui.cmdb.impact.sum", { n: items.length, services })}</p>
          <ul class="plain">${items.map((one) => html`<li><div class="row">${itemLink(this.schema, one.item)}<span class="faint">${className(this.schema, one.item.classKey)}</span>
            ${one.service ? html`<span class="chip open">${t("ui.cmdb.service")}</span>` : nothing}</div>
            <p class="reason">${why(this.schema, one.why)}</p>${this.path(one.path)}</li>`)}</ul>` : html`<p class="faint">${t("ui.cmdb.impact.none")}</p>`}
        ${held.length ? html`<h4>${t("ui.cmdb.impact.held")}</h4><ul class="plain">${held.map((one) => html`<li><div class="row">${itemLink(this.schema, one.item)}<span class="chip done">${t("ui.cmdb.impact.works")}</span></div>
          <p class="reason">${why(this.schema, one.why)}</p></li>`)}</ul>` : nothing}</section>
      <section class="card box"><h3>${t("ui.cmdb.impact.up")}</h3>${limitNote(found.limit)}
        ${found.items.length ? html`<ul class="plain">${found.items.map((one) => html`<li><div class="row">${itemLink(this.schema, one.item)}${statusChip(one.item.status)}
          ${one.alone === true ? html`<span class="chip bad">${t("ui.cmdb.impact.alone")}</span>` : one.alone === false ? html`<span class="chip done">${t("ui.cmdb.impact.redundant")}</span>` : nothing}</div>${this.path(one.path)}</li>`)}</ul>`
          : html`<p class="faint">${t("ui.cmdb.impact.needsNone")}</p>`}</section></div>`;
  }

  path(refs) {
    return html`<ol class="path" aria-label=${t("ui.cmdb.path")}>${refs.map((ref, i) => html`<li class="row">${i ? icon("right") : nothing}${ref.name}</li>`)}</ol>`;
  }

  named() {
    const { items } = this.tickets;
    if (!items.length) return html`<div class="card">${empty({ icon: "list", title: t("ui.cmdb.tickets.none") })}</div>`;
    return html`<section class="card box"><ul class="plain">${items.map((ticket) => html`<li class="row"><a href=${`/app/ticket/${encodeURIComponent(ticket.key)}`}><span class="mono">${ticket.key}</span> ${ticket.subject}</a>
      <span class="chip ${ticket.open ? "open" : "done"}">${ticket.open ? t("ui.cmdb.tickets.open") : t("ui.cmdb.tickets.done")}</span><talka-time class="faint end" .at=${ticket.updatedAt}></talka-time></li>`)}</ul></section>`;
  }

  changes() {
    const { items, next } = this.history;
    if (!items.length) return empty({ icon: "history", title: t("ui.cmdb.history.none") });
    return html`<section class="card box"><ul class="plain">${items.map((change) => html`<li><div class="row"><b>${change.by}</b><talka-time class="faint" .at=${change.at}></talka-time>
        ${change.source === "hand" ? nothing : html`<span class="chip">${change.source}</span>`}${change.reason ? html`<span class="chip open">${change.reason}</span>` : nothing}
        ${change.drift ? html`<span class="chip bad">${t("ui.cmdb.drift")}</span>` : nothing}${change.away ? html`<span class="chip wait">${t("ui.cmdb.away")}</span>` : nothing}</div>
      ${change.changes.map((c) => html`<p class="reason diff">${fieldName(this.schema, this.item.classKey, c.field)}: ${c.from === undefined || c.from === null ? nothing : html`<del>${said(this.schema, c.field, c.from)}</del> → `}<ins>${said(this.schema, c.field, c.to)}</ins></p>`)}</li>`)}</ul>
      ${next ? html`<button class="btn" @click=${() => this.earlier()}>${icon("down")}${t("ui.cmdb.more")}</button>` : nothing}</section>`;
  }

  earlier() {
    return this.api.get(this.base(`/history${this.api.query({ after: this.history.next })}`)).then((page) => {
      this.history = { items: [...this.history.items, ...page.items], next: page.next };
      this.host.requestUpdate();
    }, (problem) => toast(problem.message, { kind: "bad" }));
  }
}
