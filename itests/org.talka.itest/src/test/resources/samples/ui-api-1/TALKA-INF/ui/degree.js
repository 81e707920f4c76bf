import { html } from "lit";
import { TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const api = 1;

/** An editor: it shows the value that it is given, and says which one it should be. */
export default class extends TalkaElement {
  render() {
    const { label, value, disabled, change } = this.context;
    const n = Number(value ?? 0);
    return html`<div role="group" aria-label=${label}>
      <button type="button" class="btn" ?disabled=${disabled || n >= 9} @click=${() => change(n + 1)}>${t("ui.frozen.colder")}</button>
      <button type="button" class="btn" ?disabled=${disabled || n <= 0} @click=${() => change(n - 1)}>${t("ui.frozen.warmer")}</button>
      <span role="status">${t("ui.frozen.degrees", { n })}</span></div>`;
  }
}
