import { html } from "lit";
import { TalkaElement } from "@talka/ui";
import { VERSION } from "./version.js";

export const api = 1;

/** How a value reads, on a ticket and in a list. */
export default class extends TalkaElement {
  render() {
    return html`<span>−${this.context.value} °C (${VERSION})</span>`;
  }
}
