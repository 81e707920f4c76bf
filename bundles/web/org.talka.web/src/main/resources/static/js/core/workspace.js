// SPDX-License-Identifier: Apache-2.0
/** The workspace: header, navigation, and the page that the address names. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, failure, loading } from "../kit/small.js";
import { toast, toastProblem } from "../kit/overlay.js";
import "./bell.js";
import "./contribution.js";
import "./view.js";
import { desk } from "./desk.js";
import { moduleTitle, typePlural } from "./fields.js";
import { currentLanguage, LANGUAGES, t, word } from "./i18n.js";
import { enterPage, go, onRoute, parts } from "./router.js";
import { openPalette, showShortcuts } from "./palette.js";
import { setTheme, theme, THEMES } from "./theme.js";
import { taskCount } from "./tasks.js";
import { views } from "./views.js";
import { setShortcuts, shortcut, shortcutsOn } from "./shortcuts.js";
import { appearance, brandSign, deskName, deskWord, setTitle } from "./appearance.js";

/** @type {Record<string, () => Promise<unknown>>} */
const PAGES = {
  home: () => import("../page/home.js"),
  queue: () => import("../page/queue.js"),
  view: () => import("../page/queue.js"),
  ticket: () => import("../page/ticket.js"),
  tasks: () => import("../page/my-tasks.js"),
  new: () => import("../page/create.js"),
  search: () => import("../page/search.js"),
  modules: () => import("../page/modules.js"),
  people: () => import("../page/people.js"),
  types: () => import("../page/admin/types.js"),
  type: () => import("../page/admin/type.js"),
  access: () => import("../page/admin/access.js"),
  audit: () => import("../page/admin/audit.js"),
  appearance: () => import("../page/admin/appearance.js"),
  gallery: () => import("../page/gallery.js"),
  dashboards: () => import("../page/dashboard.js"),
  m: async () => {},
};

/** Pages that show a ticket beside a list: to open another one is to stay on the page. */
const LISTS = new Set(["queue", "view", "search"]);

/** The queues that every desk has. @returns {{id: string, q: string, label: string}[]} */
export const queues = () => [
  { id: "my", q: "assignee:me state:open", label: t("web.queue.my") },
  { id: "unassigned", q: "assignee:none state:open", label: t("web.queue.unassigned") },
  { id: "open", q: "state:open", label: t("web.queue.open") },
  { id: "resolved", q: "state:resolved", label: t("web.queue.resolved") },
];

/** One queue for each ticket type. */
export const typeQueues = () =>
  desk.types.filter((type) => !type.retired).map((type) => ({ id: `type-${type.key}`, q: `type:${type.key} state:open`, label: typePlural(type.key), icon: type.icon || "list" }));

/** Pages of modules, each with the entry that leads to it. */
export function modulePages() {
  const pages = new Map();
  for (const c of [...desk.at("page"), ...desk.at("nav"), ...desk.at("admin.page")]) {
    // a nav entry and the page that it leads to are one
    const key = c.props?.page ?? c.key;
    const id = `${c.module}/${key}`;
    const known = pages.get(id);
    const own = (/** @type {any} */ view) => (view && Object.keys(view).length ? view : null);
    pages.set(id, { ...(known ?? {}), ...c, key, label: c.key, icon: c.icon ?? known?.icon, view: own(known?.view) ?? own(c.view),
      script: known?.script ?? c.script, admin: c.point === "admin.page" });
  }
  return [...pages.values()];
}

/** One's own first, then by name. @param {import("./views.js").SavedView[]} all */
const sorted = (all) => [...all].sort((a, b) =>
  Number(a.audience !== "private") - Number(b.audience !== "private") || a.name.localeCompare(b.name, currentLanguage()));

class TalkaWorkspace extends PlainElement {
  static properties = { page: { state: true }, problem: { state: true }, narrow: { state: true } };
  constructor() {
    super();
    this.page = "";
    /** The rest of the address that is shown; the address bar may be a step ahead. @type {string[]} */
    this.rest = [];
    this.turn = 0;
    /** @type {any} */
    this.problem = null;
    this.narrow = false;
  }
  connectedCallback() {
    super.connectedCallback();
    this.follow(desk, "types", "me");
    this.follow(appearance, "look");
    this.follow(views, "views");
    this.follow(taskCount, "count");
    this.until(taskCount.start());
    const recount = () => views.later();
    desk.addEventListener("types", recount);
    this.until(views.start(() => [...queues(), ...typeQueues()].map((q) => q.q)), () => desk.removeEventListener("types", recount));
    const changed = () => this.contributionsChanged();
    desk.addEventListener("contributions", changed);
    changed();
    this.until(
      () => desk.removeEventListener("contributions", changed),
      onRoute(() => this.route()),
      shortcut("/", "web.keys.search", () => openPalette()),
      shortcut("Ctrl+k", "web.keys.palette", () => openPalette()),
      shortcut("c", "web.keys.new", () => go("/app/new")),
      shortcut("i", "web.keys.notices", () => /** @type {any} */ (this.querySelector("talka-bell")).toggle()),
      shortcut("?", "web.keys.help", () => showShortcuts()),
    );
    this.route();
  }

  contributionsChanged() {
    // while they are here: who stands on a page that goes is told which module it was
    for (const c of desk.contributions) moduleTitle(c.module);
    const here = parts("/app");
    if (here[0] === "m" && !modulePages().some((p) => p.module === here[1] && p.key === here[2])) {
      toast(t("web.part.removed", { module: moduleTitle(here[1]) }));
      go("/app", { replace: true });
    }
    this.requestUpdate();
  }

  async route() {
    const [page = "home", ...rest] = parts("/app");
    const turn = ++this.turn;
    this.querySelector("talka-workspace > nav")?.classList.remove("open");
    this.narrow = false;
    const load = PAGES[page];
    this.problem = load ? null : { status: 404, message: t("web.error.page") };
    if (!load) {
      this.page = "";
      this.ariaBusy = null;
      return;
    }
    // what is seen is still the page before
    this.ariaBusy = "true";
    try {
      await load();
      // who went on while this page was on its way is not brought back to it
      if (turn !== this.turn) return;
      const before = this.page && [this.page, ...(LISTS.has(this.page) ? this.rest.slice(0, 1) : this.rest)].join("/");
      const now = [page, ...(LISTS.has(page) ? rest.slice(0, 1) : rest)].join("/");
      this.page = page;
      this.rest = rest;
      this.ariaBusy = null;
      this.requestUpdate();
      await this.updateComplete;
      if (!this.querySelector("main:focus-within")) window.scrollTo(0, 0);
      if (before && before !== now) enterPage(this);
    } catch (problem) {
      if (turn !== this.turn) return;
      this.problem = problem;
      this.ariaBusy = null;
    }
  }

  link(/** @type {string} */ href, /** @type {string} */ iconName, /** @type {string} */ label, fresh = false, number = "") {
    const here = location.pathname;
    const on = here === href || (href !== "/app" && here.startsWith(`${href}/`));
    return html`<a href=${href} class="${on ? "on" : ""} ${fresh ? "new" : ""}" aria-current=${on ? "page" : nothing}>${icon(iconName)}<span>${label}</span>${
      fresh ? html`<i class="dot" title=${t("web.nav.fresh")}></i>` : nothing}${number ? html`<span class="n num">${number}</span>` : nothing}</a>`;
  }

  navigation() {
    const pages = modulePages();
    const ours = pages.filter((p) => !p.admin);
    const admin = pages.filter((p) => p.admin);
    const here = parts("/app");
    // who stands on a page has found it
    for (const p of pages.filter((x) => here[0] === "m" && x.module === here[1] && x.key === here[2])) {
      desk.fresh.delete(`${p.module}/${p.key}`);
      desk.fresh.delete(`${p.module}/${p.label}`);
    }
    const entry = (/** @type {any} */ p) =>
      this.link(`/app/m/${p.module}/${p.key}`, p.icon || "list", word(`ui.${p.label}`), desk.fresh.has(`${p.module}/${p.label}`) || desk.fresh.has(`${p.module}/${p.key}`));
    const manage = [
      desk.can("module:admin") || desk.can("module:read") ? this.link("/app/modules", "modules", t("web.nav.modules")) : nothing,
      desk.can("person:admin") ? this.link("/app/people", "people", t("web.nav.people")) : nothing,
      desk.can("type:admin") ? this.link("/app/types", "graph", t("web.nav.types")) : nothing,
      desk.can("access:explain") ? this.link("/app/access", "lock", t("web.access.title")) : nothing,
      desk.can("audit:read") ? this.link("/app/audit", "clock", t("web.nav.audit")) : nothing,
      desk.can("setting:admin") ? this.link("/app/appearance", "eye", t("web.nav.appearance")) : nothing,
      ...admin.map(entry),
    ].filter((x) => x !== nothing);
    return html`<nav aria-label=${t("web.nav.label")} class=${this.narrow ? "open" : ""}>
      ${this.link("/app", "home", t("web.nav.today"))}
      ${desk.can("ticket:note") ? this.link("/app/dashboards", "chart", t("web.nav.dashboards")) : nothing}
      ${desk.can("ticket:note") ? this.link("/app/tasks", "check", t("web.nav.tasks"), false, taskCount.number) : nothing}
      <h3>${t("web.nav.queues")}</h3>
      ${queues().map((q) => this.link(`/app/queue/${q.id}`, q.id === "my" ? "inbox" : "list", q.label, false, q.id === "resolved" ? "" : views.number(q.q)))}
      ${views.items.length ? html`<h3>${t("web.nav.views")}</h3>${sorted(views.items).map((v) =>
        this.link(`/app/view/${v.id}`, v.audience === "private" ? "eye" : "people", v.name, false, views.number(v.q)))}` : nothing}
      <h3>${deskWord()}</h3>
      ${typeQueues().map((q) => this.link(`/app/queue/${q.id}`, q.icon, q.label, false, views.number(q.q)))}
      ${ours.map(entry)}
      ${manage.length ? html`<h3>${t("web.nav.manage")}</h3>${manage}` : nothing}
    </nav>`;
  }

  account() {
    const themes = THEMES.map((key) => ({ label: t(`web.theme.${key}`), checked: theme() === key, act: () => {
      setTheme(key);
      this.requestUpdate();
    } }));
    const languages = LANGUAGES.map(([key, label]) => ({ label, checked: key === currentLanguage(), act: () => {
      desk.change({ locale: key }).catch(toastProblem);
    } }));
    return [...languages, null, ...themes, null,
      { label: t("web.keys.single"), checked: shortcutsOn(), act: () => {
        setShortcuts(!shortcutsOn());
        this.requestUpdate();
      } },
      { label: t("web.keys.title"), icon: "keyboard", act: () => showShortcuts() },
      { label: t("web.nav.portal"), icon: "person", act: () => go("/portal") }, null,
      { label: t("web.signout"), icon: "sign", act: async () => {
        await desk.signOut();
        location.assign("/sign-in");
      } }];
  }

  main() {
    const [a, b, c] = this.rest;
    if (this.problem) return html`<main id="main" class="centre">${failure(this.problem)}</main>`;
    switch (this.page) {
      case "home":
        return html`<talka-home></talka-home>`;
      case "queue":
        return html`<talka-queue .queue=${a ?? "open"} .selected=${b ?? ""} .search=${location.search}></talka-queue>`;
      case "view":
        return html`<talka-queue .queue=${`view-${a}`} .selected=${b ?? ""} .search=${location.search}></talka-queue>`;
      case "ticket":
        return html`<main id="main" class="single"><talka-ticket .key=${a}></talka-ticket></main>`;
      case "tasks":
        return html`<main id="main" class="wide-page"><talka-my-tasks></talka-my-tasks></main>`;
      case "new":
        return html`<main id="main" class="sheet-page"><talka-create .type=${a ?? ""}></talka-create></main>`;
      case "search":
        return html`<talka-queue queue="search" .selected=${a ?? ""} .search=${location.search}></talka-queue>`;
      case "modules":
        return html`<main id="main" class="wide-page"><talka-modules .part=${a ?? ""}></talka-modules></main>`;
      case "people":
        return html`<main id="main" class="wide-page"><talka-people .part=${a ?? ""}></talka-people></main>`;
      case "dashboards":
        return html`<talka-dashboard .key=${a ?? ""}></talka-dashboard>`;
      case "types":
        return html`<main id="main" class="wide-page"><talka-types .part=${a ?? ""}></talka-types></main>`;
      case "type":
        return html`<main id="main" class="wide-page"><talka-type .key=${a ?? ""} .part=${b ?? ""}></talka-type></main>`;
      case "access":
        return html`<main id="main" class="wide-page"><talka-access .search=${location.search}></talka-access></main>`;
      case "audit":
        return html`<main id="main" class="wide-page"><talka-audit .search=${location.search}></talka-audit></main>`;
      case "appearance":
        return html`<main id="main" class="wide-page"><talka-appearance></talka-appearance></main>`;
      case "gallery":
        return html`<main id="main" class="wide-page"><talka-gallery></talka-gallery></main>`;
      case "m": {
        const item = modulePages().find((p) => p.module === a && p.key === b);
        if (!item) return html`<main id="main" class="centre">${failure({ status: 404, message: t("web.error.page") })}</main>`;
        setTitle(`${word(`ui.${b}`)}`);
        if (item.view?.kind === "list") {
          return html`<talka-queue .queue=${`m:${a}/${b}`} .heading=${word(`ui.${b}`)} .fixed=${item.view} .selected=${c ?? ""} .search=${location.search}></talka-queue>`;
        }
        return html`<main id="main" class="wide-page"><h1 class="page-title">${word(`ui.${b}`)}</h1><talka-contribution .item=${item}></talka-contribution></main>`;
      }
      default:
        return html`<main id="main" class="centre" aria-busy="true">${loading()}</main>`;
    }
  }

  render() {
    return html`<a class="skip" href="#main">${t("web.skip")}</a>
      <header class="top">
        <button class="btn quiet square only-phone" aria-label=${t("web.nav.label")} aria-expanded=${this.narrow ? "true" : "false"}
          @click=${() => (this.narrow = !this.narrow)}>${icon("menu")}</button>
        <a class="brand" href="/app" aria-label=${deskName()}>${brandSign()}<span>${deskName()}</span></a>
        <button class="search" @click=${() => openPalette()}>${icon("search")}<span class="hidden-phone">${t("web.search.box")}</span><span class="only-phone" aria-hidden="true">${t("web.search.title")}</span><kbd>/</kbd></button>
        <span class="grow"></span>
        <a class="btn primary" href="/app/new">${icon("plus", "only-phone")}<span class="hidden-phone">${t("web.new")}</span><kbd class="on-accent">C</kbd></a>
        <talka-bell></talka-bell>
        <talka-menu .label=${t("web.account", { name: desk.me.displayName })} .face=${avatar(desk.me.displayName)} kind="bare" .items=${this.account()}></talka-menu>
      </header>
      ${this.navigation()}${this.main()}`;
  }
}
customElements.define("talka-workspace", TalkaWorkspace);
