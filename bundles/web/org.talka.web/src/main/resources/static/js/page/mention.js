// SPDX-License-Identifier: Apache-2.0
/** Calling somebody by name in a text: who is being called, and who could be. */
import { html } from "lit";
import { icon } from "../kit/icons.js";
import { avatar } from "../kit/small.js";
import { enc, get, query } from "../core/api.js";

/** As the server reads it: an address or a path is no call. */
const CALL = /(?:^|[^\p{L}\p{N}_.@/+-])@([\p{L}\p{N}._:-]{0,40})$/u;
const MOST = 8;

/**
 * What stands between an @ and the cursor.
 * @param {string} text @param {number} at
 * @returns {{from: number, q: string} | null} null where nobody is being called
 */
export function calling(text, at) {
  const found = CALL.exec(text.slice(0, at));
  return found ? { from: at - found[1].length - 1, q: found[1] } : null;
}

/** Who may read the comment. @param {string} key @param {string} q @param {string} visibility @param {AbortSignal} signal */
export const callable = async (key, q, visibility, signal) =>
  (await get(`/tickets/${enc(key)}/mentionable${query({ q, visibility, limit: MOST })}`, signal)).items;

/** @param {{kind: string, name: string}} item */
export const signOf = (item) => (item.kind === "team" ? html`<span class="avatar small">${icon("people")}</span>` : avatar(item.name, "small"));
