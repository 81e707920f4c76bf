// SPDX-License-Identifier: Apache-2.0
/** Where fields are shown. What modules show them with is loaded with the first module that has any: see `desk.js`. */
import { html, nothing } from "lit";
import { desk } from "./desk.js";

/**
 * A field as its module shows it, or as the shell does when no module wants to.
 *
 * @param {string} point
 * @param {{key: string, type: string}} field
 * @param {Record<string, any>} extra
 * @param {() => unknown} standIn
 * @param {(value: any) => void} [changed]
 */
export const fieldPart = (point, field, extra, standIn, changed = () => {}) =>
  desk.fieldPart(point, field) && customElements.get("talka-field-part")
    ? html`<talka-field-part class=${point === "field.editor" ? nothing : "inline"} .changed=${changed} .standIn=${standIn} .point=${point} .field=${field} .extra=${extra}></talka-field-part>`
    : standIn();
