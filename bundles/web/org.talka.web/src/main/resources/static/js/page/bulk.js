// SPDX-License-Identifier: Apache-2.0
/** Changing many tickets at once: what to change, how far it is, what came of each. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { openDialog, toastProblem } from "../kit/overlay.js";
import { enc, get, post, remove } from "../core/api.js";
import { desk } from "../core/desk.js";
import { editor, fieldLabel, optionLabel, stateLabel, toBody, toInput } from "../core/fields.js";
import { t, word } from "../core/i18n.js";

const PRIORITIES = ["critical", "high", "medium", "low", "planning"];
const LOOK = 350;

/** @typedef {{key: string, version: number, type: string, state: string, subject: string}} Chosen */

/**
 * The ways that at least one of the tickets can go now, one of each name.
 *
 * @param {Chosen[]} tickets
 */
async function ways(tickets) {
  const all = new Map();
  for (const key of new Set(tickets.map((i) => i.type))) {
    const type = await desk.describe(key).catch(() => null);
    const states = new Set(tickets.filter((i) => i.type === key).map((i) => i.state));
    for (const way of type?.workflow?.transitions ?? []) {
      if (!way.from.some((/** @type {string} */ from) => states.has(from))) continue;
      const known = all.get(way.key);
      const fields = way.requires.map((/** @type {string} */ f) => type.fields.find((/** @type {any} */ d) => d.key === f)).filter(Boolean);
      all.set(way.key, {
        key: way.key, label: known?.label ?? word(`transition.${type.workflow.key}.${way.key}`), to: stateLabel(type.workflow.key, way.to),
        comment: known?.comment === "required" ? "required" : way.comment,
        fields: [...(known?.fields ?? []), ...fields.filter((/** @type {any} */ f) => !known?.fields.some((/** @type {any} */ k) => k.key === f.key))],
      });
    }
  }
  return [...all.values()];
}

/**
 * @param {Chosen[]} tickets those that are chosen one by one, or shown of a query
 * @param {string | null} q all that this query finds, instead
 * @returns {Promise<boolean>} whether something was changed
 */
export async function changeMany(tickets, q) {
  const offered = await ways(tickets);
  /** @type {Record<string, any>} */
  const v = { addTags: "", removeTags: "", transition: "", note: "", fields: {} };
  const list = (/** @type {string} */ text) => text.split(",").map((s) => s.trim()).filter(Boolean);
  const started = await openDialog({
    title: q === null ? t("web.bulk.title", { n: tickets.length }) : t("web.bulk.title.all"), submit: t("web.bulk.start"), cls: "bulk",
    body: (d) => {
      const wrong = (/** @type {string} */ field) => /** @type {any} */ (d).problem?.of?.(field) ?? "";
      const way = offered.find((o) => o.key === v.transition);
      return html`<p class="muted">${t("web.bulk.hint")}</p>
        <div class="pair">${["assignee", "team"].map((key) => html`<div>${editor({ key, type: key === "team" ? "team" : "person" }, v[key] ?? null, (to) => {
            v[key] = to;
            d.update();
          }, { error: wrong(key), disabled: v[`${key}None`] })}
          <label class="check"><input type="checkbox" .checked=${!!v[`${key}None`]} @change=${(/** @type {any} */ e) => {
            v[`${key}None`] = e.target.checked;
            d.update();
          }}>${t(`web.bulk.none.${key}`)}</label></div>`)}</div>
        <div class="pair">
          <talka-select .label=${fieldLabel("priority")} .empty=${t("web.bulk.keep")} .value=${v.priority ?? ""} .error=${wrong("priority")}
            .options=${PRIORITIES.map((p) => [p, optionLabel("priority", p)])} @change=${(/** @type {any} */ e) => (v.priority = e.currentTarget.value)}></talka-select>
          ${offered.length ? html`<talka-select .label=${fieldLabel("state")} .empty=${t("web.bulk.keep")} .value=${v.transition}
            .options=${offered.map((o) => [o.key, `${o.label} → ${o.to}`])} @change=${(/** @type {any} */ e) => {
              v.transition = e.currentTarget.value;
              d.update();
            }}></talka-select>` : nothing}</div>
        ${(way?.fields ?? []).map((/** @type {any} */ field) => editor({ ...field, required: true }, v.fields[field.key] ?? null, (to) => {
          v.fields[field.key] = to;
          d.update();
        }))}
        <div class="pair">
          <talka-input .label=${t("web.bulk.addTags")} .help=${t("web.tags.help")} .value=${v.addTags} @input=${(/** @type {any} */ e) => (v.addTags = e.currentTarget.value)}></talka-input>
          <talka-input .label=${t("web.bulk.removeTags")} .value=${v.removeTags} @input=${(/** @type {any} */ e) => (v.removeTags = e.currentTarget.value)}></talka-input></div>
        <div class="note-field"><talka-textarea .label=${t("web.bulk.note")} rows="2" ?required=${way?.comment === "required"} .value=${v.note}
          @input=${(/** @type {any} */ e) => (v.note = e.currentTarget.value)}></talka-textarea></div>`;
    },
    onSubmit: () => {
      /** @type {Record<string, any>} */
      const changes = {};
      for (const key of ["assignee", "team"]) {
        if (v[`${key}None`]) changes[key] = null;
        else if (v[key]) changes[key] = toInput(v[key]);
      }
      if (v.priority) changes.priority = v.priority;
      const body = toBody(v.transition ? v.fields : {});
      return post("/bulk-edits", {
        ...(q === null ? { tickets: tickets.map((i) => ({ key: i.key, version: i.version })) } : { q }),
        changes, addTags: list(v.addTags), removeTags: list(v.removeTags), note: v.note,
        ...(v.transition ? { transition: v.transition, fields: { ...body, ...(body.fields ?? {}), fields: undefined } } : {}),
      });
    },
  });
  if (!started) return false;
  await follow(/** @type {any} */ (started), new Map(tickets.map((i) => [i.key, i.subject])));
  return true;
}

/** Shows how far it is until it has ended and was read. @param {any} edit @param {Map<string, string>} subjects */
function follow(edit, subjects) {
  let timer = 0;
  return openDialog({
    title: t("web.bulk.progress"), noFoot: true, cls: "bulk",
    body: (d) => {
      const look = async () => {
        try {
          edit = await get(`/bulk-edits/${enc(edit.id)}`);
        } catch (problem) {
          d.close();
          toastProblem(problem);
          return;
        }
        d.update();
      };
      clearTimeout(timer);
      if (edit.state === "running") timer = setTimeout(look, LOOK);
      const missed = edit.results.filter((/** @type {any} */ r) => r.outcome !== "changed");
      const changed = edit.results.length - missed.length;
      return html`<progress aria-label=${t("web.bulk.progress")} max=${edit.total} .value=${edit.done}></progress>
        <p role="status" class="num">${edit.state === "running" ? t("web.bulk.running", { done: edit.done, total: edit.total })
          : t("web.bulk.changed", { n: changed, total: edit.total })}${edit.state === "stopped" ? html` ${t("web.bulk.stopped")}` : nothing}</p>
        ${missed.length ? html`<h3>${t("web.bulk.missed", { n: missed.length })}</h3><ul class="lines bulk-results">${missed.map((/** @type {any} */ r) => html`<li>
          <a class="mono" target="_blank" href="/app/ticket/${enc(r.key)}">${r.key}</a> <span>${subjects.get(r.key) ?? ""}</span>
          <p class="${r.outcome === "conflict" ? "warn" : "error"}">${icon(r.outcome === "conflict" ? "people" : "warn")}${r.message}</p></li>`)}</ul>` : nothing}
        <div class="foot"><span class="grow"></span>${edit.state === "running"
          ? html`<button type="button" class="btn" @click=${() => remove(`/bulk-edits/${enc(edit.id)}`).catch(toastProblem)}>${t("web.bulk.stop")}</button>`
          : html`<button type="button" class="btn primary" @click=${() => d.close()}>${t("web.close")}</button>`}</div>`;
    },
  }).finally(() => clearTimeout(timer));
}
