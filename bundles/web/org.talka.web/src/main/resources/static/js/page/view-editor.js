// SPDX-License-Identifier: Apache-2.0
/** The dialog that makes and changes a saved view: conditions, columns, order, and for whom. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { confirmDialog, openDialog, toast } from "../kit/overlay.js";
import { desk } from "../core/desk.js";
import { t } from "../core/i18n.js";
import { views } from "../core/views.js";
import { columnLabel, COLUMNS, EVERY, SORTABLE } from "./columns.js";
import { named, pairs, queryEditor, removeButton } from "./query-editor.js";

/** Fields of types that can be columns beside those that every ticket has. */
async function ownFields() {
  const all = await desk.fields().catch(() => []);
  return all.filter((f) => f.type !== "markdown").map((f) => f.key);
}

/** With more to choose from, one looks for a column by its name. */
const MANY = 30;

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
  /** @type {any} */
  let dialog;
  const draw = () => dialog?.update();
  const which = queryEditor(v.q, draw);
  const done = await openDialog({
    title: view ? t("web.view.edit") : t("web.view.new"), submit: t("web.save"), wide: true, cls: "view-editor",
    body: (d) => {
      dialog = d;
      const problem = (/** @type {string} */ field) => /** @type {any} */ (d).problem?.of?.(field) ?? "";
      return html`<talka-input .label=${t("web.view.name")} required maxlength="80" .value=${v.name} .error=${problem("name")}
          @input=${(/** @type {any} */ e) => (v.name = e.currentTarget.value)}></talka-input>
        ${which.view(problem("q"))}
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
      const values = { name: v.name, q: which.q, sort: v.sort, columns: same ? [] : v.columns, audience: v.audience, ...(v.audience === "team" ? { team: v.team } : {}) };
      return view ? views.change(view, values) : views.create(values);
    },
  });
  which.end();
  return /** @type {any} */ (done);
}

/** @param {string} s */
export const sortLabel = (s) => t(s.startsWith("-") ? "web.sort.down" : "web.sort.up", { field: columnLabel(s.replace("-", "")) });

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
    ${left.length > MANY && v.columns.length < 12 ? html`<talka-combobox hideLabel .label=${t("web.view.column.add")} .placeholder=${t("web.view.column.add")} .source=${named(pairs(left, columnLabel))} .value=${""} .text=${""}
      @change=${(/** @type {any} */ e) => {
        if (!e.detail) return;
        v.columns.push(e.detail.value);
        e.currentTarget.choose?.(null);
        draw();
      }}></talka-combobox>`
    : left.length && v.columns.length < 12 ? html`<talka-select hideLabel .label=${t("web.view.column.add")} .empty=${t("web.view.column.add")} .options=${pairs(left, columnLabel)} .value=${""}
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
