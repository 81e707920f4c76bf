// SPDX-License-Identifier: Apache-2.0
/**
 * Answers when the desk can't: with one page that says so and tries again. Pages always come from
 * the server, so that nobody is left with those of an earlier version; nothing of the desk's is
 * kept here.
 */
const CACHE = "talka-offline-{hash}";
const PAGE = "/offline";
const FILES = ["icon.svg", "css/tokens.css", "css/kit.css", "css/shell.css", "js/offline.js", "font/inter-latin.woff2", "font/inter-latin-ext.woff2"]
  .map((file) => `{base}/${file}`);
/** What a proxy says about a desk that does not answer. */
const AWAY = new Set([502, 503, 504]);

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) =>
    cache.addAll([PAGE, ...FILES].map((address) => new Request(address, { cache: "reload" })))));
});

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("talka-offline-") && name !== CACHE).map((name) => caches.delete(name))))
    .then(() => clients.claim()));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || request.method !== "GET") return;
  if (request.mode === "navigate") {
    if (/^\/(app|portal|setup|sign-in)?(\/|$)/.test(pathname)) event.respondWith(page(request));
  } else if (FILES.includes(pathname)) {
    event.respondWith(fetch(request).catch(() => kept(pathname)));
  }
});

async function page(request) {
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return kept(PAGE);
  }
  return AWAY.has(answer.status) ? (await kept(PAGE)) : answer;
}

async function kept(address) {
  return (await caches.match(address, { cacheName: CACHE })) ?? Response.error();
}
