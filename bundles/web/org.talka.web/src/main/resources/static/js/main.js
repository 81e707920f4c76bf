// SPDX-License-Identifier: Apache-2.0
/** The start of every tab. */
import { currentLanguage, keptLanguage, loadWords } from "./core/i18n.js";
import { interceptLinks } from "./core/router.js";
import "./kit/index.js";
import "./core/app.js";

interceptLinks();
// the page comes first
addEventListener("load", () => import("./core/worker.js").then((worker) => worker.keepOfflinePage()).catch(() => {}));

const words = loadWords(keptLanguage() ?? currentLanguage())
  .catch(() => loadWords("en"))
  .catch(() => {});
/** @type {any} */ (document.querySelector("talka-app")).start(words);
