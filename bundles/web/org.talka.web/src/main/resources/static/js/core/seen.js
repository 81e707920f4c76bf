// SPDX-License-Identifier: Apache-2.0
/** Which version of a ticket a person has read, so that lists can let read rows recede. */
import { desk } from "./desk.js";

const MOST = 600;
/** @type {Map<string, number> | null} */
let versions = null;
let owner = "";
const name = () => `talka.seen.${desk.me?.username ?? ""}`;

function load() {
  if (versions && owner === name()) return versions;
  owner = name();
  try {
    versions = new Map(JSON.parse(localStorage.getItem(owner) ?? "[]"));
  } catch {
    versions = new Map();
  }
  return versions;
}

/** @param {{key: string, version: number}} ticket */
export const isRead = (ticket) => (load().get(ticket.key) ?? -1) >= ticket.version;

/** @param {{key: string, version: number}} ticket */
export function markRead(ticket) {
  const all = load();
  if ((all.get(ticket.key) ?? -1) >= ticket.version) return;
  all.delete(ticket.key);
  all.set(ticket.key, ticket.version);
  while (all.size > MOST) all.delete(/** @type {string} */ (all.keys().next().value));
  try {
    localStorage.setItem(owner, JSON.stringify([...all]));
  } catch {
    // then everything looks unread next time
  }
}
