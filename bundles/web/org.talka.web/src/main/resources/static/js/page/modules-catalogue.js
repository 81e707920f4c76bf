// SPDX-License-Identifier: Apache-2.0
/** What could be installed: the catalogue, what was uninstalled, and the records of what is gone. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { openDialog } from "../kit/overlay.js";
import { call, enc, remove } from "../core/api.js";
import { desk } from "../core/desk.js";
import { formatDateTime, t } from "../core/i18n.js";

const GONE = new Set(["REMOVED", "PURGED"]);
/** @param {any} m */
export const isGone = (m) => GONE.has(m.state);

/** Whether one version comes after another: OSGi's order, part by part, the qualifier as text. @param {string} a @param {string} b */
export const isNewer = (a, b) => {
  const parts = (/** @type {string} */ v) => {
    const [x, y, z, ...q] = v.split(/[.-]/);
    return [Number(x) || 0, Number(y) || 0, Number(z) || 0, q.join(".")];
  };
  const x = parts(a);
  const y = parts(b);
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return x[i] > y[i];
  return false;
};

/**
 * Everything that is not installed, each once.
 * @param {any[]} modules @param {any[]} catalogue
 */
export function offersOf(modules, catalogue) {
  const here = new Set(modules.filter((m) => !isGone(m)).map((m) => m.id));
  const offers = catalogue.filter((c) => !here.has(c.id)).map((c) => ({ ...c, was: modules.find((m) => m.id === c.id) }));
  const known = new Set(offers.map((c) => c.id));
  // what came by upload is in no catalogue, but its archive is kept
  for (const m of modules) if (isGone(m) && !known.has(m.id)) offers.push({ id: m.id, title: m.title, version: m.version, description: "", icon: "modules", was: m, kept: true });
  return offers;
}

/** @param {string} words @param {...(string | undefined)} texts */
export const matches = (words, ...texts) => {
  const text = texts.join(" ").toLocaleLowerCase();
  return words.toLocaleLowerCase().split(/\s+/).every((w) => text.includes(w));
};

/** Asks for the reason of a legal hold. @param {any} m */
export const holdDialog = (m) => {
  let reason = "";
  return openDialog({
    title: t("web.hold.title", { module: m.title }),
    submit: t("web.hold.set"),
    body: () => html`<p>${t("web.hold.text")}</p><talka-textarea .label=${t("web.hold.reason")} .required=${true} @change=${(/** @type {any} */ e) => (reason = e.target.value)} @input=${(/** @type {any} */ e) => (reason = e.target.value ?? reason)}></talka-textarea>`,
    onSubmit: async () => {
      await call("PUT", `/modules/holds/${enc(m.id)}`, { body: { reason } });
      return true;
    },
  });
};

/** @param {any} m */
export const releaseHold = (m) => remove(`/modules/holds/${enc(m.id)}`);

/** Has the module's name typed before its records go. @param {string} title @param {string} id @returns {Promise<string | undefined>} */
export const purgeDialog = (title, id) => {
  let typed = "";
  return openDialog({
    title: t("web.plan.purge", { module: title }),
    submit: t("web.plan.apply.purge"),
    danger: true,
    body: () => html`<p>${t("web.purge.text")}</p><talka-input .label=${t("web.purge.type", { module: title })} @input=${(/** @type {any} */ e) => (typed = e.target.value ?? typed)}></talka-input>`,
    onSubmit: () => {
      const name = typed.trim().toLocaleLowerCase();
      if (name !== title.toLocaleLowerCase() && name !== id) throw new Error(t("web.purge.other", { module: title }));
      return typed.trim();
    },
  });
};

/**
 * @param {{offer: any, hold: any, exports: any[], busy: string, ask: (action: string, m: any, version?: string) => void,
 *   bring: (file: string) => void, holds: () => void}} v
 */
export function offerRow(v) {
  const { offer: c, hold } = v;
  const was = c.was;
  const mine = v.exports.filter((x) => x.module === c.id);
  const menu = [
    ...(was?.state === "REMOVED" && desk.can("module:purge") && !hold ? [{ label: t("web.module.purge"), icon: "close", danger: true, act: () => v.ask("purge", c) }] : []),
    ...(was?.state === "PURGED" && desk.can("module:purge") ? mine.map((x) => ({ label: t("web.module.import", { at: formatDateTime(x.made) }), icon: "undo", act: () => v.bring(x.file) })) : []),
    ...(was && desk.can("module:hold") ? [hold ? { label: t("web.hold.release"), icon: "lock", act: () => releaseHold(c).then(v.holds, v.holds) } : { label: t("web.hold.menu"), icon: "lock", act: () => holdDialog(c).then(v.holds) }] : []),
  ];
  return html`<li class="mod off"><span class="ic">${icon(c.icon || "modules")}</span><b>${c.title}</b>
    <span class="a">${was ? html`<span class="chip">${t(`web.module.state.${was.state}`)}</span>` : nothing}${desk.can("module:admin") ? html`<button class="btn" aria-label="${t("web.module.install")}: ${c.title}" ?disabled=${!!v.busy} @click=${() => v.ask("install", c, c.version)}>${t("web.module.install")}</button>` : nothing}
      ${menu.length ? html`<talka-menu .label=${t("web.module.menu", { module: c.title })} .face=${icon("more")} .items=${menu}></talka-menu>` : nothing}</span>
    <span class="d"><span class="num">${c.version}</span> · ${was?.state === "REMOVED" ? t("web.module.kept") : c.description}${hold ? html`<br>${icon("lock")} ${t("web.hold.on", { by: hold.heldBy, reason: hold.reason })}` : nothing}</span></li>`;
}
