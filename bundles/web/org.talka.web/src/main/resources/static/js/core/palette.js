// SPDX-License-Identifier: Apache-2.0
/** Ctrl+K: go anywhere, find anything. And the list of keys. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { openDialog } from "../kit/overlay.js";
import { get, query } from "./api.js";
import { desk } from "./desk.js";
import { typeLabel } from "./fields.js";
import { fold, t, word } from "./i18n.js";
import { forgetRecent, recent, recentSearches } from "./recent.js";
import { go } from "./router.js";
import { shortcuts } from "./shortcuts.js";
import { views } from "./views.js";
import { modulePages, queues, typeQueues } from "./workspace.js";


function places() {
  return [
    { label: t("web.nav.today"), icon: "home", path: "/app" },
    ...(desk.can("ticket:note") ? [{ label: t("web.nav.dashboards"), icon: "chart", path: "/app/dashboards" }] : []),
    ...(desk.can("ticket:note") ? [{ label: t("web.nav.tasks"), icon: "check", path: "/app/tasks" }] : []),
    ...queues().map((q) => ({ label: q.label, icon: "list", path: `/app/queue/${q.id}` })),
    ...views.items.map((v) => ({ label: v.name, icon: "eye", path: `/app/view/${v.id}` })),
    ...typeQueues().map((q) => ({ label: q.label, icon: q.icon, path: `/app/queue/${q.id}` })),
    ...modulePages().map((p) => ({ label: word(`ui.${p.key}`), icon: p.icon || "list", path: `/app/m/${p.module}/${p.key}` })),
    ...(desk.can("module:read") || desk.can("module:admin") ? [{ label: t("web.nav.modules"), icon: "modules", path: "/app/modules" }] : []),
    ...(desk.can("person:admin") ? [{ label: t("web.nav.people"), icon: "people", path: "/app/people" }] : []),
    ...(desk.can("type:admin") ? [{ label: t("web.nav.types"), icon: "graph", path: "/app/types" }] : []),
    ...(desk.can("access:explain") ? [{ label: t("web.access.title"), icon: "lock", path: "/app/access" }] : []),
    ...(desk.can("job:admin") ? [{ label: t("web.jobs.title"), icon: "refresh", path: "/app/jobs" }] : []),
    ...(desk.can("audit:read") ? [{ label: t("web.nav.audit"), icon: "clock", path: "/app/audit" }] : []),
    ...(desk.can("setting:admin") ? [{ label: t("web.languages.title"), icon: "note", path: "/app/languages" }] : []),
    ...(desk.can("setting:admin") ? [{ label: t("web.nav.appearance"), icon: "eye", path: "/app/appearance" }] : []),
    ...desk.types.filter((type) => !type.retired).map((type) => ({ label: t("web.new.of", { type: typeLabel(type.key) }), icon: "plus", path: `/app/new/${type.key}` })),
    ...desk.at("command").filter((c) => c.view?.path?.startsWith("/app")).map((c) => ({ label: word(`ui.${c.key}`), icon: c.icon || "arrow", path: c.view.path })),
  ];
}

export async function openPalette() {
  // one that is closing tells of it a moment later, and is no longer open
  if (document.querySelector("dialog.palette[open]")) return;
  let text = "";
  let active = 0;
  /** @type {any[]} */
  let found = [];
  /** @type {AbortController | undefined} */
  let running;
  let timer = 0;
  /** @type {any} */
  let dialog;
  const items = () => {
    const low = fold(text);
    const here = places().filter((p) => !low || fold(p.label).includes(low));
    const last = low ? [] : recent().map((r) => ({ label: r.subject, hint: r.key, icon: desk.type(r.type)?.icon || "list", path: `/app/ticket/${r.key}` }));
    const searched = low ? [] : recentSearches().map((s) => ({ label: s.text, hint: t("web.palette.searched"), icon: "history", path: `/app/search${s.tail}` }));
    const all = [...last.slice(0, 5), ...searched.slice(0, 4), ...here.slice(0, low ? 5 : 8), ...found];
    if (last.length || searched.length) all.push({ label: t("web.palette.forget"), icon: "close", act: forgetRecent });
    if (low) all.push({ label: t("web.palette.search", { text }), icon: "search", path: `/app/search?q=${encodeURIComponent(text)}` });
    return all;
  };
  const search = () => {
    clearTimeout(timer);
    running?.abort();
    found = [];
    if (!text.trim()) return;
    timer = setTimeout(async () => {
      running = new AbortController();
      try {
        const page = await get(`/search${query({ q: text, limit: 8 })}`, running.signal);
        found = page.items.map((/** @type {any} */ i) => ({ label: i.subject ?? i.title ?? i.key, hint: i.key, icon: desk.type(i.type)?.icon || "article",
          path: i.url?.startsWith("/app") ? i.url : `/app/ticket/${i.key}` }));
        dialog.update();
      } catch {
        // half a query may be no query: the next letter asks again
      }
    }, 120);
  };
  const pick = (/** @type {any} */ item) => {
    item.act?.();
    dialog.close(item.path ?? "");
  };
  const path = await openDialog({
    title: t("web.palette.title"), noFoot: true, cls: "palette",
    body: (d) => {
      dialog = d;
      const all = items();
      active = Math.max(0, Math.min(active, all.length - 1));
      return html`<div class="palette-box">${icon("search")}<input autofocus role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list"
          aria-activedescendant="p${active}" aria-label=${t("web.palette.title")} placeholder=${t("web.palette.hint")} .value=${text}
          @input=${(/** @type {any} */ e) => {
            text = e.target.value;
            active = 0;
            search();
            d.update();
          }} @keydown=${(/** @type {KeyboardEvent} */ e) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
            if (step) {
              e.preventDefault();
              active = (active + step + all.length) % all.length;
              d.update();
              document.getElementById(`p${active}`)?.scrollIntoView({ block: "nearest" });
            } else if (e.key === "Enter") {
              e.preventDefault();
              if (all[active]) pick(all[active]);
            }
          }}></div>
        <ul id="palette-list" role="listbox" aria-label=${t("web.palette.title")}>${all.map((item, i) => html`<li id="p${i}" role="option"
          aria-selected=${i === active ? "true" : "false"} @click=${() => pick(item)}>${icon(item.icon)}<span>${item.label}</span>${
            item.hint ? html`<span class="faint mono">${item.hint}</span>` : nothing}</li>`)}</ul>`;
    },
  });
  clearTimeout(timer);
  running?.abort();
  if (typeof path === "string" && path) go(path);
}

export function showShortcuts() {
  const areas = Map.groupBy ? Map.groupBy(shortcuts(), (s) => s.area) : new Map([["", shortcuts()]]);
  openDialog({
    title: t("web.keys.title"), noFoot: true,
    body: () => html`${[...areas].map(([area, list]) => html`<h3 class="keys-area">${area ? t(area) : nothing}</h3><dl class="keys">
      ${list.map((/** @type {any} */ s) => html`<dt>${s.key.split("+").map((/** @type {string} */ k) => html`<kbd>${k.length === 1 ? k.toUpperCase() : k}</kbd>`)}</dt><dd>${t(s.words)}</dd>`)}</dl>`)}`,
  });
}
