// SPDX-License-Identifier: Apache-2.0
/** The root: who is there decides which of the houses is shown: set-up, sign-in, portal, workspace. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { failure, loading } from "../kit/small.js";
import { toast } from "../kit/overlay.js";
import { onConfirm, onSignedOut } from "./api.js";
import { appearance } from "./appearance.js";
import { desk } from "./desk.js";
import { sweepDrafts } from "./drafts.js";
import { t } from "./i18n.js";
import { onLive, startLive, stopLive } from "./live.js";
import { go, onRoute } from "./router.js";

/** @type {Record<string, () => Promise<unknown>>} the houses, loaded when first entered */
const HOUSES = {
  setup: () => import("../page/setup.js"),
  "sign-in": () => import("../page/sign-in.js"),
  portal: () => import("../page/portal.js"),
  app: () => import("./workspace.js"),
};

/** States that a module does not stay in. */
const ON_ITS_WAY = new Set(["INSTALLING", "MIGRATING", "STARTING", "DRAINING", "ROLLING_BACK"]);

/** Whether the address is one that people who are not signed in may see. */
const visits = () => {
  const [house, page] = location.pathname.split("/").slice(1);
  return appearance.portal && (!house || (house === "portal" && !["new", "requests"].includes(page)));
};

class TalkaApp extends PlainElement {
  static properties = { house: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.house = "";
    /** @type {any} */
    this.problem = null;
  }

  /** @param {Promise<void>} words on their way: nothing is shown without them */
  async start(words) {
    let hellos = 0;
    onRoute(() => this.route());
    onSignedOut(() => this.signedOut());
    onConfirm(async () => (await import("./confirm.js")).confirmPassword());
    onLive("session", (data) => {
      if (data.ended) this.signedOut();
    });
    onLive("modules", (data) => this.modules(data));
    onLive("appearance", () => appearance.open());
    onLive("hello", (data) => {
      // what was said while there was no stream is not said again
      appearance.open();
      // a stream that comes back may have missed that a module came or went
      const behind = data.generation === undefined ? hellos++ > 0 : data.generation !== desk.generation;
      if (behind) this.modules(data);
    });
    await this.open(words);
  }

  /** Whether it is not known yet who is there, or in which words to say it. */
  #opening = true;

  /** @param {Promise<void>} [words] */
  async open(words) {
    this.#opening = true;
    this.problem = null;
    try {
      await desk.open(words);
    } catch (problem) {
      // an answer of 503 before the set-up still says what is needed
      if (!desk.setupNeeded) this.problem = problem;
    }
    await words;
    if (desk.me) {
      startLive(desk.me.username);
      sweepDrafts();
    }
    this.#opening = false;
    await this.route();
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  #settled = false;

  /** Which way was taken last: an earlier one that takes longer does not count. */
  #turn = 0;

  /** Several steps of one operation come close together: read once. */
  modules(/** @type {any} */ data) {
    clearTimeout(this.#later);
    this.#settled ||= !ON_ITS_WAY.has(data.state);
    this.#later = setTimeout(() => {
      desk.modulesChanged(this.#settled).catch(() => {});
      this.#settled = false;
    }, data.generation === desk.generation ? 400 : 30);
  }

  signedOut() {
    if (!desk.me) return;
    desk.me = null;
    stopLive();
    toast(t("web.session.ended"));
    go(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  }

  async route() {
    // whoever goes on meanwhile is taken where the address says once it is open
    if (this.#opening) return;
    const house = location.pathname.split("/")[1] ?? "";
    let wanted = house;
    if (desk.setupNeeded) wanted = "setup";
    else if (!desk.me) wanted = visits() ? "portal" : "sign-in";
    else if (house === "sign-in" || house === "setup" || house === "") wanted = desk.portalOnly ? "portal" : "app";
    else if (house === "app" && desk.portalOnly) wanted = "portal";
    if (wanted !== house) {
      const query = wanted === "sign-in" && !["", "setup", "sign-in"].includes(house) ? `?to=${encodeURIComponent(location.pathname + location.search)}` : "";
      const to = (house === "sign-in" && new URLSearchParams(location.search).get("to")) || "";
      // only our own paths: an address from outside must not lead elsewhere
      const ours = /^\/(app|portal)(\/|$)/.test(to) && !(desk.portalOnly && to.startsWith("/app"));
      if (ours && desk.me) go(to, { replace: true });
      else go(`/${wanted}${wanted === "setup" ? location.search : query}`, { replace: true });
      return;
    }
    const turn = ++this.#turn;
    // what is seen is still the house before
    this.ariaBusy = "true";
    /** @type {unknown} */
    let problem = null;
    await HOUSES[wanted]().catch((failed) => (problem = failed));
    if (turn !== this.#turn) return;
    if (problem) this.problem = problem;
    else this.house = wanted;
    this.ariaBusy = null;
    this.requestUpdate();
  }

  render() {
    if (this.problem) return html`<main class="centre">${failure(this.problem, () => this.open())}</main>`;
    switch (this.house) {
      case "setup":
        return html`<talka-setup></talka-setup>`;
      case "sign-in":
        return html`<talka-sign-in @done=${() => this.open()}></talka-sign-in>`;
      case "portal":
        return html`<talka-portal></talka-portal>`;
      case "app":
        return html`<talka-workspace></talka-workspace>`;
      default:
        return html`<main class="centre" aria-busy="true">${this.house === "" ? nothing : loading()}</main>`;
    }
  }
}
customElements.define("talka-app", TalkaApp);
