// SPDX-License-Identifier: Apache-2.0
/** What modules' scripts have in common wherever they show something: loading, versions, failures. */
import { TalkaElement } from "../kit/element.js";
import { served } from "../kit/version.js";
import * as api from "./api.js";
import { desk } from "./desk.js";
import { has, t, word } from "./i18n.js";
import { go } from "./router.js";

/** How long a script may take to load, and a frame to say that it is there. */
export const LIMIT_MS = 5000;
const FAILURES = 3;
const WINDOW_MS = 10 * 60000;

/** @type {Map<string, number[]>} when each module failed lately */
const failures = new Map();
/** @type {Map<string, Promise<string>>} the tag of each script that was loaded */
const tags = new Map();
/** @type {Map<string, string>} the same of those that are here already */
const ready = new Map();
/** @type {Map<string, string>} the names of modules that were here, for telling that they went */
const titles = new Map();

/** A module's name, also when it has just gone. @param {string} id */
export function moduleTitle(id) {
  const key = `module.${id}.title`;
  if (has(key)) titles.set(id, t(key));
  return titles.get(id) ?? word(id);
}

/** Who looks at a public page without having signed in. */
const NOBODY = Object.freeze({ anonymous: true, username: "", displayName: "", roles: [], permissions: {} });

/** Whether a module has failed so often that it rests. @param {string} module */
export const outOfUse = (module) => {
  const since = Date.now() - WINDOW_MS;
  return (failures.get(module) ?? []).filter((at) => at > since).length >= FAILURES;
};

/**
 * Counts a failure, and tells the server of it, for administrators to see.
 * @param {import("./desk.js").Contribution} item @param {any} problem
 */
export function countFailure({ module, moduleVersion, point, key }, problem) {
  failures.set(module, [...(failures.get(module) ?? []), Date.now()]);
  // who only visits has nobody's word
  if (desk.me) api.post("/ui/failures", { module, moduleVersion, point, key, message: String(problem?.message ?? problem) }).catch(() => {});
}

/** What is wrong with the version that something was made for; nothing when it is served. @param {any} version */
export function versionProblem(version) {
  if (served().includes(version)) return "";
  return Number.isInteger(version) ? t("web.part.version", { version: String(version), served: served().join(", ") }) : t("web.part.unversioned");
}

/** @template T @param {Promise<T>} wanted @returns {Promise<T>} */
async function inTime(wanted) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(t("web.part.slow"))), LIMIT_MS);
  });
  try {
    return /** @type {T} */ (await Promise.race([wanted, late]));
  } finally {
    clearTimeout(timer);
  }
}

/** @param {string} module @param {string} script */
async function define(module, script) {
  if (!/^\/ui\/m\/[a-z0-9-]+\//.test(script)) throw new Error(`not a module's script: ${script}`);
  const loaded = /** @type {any} */ (await inTime(import(script)));
  const wrong = versionProblem(loaded.api);
  if (wrong) throw new Error(wrong);
  if (!(loaded.default?.prototype instanceof TalkaElement)) throw new Error(t("web.part.noElement"));
  const tag = `talka-m-${module}-${tags.size}-${Math.random().toString(36).slice(2, 7)}`;
  customElements.define(tag, class extends loaded.default {});
  ready.set(script, tag);
  return tag;
}

/**
 * Imports a module's script once and defines its class under a tag of its own: neither a tag nor a
 * script can be unloaded, so another version gets another tag.
 * @param {string} module @param {string} script
 */
export function tagOf(module, script) {
  let known = tags.get(script);
  if (!known) {
    known = define(module, script);
    known.catch(() => tags.delete(script));
    tags.set(script, known);
  }
  return known;
}

/** The tag of a script that has been loaded before. @param {string} script */
export const tagNow = (script) => ready.get(script);

/**
 * An element of a module. What it throws while it draws itself is told to `failed`, and to nobody else.
 * @param {string} tag @param {any} context @param {(e: any) => void} failed
 */
export function make(tag, context, failed) {
  const element = /** @type {any} */ (document.createElement(tag));
  // a constructor that throws leaves an unknown element behind
  if (!(element instanceof TalkaElement)) throw new Error(t("web.part.noElement"));
  element.context = context;
  const update = /** @type {any} */ (element).performUpdate;
  /** @type {any} */ (element).performUpdate = (/** @type {any[]} */ ...args) => {
    try {
      return update.apply(element, args);
    } catch (e) {
      failed(e);
    }
  };
  return element;
}

/** What all elements of modules find. @param {import("./desk.js").Contribution | undefined} item @param {Record<string, any>} more */
export const contextOf = (item, more) => ({ ...more, desk, get caller() {
  return desk.me ?? NOBODY;
}, item, navigate: go, api });

/** @param {any} a @param {any} b */
const same = (a, b) => Object.is(a, b) || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((part, i) => Object.is(part, b[i])));

/**
 * Whether its place says something new: it is put together at each drawing of the page, and a module
 * reads its data anew when its context changes.
 *
 * @param {Record<string, any> | undefined} now @param {Record<string, any> | undefined} before
 */
export const saysNew = (now, before) => {
  const [a, b] = [now ?? {}, before ?? {}];
  return Object.keys({ ...a, ...b }).some((name) => !same(a[name], b[name]));
};
