// SPDX-License-Identifier: Apache-2.0
/** The workspace: header, navigation, and the page that the address names. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import { icon } from "../kit/icons.js";
import { avatar, failure, loading } from "../kit/small.js";
import { toast, toastProblem } from "../kit/overlay.js";
import "./bell.js";
import "./contribution.js";
import "./view.js";
import { desk } from "./desk.js";
import { moduleTitle, typePlural } from "./fields.js";
import { currentLanguage, currentZone, fold, LANGUAGES, t, word } from "./i18n.js";
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
  jobs: () => import("../page/admin/jobs.js"),
  languages: () => import("../page/admin/languages.js"),
  audit: () => import("../page/admin/audit.js"),
  appearance: () => import("../page/admin/appearance.js"),
  gallery: () => import("../page/gallery.js"),
  dashboards: () => import("../page/dashboard.js"),
  // a module's page brings its own code, unless it is declared to be a list
  m: async () => {
    const [, module, key] = parts("/app");
    if (modulePages().some((p) => p.module === module && p.key === key && p.view?.kind === "list")) await import("../page/queue.js");
  },
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
    pages.set(id, { ...(known ?? {}), ...c, key, point: known?.point ?? c.point, label: c.key, icon: c.icon ?? known?.icon, view: own(known?.view) ?? own(c.view),
      script: known?.script ?? c.script, frame: known?.frame ?? c.frame, framed: known?.framed ?? (c.frame ? c : undefined), admin: c.point === "admin.page" });
  }
  return [...pages.values()];
}

/** One's own first, then by name. @param {import("./views.js").SavedView[]} all */
const sorted = (all) => [...all].sort((a, b) =>
  Number(a.audience !== "private") - Number(b.audience !== "private") || a.name.localeCompare(b.name, currentLanguage(), { numeric: true }));

/**
 * @typedef {{href: string, icon: string, label: string, q?: string, number?: string, fresh?: boolean}} Entry
 *   of the navigation; `q` is counted
 */

/** A group with more entries than this shows the first of them; with more in all there is a box to look for one. */
const FOLDED = 12;
const FIRST = 8;
const MANY = 40;
const UNFOLDED = "talka.nav.unfolded";

/** @returns {string[]} */
function keptUnfolded() {
  try {
    return JSON.parse(localStorage.getItem(UNFOLDED) ?? "[]");
  } catch {
    return [];
  }
}

/** Whether the address is there or below. @param {string} href */
const onIt = (href) => location.pathname === href || (href !== "/app" && location.pathname.startsWith(`${href}/`));

class TalkaWorkspace extends PlainElement {
  static properties = { page: { state: true }, problem: { state: true }, narrow: { state: true }, look: { state: true }, unfolded: { state: true } };
  constructor() {
    super();
    this.page = "";
    /** The rest of the address that is shown; the address bar may be a step ahead. @type {string[]} */
    this.rest = [];
    this.turn = 0;
    /** @type {any} */
    this.problem = null;
    this.narrow = false;
    /** What is looked for in the navigation. */
    this.look = "";
    /** The groups of which all is shown. @type {Set<string>} */
    this.unfolded = new Set(keptUnfolded());
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
    this.until(views.start(), () => desk.removeEventListener("types", recount));
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

  /** @param {Entry} e */
  link(e) {
    const on = onIt(e.href);
    const number = e.number ?? (e.q ? views.number(e.q) : "");
    return html`<a href=${e.href} class="${on ? "on" : ""} ${e.fresh ? "new" : ""}" aria-current=${on ? "page" : nothing}>${icon(e.icon)}<span>${e.label}</span>${
      e.fresh ? html`<i class="dot" title=${t("web.nav.fresh")}></i>` : nothing}${number ? html`<span class="n num">${number}</span>` : nothing}</a>`;
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
    const page = (/** @type {any} */ p) => ({ href: `/app/m/${p.module}/${p.key}`, icon: p.icon || "list", label: word(`ui.${p.label}`),
      fresh: desk.fresh.has(`${p.module}/${p.label}`) || desk.fresh.has(`${p.module}/${p.key}`) });
    const types = typeQueues().map((q) => ({ href: `/app/queue/${q.id}`, icon: q.icon, label: q.label, q: q.q }));
    const apart = types.length + ours.length > FOLDED;
    return this.shown([
      { key: "top", entries: [
        { href: "/app", icon: "home", label: t("web.nav.today") },
        ...(desk.can("ticket:note") ? [{ href: "/app/dashboards", icon: "chart", label: t("web.nav.dashboards") },
          { href: "/app/tasks", icon: "check", label: t("web.nav.tasks"), number: taskCount.number }] : []),
      ] },
      { key: "queues", title: t("web.nav.queues"), entries: queues().map((q) => ({ href: `/app/queue/${q.id}`, icon: q.id === "my" ? "inbox" : "list", label: q.label, q: q.id === "resolved" ? "" : q.q })) },
      { key: "views", title: t("web.nav.views"), entries: sorted(views.items).map((v) => ({ href: `/app/view/${v.id}`, icon: v.audience === "private" ? "eye" : "people", label: v.name, q: v.q })) },
      { key: "desk", title: deskWord(), entries: apart ? types : [...types, ...ours.map(page)] },
      { key: "pages", title: t("web.nav.pages"), entries: apart ? ours.map(page) : [] },
      { key: "manage", title: t("web.nav.manage"), entries: [
        ...(desk.can("module:admin") || desk.can("module:read") ? [{ href: "/app/modules", icon: "modules", label: t("web.nav.modules") }] : []),
        ...(desk.can("person:admin") ? [{ href: "/app/people", icon: "people", label: t("web.nav.people") }] : []),
        ...(desk.can("type:admin") ? [{ href: "/app/types", icon: "graph", label: t("web.nav.types") }] : []),
        ...(desk.can("access:explain") ? [{ href: "/app/access", icon: "lock", label: t("web.access.title") }] : []),
        ...(desk.can("job:admin") ? [{ href: "/app/jobs", icon: "refresh", label: t("web.jobs.title") }] : []),
        ...(desk.can("audit:read") ? [{ href: "/app/audit", icon: "clock", label: t("web.nav.audit") }] : []),
        ...(desk.can("setting:admin") ? [{ href: "/app/languages", icon: "note", label: t("web.languages.title") }] : []),
        ...(desk.can("setting:admin") ? [{ href: "/app/appearance", icon: "eye", label: t("web.nav.appearance") }] : []),
        ...admin.map(page),
      ] },
    ]);
  }

  /**
   * The groups as far as they are on show: all of a short one, the first of a long one, and of all
   * of them what is looked for.
   *
   * @param {{key: string, title?: string, entries: Entry[]}[]} groups
   */
  shown(groups) {
    const many = groups.reduce((sum, g) => sum + g.entries.length, 0) > MANY;
    const look = many ? fold(this.look.trim()) : "";
    /** @type {string[]} */
    const counted = [];
    const parts = groups.map((g) => {
      const long = g.entries.length > FOLDED;
      const found = look ? g.entries.filter((e) => fold(e.label).includes(look)) : g.entries;
      const all = !look && this.unfolded.has(g.key);
      // where one is and what has just come stays in sight
      const entries = look ? found.slice(0, MANY) : !long || all ? found : found.filter((e, i) => i < FIRST || e.fresh || onIt(e.href));
      for (const e of entries) if (e.q) counted.push(e.q);
      return { ...g, entries, total: g.entries.length, long, all };
    });
    this.counted = counted;
    const none = look && !parts.some((g) => g.entries.length);
    return html`<nav aria-label=${t("web.nav.label")} class=${this.narrow ? "open" : ""}>
      ${many ? html`<div class="nav-look">${icon("search")}<input class="control" type="search" autocomplete="off" spellcheck="false" aria-label=${t("web.nav.find")} placeholder=${t("web.nav.find")} .value=${this.look}
        @input=${(/** @type {any} */ e) => (this.look = e.target.value)} @keydown=${(/** @type {KeyboardEvent} */ e) => {
          const first = parts.find((g) => g.entries.length)?.entries[0];
          if (e.key === "Enter" && look && first) {
            this.look = "";
            go(first.href);
          } else if (e.key === "Escape" && this.look) this.look = "";
          else return;
          e.preventDefault();
        }}></div>${none ? html`<p class="faint nav-none" role="status">${t("web.nav.nothing")}</p>` : nothing}` : nothing}
      ${parts.filter((g) => g.entries.length).map((g) => html`${g.title ? html`<h3>${g.title}</h3>` : nothing}
        ${repeat(g.entries, (e) => e.href, (e) => this.link(e))}
        ${g.long && !look ? html`<button type="button" class="nav-all" aria-expanded=${g.all ? "true" : "false"} aria-label=${g.all ? t("web.nav.fewer.of", { group: g.title ?? "" }) : t("web.nav.all.of", { n: g.total, group: g.title ?? "" })}
          @click=${() => this.unfold(g.key)}>${icon(g.all ? "up" : "down")}<span>${g.all ? t("web.nav.fewer") : t("web.nav.all", { n: g.total })}</span></button>` : nothing}`)}
    </nav>`;
  }
  /** What has a number in the navigation. @type {string[]} */
  counted = [];

  unfold(/** @type {string} */ key) {
    this.unfolded = new Set(this.unfolded.has(key) ? [...this.unfolded].filter((k) => k !== key) : [...this.unfolded, key]);
    try {
      localStorage.setItem(UNFOLDED, JSON.stringify([...this.unfolded]));
    } catch {
      // it holds for this page
    }
  }

  updated() {
    views.show(this.counted);
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
      { label: t("web.zone.now", { zone: currentZone().replaceAll("_", " ") }), icon: "clock", act: () => import("../page/zone.js").then((page) => page.chooseZone()).catch(toastProblem) },
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

  /** The name of a module's page; deeper in it, the way back, for what is there has a name of its own. */
  heading(/** @type {any} */ item) {
    const name = word(`ui.${item.key}`);
    if (this.rest.length < 3) return html`<h1 class="page-title">${name}</h1>`;
    return html`<h1 class="crumb"><a href="/app/m/${encodeURIComponent(item.module)}/${encodeURIComponent(item.key)}">${icon("left")}${name}</a></h1>`;
  }

  // a list writes its address itself: what it was last given is not what it has
  main() {
    const [a, b, c] = this.rest;
    if (this.problem) return html`<main id="main" class="centre">${failure(this.problem)}</main>`;
    switch (this.page) {
      case "home":
        return html`<talka-home></talka-home>`;
      case "queue":
        return html`<talka-queue .queue=${a ?? "open"} .selected=${b ?? ""} .search=${live(location.search)}></talka-queue>`;
      case "view":
        return html`<talka-queue .queue=${`view-${a}`} .selected=${b ?? ""} .search=${live(location.search)}></talka-queue>`;
      case "ticket":
        return html`<main id="main" class="single"><talka-ticket .key=${a}></talka-ticket></main>`;
      case "tasks":
        return html`<main id="main" class="wide-page"><talka-my-tasks></talka-my-tasks></main>`;
      case "new":
        return html`<main id="main" class="sheet-page"><talka-create .type=${a ?? ""}></talka-create></main>`;
      case "search":
        return html`<talka-queue queue="search" .selected=${a ?? ""} .search=${live(location.search)}></talka-queue>`;
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
      case "jobs":
        return html`<main id="main" class="wide-page"><talka-jobs .part=${a ?? ""}></talka-jobs></main>`;
      case "languages":
        return html`<main id="main" class="wide-page"><talka-languages .part=${a ?? ""} .search=${location.search}></talka-languages></main>`;
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
          return html`<talka-queue .queue=${`m:${a}/${b}`} .heading=${word(`ui.${b}`)} .fixed=${item.view} .selected=${c ?? ""} .search=${live(location.search)}></talka-queue>`;
        }
        return html`<main id="main" class="wide-page">${item.props?.heading === false ? nothing : this.heading(item)}<talka-contribution .item=${item} .extra=${{ rest: this.rest.slice(2), search: location.search }}></talka-contribution></main>`;
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
