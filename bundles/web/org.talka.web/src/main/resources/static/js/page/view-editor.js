// SPDX-License-Identifier: Apache-2.0
/** The dialog that makes and changes a saved view: conditions, columns, order, and for whom. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { confirmDialog, openDialog, toast } from "../kit/overlay.js";
import { desk } from "../core/desk.js";
import { editor, fieldLabel, optionLabel, personSource, typeLabel } from "../core/fields.js";
import { FIELDS, toConditions, toQuery } from "../core/conditions.js";
import { formatNumber, t } from "../core/i18n.js";
import { counts, views } from "../core/views.js";
import { columnLabel, COLUMNS, EVERY, SORTABLE } from "./columns.js";

/** @typedef {import("../core/conditions.js").Condition} Condition */

const STATES = ["open", "new", "active", "pending", "resolved", "closed"];
const PRIORITIES = ["critical", "high", "medium", "low", "planning"];
const LEVELS = ["high", "medium", "low"];
const SINCE = ["today", "now-1d", "now-7d", "now-30d", "now-90d"];
const pairs = (/** @type {string[]} */ keys, /** @type {(key: string) => string} */ words) => keys.map((k) => /** @type {[string, string]} */ ([k, words(k)]));
const label = (/** @type {string} */ field) => (["text", "type", "watcher", "tag"].includes(field) ? t(`web.condition.${field}`) : fieldLabel(field));

/** Fields of types that can be columns beside those that every ticket has. */
async function ownFields() {
  const all = await Promise.all(desk.types.map((type) => desk.describe(type.key).catch(() => ({ fields: [] }))));
  const keys = all.flatMap((type) => (type.fields ?? []).filter((/** @type {any} */ f) => f.type !== "markdown").map((/** @type {any} */ f) => f.key));
  return [...new Set(keys)].filter((key) => !EVERY.includes(key) && !["description", "watchers"].includes(key));
}

/**
 * @param {{view?: import("../core/views.js").SavedView, q: string, sort: string, columns: string[], name?: string}} from
 *   `view` is changed; without it a new one is made
 * @returns {Promise<import("../core/views.js").SavedView | undefined>}
 */
export async function editView(from) {
  const view = from.view;
  const [more, teams] = await Promise.all([ownFields(), desk.teams().catch(() => [])]);
  const mine = teams.filter((/** @type {any} */ team) => desk.can("view:share") || (desk.me.teams ?? []).some((/** @type {any} */ m) => (m.key ?? m) === team.key));
  const v = {
    name: from.name ?? view?.name ?? "", q: from.q, sort: from.sort, columns: from.columns.length ? [...from.columns] : [...COLUMNS],
    audience: view?.audience ?? "private", team: view?.team?.key ?? mine[0]?.key ?? "",
  };
  /** @type {Condition[] | null} */
  let conditions = toConditions(v.q);
  let asText = conditions === null;
  /** @type {import("../core/views.js").Count | null} */
  let count = null;
  let timer = 0;
  /** @type {AbortController | undefined} */
  let running;
  /** @type {any} */
  let dialog;
  const draw = () => dialog?.update();
  const recount = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      try {
        [count] = await counts([v.q], running.signal);
        draw();
      } catch {
        // the number is a help only
      }
    }, 250);
  };
  const changed = () => {
    if (!asText && conditions) v.q = toQuery(conditions);
    recount();
    draw();
  };
  recount();
  const done = await openDialog({
    title: view ? t("web.view.edit") : t("web.view.new"), submit: t("web.save"), wide: true, cls: "view-editor",
    body: (d) => {
      dialog = d;
      const problem = (/** @type {string} */ field) => /** @type {any} */ (d).problem?.of?.(field) ?? "";
      return html`<talka-input .label=${t("web.view.name")} required maxlength="80" .value=${v.name} .error=${problem("name")}
          @input=${(/** @type {any} */ e) => (v.name = e.currentTarget.value)}></talka-input>
        <fieldset class="field conditions"><legend>${t("web.view.which")}</legend>
          ${asText || !conditions ? html`<talka-textarea hideLabel .label=${t("web.query.label")} rows="2" .value=${v.q} .help=${t("web.query.help")} .error=${problem("q") || (count?.problem ?? "")}
              @input=${(/** @type {any} */ e) => {
                v.q = e.currentTarget.value;
                recount();
              }}></talka-textarea>` : rows(conditions, changed)}
          <div class="foot">
            ${asText ? nothing : html`<button type="button" class="btn small" @click=${() => {
              conditions = [...(conditions ?? []), { field: "state", not: false, values: ["open"] }];
              changed();
            }}>${icon("plus")}${t("web.view.condition.add")}</button>`}
            <button type="button" class="linkish" ?hidden=${asText && toConditions(v.q) === null} @click=${() => {
              asText = !asText;
              if (!asText) conditions = toConditions(v.q);
              draw();
            }}>${asText ? t("web.view.asConditions") : t("web.view.asText")}</button>
            <span class="grow"></span>
            <span class="faint num" role="status">${count && count.count !== null ? t("web.view.found", { n: count.count, shown: formatNumber(count.count) + (count.more ? "+" : "") }) : ""}</span>
          </div>
          ${!asText && (problem("q") || count?.problem) ? html`<p class="error">${icon("warn")}${problem("q") || count?.problem}</p>` : nothing}</fieldset>
        ${columnList(v, more, draw, problem("columns"))}
        <div class="pair">
          <talka-select .label=${t("web.view.order")} required .options=${SORTABLE.flatMap((key) => [`-${key}`, key]).map((s) => /** @type {[string, string]} */ ([s, sortLabel(s)]))}
            .value=${v.sort} .error=${problem("sort")} @change=${(/** @type {any} */ e) => (v.sort = e.currentTarget.value)}></talka-select>
          <talka-select .label=${t("web.view.audience")} required .value=${v.audience} .error=${problem("audience")}
            .options=${pairs(["private", ...(mine.length || v.audience === "team" ? ["team"] : []), ...(desk.can("view:share") || v.audience === "everybody" ? ["everybody"] : [])], (k) => t(`web.view.audience.${k}`))}
            @change=${(/** @type {any} */ e) => {
              v.audience = e.currentTarget.value;
              draw();
            }}></talka-select>
          ${v.audience === "team" ? html`<talka-select .label=${t("web.field.team")} required .options=${mine.map((/** @type {any} */ team) => [team.key, team.name])} .value=${v.team}
            .error=${problem("team")} @change=${(/** @type {any} */ e) => (v.team = e.currentTarget.value)}></talka-select>` : nothing}
        </div>`;
    },
    onSubmit: () => {
      const same = v.columns.join() === COLUMNS.join();
      const values = { name: v.name, q: v.q, sort: v.sort, columns: same ? [] : v.columns, audience: v.audience, ...(v.audience === "team" ? { team: v.team } : {}) };
      return view ? views.change(view, values) : views.create(values);
    },
  });
  clearTimeout(timer);
  running?.abort();
  return /** @type {any} */ (done);
}

/** @param {string} s */
export const sortLabel = (s) => t(s.startsWith("-") ? "web.sort.down" : "web.sort.up", { field: columnLabel(s.replace("-", "")) });

/** @param {Condition[]} conditions @param {() => void} changed */
function rows(conditions, changed) {
  if (!conditions.length) return html`<p class="help">${t("web.view.all")}</p>`;
  return html`<ul class="conditions-list">${conditions.map((c, i) => html`<li>
    <talka-select hideLabel required .label=${t("web.view.condition.field")} .options=${pairs(Object.keys(FIELDS), label)} .value=${c.field}
      @change=${(/** @type {any} */ e) => {
        c.field = e.currentTarget.value;
        c.not = false;
        c.values = [first(c.field)];
        changed();
      }}></talka-select>
    ${FIELDS[c.field] === "text" || FIELDS[c.field] === "since" ? html`<span class="faint">${t(`web.condition.is.${FIELDS[c.field]}`)}</span>`
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
      ${FIELDS[c.field] === "since" || FIELDS[c.field] === "text" ? nothing : html`<button type="button" class="linkish" @click=${() => {
        c.values.push(first(c.field));
        changed();
      }}>${t("web.view.condition.or")}</button>`}</span>
    ${removeButton(label(c.field), () => {
      conditions.splice(i, 1);
      changed();
    })}</li>`)}</ul>`;
}

const removeButton = (/** @type {string} */ name, /** @type {() => void} */ act) =>
  html`<button type="button" class="btn quiet square small" aria-label=${t("web.removeOne", { name })} @click=${act}>${icon("close")}</button>`;

/** What a new condition on the field begins with. @param {string} field */
function first(field) {
  return { type: desk.types[0]?.key ?? "", state: "open", priority: "high", level: "high", person: "me", team: "mine", since: "now-7d" }[FIELDS[field]] ?? "";
}

/** @param {Condition} c @param {string} value @param {(value: string) => void} changed */
function valueEditor(c, value, changed) {
  const select = (/** @type {[string, string][]} */ options) => html`<talka-select hideLabel required .label=${label(c.field)} .options=${options} .value=${value}
    @change=${(/** @type {any} */ e) => changed(e.currentTarget.value)}></talka-select>`;
  switch (FIELDS[c.field]) {
    case "type":
      return select(desk.types.map((type) => [type.key, typeLabel(type.key)]));
    case "state":
      return select(pairs(STATES, (k) => t(`web.condition.state.${k}`)));
    case "priority":
      return select(pairs(PRIORITIES, (k) => optionLabel("priority", k)));
    case "level":
      return select(pairs(LEVELS, (k) => optionLabel(c.field, k)));
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

/** @param {{columns: string[]}} v @param {string[]} more @param {() => void} draw @param {string} error */
function columnList(v, more, draw, error) {
  const move = (/** @type {number} */ i, /** @type {number} */ step) => {
    const [key] = v.columns.splice(i, 1);
    v.columns.splice(i + step, 0, key);
    draw();
  };
  const left = [...EVERY, ...more].filter((key) => !v.columns.includes(key));
  return html`<fieldset class="field"><legend>${t("web.view.columns")}</legend>
    <ol class="columns-list">${v.columns.map((key, i) => html`<li><span>${columnLabel(key)}</span>
      <button type="button" class="btn quiet square small" ?disabled=${i === 0} aria-label=${t("web.view.column.left", { name: columnLabel(key) })} @click=${() => move(i, -1)}>${icon("left")}</button>
      <button type="button" class="btn quiet square small" ?disabled=${i === v.columns.length - 1} aria-label=${t("web.view.column.right", { name: columnLabel(key) })} @click=${() => move(i, 1)}>${icon("right")}</button>
      ${key === "subject" ? nothing : removeButton(columnLabel(key), () => {
        v.columns.splice(i, 1);
        draw();
      })}</li>`)}</ol>
    ${error ? html`<p class="error">${icon("warn")}${error}</p>` : nothing}
    ${left.length && v.columns.length < 12 ? html`<talka-select hideLabel .label=${t("web.view.column.add")} .empty=${t("web.view.column.add")} .options=${pairs(left, columnLabel)} .value=${""}
      @change=${(/** @type {any} */ e) => {
        if (e.currentTarget.value) v.columns.push(e.currentTarget.value);
        e.currentTarget.value = "";
        draw();
      }}></talka-select>` : nothing}</fieldset>`;
}

/** Asks, then removes. @param {import("../core/views.js").SavedView} view */
export async function removeView(view) {
  const shared = view.audience !== "private";
  const sure = await confirmDialog({ title: t("web.view.remove", { name: view.name }), text: t(shared ? "web.view.remove.shared" : "web.view.remove.own"), submit: t("web.remove"), danger: true });
  if (!sure) return false;
  await views.remove(view);
  toast(t("web.view.removed", { name: view.name }));
  return true;
}
