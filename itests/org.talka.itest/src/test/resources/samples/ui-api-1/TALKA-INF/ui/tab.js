import { html } from "lit";
import { TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { VERSION } from "./version.js";

export const api = 1;

/** Form elements of the kit and tabs, in the element's own shadow root. */
export default class extends TalkaElement {
  render() {
    const { item, ticket } = this.context;
    return html`<p>${t("ui.frozen.says", { point: item.point, version: VERSION, who: ticket.key })}</p>
      <talka-select .label=${t("ui.frozen.degree")} .options=${[["1", "1"], ["2", "2"]]} .value=${"1"}></talka-select>
      <talka-switch .label=${t("ui.frozen.colder")} .value=${true}></talka-switch>`;
  }
}
