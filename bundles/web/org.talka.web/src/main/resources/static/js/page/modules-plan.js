// SPDX-License-Identifier: Apache-2.0
/** A plan as a picture: what is there now, what would be, and what that costs; then how it gets on. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { t } from "../core/i18n.js";

/** After the last step nothing can fail any more: there, nothing has to be undone. @type {(s: any, i: number, all: any[]) => boolean} */
const undoable = (s, i, all) => s.undo !== false || i === all.length - 1;
const round = (/** @type {number} */ n) => (n < 10 ? Math.max(0.1, Math.round(n * 10) / 10) : Math.round(n));
/** Actions after which other people find something changed. */
const KEEPS = new Set(["disable", "uninstall"]);
/** What was sent is not right: it would be refused again. */
const INVALID = 422;
const DANGER = new Set(["uninstall", "purge"]);

/** @param {string | undefined} state */
export const stepSign = (state) =>
  ({ done: icon("check"), failed: icon("close"), running: icon("clock"), skipped: html`<span class="faint">–</span>` })[String(state)] ?? nothing;

/** @param {any[]} steps @param {(s: any, i: number) => unknown} [more] */
export const stepList = (steps, more = () => nothing) =>
  html`<ol class="steps">${steps.map((s, i) => html`<li class="step ${s.state ?? ""}"><span class="n">${s.state && s.state !== "pending" ? stepSign(s.state) : i + 1}</span><span>${s.title}${
    s.error ? html`<span class="error">${s.error}</span>` : nothing}${more(s, i)}</span><span class="ok num">${s.seconds ? t("web.plan.seconds", { n: round(s.seconds) }) : nothing}</span></li>`)}</ol>`;

/** @param {string} heading @param {any} what */
const things = (heading, what) => {
  const list = ["ticketTypes", "navigation", "permissions", "resources", "frames"].filter((k) => what?.[k]?.length);
  return list.length ? html`<h3 class="plan-h">${heading}</h3><dl class="adds">${list.map((k) => html`<dt>${t(`web.plan.adds.${k}`)}</dt><dd>${
    what[k].map((/** @type {string} */ x) => html`<span class=${k === "frames" ? nothing : "chip"}>${x}</span>`)}</dd>`)}</dl>` : nothing;
};

/** What is done before, to modules that it needs. @param {any[]} also */
const first = (also) =>
  also?.length ? html`<h3 class="plan-h">${t("web.plan.also")}</h3><ol class="steps also">${also.map((o, i) => html`<li class="step"><span class="n">${i + 1}</span><span>${t(`web.plan.${o.action}`, { module: o.title })}${
    [...o.ticketTypes, ...o.navigation, ...(o.frames ?? [])].map((/** @type {string} */ x) => html` <span class="chip">${x}</span>`)}</span><span class="num">${o.to ?? o.from ?? ""}</span></li>`)}</ol>` : nothing;

/** Now and afterwards, side by side. @param {any} plan */
const picture = (plan) => {
  const gone = ["uninstall", "purge"].includes(plan.action);
  const now = plan.action === "import" ? t("web.plan.exported") : (plan.from ?? (plan.action === "enable" ? plan.to : undefined) ?? t("web.plan.not"));
  const then = plan.action === "disable" ? t("web.plan.stopped") : gone ? t(`web.plan.after.${plan.action}`) : plan.action === "import" ? t("web.plan.after.uninstall") : (plan.to ?? plan.from ?? "");
  return html`<div class="before-after"><div><span class="faint">${t("web.plan.before")}</span><b class="num">${now}</b></div>${icon("arrow")}<div><span class="faint">${t("web.plan.after")}</span><b class="num">${then}</b></div></div>`;
};

/** More changes than this are told on request: what can't be taken back always. */
const FEW_CHANGES = 2;

/** @param {any[]} changes to the module's tables */
const tables = (changes) => {
  const line = (/** @type {any} */ c) => html`<span>${c.description}${c.contract ? html` <span class="faint">${t("web.plan.data.later")}</span>` : nothing}${
    c.undo ? nothing : html` <span class="warn">${t("web.plan.noundo")}</span>`}</span>`;
  if (changes.length <= FEW_CHANGES) return changes.map(line);
  const plain = changes.filter((c) => c.undo && !c.contract);
  return html`${changes.filter((c) => !plain.includes(c)).map(line)}
    <details><summary>${t("web.plan.data.count", { n: plain.length })}</summary>${plain.map(line)}</details>`;
};

/** What an administrator weighs, one line each. @param {any} plan @param {boolean} blocked @param {number} seconds @param {boolean} [untrusted] was said already */
const facts = (plan, blocked, seconds, untrusted) => {
  const bundles = plan.bundles ?? [];
  const changes = plan.databaseChanges ?? [];
  return html`<dl class="adds facts">
    ${plan.signature && !untrusted ? html`<dt>${t("web.plan.signature")}</dt><dd>${plan.signature.text}</dd>` : nothing}
    ${bundles.length ? html`<dt>${t("web.plan.guard")}</dt><dd>${blocked ? t("web.plan.guard.blocked") : t(plan.also?.length || plan.affects?.length ? "web.plan.guard.named" : "web.plan.guard.own", { n: new Set(bundles.map((/** @type {any} */ b) => b.bundle)).size })}</dd>` : nothing}
    ${seconds ? html`<dt>${t("web.plan.time")}</dt><dd>${t("web.plan.about", { n: round(seconds) })}</dd>` : nothing}
    ${changes.length ? html`<dt>${t("web.plan.data")}</dt><dd>${tables(changes)}</dd>` : nothing}
    ${plan.wayBack ? html`<dt>${t("web.plan.back")}</dt><dd>${plan.wayBack}</dd>` : nothing}</dl>`;
};

/** @param {any} o @param {string} title */
const progress = (o, title) => {
  if (o.state === "running") return html`<div class="say" role="status">${icon("clock")}<div><b>${t("web.plan.now")}</b> ${t("web.plan.now.text")}</div></div>`;
  const good = o.state === "succeeded";
  const error = o.error ?? o.steps?.find((/** @type {any} */ s) => s.error)?.error;
  return html`<div class="say ${good ? "" : "bad"}" role="status">${icon(good ? "check" : "warn")}<div><b>${t(`web.operation.${o.state}`, { module: title })}</b>${
    good ? nothing : html`<p>${error ?? ""}</p><p>${t(`web.operation.${o.state}.text`)}</p>`}${
    o.differences?.length ? html`<p>${t("web.operation.differs")} ${o.differences.join(" ")}</p>` : nothing}</div></div>`;
};

/**
 * @param {{plan: any, operation: any, problem: any, untrusted?: boolean, title: string, titleOf: (id: string) => string,
 *   agreed: boolean, agree: (yes: boolean) => void, apply: () => void, again?: () => void, cancel: () => void, close: () => void}} v
 */
export function planCard(v) {
  const { plan, operation, problem } = v;
  if (problem) {
    return html`<section class="card plan" tabindex="-1" aria-label=${t("web.plan.title")}><div class="say bad" role="alert">${icon("warn")}<div><b>${t("web.plan.refused")}</b>${problem.errors?.length ? nothing : html`<p>${problem.message}</p>`}
      ${problem.errors?.map((/** @type {any} */ e) => html`<p>${e.message}</p>`)}<p class="faint">${t("web.plan.refused.text")}</p></div></div>
      <div class="foot"><button class="btn" @click=${v.close}>${t("web.close")}</button>${v.again && problem.status !== INVALID ? html`<button class="btn primary" @click=${v.again}>${t("web.plan.again")}</button>` : nothing}</div></section>`;
  }
  if (!plan) return nothing;
  const planned = plan.steps ?? [];
  const seconds = [...planned, ...(plan.also ?? [])].reduce((/** @type {number} */ sum, /** @type {any} */ s) => sum + (s.seconds ?? 0), 0);
  const blocked = plan.blockers?.length > 0;
  const quiet = !plan.affects?.length && plan.action !== "purge";
  // the headline says already that nobody will notice
  const summary = String(plan.summary ?? t(`web.plan.say.${plan.action}`)).replace(t("module.note.nobody"), "");
  const steps = operation?.steps?.length ? operation.steps : planned;
  const noUndo = (/** @type {any} */ s, /** @type {number} */ i) => !operation && !undoable(s, i, planned) ? html` <span class="warn">${t("web.plan.noundo")}</span>` : nothing;
  return html`<section class="card plan" tabindex="-1" aria-label=${t("web.plan.title")}><h2>${t(`web.plan.${plan.action}`, { module: v.title })}</h2>
    ${operation ? progress(operation, v.title) : html`${picture(plan)}${blocked
      ? html`<div class="say bad">${icon("warn")}<div><b>${t("web.plan.blocked")}</b>${plan.blockers.map((/** @type {any} */ b) => html`<p>${b.message} <span class="muted">${b.remedy}</span></p>`)}</div></div>`
      : html`<div class="say ${plan.action === "purge" ? "bad" : ""}">${icon(plan.action === "purge" ? "warn" : "check")}<div>${plan.action === "purge" ? nothing : html`<b>${t(quiet ? "web.plan.nobody" : "web.plan.some")}</b> `}${summary}
        ${KEEPS.has(plan.action) ? html`<p>${t(`web.plan.keeps.${plan.action}`)}</p>` : nothing}
        ${plan.affects?.length ? html`<p>${t("web.plan.affects")} ${plan.affects.map((/** @type {string} */ a) => html`<span class="chip">${v.titleOf(a)}</span> `)}</p>` : nothing}</div></div>`}
      ${v.untrusted && !blocked ? html`<div class="say bad" role="note">${icon("warn")}<div><b>${plan.signature.text}</b></div></div>` : nothing}
      ${plan.consent?.length && !blocked ? html`<div class="say bad consent">${icon("warn")}<div><b>${t("web.plan.consent")}</b>${plan.consent.map((/** @type {string} */ c) => html`<p>${c}</p>`)}
        <label class="check"><input type="checkbox" .checked=${v.agreed} @change=${(/** @type {any} */ e) => v.agree(e.target.checked)} /> <span>${t("web.plan.consent.agree")}</span></label></div></div>` : nothing}
      ${first(plan.also)}${facts(plan, blocked, seconds, v.untrusted && !blocked)}${things(t("web.plan.adds"), plan.adds)}${things(t("web.plan.removes"), plan.removes)}<h3 class="plan-h">${t("web.plan.steps")}</h3>`}
    ${stepList(steps, noUndo)}
    <div class="foot">${operation && operation.state !== "running" ? html`${operation.state === "succeeded" || !v.again ? nothing : html`<button class="btn" @click=${v.again}>${t("web.plan.again")}</button>`}<button class="btn" @click=${v.close}>${t("web.close")}</button>`
      : operation ? html`<span class="faint grow">${t("web.plan.running")}</span><button class="btn quiet" @click=${v.cancel}>${t("web.plan.cancel")}</button>`
      : html`<span class="grow"></span><button class="btn quiet" @click=${v.close}>${t("web.cancel")}</button>
        <button class="btn ${DANGER.has(plan.action) ? "danger" : "primary"}" ?disabled=${blocked || (plan.consent?.length && !v.agreed)} @click=${v.apply}>${t(`web.plan.apply.${plan.action}`)}</button>`}</div></section>`;
}
