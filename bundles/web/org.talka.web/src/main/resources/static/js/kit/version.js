// SPDX-License-Identifier: Apache-2.0
/** The version of what modules are offered in the browser; the shell serves this one and the one before. */
export const API = 1;

/** The versions that are served. @param {number} [current] */
export const served = (current = API) => [current - 1, current].filter((version) => version >= 1);
