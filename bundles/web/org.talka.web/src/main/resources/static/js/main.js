// SPDX-License-Identifier: Apache-2.0
/** The start of every tab. */
import { loadWords, currentLanguage } from "./core/i18n.js";
import { interceptLinks } from "./core/router.js";
import "./kit/index.js";
import "./core/app.js";

interceptLinks();

let stored = null;
try {
  stored = localStorage.getItem("talka.language");
} catch {
  // without storage the browser's language stands
}
loadWords(stored ?? currentLanguage())
  .catch(() => loadWords("en"))
  .catch(() => {})
  .finally(() => /** @type {any} */ (document.querySelector("talka-app")).start());
