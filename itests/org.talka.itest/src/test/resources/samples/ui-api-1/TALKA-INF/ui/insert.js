import { html } from "lit";
import { TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const api = 1;

/** Puts words into what somebody writes. */
export default class extends TalkaElement {
  render() {
    return html`<button type="button" class="btn quiet" @click=${() => this.context.insert(t("ui.frozen.words"))}>${t("ui.frozen.put")}</button>`;
  }
}
