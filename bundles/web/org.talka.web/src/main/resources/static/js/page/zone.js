// SPDX-License-Identifier: Apache-2.0
/** Chooses the time zone in which one reads and writes times. */
import { html } from "lit";
import { openDialog } from "../kit/overlay.js";
import "../kit/form.js";
import { desk } from "../core/desk.js";
import { currentZone, t } from "../core/i18n.js";

const label = (/** @type {string} */ zone) => zone.replaceAll("_", " ");
const zones = () => ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => ({ value: zone, label: label(zone) }));

export function chooseZone() {
  let chosen = currentZone();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return openDialog({
    title: t("web.zone.title"), submit: t("web.save"),
    body: (d) => html`<talka-combobox .label=${t("web.zone.zone")} .help=${t("web.zone.help", { zone: label(own) })} .error=${/** @type {any} */ (d).problem?.of?.("zone") ?? ""} .value=${chosen} .text=${label(chosen)}
      .source=${async (/** @type {string} */ text) => zones().filter((z) => z.label.toLowerCase().includes(text.toLowerCase())).slice(0, 50)} @change=${(/** @type {any} */ e) => (chosen = e.detail?.value ?? own)}></talka-combobox>`,
    onSubmit: () => desk.change({ zone: chosen }),
  });
}
