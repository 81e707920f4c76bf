// SPDX-License-Identifier: Apache-2.0
/** The answers to what the page's HTML asks for before any script of it runs. */

/** What the page asked for while its scripts were on their way: each answer is for whoever asks first. @type {Map<string, Promise<Response | null>> | undefined} */
let ahead = /** @type {any} */ (globalThis).talkaAhead;

/** @param {string} path @returns {Promise<Response | null | undefined>} nothing when it was not asked for, or did not arrive */
export function askedAhead(path) {
  const answer = ahead?.get(path);
  ahead?.delete(path);
  return answer ?? Promise.resolve(undefined);
}

/** From now on everything is asked anew. */
export function endAhead() {
  ahead = undefined;
}
