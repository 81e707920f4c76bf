// SPDX-License-Identifier: Apache-2.0
/** Stars that say how satisfied somebody was. */
import { html } from "lit";
import { icon } from "../kit/icons.js";
import { t } from "../core/i18n.js";

export const ALL = [1, 2, 3, 4, 5];

/** @param {number} n 1 to 5 */
export const stars = (n) =>
  html`<span class="stars" role="img" aria-label=${t("web.rating.stars", { n })}>${ALL.map((i) => html`<span class=${i <= n ? "on" : ""}>${icon("star")}</span>`)}</span>`;
