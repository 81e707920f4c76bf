// SPDX-License-Identifier: Apache-2.0
/** The dialogs of dashboards: what a widget shows, which one to add, the dashboard's name and sharing. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { openDialog } from "../kit/overlay.js";
import { call, Problem } from "../core/api.js";
import { desk } from "../core/desk.js";
import { fieldLabel, moduleTitle } from "../core/fields.js";
import { t } from "../core/i18n.js";
import { SORTABLE } from "./columns.js";
import { figureOf, offered } from "./dashboard.js";
import { pairs, queryEditor } from "./query-editor.js";
import { sortLabel } from "./view-editor.js";

const KINDS = ["count", "list", "chart", "average"];
const GROUPS = ["state", "priority", "type", "team", "assignee", "requester", "organisation", "impact", "urgency", "tag"];
const TIMES = ["createdAt", "resolvedAt", "updatedAt"];
const DAYS = ["7", "14", "30", "90", "180", "365"];
const SIZES = /** @type {Record<string, {width: number, height: number}>} */ ({ count: { width: 3, height: 2 }, list: { width: 4, height: 5 }, chart: { width: 6, height: 5 }, average: { width: 3, height: 2 } });
const SIGNS = /** @type {Record<string, string>} */ ({ count: "number", list: "list", chart: "chart", average: "star" });

const groupLabel = (/** @type {string} */ field) => (field === "tag" || field === "type" ? t(`web.condition.${field}`) : fieldLabel(field));

/** Fields of types by whose values tickets can be grouped, and those of them that are a scale. */
async function ownGroups() {
  const all = await Promise.all(desk.types.map((type) => desk.describe(type.key).catch(() => ({ fields: [] }))));
  const fields = all.flatMap((type) => (type.fields ?? []).filter((/** @type {any} */ f) => f.indexed && ["choice", "boolean", "person", "team", "organisation"].includes(f.type)));
  const keys = (/** @type {any[]} */ of) => [...new Set(of.map((f) => f.key))].filter((key) => !GROUPS.includes(key));
  const number = (/** @type {any} */ option) => /^-?\d{1,6}$/.test(option.key ?? option.value ?? option);
  return { more: keys(fields), scales: keys(fields.filter((f) => f.options?.length && f.options.every(number))) };
}

/**
 * @param {any} from title and figure of a widget, or of a new one
 * @returns {Promise<any>} title and figure; nothing when it was given up
 */
export async function editWidget(from) {
  const { more, scales } = await ownGroups();
  const v = {
    title: from.title ?? "", kind: from.kind ?? "count", sort: from.sort ?? "-updatedAt", limit: String(from.limit ?? 8), shape: from.shape ?? "bar",
    over: from.over ?? ["createdAt", "resolvedAt"], by: from.by ?? "state", overTime: (from.over ?? []).length > 0, days: String(from.days || 14),
  };
  /** @type {any} */
  let dialog;
  const draw = () => dialog?.update();
  const which = queryEditor(from.q ?? "state:open", draw);
  const set = (/** @type {any} */ change) => {
    Object.assign(v, change);
    if (v.overTime ? v.shape === "pie" : v.shape === "line") v.shape = "bar";
    draw();
  };
  const pick = (/** @type {string} */ label, /** @type {[string, string][]} */ options, /** @type {string} */ value, /** @type {(to: string) => void} */ changed, error = "") =>
    html`<talka-select .label=${label} required .options=${options} .value=${value} .error=${error} @change=${(/** @type {any} */ e) => changed(e.currentTarget.value)}></talka-select>`;
  const figure = () => figureOf({
    kind: v.kind, q: which.q,
    ...(v.kind === "list" ? { sort: v.sort, limit: Number(v.limit) } : {}),
    ...(v.kind === "average" ? { by: scales.includes(v.by) ? v.by : scales[0] } : {}),
    ...(v.kind === "chart" ? { shape: v.shape, ...(v.overTime ? { over: v.over, days: Number(v.days) } : { by: v.by }) } : {}),
  });
  const done = await openDialog({
    title: t("web.widget.edit"), submit: t("web.widget.apply"), wide: true, cls: "view-editor",
    body: (d) => {
      dialog = d;
      const problem = (/** @type {string} */ field) => /** @type {any} */ (d).problem?.of?.(field) ?? "";
      return html`<div class="pair">
          <talka-input .label=${t("web.widget.title")} required maxlength="80" .value=${v.title} .error=${problem("title")} @input=${(/** @type {any} */ e) => (v.title = e.currentTarget.value)}></talka-input>
          ${pick(t("web.widget.kind"), pairs(KINDS, (k) => t(`web.widget.kind.${k}`)), v.kind, (kind) => set({ kind }), problem("kind"))}</div>
        ${which.view(problem("q"))}
        ${v.kind === "list" ? html`<div class="pair">
          ${pick(t("web.view.order"), SORTABLE.flatMap((key) => [`-${key}`, key]).map((s) => [s, sortLabel(s)]), v.sort, (sort) => set({ sort }), problem("sort"))}
          ${pick(t("web.widget.limit"), pairs(["5", "8", "10", "20", "50"], (n) => n), v.limit, (limit) => set({ limit }), problem("limit"))}</div>` : nothing}
        ${v.kind === "average" ? pick(t("web.widget.average.by"), pairs(scales, groupLabel), scales.includes(v.by) ? v.by : scales[0] ?? "", (by) => set({ by }), problem("by")) : nothing}
        ${v.kind === "chart" ? html`<div class="pair">
            ${pick(t("web.widget.goes"), pairs(["by", "over"], (k) => t(`web.widget.goes.${k}`)), v.overTime ? "over" : "by", (k) => set({ overTime: k === "over" }))}
            ${v.overTime ? pick(t("web.widget.days"), pairs(DAYS, (n) => t("web.widget.days.n", { n: Number(n) })), v.days, (days) => set({ days }), problem("days"))
              : pick(t("web.widget.by"), pairs([...GROUPS, ...more], groupLabel), v.by, (by) => set({ by }), problem("by"))}
            ${pick(t("web.widget.shape"), pairs(v.overTime ? ["line", "bar"] : ["bar", "pie"], (k) => t(`web.widget.shape.${k}`)), v.shape, (shape) => set({ shape }), problem("shape"))}</div>
          ${v.overTime ? html`<talka-checks .label=${t("web.widget.over")} .options=${pairs(TIMES, (k) => t(`web.chart.over.${k}`).toLowerCase())} .value=${v.over} .error=${problem("over")}
            @change=${(/** @type {any} */ e) => set({ over: e.currentTarget.value })}></talka-checks>` : nothing}` : nothing}`;
    },
    onSubmit: async () => {
      const errors = [
        ...(v.title.trim() ? [] : [{ field: "title", message: t("web.required") }]),
        ...(v.kind === "chart" && v.overTime && !v.over.length ? [{ field: "over", message: t("web.required") }] : []),
      ];
      if (errors.length) throw new Problem(422, { errors });
      const asked = figure();
      // the server says whether it understands the question before the widget is put down
      const [answer] = (await call("POST", "/ticket-figures", { body: { figures: [asked] } })).data.items;
      if (answer.problem) throw new Problem(422, { detail: answer.problem, errors: [{ field: "q", message: answer.problem }] });
      return { title: v.title.trim(), ...asked };
    },
  });
  which.end();
  return done;
}

/** What there is to add. @returns {Promise<any>} a widget without its place */
export async function chooseWidget() {
  const chosen = await openDialog({
    title: t("web.dash.add"), noFoot: true, wide: true, cls: "widget-chooser",
    body: (d) => {
      const ready = offered().filter((each) => each.figure || each.item.script || each.item.frame);
      const entry = (/** @type {any} */ what, /** @type {string} */ sign, /** @type {string} */ name, /** @type {string} */ hint) =>
        html`<li><button type="button" class="canned-pick" @click=${() => d.close(what)}><span>${icon(sign)}<b>${name}</b></span><span class="faint">${hint}</span></button></li>`;
      return html`<h3>${t("web.widget.own")}</h3>
        <ul class="canned-list short">${KINDS.map((kind) => entry({ own: kind }, SIGNS[kind], t(`web.widget.kind.${kind}`), t(`web.widget.kind.${kind}.hint`)))}</ul>
        <h3>${t("web.widget.ready")}</h3>
        <ul class="canned-list">${ready.map((each) => entry({ ready: each }, each.item.icon || SIGNS[each.figure?.kind ?? ""] || "modules", each.name,
          each.item.module === "core" ? t(`web.widget.kind.${each.figure?.kind ?? "other"}`) : t("web.widget.from", { module: moduleTitle(each.item.module) })))}</ul>`;
    },
  });
  const { own, ready } = /** @type {any} */ (chosen ?? {});
  if (own) {
    const made = await editWidget({ kind: own });
    return made && { ...SIZES[made.kind], ...made };
  }
  if (!ready) return undefined;
  const view = ready.item.view ?? {};
  const size = SIZES[ready.figure?.kind ?? "list"];
  return { kind: "contributed", source: ready.source, was: ready.name, width: view.width || size.width, height: view.height || size.height };
}

/**
 * @param {import("./dashboard.js").Dashboard | undefined} of without it a new one is made
 * @param {(values: any) => Promise<any>} save
 * @returns {Promise<any>} what was saved
 */
export async function editSettings(of, save) {
  const teams = await desk.teams().catch(() => []);
  const mine = teams.filter((/** @type {any} */ team) => desk.can("dashboard:share") || (desk.me.teams ?? []).some((/** @type {any} */ m) => (m.key ?? m) === team.key));
  const v = { name: of?.name ?? "", audience: of?.audience ?? "private", team: of?.team?.key ?? mine[0]?.key ?? "", refreshSeconds: String(of?.refreshSeconds ?? 60) };
  return openDialog({
    title: of ? t("web.dash.settings") : t("web.dash.new"), submit: t("web.save"),
    body: (d) => {
      const problem = (/** @type {string} */ field) => /** @type {any} */ (d).problem?.of?.(field) ?? "";
      return html`<talka-input .label=${t("web.view.name")} required maxlength="80" .value=${v.name} .error=${problem("name")} @input=${(/** @type {any} */ e) => (v.name = e.currentTarget.value)}></talka-input>
        <talka-select .label=${t("web.view.audience")} required .value=${v.audience} .error=${problem("audience")} .help=${t("web.dash.audience.help")}
          .options=${pairs(["private", ...(mine.length || v.audience === "team" ? ["team"] : []), ...(desk.can("dashboard:share") || v.audience === "everybody" ? ["everybody"] : [])], (k) => t(`web.view.audience.${k}`))}
          @change=${(/** @type {any} */ e) => {
            v.audience = e.currentTarget.value;
            d.update();
          }}></talka-select>
        ${v.audience === "team" ? html`<talka-select .label=${t("web.field.team")} required .options=${mine.map((/** @type {any} */ team) => [team.key, team.name])} .value=${v.team} .error=${problem("team")}
          @change=${(/** @type {any} */ e) => (v.team = e.currentTarget.value)}></talka-select>` : nothing}
        <talka-select .label=${t("web.dash.every")} required .options=${pairs(["0", "30", "60", "300", "900"], (k) => t(`web.dash.every.${k}`))} .value=${v.refreshSeconds} .error=${problem("refreshSeconds")}
          @change=${(/** @type {any} */ e) => (v.refreshSeconds = e.currentTarget.value)}></talka-select>`;
    },
    onSubmit: () => save({ name: v.name, refreshSeconds: Number(v.refreshSeconds), audience: v.audience, ...(v.audience === "team" ? { team: v.team } : {}) }),
  });
}
