// SPDX-License-Identifier: Apache-2.0
/** The one stream of events of a tab. The browser reconnects and resumes by itself. */

const target = new EventTarget();
/** @type {EventSource | null} */
let source = null;
/** @type {number | undefined} */
let retry;
let wait = 1000;
const NAMES = ["hello", "ticket", "modules", "session", "operation"];

export function startLive() {
  if (source) return;
  source = new EventSource("/api/v1/events");
  for (const name of NAMES) {
    source.addEventListener(name, (e) => {
      wait = 1000;
      let data = {};
      try {
        data = JSON.parse(/** @type {MessageEvent} */ (e).data || "{}");
      } catch {
        // an event without a readable body still says that something happened
      }
      target.dispatchEvent(new CustomEvent(name, { detail: data }));
    });
  }
  source.onerror = () => {
    // closed for good (the server answered an error): try again ourselves, ever more slowly
    if (source?.readyState === EventSource.CLOSED) {
      source = null;
      clearTimeout(retry);
      retry = setTimeout(again, wait);
      wait = Math.min(wait * 2, 60000);
    }
  };
}

/** The stream may have been refused because nobody is signed in any more. */
async function again() {
  try {
    const session = await (await fetch("/api/v1/session")).json();
    if (session.signedIn === false) {
      target.dispatchEvent(new CustomEvent("session", { detail: { ended: true } }));
      return;
    }
  } catch {
    // no network: the stream will tell
  }
  if (!source) startLive();
}

export function stopLive() {
  clearTimeout(retry);
  source?.close();
  source = null;
}

/**
 * @param {string} name `ticket`, `modules`, `session`, `hello`
 * @param {(data: any) => void} listener
 * @returns {() => void} ends it
 */
export function onLive(name, listener) {
  const handler = (/** @type {Event} */ e) => listener(/** @type {CustomEvent} */ (e).detail);
  target.addEventListener(name, handler);
  return () => target.removeEventListener(name, handler);
}

addEventListener("pagehide", stopLive);
addEventListener("pageshow", (e) => {
  if (e.persisted) location.reload();
});
