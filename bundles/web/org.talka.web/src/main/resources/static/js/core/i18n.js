// SPDX-License-Identifier: Apache-2.0
/**
 * Words and the ways to write numbers and times. Words come from the server's catalogues, merged
 * over all bundles, so that a module's texts are there as soon as the module is.
 */
import { askedAhead } from "./ahead.js";

/** @type {Record<string, string>} */
let words = {};
/** Words that came with a record, of a module that is not here. @type {Record<string, string>} */
let lent = {};
let language = document.documentElement.lang || "en";
/** @type {string | undefined} */
let zone;
let etag = "";
const listeners = new Set();
/** @type {Map<string, any>} */
const formats = new Map();

/** The language that is shown now. */
export const currentLanguage = () => language;

const KEPT = "talka.language";

/** The language that this browser showed last, before anybody is signed in. @returns {string | null} */
export function keptLanguage() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // without storage the browser's language stands
  }
}

/** @param {string} lang */
export function keepLanguage(lang) {
  try {
    localStorage.setItem(KEPT, lang);
  } catch {
    // it holds for this page
  }
}

/** A language as it calls itself. @param {string} key */
export function languageName(key) {
  const name = new Intl.DisplayNames([key], { type: "language" }).of(key) ?? key;
  return name.charAt(0).toLocaleUpperCase(key) + name.slice(1);
}

/**
 * The languages that people can choose, the desk's own first, each named in itself. Always the same
 * list: it is filled anew when the words come.
 * @type {[string, string][]}
 */
export const LANGUAGES = [["en", "English"], ["lv", "Latviešu"]];

/** @param {Response} answer the words, with what is offered @returns {boolean} whether that is new */
function takeLanguages(answer) {
  const offered = (answer.headers.get("Talka-Languages") ?? "").split(/[\s,]+/).filter(Boolean);
  if (!offered.length || offered.join() === LANGUAGES.map(([key]) => key).join()) return false;
  LANGUAGES.splice(0, LANGUAGES.length, ...offered.map((key) => /** @type {[string, string]} */ ([key, languageName(key)])));
  return true;
}

/**
 * Calls back after the words changed: another language, or a module came or went.
 * @param {() => void} listener
 * @returns {() => void} ends it
 */
export function onWords(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Fetches the catalogue, cheaply when nothing changed, and shows the page again with it.
 * @param {string} [lang]
 */
export async function loadWords(lang = language) {
  (await fetchWords(lang))?.();
}

/**
 * Fetches the catalogue for who has more to show at the same moment.
 * @param {string} [lang]
 * @returns {Promise<(() => void) | undefined>} puts it to use; undefined when nothing changed
 */
export async function fetchWords(lang = language) {
  const same = lang === language;
  const response = (!etag && (await askedAhead(`/ui/messages/${lang}`))) || await fetch(`/api/v1/ui/messages/${lang}`, {
    headers: same && etag ? { "If-None-Match": etag } : {},
  });
  const told = () => {
    for (const listener of listeners) listener();
  };
  if (response.status === 304) return takeLanguages(response) ? told : undefined;
  if (!response.ok) throw new Error(`messages: ${response.status}`);
  const catalogue = await response.json();
  takeLanguages(response);
  // a language that is not offered is answered in the desk's own
  const given = response.headers.get("Content-Language") ?? lang;
  return () => {
    // another language was chosen meanwhile
    if (same && lang !== language) return;
    words = catalogue;
    etag = response.headers.get("ETag") ?? "";
    language = given;
    document.documentElement.lang = given;
    formats.clear();
    compiled.clear();
    lent = {};
    told();
  };
}

/** @param {string | undefined} timeZone an IANA zone; the browser's own when absent */
export function setZone(timeZone) {
  const before = zone;
  zone = timeZone || undefined;
  formats.clear();
  // what is on the page was written for another clock
  if (before && before !== zone) for (const listener of listeners) listener();
}

/** The person's time zone, or the browser's. */
export const currentZone = () => zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment as the person's clock shows it. @param {string | number | Date} at @returns {string} `2026-03-01T14:05` */
export const toClock = (at) =>
  format("clock", () => new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  })).format(new Date(at)).replace(" ", "T");

/** The moment at which the person's clock shows this. @param {string} shown `2026-03-01T14:05` */
export function fromClock(shown) {
  const wanted = Date.parse(`${shown.slice(0, 16)}Z`);
  let at = wanted;
  // once more, because the clock may have been changed between the first guess and the moment
  for (let i = 0; i < 2; i++) at += wanted - Date.parse(`${toClock(at)}Z`);
  return new Date(at).toISOString();
}

/** Letters without their marks, in lower case: for finding what somebody types. @param {string} s */
export const fold = (s) => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether somebody has words for the key. */
export const has = (/** @type {string} */ key) => Object.hasOwn(words, key) || Object.hasOwn(lent, key);

/** Adds words for as long as nobody else has them. @param {Record<string, string>} more */
export function lendWords(more) {
  lent = { ...lent, ...more };
}

/** @type {Map<string, any[]>} */
const compiled = new Map();

/**
 * The words of a key; the key itself when nobody has any.
 * @param {string} key
 * @param {Record<string, unknown>} [args]
 */
export function t(key, args = {}) {
  const pattern = words[key] ?? lent[key];
  if (pattern === undefined) return key;
  let parts = compiled.get(key);
  if (!parts) compiled.set(key, (parts = parsePattern(pattern)));
  return write(parts, args, undefined);
}

/**
 * The words of the first key that somebody knows, or the last part of the last key made readable:
 * what to show for a declared thing whose module forgot a name or is gone.
 * @param {...string} keys
 */
export function word(...keys) {
  for (const key of keys) if (has(key)) return t(key);
  const last = keys[keys.length - 1].split(".").pop() ?? "";
  const spaced = last.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[-_]/g, " ").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/**
 * Reads `{name}` and `{n, plural, one {…} other {…}}`, nested.
 * @param {string} pattern
 * @returns {any[]} strings, `{name}` and `{name, forms}`
 */
export function parsePattern(pattern) {
  let at = 0;
  const list = (/** @type {boolean} */ inner) => {
    const parts = [];
    let text = "";
    while (at < pattern.length) {
      const c = pattern[at];
      if (c === "{") {
        if (text) parts.push(text);
        text = "";
        at++;
        parts.push(place());
      } else if (c === "}" && inner) {
        break;
      } else if (c === "#" && inner) {
        if (text) parts.push(text);
        text = "";
        parts.push({ name: "#" });
        at++;
      } else {
        text += c;
        at++;
      }
    }
    if (text) parts.push(text);
    return parts;
  };
  const place = () => {
    const head = /^\s*([\w.]+)\s*(,\s*plural\s*,)?/.exec(pattern.slice(at));
    if (!head) {
      at = pattern.length;
      return "";
    }
    at += head[0].length;
    if (!head[2]) {
      while (at < pattern.length && pattern[at++] !== "}");
      return { name: head[1] };
    }
    /** @type {Record<string, any[]>} */
    const forms = {};
    for (;;) {
      const form = /^\s*(=?\w+)\s*\{/.exec(pattern.slice(at));
      if (!form) break;
      at += form[0].length;
      forms[form[1]] = list(true);
      at++;
    }
    while (at < pattern.length && pattern[at++] !== "}");
    return { name: head[1], forms };
  };
  return list(false);
}

/** @returns {string} */
function write(/** @type {any[]} */ parts, /** @type {any} */ args, /** @type {any} */ number) {
  let out = "";
  for (const part of parts) {
    if (typeof part === "string") out += part;
    else if (part.name === "#") out += formatNumber(number);
    else if (part.forms) {
      const n = Number(args[part.name] ?? 0);
      const rule = format("plural", () => new Intl.PluralRules(language));
      const chosen = part.forms[`=${n}`] ?? part.forms[rule.select(n)] ?? part.forms.other ?? [];
      out += write(chosen, args, n);
    } else {
      const value = args[part.name];
      out += typeof value === "number" ? formatNumber(value) : (value ?? "");
    }
  }
  return out;
}

function format(/** @type {string} */ name, /** @type {() => any} */ make) {
  let f = formats.get(name);
  if (!f) formats.set(name, (f = make()));
  return f;
}

/** @param {number} n */
export const formatNumber = (n) => format("number", () => new Intl.NumberFormat(language)).format(n);

/** @param {number} bytes */
export function formatSize(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let i = 0;
  let n = bytes;
  while (n >= 1000 && i < units.length - 1) {
    n /= 1000;
    i++;
  }
  return format(`size${i}`, () => new Intl.NumberFormat(language, {
    style: "unit", unit: units[i], unitDisplay: "short", maximumFractionDigits: n < 10 && i > 0 ? 1 : 0,
  })).format(n);
}

/** @param {string | Date} at */
export const formatDateTime = (at) =>
  format("dateTime", () => new Intl.DateTimeFormat(language, {
    dateStyle: "medium", timeStyle: "short", timeZone: zone,
  })).format(new Date(at));

/** A day without a time. @param {string} day `2026-03-01` */
export const formatDate = (day) =>
  format("date", () => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }))
    .format(new Date(`${day.slice(0, 10)}T00:00:00Z`));

/** A day of this year or the last, briefly. @param {string} day `2026-03-01` */
export const formatDay = (day) =>
  format("shortDay", () => new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" }))
    .format(new Date(`${day.slice(0, 10)}T00:00:00Z`));

/**
 * How long ago, as people say it: minutes and hours for today, then the day.
 * @param {string | Date} at
 * @param {"long" | "narrow"} [style] narrow for lists
 */
export function formatAgo(at, style = "long") {
  const date = new Date(at);
  const seconds = (date.getTime() - Date.now()) / 1000;
  const past = Math.abs(seconds);
  if (past < 45) return has("web.time.now") ? t("web.time.now") : "";
  if (past < 86400) {
    const [n, unit] = past < 3540 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
    if (style === "narrow") {
      return format(`unit.${unit}`, () => new Intl.NumberFormat(language, {
        style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0,
      })).format(Math.max(1, Math.round(Math.abs(n))));
    }
    return format("relative", () => new Intl.RelativeTimeFormat(language, { numeric: "auto" }))
      .format(Math.round(n) || -1, /** @type {any} */ (unit));
  }
  const days = Math.round(past / 86400);
  if (days < 7) {
    return format("relative", () => new Intl.RelativeTimeFormat(language, { numeric: "auto" }))
      .format(Math.sign(seconds) * days, "day");
  }
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return format(`day.${sameYear}`, () => new Intl.DateTimeFormat(language, {
    day: "numeric", month: "short", year: sameYear ? undefined : "numeric", timeZone: zone,
  })).format(date);
}
