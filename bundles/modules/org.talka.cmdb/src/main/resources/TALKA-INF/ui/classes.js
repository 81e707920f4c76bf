// SPDX-License-Identifier: Apache-2.0
/** Which classes of items there are, what is known of each, and by what they can be related. */
import { css, html, nothing } from "lit";
import { confirmDialog, failure, icon, loading, openDialog, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { className, classTree, entries, kinds, nameIn, policies, readSchema, wrongIn } from "./common.js";

export const api = 1;

const ICONS = ["laptop", "graph", "board", "inbox", "modules", "people", "home", "article", "list", "lock", "clock", "tag", "chart", "bell"];
const cardinalities = () => ({
  "many-to-many": t("ui.cmdb.cardinality.many-to-many"), "one-to-many": t("ui.cmdb.cardinality.one-to-many"),
  "many-to-one": t("ui.cmdb.cardinality.many-to-one"), "one-to-one": t("ui.cmdb.cardinality.one-to-one"),
});
const impacts = () => ({ source: t("ui.cmdb.flow.source"), target: t("ui.cmdb.flow.target"), none: t("ui.cmdb.flow.none") });

const nameInputs = (label, names, error) => html`<div class="pair">
  <talka-input .label=${t("ui.cmdb.in.en", { what: label })} required maxlength="80" .value=${names.en ?? ""} .error=${error} @input=${(e) => (names.en = e.currentTarget.value)}></talka-input>
  <talka-input .label=${t("ui.cmdb.in.lv", { what: label })} maxlength="80" .value=${names.lv ?? ""} @input=${(e) => (names.lv = e.currentTarget.value)}></talka-input></div>`;

export default class ConfigurationClasses extends TalkaElement {
  static properties = { schema: { state: true }, problem: { state: true } };

  static styles = css`
    :host { display: block; }
    .lead { margin: 6px 0 16px; max-width: 70ch; }
    .head { display: flex; align-items: center; gap: 12px; flex-wrap: wrap; margin: 18px 0 10px; } .head .btn { margin-left: auto; }
    details { border-top: 1px solid var(--rule); } details:first-child { border-top: 0; }
    summary { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; padding: 10px 16px; cursor: pointer; } summary::-webkit-details-marker { display: none; }
    summary svg.i { color: var(--ink-3); } summary .faint { margin-left: auto; } summary b { font-weight: 560; overflow-wrap: anywhere; }
    .d1 { padding-left: 38px; } .d2 { padding-left: 60px; } .d3 { padding-left: 82px; } .d4, .d5, .d6, .d7, .d8 { padding-left: 104px; }
    .inner { padding: 4px 16px 16px 38px; display: grid; gap: 12px; } .acts { display: flex; flex-wrap: wrap; gap: 8px; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: start; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--rule); font-size: var(--size-s); }
    thead th { color: var(--ink-2); font-weight: 560; } tbody th { font-weight: 540; } p { margin: 0; } .retired { opacity: .7; }
    @media (max-width: 700px) { .inner { padding-left: 16px; } summary { padding-left: 16px; } }
  `;

  constructor() {
    super();
    this.schema = null;
    this.problem = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  async load() {
    try {
      this.schema = await readSchema(this.context.api);
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }

  get api() {
    return this.context.api;
  }

  async save(path, version, body) {
    if (!version) return (await this.api.call("POST", path, { body })).data;
    return (await this.api.patch(path, body, `"${version}"`)).data;
  }

  async editClass(c) {
    const v = { names: { ...(c?.names ?? {}) }, parent: c ? (c.parent ?? "") : "item", icon: c?.icon ?? "laptop", grouping: !!c?.grouping, service: !!c?.service, retired: !!c?.retired };
    const others = classTree(this.schema).filter((o) => o.key !== c?.key);
    const done = await openDialog({
      title: c ? t("ui.cmdb.class.change", { name: nameIn(c.names, c.key) }) : t("ui.cmdb.class.new"), submit: t("ui.cmdb.save"), wide: true,
      body: (d) => {
        const wrong = wrongIn(d);
        const flag = (key, label, help) => html`<talka-switch .label=${label} .help=${help} .value=${v[key]} .error=${wrong(key)} @change=${(e) => (v[key] = e.currentTarget.value)}></talka-switch>`;
        return html`${nameInputs(t("ui.cmdb.field.name"), v.names, wrong("names") || wrong("key"))}
          <talka-select .label=${t("ui.cmdb.class.parent")} .help=${t("ui.cmdb.class.parent.help")} .options=${others.map((o) => [o.key, nameIn(o.names, o.key)])} .value=${v.parent} .error=${wrong("parent")}
              @change=${(e) => (v.parent = e.currentTarget.value)}></talka-select>
          <fieldset class="field"><legend>${t("ui.cmdb.class.icon")}</legend><div class="icon-choice">${ICONS.map((name) => html`<label class="type ${v.icon === name ? "on" : ""}">
            <input type="radio" name="icon" class="visually-hidden" aria-label=${name} .checked=${v.icon === name} @change=${() => {
              v.icon = name;
              d.update();
            }}>${icon(name)}</label>`)}</div></fieldset>
          ${flag("service", t("ui.cmdb.class.service"), t("ui.cmdb.class.service.help"))}${flag("grouping", t("ui.cmdb.class.grouping"), t("ui.cmdb.class.grouping.help"))}
          ${c ? flag("retired", t("ui.cmdb.retired"), t("ui.cmdb.class.retired.help")) : nothing}`;
      },
      onSubmit: () => this.save(c ? `/cmdb/classes/${this.api.enc(c.key)}` : "/cmdb/classes", c?.version, v),
    });
    if (done) this.load();
  }

  async editAttribute(c, a) {
    const v = { names: { ...(a?.names ?? {}) }, type: a?.type ?? "text", options: (a?.options ?? []).join("\n"), required: !!a?.required, controlled: !!a?.controlled, retired: !!a?.retired };
    const place = a ? c.attributes.findIndex((o) => o.key === a.key) : c.attributes.length;
    const done = await openDialog({
      title: a ? t("ui.cmdb.attribute.change", { name: nameIn(a.names, a.key) }) : t("ui.cmdb.attribute.new"), submit: t("ui.cmdb.save"), wide: true,
      body: (d) => {
        const wrong = (field) => wrongIn(d)(`attributes[${place}].${field}`);
        const flag = (key, label, help) => html`<talka-switch .label=${label} .help=${help} .value=${v[key]} @change=${(e) => (v[key] = e.currentTarget.value)}></talka-switch>`;
        return html`${nameInputs(t("ui.cmdb.field.name"), v.names, wrong("names") || wrong("key") || wrongIn(d)("attributes"))}
          <talka-select .label=${t("ui.cmdb.attribute.kind")} required .options=${entries(kinds())} .value=${v.type} .error=${wrong("type")} ?disabled=${!!a} @change=${(e) => {
            v.type = e.currentTarget.value;
            d.update();
          }}></talka-select>
          ${v.type === "choice" ? html`<talka-textarea rows="4" .label=${t("ui.cmdb.attribute.options")} .help=${t("ui.cmdb.attribute.options.help")} .value=${v.options} .error=${wrong("options")} @input=${(e) => (v.options = e.currentTarget.value)}></talka-textarea>` : nothing}
          ${flag("required", t("ui.cmdb.attribute.required"), "")}${flag("controlled", t("ui.cmdb.attribute.controlled"), t("ui.cmdb.attribute.controlled.help"))}
          ${a ? flag("retired", t("ui.cmdb.retired"), t("ui.cmdb.attribute.retired.help")) : nothing}`;
      },
      onSubmit: () => {
        const one = { ...(a ? { key: a.key } : {}), ...v, options: v.options.split("\n").map((o) => o.trim()).filter(Boolean) };
        const attributes = a ? c.attributes.map((o) => (o.key === a.key ? one : o)) : [...c.attributes, one];
        return this.save(`/cmdb/classes/${this.api.enc(c.key)}`, c.version, { attributes });
      },
    });
    if (done) this.load();
  }

  async editIdentity(c) {
    const v = { text: c.identities.map((fields) => fields.join(", ")).join("\n") };
    const keys = ["name", "location", ...c.inherited.map((a) => a.key), ...c.attributes.map((a) => a.key)];
    const done = await openDialog({
      title: t("ui.cmdb.identity.title", { name: nameIn(c.names, c.key) }), submit: t("ui.cmdb.save"),
      body: (d) => html`<p>${t("ui.cmdb.identity.text")}</p>
        <talka-textarea rows="3" .label=${t("ui.cmdb.identity")} .help=${t("ui.cmdb.identity.help", { fields: keys.join(", ") })} .value=${v.text} .error=${wrongIn(d)("identities")} @input=${(e) => (v.text = e.currentTarget.value)}></talka-textarea>`,
      onSubmit: () => this.save(`/cmdb/classes/${this.api.enc(c.key)}`, c.version, {
        identities: v.text.split("\n").map((line) => line.split(",").map((f) => f.trim()).filter(Boolean)).filter((fields) => fields.length),
      }),
    });
    if (done) this.load();
  }

  async editType(type) {
    const v = {
      names: { ...(type?.names ?? {}) }, inverse: { ...(type?.inverse ?? {}) }, source: type?.source ?? "item", target: type?.target ?? "item", cardinality: type?.cardinality ?? "many-to-many",
      impact: type?.impact ?? "source", policy: type?.rule.policy ?? "all", amount: type?.rule.amount ?? null, retired: !!type?.retired,
    };
    const done = await openDialog({
      title: type ? t("ui.cmdb.type.change", { name: nameIn(type.names, type.key) }) : t("ui.cmdb.type.new"), submit: t("ui.cmdb.save"), wide: true,
      body: (d) => {
        const wrong = wrongIn(d);
        const classes = classTree(this.schema).map((c) => [c.key, nameIn(c.names, c.key)]);
        const select = (key, label, options) => html`<talka-select required .label=${label} .options=${options} .value=${v[key]} .error=${wrong(key)} @change=${(e) => {
          v[key] = e.currentTarget.value;
          d.update();
        }}></talka-select>`;
        return html`${nameInputs(t("ui.cmdb.type.forward"), v.names, wrong("names") || wrong("key"))}${nameInputs(t("ui.cmdb.type.backward"), v.inverse, wrong("inverse"))}
          <div class="pair">${select("source", t("ui.cmdb.type.source"), classes)}${select("target", t("ui.cmdb.type.target"), classes)}</div>
          <div class="pair">${select("cardinality", t("ui.cmdb.type.cardinality"), entries(cardinalities()))}${select("impact", t("ui.cmdb.type.impact"), entries(impacts()))}</div>
          ${v.impact === "none" ? nothing : html`<div class="pair">${select("policy", t("ui.cmdb.type.rule"), entries(policies()))}
            ${v.policy === "count" || v.policy === "percent" ? html`<talka-input type="number" min="1" .label=${v.policy === "percent" ? t("ui.cmdb.rule.percentage") : t("ui.cmdb.rule.amount")} .value=${v.amount ?? ""} .error=${wrong("amount")}
              @input=${(e) => (v.amount = Number(e.currentTarget.value) || null)}></talka-input>` : nothing}</div>`}
          ${type ? html`<talka-switch .label=${t("ui.cmdb.retired")} .help=${t("ui.cmdb.type.retired.help")} .value=${v.retired} @change=${(e) => (v.retired = e.currentTarget.value)}></talka-switch>` : nothing}`;
      },
      onSubmit: () => this.save(type ? `/cmdb/relation-types/${this.api.enc(type.key)}` : "/cmdb/relation-types", type?.version, v),
    });
    if (done) this.load();
  }

  async removeOne(path, name) {
    const sure = await confirmDialog({ title: t("ui.cmdb.remove.title", { name }), text: t("ui.cmdb.remove.text"), submit: t("ui.cmdb.remove"), danger: true });
    if (!sure) return;
    try {
      await this.api.remove(path);
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.load();
  }

  render() {
    const lead = html`<p class="muted lead">${t("ui.cmdb.classes.lead")}</p>`;
    if (this.problem) return html`${lead}${failure(this.problem, () => this.load())}`;
    if (!this.schema) return html`${lead}${loading(8)}`;
    return html`${lead}<div class="head"><h2>${t("ui.cmdb.classes.list")}</h2><button class="btn primary" @click=${() => this.editClass()}>${icon("plus")}${t("ui.cmdb.class.new")}</button></div>
      <div class="card">${classTree(this.schema).map((c) => this.classRow(c))}</div>
      <div class="head"><h2>${t("ui.cmdb.types.list")}</h2><button class="btn" @click=${() => this.editType()}>${icon("plus")}${t("ui.cmdb.type.new")}</button></div>
      <div class="card">${[...this.schema.types.values()].map((type) => this.typeRow(type))}</div>`;
  }

  classRow(c) {
    const name = nameIn(c.names, c.key);
    return html`<details><summary class="d${Math.min(c.depth, 8)} ${c.retired ? "retired" : ""}">${icon(c.icon)}<b>${name}</b>${c.service ? html`<span class="chip open">${t("ui.cmdb.service")}</span>` : nothing}
        ${c.grouping ? html`<span class="chip">${t("ui.cmdb.class.grouping")}</span>` : nothing}${c.retired ? html`<span class="chip wait">${t("ui.cmdb.retired")}</span>` : nothing}
        <span class="faint">${t("ui.cmdb.attribute.count", { n: c.attributes.length + c.inherited.length })}</span></summary>
      <div class="inner">${c.attributes.length + c.inherited.length ? html`<div class="scroll" tabindex="0" role="region" aria-label=${t("ui.cmdb.attribute.of", { name })}><table><thead><tr><th scope="col">${t("ui.cmdb.attribute")}</th><th scope="col">${t("ui.cmdb.attribute.kind")}</th><th scope="col">${t("ui.cmdb.attribute.is")}</th><th></th></tr></thead>
          <tbody>${c.inherited.map((a) => this.attributeRow(c, a, true))}${c.attributes.map((a) => this.attributeRow(c, a, false))}</tbody></table></div>` : nothing}
        <p class="faint">${t("ui.cmdb.identity")}: ${c.identities.length ? c.identities.map((fields) => fields.join(" + ")).join("; ") : t("ui.cmdb.identity.inherited")}</p>
        <div class="acts"><button class="btn small" aria-label=${t("ui.cmdb.class.change", { name })} @click=${() => this.editClass(c)}>${icon("edit")}${t("ui.cmdb.edit")}</button>
          <button class="btn small" aria-label=${t("ui.cmdb.attribute.to", { name })} @click=${() => this.editAttribute(c)}>${icon("plus")}${t("ui.cmdb.attribute.new")}</button>
          <button class="btn small" aria-label=${t("ui.cmdb.identity.title", { name })} @click=${() => this.editIdentity(c)}>${icon("tag")}${t("ui.cmdb.identity")}</button>
          <button class="btn small quiet" aria-label=${t("ui.cmdb.remove.title", { name })} @click=${() => this.removeOne(`/cmdb/classes/${this.api.enc(c.key)}`, name)}>${t("ui.cmdb.remove")}</button></div></div></details>`;
  }

  attributeRow(c, a, inherited) {
    const signs = [a.required && t("ui.cmdb.attribute.required"), a.controlled && t("ui.cmdb.attribute.controlled"), a.retired && t("ui.cmdb.retired"), inherited && t("ui.cmdb.attribute.inherited")].filter(Boolean);
    return html`<tr><th scope="row">${nameIn(a.names, a.key)} <span class="faint mono">${a.key}</span></th><td>${kinds()[a.type]}</td><td>${signs.join(", ") || "–"}</td>
      <td>${inherited ? nothing : html`<button class="linkish" aria-label=${t("ui.cmdb.attribute.change", { name: nameIn(a.names, a.key) })} @click=${() => this.editAttribute(c, a)}>${t("ui.cmdb.edit")}</button>`}</td></tr>`;
  }

  typeRow(type) {
    const name = nameIn(type.names, type.key);
    const rule = type.impact === "none" ? "" : policies()[type.rule.policy];
    return html`<details><summary class=${type.retired ? "retired" : ""}>${icon("link")}<b>${name}</b><span class="muted">${nameIn(type.inverse, type.key)}</span>${type.retired ? html`<span class="chip wait">${t("ui.cmdb.retired")}</span>` : nothing}
        <span class="faint">${impacts()[type.impact]}</span></summary>
      <div class="inner"><p class="faint">${className(this.schema, type.source)} → ${className(this.schema, type.target)} · ${cardinalities()[type.cardinality]}${rule ? html` · ${rule}` : nothing}</p>
        <div class="acts"><button class="btn small" aria-label=${t("ui.cmdb.type.change", { name })} @click=${() => this.editType(type)}>${icon("edit")}${t("ui.cmdb.edit")}</button>
          <button class="btn small quiet" aria-label=${t("ui.cmdb.remove.title", { name })} @click=${() => this.removeOne(`/cmdb/relation-types/${this.api.enc(type.key)}`, name)}>${t("ui.cmdb.remove")}</button></div></div></details>`;
  }
}
