// SPDX-License-Identifier: Apache-2.0
/** What the person was told: how much is unread, and the words for it. One for all bells of the page. */
import { enc, get, patch, post, query } from "./api.js";
import { desk } from "./desk.js";
import { stateLabel } from "./fields.js";
import { t } from "./i18n.js";
import { onLive } from "./live.js";

/**
 * @typedef {{id: string, kind: string, kinds: string[], actor?: any, excerpt?: string, state?: string, at: string, read: boolean, times: number,
 *   ticket?: {key: string, type: string, subject: string, state: string, stateCategory: string, workflow: string},
 *   record?: {module: string, key: string, text: string, address: string}}} Notice
 */

/** Several things that happen at once ring once. */
const REST = 300;

/** How each kind is said, and what it is called where one chooses. @type {Record<string, [string, string]>} */
export const KINDS = {
  mention: ["web.notice.mention", "web.notice.kind.mention"],
  assigned: ["web.notice.assigned", "web.notice.kind.assigned"],
  team: ["web.notice.team", "web.notice.kind.team"],
  reply: ["web.notice.reply", "web.notice.kind.reply"],
  note: ["web.notice.note", "web.notice.kind.note"],
  state: ["web.notice.state", "web.notice.kind.state"],
  approval: ["web.notice.approval", "web.notice.kind.approval"],
  record: ["web.notice.other", "web.notice.kind.record"],
};

class Notices extends EventTarget {
  count = 0;
  more = false;
  #timer = 0;
  #rang = false;
  #turn = 0;

  /** @returns {() => void} ends it */
  start() {
    const later = (/** @type {boolean} */ rang) => {
      this.#rang ||= rang;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.load(), REST);
    };
    // what was told while the stream was away is not told again
    const ends = [onLive("notice", (data) => later(!data.read)), onLive("hello", () => later(false)), () => clearTimeout(this.#timer)];
    this.load();
    return () => ends.forEach((end) => end());
  }

  /** The question for the number that was asked last. @type {Promise<void>} */
  #asked = Promise.resolve();

  load() {
    this.#asked = this.#ask();
    return this.#asked;
  }

  async #ask() {
    const turn = ++this.#turn;
    try {
      const { count, more } = await get("/notifications/count");
      // an earlier question may be answered later
      if (turn !== this.#turn) return;
      const rang = this.#rang;
      this.#rang = false;
      this.count = count;
      this.more = more;
      this.dispatchEvent(new Event("count"));
      if (rang) this.dispatchEvent(new Event("rang"));
    } catch {
      // the number stays as it was; the next event asks again
    }
  }

  /** What is said beside the bell; nothing when all is read. */
  get badge() {
    return this.count ? `${this.count}${this.more ? "+" : ""}` : "";
  }

  /** @param {{unread?: boolean, limit?: number, after?: string}} [o] @returns {Promise<{items: Notice[], next: string | null}>} */
  page(o = {}) {
    return get(`/notifications${query({ unread: o.unread ? "true" : "", limit: o.limit ?? 30, after: o.after })}`);
  }

  /** @param {string[]} ids @param {boolean} read */
  async mark(ids, read) {
    await post(read ? "/notifications/read" : "/notifications/unread", { ids });
    await this.load();
  }

  /** All that happened until then. @param {string} until */
  async markAll(until) {
    await post("/notifications/read", { until });
    await this.load();
  }

  /** Whoever sees the ticket has seen what there was to tell of it. @param {string} key */
  async seen(key) {
    // a page that opens at a ticket can have it before it knows whether anything is unread
    await this.#asked;
    if (this.count && document.visibilityState === "visible") post("/notifications/read", { ticket: key }).catch(() => {});
  }

  preferences() {
    return get("/notifications/preferences");
  }

  /** @param {Record<string, boolean>} kinds */
  choose(kinds) {
    return patch("/notifications/preferences", { kinds });
  }
}

const inPortal = () => location.pathname.startsWith("/portal") || desk.portalOnly;
const STANDING = /** @type {Record<string, string>} */ ({
  new: "web.portal.new", active: "web.portal.active", pending: "web.portal.pending", resolved: "web.portal.resolved", closed: "web.portal.closed",
});

/** What happened, as one sentence without the ticket. @param {Notice} n */
export function sentence(n) {
  // what a module tells, it says itself
  if (!n.ticket) return n.record?.text ?? "";
  // who asks for help reads how it stands, not what the desk calls it
  if (n.kind === "state" && inPortal() && STANDING[n.ticket.stateCategory]) return t(STANDING[n.ticket.stateCategory]);
  const name = n.actor?.displayName || t("web.system");
  return t(KINDS[n.kind]?.[0] ?? "web.notice.other", { name, state: n.state ? stateLabel(n.ticket.workflow, n.state) : "" });
}

/** What it is about, beside its key; a module says it in its sentence. @param {Notice} n */
export const subjectOf = (n) => n.ticket?.subject ?? "";

/** Where a notice leads. @param {Notice} n */
export function placeOf(n) {
  if (!n.ticket) return `/app/m/${enc(n.record?.module ?? "")}/${n.record?.address ?? ""}`;
  return inPortal() ? `/portal/requests/${enc(n.ticket.key)}` : `/app/ticket/${enc(n.ticket.key)}`;
}

export const notices = new Notices();
