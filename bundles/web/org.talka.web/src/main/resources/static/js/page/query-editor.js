// SPDX-License-Identifier: Apache-2.0
/** A query that is clicked together from conditions, or written as text; with how many it finds now. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { desk } from "../core/desk.js";
import { editor, fieldLabel, optionLabel, personSource, typeLabel } from "../core/fields.js";
import { conditionFields, kindOf, optionsOf, toConditions, toQuery, useFields } from "../core/conditions.js";
import { fold, formatNumber, t } from "../core/i18n.js";
import { counts } from "../core/views.js";

/** @typedef {import("../core/conditions.js").Condition} Condition */

const STATES = ["open", "new", "active", "pending", "resolved", "closed"];
const PRIORITIES = ["critical", "high", "medium", "low", "planning"];
const LEVELS = ["high", "medium", "low"];
/** With more to choose from, one looks for it by its name. */
const MANY = 30;
const WHEN = /** @type {Record<string, string>} */ ({ "* TO now": "past", "today TO today+1d": "today", "now TO now+7d": "week", "now TO now+30d": "month", "now+30d TO *": "later" });
const SINCE = ["today", "now-1d", "now-7d", "now-30d", "now-90d"];
/** @param {string[]} keys @param {(key: string) => string} words @returns {[string, string][]} */
export const pairs = (keys, words) => keys.map((k) => [k, words(k)]);
const label = (/** @type {string} */ field) => (["text", "type", "watcher", "tag"].includes(field) ? t(`web.condition.${field}`) : fieldLabel(field));

/**
 * @param {string} query what it begins with
 * @param {() => void} draw shows the dialog again
 */
export function queryEditor(query, draw) {
  let q = query;
  /** @type {Condition[] | null} */
  let conditions = toConditions(q);
  let asText = conditions === null;
  /** @type {import("../core/views.js").Count | null} */
  let count = null;
  let timer = 0;
  /** @type {AbortController | undefined} */
  let running;
  const recount = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      try {
        [count] = await counts([q], running.signal);
        draw();
      } catch {
        // the number is a help only
      }
    }, 250);
  };
  const changed = () => {
    if (!asText && conditions) q = toQuery(conditions);
    recount();
    draw();
  };
  recount();
  desk.fields().then((fields) => {
    useFields(fields.filter((f) => f.indexed));
    // what was text for want of a field may be conditions now
    if (asText && !conditions && toConditions(q)) {
      conditions = toConditions(q);
      asText = false;
    }
    draw();
  }, () => {});
  return {
    get q() {
      return q;
    },
    end() {
      clearTimeout(timer);
      running?.abort();
    },
    /** @param {string} problem what the server said of it */
    view: (problem) => html`<fieldset class="field conditions"><legend>${t("web.view.which")}</legend>
      ${asText || !conditions ? html`<talka-textarea hideLabel .label=${t("web.query.label")} rows="2" .value=${q} .help=${t("web.query.help")} .error=${problem || (count?.problem ?? "")}
          @input=${(/** @type {any} */ e) => {
            q = e.currentTarget.value;
            recount();
          }}></talka-textarea>` : rows(conditions, changed)}
      <div class="foot">
        ${asText ? nothing : html`<button type="button" class="btn small" @click=${() => {
          conditions = [...(conditions ?? []), { field: "state", not: false, values: ["open"] }];
          changed();
        }}>${icon("plus")}${t("web.view.condition.add")}</button>`}
        <button type="button" class="linkish" ?hidden=${asText && toConditions(q) === null} @click=${() => {
          asText = !asText;
          if (!asText) conditions = toConditions(q);
          draw();
        }}>${asText ? t("web.view.asConditions") : t("web.view.asText")}</button>
        <span class="grow"></span>
        <span class="faint num" role="status">${count && count.count !== null ? t("web.view.found", { n: count.count, shown: formatNumber(count.count) + (count.more ? "+" : "") }) : ""}</span>
      </div>
      ${!asText && (problem || count?.problem) ? html`<p class="error">${icon("warn")}${problem || count?.problem}</p>` : nothing}</fieldset>`,
  };
}

/** @param {Condition[]} conditions @param {() => void} changed */
function rows(conditions, changed) {
  if (!conditions.length) return html`<p class="help">${t("web.view.all")}</p>`;
  return html`<ul class="conditions-list">${conditions.map((c, i) => html`<li>
    ${fieldChoice(c.field, (to) => {
      c.field = to;
      c.not = false;
      c.values = [first(c.field)];
      changed();
    })}
    ${["text", "since", "when"].includes(kindOf(c.field)) ? html`<span class="faint">${t(`web.condition.is.${kindOf(c.field)}`)}</span>`
      : html`<talka-select hideLabel required .label=${t("web.view.condition.how")} .options=${pairs(["is", "not"], (k) => t(`web.condition.${k}`))} .value=${c.not ? "not" : "is"}
        @change=${(/** @type {any} */ e) => {
          c.not = e.currentTarget.value === "not";
          changed();
        }}></talka-select>`}
    <span class="values">${c.values.map((value, n) => html`<span class="one">${valueEditor(c, value, (to) => {
        c.values[n] = to;
        changed();
      })}${c.values.length > 1 ? removeButton(value, () => {
        c.values.splice(n, 1);
        changed();
      }) : nothing}</span>`)}
      ${["text", "since"].includes(kindOf(c.field)) ? nothing : html`<button type="button" class="linkish" @click=${() => {
        c.values.push(first(c.field));
        changed();
      }}>${t("web.view.condition.or")}</button>`}</span>
    ${removeButton(label(c.field), () => {
      conditions.splice(i, 1);
      changed();
    })}</li>`)}</ul>`;
}

/** @param {string} field @param {(field: string) => void} changed */
function fieldChoice(field, changed) {
  const all = conditionFields();
  const options = pairs(all.includes(field) ? all : [field, ...all], label);
  if (options.length <= MANY) {
    return html`<talka-select hideLabel required .label=${t("web.view.condition.field")} .options=${options} .value=${field} @change=${(/** @type {any} */ e) => changed(e.currentTarget.value)}></talka-select>`;
  }
  return html`<talka-combobox hideLabel required .label=${t("web.view.condition.field")} .value=${field} .text=${label(field)} .source=${named(options)}
    @change=${(/** @type {any} */ e) => e.detail && changed(e.detail.value)}></talka-combobox>`;
}

/** Of many options those that are called so. @param {[string, string][]} options */
export const named = (options) => async (/** @type {string} */ text) => {
  const look = fold(text.trim());
  return options.filter(([, words]) => fold(words).includes(look)).slice(0, SHOWN).map(([value, words]) => ({ value, label: words }));
};
const SHOWN = 50;

export const removeButton = (/** @type {string} */ name, /** @type {() => void} */ act) =>
  html`<button type="button" class="btn quiet square small" aria-label=${t("web.removeOne", { name })} @click=${act}>${icon("close")}</button>`;

/** What a new condition on the field begins with. @param {string} field */
function first(field) {
  return { type: desk.types[0]?.key ?? "", state: "open", priority: "high", level: "high", person: "me", team: "mine", since: "now-7d", when: "now TO now+7d", boolean: "true", choice: optionsOf(field)[0] }[kindOf(field)] ?? "";
}

/** @param {Condition} c @param {string} value @param {(value: string) => void} changed */
function valueEditor(c, value, changed) {
  const select = (/** @type {[string, string][]} */ options) => html`<talka-select hideLabel required .label=${label(c.field)} .options=${options} .value=${value}
    @change=${(/** @type {any} */ e) => changed(e.currentTarget.value)}></talka-select>`;
  switch (kindOf(c.field)) {
    case "type":
      return select(desk.types.map((type) => [type.key, typeLabel(type.key)]));
    case "state":
      return select(pairs(STATES, (k) => t(`web.condition.state.${k}`)));
    case "priority":
      return select(pairs(PRIORITIES, (k) => optionLabel("priority", k)));
    case "level":
      return select(pairs(LEVELS, (k) => optionLabel(c.field, k)));
    case "choice":
      return select(pairs(optionsOf(c.field), (k) => optionLabel(c.field, k)));
    case "boolean":
      return select([["true", t("web.yes")], ["false", t("web.no")]]);
    case "when":
      return select([...Object.entries(WHEN).map(([k, words]) => /** @type {[string, string]} */ ([k, t(`web.condition.when.${words}`)])), ["none", t("web.condition.none")]]);
    case "since":
      return select(pairs(SINCE, (k) => t(`web.condition.since.${k}`)));
    case "person":
      return html`<talka-combobox hideLabel .label=${label(c.field)} .value=${value} .text=${value === "me" ? t("web.me") : value === "none" ? t("web.nobody") : value}
        .source=${async (/** @type {string} */ text, /** @type {AbortSignal} */ signal) => [
          ...[{ value: "me", label: t("web.me") }, { value: "none", label: t("web.nobody") }].filter((o) => o.label.toLowerCase().startsWith(text.toLowerCase())),
          ...(await personSource(text || "", signal)).filter((/** @type {any} */ p) => p.value !== desk.me.username).map((/** @type {any} */ p) => ({ ...p, hint: p.value })),
        ]}
        @change=${(/** @type {any} */ e) => e.detail && changed(e.detail.value)}></talka-combobox>`;
    case "team":
      return html`<talka-combobox hideLabel .label=${label(c.field)} .value=${value} .text=${value === "mine" ? t("web.condition.mine") : value === "none" ? t("web.condition.none") : value}
        .source=${async (/** @type {string} */ text) => [{ value: "mine", label: t("web.condition.mine") }, { value: "none", label: t("web.condition.none") },
          ...(await desk.teams()).map((/** @type {any} */ team) => ({ value: team.key, label: team.name }))].filter((o) => o.label.toLowerCase().includes(text.toLowerCase()))}
        @change=${(/** @type {any} */ e) => e.detail && changed(e.detail.value)}></talka-combobox>`;
    case "organisation":
      return editor({ key: "organisation", type: "organisation" }, value ? { key: value, name: value } : null, (to) => changed(to?.key ?? ""), { hideLabel: true });
    default:
      return html`<talka-input hideLabel .label=${label(c.field)} .value=${value} @input=${(/** @type {any} */ e) => changed(e.currentTarget.value.trim())}></talka-input>`;
  }
}
