// SPDX-License-Identifier: Apache-2.0
/** What the module's pages share: the schema, names in the reader's language, signs and choices. */
import { html, nothing } from "lit";
import { icon } from "@talka/ui";
import { currentLanguage, t } from "@talka/ui/i18n";

/** The name in the reader's language, or in the next best one. */
export const nameIn = (names, otherwise = "") => names?.[currentLanguage()] || names?.en || Object.values(names ?? {})[0] || otherwise;

export const itemHref = (key, part = "") => `/app/m/cmdb/cmdb.items/${encodeURIComponent(key)}${part ? `/${part}` : ""}`;

/** Classes and relation types, by key; as of a moment if one is given. */
export async function readSchema(api, at) {
  const then = api.query({ at });
  const [classes, types] = await Promise.all([api.get(`/cmdb/classes${then}`), api.get(`/cmdb/relation-types${then}`)]);
  const byKey = (items) => new Map(items.map((item) => [item.key, item]));
  return { classes: byKey(classes.items), types: byKey(types.items) };
}

export const className = (schema, key) => nameIn(schema.classes.get(key)?.names, key);
export const classIcon = (schema, key) => schema.classes.get(key)?.icon ?? "list";

/** The classes as a tree, each with its depth. */
export function classTree(schema) {
  const all = [...schema.classes.values()];
  const rows = [];
  const walk = (parent, depth) => {
    const here = all.filter((c) => (c.parent ?? "") === parent);
    here.sort((a, b) => nameIn(a.names, a.key).localeCompare(nameIn(b.names, b.key), currentLanguage()));
    for (const c of here) {
      rows.push({ ...c, depth });
      walk(c.key, depth + 1);
    }
  };
  walk("", 0);
  return rows;
}

/** All attributes of a class, those of its ancestors first. */
export const attributesOf = (schema, key) => {
  const c = schema.classes.get(key);
  return c ? [...c.inherited, ...c.attributes] : [];
};

/** The relation as it is read from one of its ends. */
export const relationName = (schema, type, outgoing) => {
  const known = schema.types.get(type);
  return nameIn(outgoing ? known?.names : known?.inverse, type);
};

/** The relation as whoever suffers from it reads it. */
export const needName = (schema, type) => relationName(schema, type, schema.types.get(type)?.impact !== "target");

export const statuses = () => ({
  planned: t("ui.cmdb.status.planned"), inService: t("ui.cmdb.status.inService"), degraded: t("ui.cmdb.status.degraded"),
  maintenance: t("ui.cmdb.status.maintenance"), retired: t("ui.cmdb.status.retired"),
});
export const criticalities = () => ({
  low: t("ui.cmdb.criticality.low"), medium: t("ui.cmdb.criticality.medium"), high: t("ui.cmdb.criticality.high"), critical: t("ui.cmdb.criticality.critical"),
});
export const environments = () => ({
  production: t("ui.cmdb.environment.production"), test: t("ui.cmdb.environment.test"), development: t("ui.cmdb.environment.development"), training: t("ui.cmdb.environment.training"),
});
export const policies = () => ({
  all: t("ui.cmdb.policy.all"), any: t("ui.cmdb.policy.any"), count: t("ui.cmdb.policy.count"), percent: t("ui.cmdb.policy.percent"),
});
export const kinds = () => ({
  text: t("ui.cmdb.kind.text"), number: t("ui.cmdb.kind.number"), boolean: t("ui.cmdb.kind.boolean"), date: t("ui.cmdb.kind.date"), choice: t("ui.cmdb.kind.choice"), item: t("ui.cmdb.kind.item"),
});
const builtIn = () => ({
  name: t("ui.cmdb.field.name"), classKey: t("ui.cmdb.field.class"), status: t("ui.cmdb.field.status"), criticality: t("ui.cmdb.field.criticality"),
  environment: t("ui.cmdb.field.environment"), owner: t("ui.cmdb.field.owner"), team: t("ui.cmdb.field.team"), location: t("ui.cmdb.field.location"),
});

/** What a field is called, built-in or own. */
export function fieldName(schema, classKey, field) {
  // an item that was of another class once has fields of that in its history
  const of = (key) => attributesOf(schema, key).find((a) => a.key === field);
  const own = of(classKey) ?? [...schema.classes.keys()].map(of).find(Boolean);
  return builtIn()[field] ?? nameIn(own?.names, field);
}

/** What a stored value says. */
export function said(schema, field, value) {
  if (value === undefined || value === null || value === "") return "–";
  const words = { status: statuses, criticality: criticalities, environment: environments }[field]?.();
  if (words) return words[value] ?? value;
  if (field === "classKey") return className(schema, value);
  if (value === true || value === "true") return t("ui.cmdb.yes");
  if (value === false || value === "false") return t("ui.cmdb.no");
  return String(value);
}

const TONES = { inService: "done", degraded: "bad", maintenance: "wait", planned: "open", retired: "" };
export const statusChip = (status) => html`<span class="chip ${TONES[status] ?? ""}">${statuses()[status] ?? status}</span>`;

/** An item as a link, with the sign of its class. */
export const itemLink = (schema, ref) => html`<a class="ref" href=${itemHref(ref.key)}>${icon(classIcon(schema, ref.classKey))}<span>${ref.name}</span></a>`;

/** Why an item goes down, or holds. */
export function why(schema, balance) {
  const { suppliers, failed, needed, rule } = balance;
  const args = { type: needName(schema, balance.type), suppliers, failed, needed, amount: rule.amount ?? 0 };
  switch (rule.policy) {
    case "any":
      return t("ui.cmdb.why.any", args);
    case "count":
      return t("ui.cmdb.why.count", args);
    case "percent":
      return t("ui.cmdb.why.percent", args);
    default:
      return t("ui.cmdb.why.all", args);
  }
}

/** What ended a walk before its end. */
export const limitNote = (limit) => limit ? html`<p class="note">${icon("info")}<span>${
  limit === "depth" ? t("ui.cmdb.limit.depth") : limit === "nodes" ? t("ui.cmdb.limit.nodes") : t("ui.cmdb.limit.time")}</span></p>` : nothing;

export const entries = (words) => Object.entries(words);

/** Suggests items by words. */
export const itemSource = (api, schema, accepts = () => true) => async (text, signal) => {
  const page = await api.get(`/cmdb/items${api.query({ q: text, limit: 20 })}`, signal);
  return page.items.filter(accepts).map((item) => ({ value: item.key, label: item.name, hint: `${item.key} · ${className(schema, item.classKey)}` }));
};

export const personSource = (api) => async (text, signal) => {
  const page = await api.get(`/users${api.query({ q: text, limit: 20 })}`, signal);
  return page.items.filter((p) => p.active !== false).map((p) => ({ value: p.username, label: p.displayName, hint: p.username }));
};

export const teamSource = (api) => async (text, signal) => {
  const low = text.toLowerCase();
  const page = await api.get("/teams?limit=200", signal);
  return page.items.filter((team) => team.name.toLowerCase().includes(low)).map((team) => ({ value: team.key, label: team.name }));
};

/** What is wrong with one field of a dialog. */
export const wrongIn = (d) => (field) => d.problem?.errors?.find((e) => e.field === field)?.message ?? "";
