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
  const term = (/** @type {string} */ v) => `${c.field}:${FIELDS[c.field] === "since" ? `[${v} TO *]` : quoted(v)}`;
  const all = c.values.length > 1 ? `(${c.values.map(term).join(" OR ")})` : term(c.values[0]);
  return c.not ? `NOT ${all}` : all;
}

/** @param {Condition[]} conditions */
export const toQuery = (conditions) =>
  conditions.filter((c) => c.values.length && c.values.every((v) => v !== "")).map(written).join(" AND ");

const TOKEN = /\s*(?:(\()|(\))|(AND|OR|NOT)(?=[\s(]|$)|([A-Za-z][\w.-]*):(\[([^\s\]]+) TO \*\]|"((?:[^"\\]|\\.)*)"|[^\s()"]+)|"((?:[^"\\]|\\.)*)"|([^\s()":]+))/y;

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
      const since = FIELDS[m[4]] === "since";
      // ranges and wild cards other than ours stay text
      if (since !== (m[6] !== undefined) || (!m[6] && m[7] === undefined && /[*?~^[\]{}]/.test(m[5]))) return null;
      all.push({ kind: "is", field: m[4], value: m[6] ?? text(m[7]) ?? m[5] });
    } else {
      const word = text(m[8]) ?? m[9];
      if (m[8] === undefined && /[*?~^[\]{}+!-]/.test(word)) return null;
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
      if (!(at.field in FIELDS) || (not && at.field === "text")) return null;
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
  if (!field || !(field in FIELDS) || field === "text") return null;
  const values = [];
  for (let i = from + 1; all[i]?.kind === "is" && all[i].field === field; i += 2) {
    values.push(all[i].value);
    if (all[i + 1]?.kind === ")") return { condition: { field, not: false, values }, end: i + 2 };
    if (all[i + 1]?.kind !== "OR") return null;
  }
  return null;
}
