// SPDX-License-Identifier: Apache-2.0
/** Addresses. Each view has one, so that reload, back and bookmarks do what people expect. */

const target = new EventTarget();

const here = () => location.pathname + location.search;

/** Where the person is: the browser's own steps have been taken when they are heard of. */
let at = here();

/** @type {{words: () => string, lost: () => boolean} | null} */
let guard = null;

/**
 * Asks before the page is left, by whatever way; the browser asks in its own words when it is closed.
 * @param {(() => string) | null} words the question; null to stop asking
 * @param {() => boolean} [lost] whether anything would be lost now
 */
export const setLeaveGuard = (words, lost = () => true) => {
  guard = words && { words, lost };
};

function leaves() {
  if (guard?.lost() && !confirm(guard.words())) return false;
  guard = null;
  return true;
}

/** Everybody looks where the person is now. */
function arrive() {
  at = here();
  target.dispatchEvent(new Event("route"));
}

/**
 * @param {string} path
 * @param {{replace?: boolean}} [o]
 * @returns {boolean} false when somebody stays for what is not saved
 */
export function go(path, o = {}) {
  if (!leaves()) return false;
  if (o.replace) history.replaceState(null, "", path);
  else if (path !== here()) history.pushState(null, "", path);
  arrive();
  return true;
}

/** Another address for what is shown; nobody has to look. @param {string} path */
export function rename(path) {
  history.replaceState(null, "", path);
  at = here();
}

addEventListener("popstate", () => {
  if (here() !== at && !leaves()) history.pushState(null, "", at);
  else arrive();
});
addEventListener("beforeunload", (e) => {
  if (guard?.lost()) e.preventDefault();
});

/** @param {() => void} f */
export function onRoute(f) {
  target.addEventListener("route", f);
  return () => target.removeEventListener("route", f);
}

/** Makes plain links inside the product stay in the page. */
export function interceptLinks() {
  document.addEventListener("click", (e) => {
    if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const a = /** @type {HTMLAnchorElement | undefined} */ (
      e.composedPath().find((n) => n instanceof HTMLAnchorElement && n.href));
    if (!a || a.target || a.hasAttribute("download") || a.origin !== location.origin) return;
    if (!/^\/(app|portal|setup|sign-in)?(\/|$)/.test(a.pathname) || a.pathname.startsWith("/api/")) return;
    if (a.hash && a.pathname === location.pathname) return;
    e.preventDefault();
    go(a.pathname + a.search);
  });
}

/**
 * Whoever goes to another page by keyboard goes on in it, and not before the navigation or, because
 * what had the focus is gone, nowhere. A page that put the focus somewhere itself is left alone.
 * @param {ParentNode} house
 */
export function enterPage(house) {
  const main = /** @type {HTMLElement | null} */ (house.querySelector("#main"));
  const at = document.activeElement;
  const dialog = at?.closest("dialog");
  if (!main || dialog || main.contains(at)) return;
  main.tabIndex = -1;
  main.focus({ preventScroll: true });
}

/**
 * The parts of the address after a prefix, decoded.
 * @param {string} prefix
 */
export function parts(prefix) {
  const rest = location.pathname.slice(prefix.length).replace(/^\/|\/$/g, "");
  return rest ? rest.split("/").map(safeDecode) : [];
}

function safeDecode(/** @type {string} */ s) {
  try {
    return decodeURIComponent(s);
  } catch {
    return s;
  }
}
