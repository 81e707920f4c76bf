// SPDX-License-Identifier: Apache-2.0
/** The page that stands in for the desk while it can't be reached: goes on where one was. */
let language = navigator.language;
try {
  language = localStorage.getItem("talka.language") ?? language;
  const theme = localStorage.getItem("talka.theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // without storage the browser's language and colours stand
}
const spoken = language.startsWith("lv") ? "lv" : "en";
document.documentElement.lang = spoken;
for (const section of document.querySelectorAll("section")) {
  if (section.lang !== spoken) section.remove();
}
document.title = `${document.querySelector("h1")?.textContent} · Talka`;

/** First soon, for a server that is started again; then more rarely, for a network that is gone. */
let wait = 1000;
let turn = 0;

async function look() {
  const mine = ++turn;
  try {
    if ((await fetch("/health/ready", { cache: "no-store" })).ok) {
      location.reload();
      return;
    }
  } catch {
    // not yet
  }
  if (mine !== turn) return;
  setTimeout(() => mine === turn && look(), wait);
  wait = Math.min(wait * 1.5, 15000);
}

addEventListener("online", look);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
});
for (const link of document.querySelectorAll("a.btn")) {
  link.addEventListener("click", (e) => {
    e.preventDefault();
    location.reload();
  });
}
look();
