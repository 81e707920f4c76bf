// SPDX-License-Identifier: Apache-2.0
/** Saving a change while others work on the same ticket. */
import { html } from "lit";
import { openDialog } from "../kit/overlay.js";
import { call, enc, patch } from "./api.js";
import { fieldLabel, toBody, toInput, valueOf, viewer } from "./fields.js";
import { t } from "./i18n.js";

const same = (/** @type {any} */ a, /** @type {any} */ b) => JSON.stringify(toInput(a) ?? null) === JSON.stringify(toInput(b) ?? null);

/**
 * Saves values. When somebody else saved first, what does not touch is merged by itself, and for
 * what does the person chooses field by field.
 *
 * @param {any} base the ticket as it was when the person began
 * @param {string} etag
 * @param {Record<string, any>} values edited values by field
 * @param {any[]} fields descriptions
 * @returns {Promise<{data: any, etag: string, merged: boolean} | undefined>} undefined when cancelled
 */
export async function save(base, etag, values, fields) {
  const path = `/tickets/${enc(base.key)}`;
  let merged = false;
  for (;;) {
    try {
      return { .../** @type {any} */ (await patch(path, toBody(values), etag)), merged };
    } catch (problem) {
      if (/** @type {any} */ (problem).status !== 412) throw problem;
    }
    const now = await call("GET", path);
    merged = true;
    const clash = Object.keys(values).filter((key) => !same(valueOf(base, key), valueOf(now.data, key)) && !same(values[key], valueOf(now.data, key)));
    if (clash.length) {
      const chosen = await choose(now.data, values, clash, fields);
      if (!chosen) return undefined;
      for (const key of clash) if (chosen[key] === "theirs") delete values[key];
      if (!Object.keys(values).length) return { data: now.data, etag: now.etag, merged };
    }
    base = now.data;
    etag = now.etag;
  }
}

/** @returns {Promise<Record<string, "mine" | "theirs"> | undefined>} */
async function choose(/** @type {any} */ theirs, /** @type {Record<string, any>} */ mine, /** @type {string[]} */ clash, /** @type {any[]} */ fields) {
  /** @type {Record<string, "mine" | "theirs">} */
  const chosen = Object.fromEntries(clash.map((key) => [key, "mine"]));
  return openDialog({
    title: t("web.conflict.title"), wide: true, submit: t("web.conflict.save"),
    onSubmit: () => chosen,
    body: (d) => html`<p>${t("web.conflict.text")}</p>${clash.map((key) => {
      const field = fields.find((f) => f.key === key) ?? { key, type: "text" };
      const option = (/** @type {"mine" | "theirs"} */ which, /** @type {any} */ value) => html`<label class="option ${chosen[key] === which ? "on" : ""}">
        <input type="radio" name="clash-${key}" .checked=${chosen[key] === which} @change=${() => {
          chosen[key] = which;
          d.update();
        }}><span><b>${t(`web.conflict.${which}`)}</b><span class="conflict-value">${viewer(field, value)}</span></span></label>`;
      return html`<fieldset class="conflict"><legend>${fieldLabel(key)}</legend>${option("theirs", valueOf(theirs, key))}${option("mine", mine[key])}</fieldset>`;
    })}`,
  });
}
