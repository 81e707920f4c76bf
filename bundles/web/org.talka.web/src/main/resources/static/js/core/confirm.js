// SPDX-License-Identifier: Apache-2.0
/** Asks who is signed in for the password again, before something that a stolen session must not do. */
import { html } from "lit";
import { post } from "./api.js";
import { t } from "./i18n.js";
import { openDialog } from "../kit/overlay.js";

/** One dialog, however many calls wait for it. @type {Promise<boolean> | null} */
let asking = null;

/** @returns {Promise<boolean>} false when it was given up */
export function confirmPassword() {
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

async function ask() {
  let password = "";
  const typed = (/** @type {any} */ e) => (password = e.target.value ?? password);
  const done = await openDialog({
    title: t("web.confirm.title"),
    submit: t("web.confirm.go"),
    body: () => html`<p>${t("web.confirm.text")}</p><talka-input .label=${t("web.signin.password")} type="password" autocomplete="current-password" required autofocus @input=${typed} @change=${typed}></talka-input>`,
    onSubmit: async () => {
      try {
        await post("/session/confirmation", { password });
      } catch (problem) {
        throw new Error(/** @type {any} */ (problem).of?.("password") || /** @type {any} */ (problem).message);
      }
      return true;
    },
  });
  return done === true;
}
