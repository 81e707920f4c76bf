// SPDX-License-Identifier: Apache-2.0
/** Keys. Single letters act only outside of text and can be switched off (WCAG 2.1.4). */

/** @type {Map<string, {words: string, act: (e: KeyboardEvent) => void, area: string}>} */
const known = new Map();
const OFF = "talka.shortcuts.off";

export const shortcutsOn = () => localStorage.getItem(OFF) === null;
/** @param {boolean} on */
export const setShortcuts = (on) => {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
};

/**
 * @param {string} key as KeyboardEvent.key gives it, with `Ctrl+` before where it is held
 * @param {string} words text key that says what it does
 * @param {(e: KeyboardEvent) => void} act
 * @param {string} [area]
 * @returns {() => void} ends it
 */
export function shortcut(key, words, act, area = "web.keys.everywhere") {
  const entry = { words, act, area };
  known.set(key, entry);
  return () => {
    if (known.get(key) === entry) known.delete(key);
  };
}

export const shortcuts = () => [...known].map(([key, s]) => ({ key, ...s }));

const typing = (/** @type {EventTarget | undefined} */ n) =>
  n instanceof HTMLElement &&
  (n.isContentEditable || n.matches("input:not([type=checkbox], [type=radio], [type=button], [type=file], [type=color], [type=range]), textarea, select"));

addEventListener("keydown", (e) => {
  if (e.defaultPrevented || e.isComposing || e.altKey) return;
  const held = e.ctrlKey || e.metaKey;
  const inText = typing(e.composedPath()[0]);
  const inDialog = !!document.querySelector("dialog[open]");
  const name = held ? `Ctrl+${e.key.toLowerCase()}` : e.key.length === 1 ? e.key.toLowerCase() : e.key;
  const found = known.get(name);
  if (!found || (!held && (inText || (e.key.length === 1 && !shortcutsOn())))) return;
  if (inDialog && !held) return;
  const onControl = e.composedPath()[0] instanceof HTMLElement &&
    /** @type {HTMLElement} */ (e.composedPath()[0]).matches("button, a, summary, [role=option], [role=menuitem], [role=tab]");
  if (onControl && (e.key === "Enter" || e.key === " ")) return;
  e.preventDefault();
  found.act(e);
});
