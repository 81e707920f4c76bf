// SPDX-License-Identifier: Apache-2.0
/** Days of the calendar as `2026-03-01`: what follows what, and what they are called. */
import { desk } from "./desk.js";
import { currentLanguage } from "./i18n.js";

const DAY = 86400000;
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} day */
const midnight = (day) => new Date(`${day}T00:00:00Z`);
/** @param {Date} date */
const iso = (date) => date.toISOString().slice(0, 10);

function format(/** @type {Intl.DateTimeFormatOptions} */ o, language = currentLanguage()) {
  const key = language + JSON.stringify(o);
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat(language, o)));
  return known;
}

/** Whether it names a day. @param {string} text */
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(midnight(text).getTime()) && iso(midnight(text)) === text;

/** @param {string} day @param {number} n */
export const addDays = (day, n) => iso(new Date(midnight(day).getTime() + n * DAY));

/** The same day of another month, or its last one. @param {string} day @param {number} n */
export function addMonths(day, n) {
  const d = midnight(day);
  const first = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + n, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return iso(new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(d.getUTCDate(), last))));
}

/** @param {string} day */
export const monthStart = (day) => `${day.slice(0, 8)}01`;
/** @param {string} day */
export const monthEnd = (day) => addDays(addMonths(monthStart(day), 1), -1);

/**
 * With which day weeks begin for the person, from 1 for Monday to 7. The language of the desk has
 * no country: the browser's own says more when it is of the same language.
 */
export function weekBegins() {
  const own = desk.me?.locale || currentLanguage();
  const spoken = navigator.languages?.find((l) => l.split("-")[0] === own.split(/[-_]/)[0] && l.includes("-"));
  const tag = own.includes("-") || own.includes("_") ? own.replace("_", "-") : (spoken ?? own);
  try {
    const locale = /** @type {any} */ (new Intl.Locale(tag));
    const week = locale.getWeekInfo?.() ?? locale.weekInfo;
    if (week) return week.firstDay;
  } catch {
    // not a language that the browser knows
  }
  return /^en(-US)?$/.test(tag) ? 7 : 1;
}

/** @param {string} day @param {number} begins as {@link weekBegins} */
export const weekStart = (day, begins) => addDays(day, -((midnight(day).getUTCDay() - (begins % 7) + 7) % 7));

/** The day on which an instant falls. @param {string | number} at @param {string} [zone] */
export function dayOf(at, zone = desk.me?.zone || undefined) {
  const parts = Object.fromEntries(format({ timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }, "en-US")
    .formatToParts(new Date(at)).map((p) => [p.type, p.value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** @param {string} [zone] */
export const today = (zone) => dayOf(Date.now(), zone);

/** The time of day of an instant, short. @param {string} at @param {string} [zone] */
export const timeOf = (at, zone) => format({ timeZone: zone, timeStyle: "short" }).format(new Date(at));

/** How far a zone's clocks are ahead of UTC. @param {number} at @param {string | undefined} zone */
function ahead(at, zone) {
  const p = Object.fromEntries(format({ timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }, "en-US")
    .formatToParts(new Date(at)).map((x) => [x.type, Number(x.value)]));
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(at / 1000) * 1000;
}

/** The same time of day on another day, when clocks changed in between too. @param {string} at @param {string} day @param {string} [zone] */
export function onDay(at, day, zone = desk.me?.zone || undefined) {
  const from = new Date(at).getTime();
  const days = (midnight(day).getTime() - midnight(dayOf(at, zone)).getTime()) / DAY;
  const to = from + days * DAY;
  return new Date(to + ahead(from, zone) - ahead(to, zone)).toISOString();
}

/** `1` */
export const dayNumber = (/** @type {string} */ day) => String(midnight(day).getUTCDate());
/** `Friday, 27 November 2026` */
export const dayName = (/** @type {string} */ day) => format({ dateStyle: "full", timeZone: "UTC" }).format(midnight(day));
/** `Fri, 27 Nov` */
export const dayShort = (/** @type {string} */ day) => format({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(midnight(day));
/** `Nov` */
export const monthShort = (/** @type {string} */ day) => format({ month: "short", timeZone: "UTC" }).format(midnight(day));
/** `November 2026` */
export const monthName = (/** @type {string} */ day) => format({ month: "long", year: "numeric", timeZone: "UTC" }).format(midnight(day));
/** `Friday` or `Fri` @param {string} day @param {"long" | "short"} width */
export const weekdayName = (day, width) => format({ weekday: width, timeZone: "UTC" }).format(midnight(day));
/** `23–29 Nov 2026` @param {string} first @param {string} last */
export const rangeName = (first, last) => format({ day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).formatRange(midnight(first), midnight(last));
