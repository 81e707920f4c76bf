// SPDX-License-Identifier: Apache-2.0
/**
 * Between the query language and a list of conditions that people click together. Only what can be
 * read back exactly becomes conditions; any other query stays text.
 *
 * @typedef {{field: string, not: boolean, values: string[]}} Condition
 */

/** Fields of the box that conditions are made of, and what kind of choice each is. */
export const FIELDS = /** @type {Record<string, string>} */ ({
  text: "text", type: "type", state: "state", priority: "priority", impact: "level", urgency: "level", assignee: "person", requester: "person",
  watcher: "person", team: "team", organisation: "organisation", tag: "word", createdAt: "since", updatedAt: "since", resolvedAt: "since",
});

/** The own fields of types as conditions, by key: filled in by whoever lets people choose. @type {Map<string, {kind: string, options: string[]}>} */
const own = new Map();

/** @param {import("./fields.js").FieldDescription[]} fields those that lists can be filtered by */
export function useFields(fields) {
  own.clear();
  for (const f of fields) {
    const kind = { choice: "choice", boolean: "boolean", person: "person", team: "team", organisation: "organisation", date: "when", datetime: "when" }[f.type] ?? "word";
    own.set(f.key, { kind, options: f.options ?? [] });
  }
}

/** What kind of choice a field's condition is; none when no condition can be made of it. @param {string} field */
export const kindOf = (field) => (Object.hasOwn(FIELDS, field) ? FIELDS[field] : own.get(field)?.kind) ?? "";
/** @param {string} field */
export const optionsOf = (field) => own.get(field)?.options ?? [];
/** What a condition can be about. */
export const conditionFields = () => [...Object.keys(FIELDS), ...own.keys()];
/** Kinds whose values are ranges of time. */
const ranges = (/** @type {string} */ field) => ["since", "when"].includes(kindOf(field));

/** By what a search is narrowed down; in the address and in the API they have the same names. */
export const FACETS = ["type", "category", "priority", "team", "assignee", "tag", "createdAt"];

/** @typedef {Record<string, string[]>} Chosen values by facet */

/** What is chosen of facets as conditions. @param {Chosen} chosen @returns {Condition[]} */
export const conditionsOf = (chosen) => FACETS.filter((f) => chosen[f]?.length)
  .map((f) => ({ field: f === "category" ? "state" : f, not: false, values: chosen[f] }));

/** A value as the query language reads it back. @param {string} value */
export const quoted = (value) => (/^[\p{L}\p{N}_.@-]+$/u.test(value) && !/^(AND|OR|NOT|TO)$/.test(value) && !value.startsWith("-") ? value : `"${value.replace(/["\\]/g, "\\$&")}"`);

/** @param {Condition} c */
function written(c) {
  if (c.field === "text") return c.values.map(quoted).join(" ");
  const term = (/** @type {string} */ v) => `${c.field}:${kindOf(c.field) === "since" ? `[${v} TO *]` : kindOf(c.field) === "when" && v !== "none" ? `[${v}]` : quoted(v)}`;
  const all = c.values.length > 1 ? `(${c.values.map(term).join(" OR ")})` : term(c.values[0]);
  return c.not ? `NOT ${all}` : all;
}

/** @param {Condition[]} conditions */
export const toQuery = (conditions) =>
  conditions.filter((c) => c.values.length && c.values.every((v) => v !== "")).map(written).join(" AND ");

const TOKEN = /\s*(?:(\()|(\))|(AND|OR|NOT)(?=[\s(]|$)|([A-Za-z][\w.-]*):(\[([^\s\]]+) TO ([^\s\]]+)\]|"((?:[^"\\]|\\.)*)"|[^\s()"]+)|"((?:[^"\\]|\\.)*)"|([^\s()":]+))/y;

/** @param {string} q @returns {any[] | null} */
function tokens(q) {
  const all = [];
  TOKEN.lastIndex = 0;
  const end = q.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const m = TOKEN.exec(q);
    if (!m) return null;
    const text = (/** @type {string | undefined} */ s) => s?.replace(/\\(.)/g, "$1");
    if (m[1]) all.push({ kind: "(" });
    else if (m[2]) all.push({ kind: ")" });
    else if (m[3]) all.push({ kind: m[3] });
    else if (m[4]) {
      const range = m[6] !== undefined;
      const since = kindOf(m[4]) === "since";
      const nothing = kindOf(m[4]) === "when" && m[5] === "none";
      // ranges and wild cards other than ours stay text
      if ((ranges(m[4]) !== range && !nothing) || (since && m[7] !== "*") || (!range && m[8] === undefined && /[*?~^[\]{}]/.test(m[5]))) return null;
      all.push({ kind: "is", field: m[4], value: since ? m[6] : range ? `${m[6]} TO ${m[7]}` : (text(m[8]) ?? m[5]) });
    } else {
      const word = text(m[9]) ?? m[10];
      if (m[9] === undefined && /[*?~^[\]{}+!-]/.test(word)) return null;
      all.push({ kind: "is", field: "text", value: word });
    }
  }
  return all;
}

/**
 * The conditions of a query; null when they would not say the same.
 *
 * @param {string} q
 * @returns {Condition[] | null}
 */
export function toConditions(q) {
  const all = tokens(q);
  if (!all) return null;
  const found = conjunction(all, 0);
  return found && found.end === all.length ? found.conditions : null;
}

/**
 * Conditions that all hold, up to a closing bracket or the end.
 *
 * @param {any[]} all @param {number} from
 * @returns {{conditions: Condition[], end: number} | null}
 */
function conjunction(all, from) {
  /** @type {Condition[]} */
  const conditions = [];
  let i = from;
  while (i < all.length && all[i].kind !== ")") {
    if (i > from && all[i].kind === "AND") i++;
    const not = all[i]?.kind === "NOT";
    if (not) i++;
    const at = all[i];
    if (at?.kind === "is") {
      if (!kindOf(at.field) || (not && at.field === "text")) return null;
      conditions.push({ field: at.field, not, values: [at.value] });
      i++;
    } else if (at?.kind === "(") {
      const some = alternatives(all, i);
      const inner = some ? null : conjunction(all, i + 1);
      if (some) conditions.push({ ...some.condition, not });
      // not (a and b) is no list of conditions
      else if (inner && !not && all[inner.end]?.kind === ")") conditions.push(...inner.conditions);
      else return null;
      i = some ? some.end : /** @type {any} */ (inner).end + 1;
    } else return null;
    // a OR b AND c means something else than it seems
    if (all[i]?.kind === "OR") return null;
  }
  return { conditions, end: i };
}

/**
 * Several values of one field, in brackets.
 *
 * @param {any[]} all @param {number} from where the bracket opens
 * @returns {{condition: Condition, end: number} | null}
 */
function alternatives(all, from) {
  const field = all[from + 1]?.field;
  if (!field || !kindOf(field) || field === "text") return null;
  const values = [];
  for (let i = from + 1; all[i]?.kind === "is" && all[i].field === field; i += 2) {
    values.push(all[i].value);
    if (all[i + 1]?.kind === ")") return { condition: { field, not: false, values }, end: i + 2 };
    if (all[i + 1]?.kind !== "OR") return null;
  }
  return null;
}
