import { html } from "lit";
import { TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { VERSION } from "./version.js";

export const api = 1;

/** Has something to say to words that somebody writes. */
export default class extends TalkaElement {
  render() {
    const { item, text } = this.context;
    return html`<p>${t("ui.frozen.says", { point: item.point, version: VERSION, who: text })}</p>`;
  }
}
