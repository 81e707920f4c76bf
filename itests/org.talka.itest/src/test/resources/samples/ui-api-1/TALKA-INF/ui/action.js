import { html } from "lit";
import { confirmDialog, openDialog, TalkaElement, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const api = 1;

/** A button among a ticket's, with dialogs. */
export default class extends TalkaElement {
  async act() {
    if (!(await confirmDialog({ title: t("ui.frozen.action"), text: t("ui.frozen.words"), submit: t("ui.frozen.ask") }))) return;
    let degree = "";
    const done = await openDialog({
      title: t("ui.frozen.degree"), submit: t("ui.frozen.colder"),
      body: () => html`<talka-input .label=${t("ui.frozen.degree")} .value=${degree} @input=${(e) => (degree = e.currentTarget.value)}></talka-input>`,
      onSubmit: async () => degree,
    });
    if (done) toast(t("ui.frozen.degrees", { n: Number(done) }));
  }
  render() {
    return html`<button class="btn" @click=${() => this.act()}>${t("ui.frozen.action")}</button>`;
  }
}
