// SPDX-License-Identifier: Apache-2.0
/** Light, dark, or what the system says; kept in this browser. */
export const THEMES = ["system", "light", "dark"];
const KEY = "talka.theme";

export const theme = () => document.documentElement.dataset.theme ?? "system";

/** @param {string} wanted */
export function setTheme(wanted) {
  if (wanted === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
  try {
    if (wanted === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, wanted);
  } catch {
    // it holds for this page
  }
}
