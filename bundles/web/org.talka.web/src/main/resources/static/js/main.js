// SPDX-License-Identifier: Apache-2.0
/** The start of every tab. */
import { currentLanguage, keptLanguage, loadWords } from "./core/i18n.js";
import { interceptLinks } from "./core/router.js";
import "./kit/index.js";
import "./core/app.js";

interceptLinks();
// the page comes first
addEventListener("load", () => import("./core/worker.js").then((worker) => worker.keepOfflinePage()).catch(() => {}));

/** Nothing can be said without words, so they are asked for until they come. */
async function firstWords() {
  for (let pause = 500; ; pause = Math.min(2 * pause, 8000)) {
    try {
      return await loadWords(keptLanguage() ?? currentLanguage()).catch(() => loadWords("en"));
    } catch {
      await new Promise((later) => setTimeout(later, pause));
    }
  }
}
const words = firstWords();
/** @type {any} */ (document.querySelector("talka-app")).start(words);
