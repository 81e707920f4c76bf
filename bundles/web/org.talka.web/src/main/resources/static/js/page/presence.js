// SPDX-License-Identifier: Apache-2.0
/** Who else is at a ticket now. A page says every few seconds that it is there; the stream says who came and went. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { avatar } from "../kit/small.js";
import { call, enc, post } from "../core/api.js";
import { desk } from "../core/desk.js";
import { t } from "../core/i18n.js";
import { onLive } from "../core/live.js";

/** The server forgets who gave no sign for twenty. */
const EVERY = 7000;
/** Whoever has not touched anything for this long is not looking, whatever is on the screen. */
const AWAY = 10 * 60000;
const MOST = 4;
const WORDS = /** @type {Record<string, string>} */ ({ looking: "web.presence.looking", noting: "web.presence.noting", replying: "web.presence.replying" });

/** `<talka-presence .key .doing>` */
class TalkaPresence extends PlainElement {
  static properties = { key: {}, doing: {}, people: { state: true } };
  constructor() {
    super();
    this.key = "";
    this.doing = "looking";
    /** @type {{username: string, displayName: string, doing: string}[]} */
    this.people = [];
    this.page = Math.random().toString(36).slice(2, 12);
    this.at = "";
    this.active = Date.now();
  }
  connectedCallback() {
    super.connectedCallback();
    const touched = () => {
      const back = Date.now() - this.active > AWAY;
      this.active = Date.now();
      if (back) this.beat();
    };
    const seen = () => (document.visibilityState === "visible" ? this.beat() : this.leave());
    const gone = () => this.leave();
    const timer = setInterval(() => this.beat(), EVERY);
    addEventListener("pointerdown", touched);
    addEventListener("keydown", touched);
    addEventListener("pagehide", gone);
    document.addEventListener("visibilitychange", seen);
    this.until(() => clearInterval(timer), () => removeEventListener("pointerdown", touched), () => removeEventListener("keydown", touched),
      () => removeEventListener("pagehide", gone), () => document.removeEventListener("visibilitychange", seen), () => this.leave(),
      onLive("presence", (data) => data.key === this.key && this.take(data.people)));
  }
  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    if (changed.has("key")) {
      this.leave();
      this.people = [];
    }
    if (changed.has("key") || changed.has("doing")) this.beat();
  }
  take(/** @type {any[]} */ people) {
    this.people = people.filter((p) => p.username !== desk.me?.username);
  }
  async beat() {
    if (!this.isConnected || !this.key || document.visibilityState !== "visible" || Date.now() - this.active > AWAY) return;
    const key = (this.at = this.key);
    try {
      const { items } = await post(`/tickets/${enc(key)}/presence`, { page: this.page, doing: this.doing });
      if (key === this.key) this.take(items);
    } catch {
      // the next sign is on its way; without any nobody is shown
      if (key === this.key) this.people = [];
    }
  }
  leave() {
    const key = this.at;
    this.at = "";
    if (key && desk.me) call("DELETE", `/tickets/${enc(key)}/presence/${this.page}`, { keepalive: true }).catch(() => {});
  }
  render() {
    const busy = this.people.filter((p) => p.doing !== "looking");
    const words = (/** @type {any} */ p) => t(WORDS[p.doing] ?? "web.presence.looking", { name: p.displayName });
    return html`${this.people.length ? html`<span class="presence-faces">${repeat(this.people.slice(0, MOST), (p) => p.username, (p) => html`<span class="face ${p.doing === "looking" ? "" : "busy"}" title=${words(p)}>${avatar(p.displayName, "small")}<span class="visually-hidden">${words(p)}</span></span>`)}${
        this.people.length > MOST ? html`<span class="faint">+${this.people.length - MOST}</span>` : nothing}</span>` : nothing}
      <span class="presence-busy" role="status">${busy.length ? words(busy[0]) : nothing}</span>`;
  }
}
customElements.define("talka-presence", TalkaPresence);
