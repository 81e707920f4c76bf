// SPDX-License-Identifier: Apache-2.0
/**
 * The stream of events. The tabs of a browser share one, because a browser opens few connections to
 * a server: the tab that holds the lock has the stream and passes on what it says; when that tab
 * goes, the next one goes on from the last event. Where there are no locks (plain HTTP from another
 * machine), each tab has its own. The browser reconnects and resumes by itself.
 */

const target = new EventTarget();
const NAMES = ["hello", "ticket", "notice", "presence", "modules", "session", "operation", "appearance"];
/** @type {EventSource | null} */
let source = null;
/** @type {BroadcastChannel | null} */
let tabs = null;
/** Ends being or wanting to be the tab with the stream. @type {AbortController | null} */
let turn = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let retry;
let wait = 1000;
/** The last event that this tab knows. */
let last = "";
/** What a tab that joins is greeted with. @type {any} */
let greeting = null;

/** @param {string} person the tabs of one person share a stream */
export function startLive(person) {
  if (turn) return;
  const mine = (turn = new AbortController());
  const name = `talka.events.${person}`;
  tabs = new BroadcastChannel(name);
  tabs.onmessage = ({ data: { name, data, id } }) => {
    if (name) tell(name, data, id);
    else if (source && greeting) tabs?.postMessage({ name: "hello", data: greeting, id: last });
  };
  if (!navigator.locks) {
    open();
    return;
  }
  // who has the stream says whether a module came while this tab was loading
  tabs.postMessage({});
  navigator.locks
    .request(name, { signal: mine.signal }, () => {
      if (mine.signal.aborted) return undefined;
      open();
      // not at once: the others are to hear first that the session has ended
      return new Promise((free) => mine.signal.addEventListener("abort", () => setTimeout(free, 500)));
    })
    .catch(() => {});
}

function tell(/** @type {string} */ name, /** @type {any} */ data, /** @type {string} */ id) {
  if (id) last = id;
  if (name === "hello" || (name === "modules" && greeting)) greeting = { ...greeting, ...(name === "hello" ? data : { generation: data.generation }) };
  target.dispatchEvent(new CustomEvent(name, { detail: data }));
}

function open() {
  source = new EventSource(`/api/v1/events${last ? `?lastEventId=${encodeURIComponent(last)}` : ""}`);
  for (const name of NAMES) {
    source.addEventListener(name, (e) => {
      wait = 1000;
      const { data: text, lastEventId: id } = /** @type {MessageEvent} */ (e);
      let data = {};
      try {
        data = JSON.parse(text || "{}");
      } catch {
        // an event without a readable body still says that something happened
      }
      // first to the others: the end of the session ends this tab's stream
      tabs?.postMessage({ name, data, id });
      tell(name, data, id);
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
  const mine = turn;
  try {
    const session = await (await fetch("/api/v1/session")).json();
    if (session.signedIn === false) {
      const data = { ended: true };
      tabs?.postMessage({ name: "session", data });
      tell("session", data, "");
      return;
    }
  } catch {
    // no network: the stream will tell
  }
  if (mine && mine === turn && !source) open();
}

export function stopLive() {
  clearTimeout(retry);
  source?.close();
  source = null;
  tabs?.close();
  tabs = null;
  turn?.abort();
  turn = null;
}

/**
 * @param {string} name `ticket`, `notice`, `presence`, `modules`, `session`, `hello`
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
