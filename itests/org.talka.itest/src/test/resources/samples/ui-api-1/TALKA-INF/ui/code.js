import { html } from "lit";
import { TalkaElement } from "@talka/ui";

export const api = 1;

/** An editor of a kind of field: with an element of the kit, in capitals. */
export default class extends TalkaElement {
  render() {
    const { label, value, disabled, change } = this.context;
    return html`<talka-input hideLabel .label=${label} .value=${value ?? ""} ?disabled=${disabled}
      @input=${(e) => change(e.currentTarget.value.toUpperCase())}></talka-input>`;
  }
}
