// SPDX-License-Identifier: Apache-2.0
/** What a tab knows: who works in it, what kinds of tickets there are, what modules contribute. */
import { endAhead } from "./ahead.js";
import { enc, get, patch, remove, setCsrf } from "./api.js";
import { appearance } from "./appearance.js";
import { fetchWords, keepLanguage, lendWords, loadWords, setZone, currentLanguage, LANGUAGES } from "./i18n.js";

/**
 * @typedef {{id: number|string, username: string, displayName: string}} Person
 * @typedef {{module: string, moduleVersion: string, point: string, key: string, order: number,
 *   icon?: string, permission?: string, view?: any, script?: string|null, frame?: string|null, scopes?: string[], framed?: any, props?: any}} Contribution
 */

/** What modules contribute. Their fields need an element of the shell that other desks never load. @returns {Promise<any>} */
async function contributionsNow() {
  const answer = await get("/ui/contributions");
  // without it the shell's own controls stand in
  if (boundToFields(byOrder(answer.items)).size) await import("./field-part.js").catch(() => {});
  return answer;
}

class Desk extends EventTarget {
  /** @type {any} */
  me = null;
  setupNeeded = false;
  /** @type {any[]} */
  types = [];
  /** @type {Map<string, Promise<any>>} */
  #descriptions = new Map();
  /** @type {Contribution[]} */
  contributions = [];
  /** What is missing of modules, and what administrators should look at. @type {{module: string, kind: string, text: string}[]} */
  notices = [];
  generation = -1;
  /** Keys of contributions that came while the page was open. */
  fresh = new Set();
  /** @type {Promise<any> | undefined} */
  #teams;
  /** @type {Promise<any[]> | undefined} */
  #fields;

  /**
   * Reads the session; afterwards `me` is set when somebody is signed in.
   * @param {Promise<void>} [words] those of the browser's language, on their way
   */
  async open(words) {
    const session = await get("/session");
    setCsrf(session.csrfToken);
    this.setupNeeded = !!session.setupNeeded;
    if (!session.signedIn) {
      endAhead();
      this.me = null;
      if (this.setupNeeded) return;
      await appearance.open();
      // who only visits sees what modules mark as public
      if (appearance.portal) this.#takeContributions(await contributionsNow(), true);
      return;
    }
    const [me, types, contributions] = await Promise.all([get("/me"), get("/ticket-types"), contributionsNow(), words, appearance.open()]);
    endAhead();
    setZone(me.zone);
    const language = languageOf(me.locale);
    if (language !== currentLanguage()) await loadWords(language);
    keepLanguage(language);
    this.me = me;
    this.#takeContributions(contributions, true);
    this.#takeTypes(types.items);
  }

  /** @param {string} permission */
  can(permission) {
    const scope = this.me?.permissions?.[permission];
    return !!scope && String(scope).toLowerCase() !== "none";
  }

  /** People who only ask: they see the portal and nothing of the workspace. */
  get portalOnly() {
    const roles = this.me?.roles ?? [];
    return roles.length > 0 && roles.every((/** @type {any} */ r) => (r.key ?? r) === "requester");
  }

  #takeTypes(/** @type {any[]} */ items) {
    this.types = items;
    this.#descriptions.clear();
    this.#teams = this.#fields = undefined;
    this.dispatchEvent(new Event("types"));
  }

  /** @param {string} key */
  type(key) {
    return this.types.find((type) => type.key === key);
  }

  /**
   * The whole description of a type: fields, form, workflow.
   * @param {string} key
   */
  describe(key) {
    let known = this.#descriptions.get(key);
    if (!known) {
      known = get(`/ticket-types/${enc(key)}`).then((type) => {
        // the type of a module that is gone brings its words along
        if (type.words) lendWords(type.words);
        return type;
      });
      known.catch(() => this.#descriptions.delete(key));
      this.#descriptions.set(key, known);
    }
    return known;
  }

  /** The own fields of all types, in one answer however many there are. @returns {Promise<import("./fields.js").FieldDescription[]>} */
  fields() {
    this.#fields ??= get("/ticket-fields").then((page) => {
      this.#known = new Map(page.items.map((/** @type {any} */ f) => [f.key, f]));
      return page.items;
    });
    this.#fields.catch(() => (this.#fields = undefined));
    return this.#fields;
  }

  teams() {
    this.#teams ??= get("/teams?limit=200").then((page) => page.items);
    this.#teams.catch(() => (this.#teams = undefined));
    return this.#teams;
  }

  /** After an administrator changed teams. */
  forgetTeams() {
    this.#teams = undefined;
  }

  /** @param {any} answer @param {boolean} [first] what is there at the start is not new */
  #takeContributions(answer, first = false) {
    const id = (/** @type {Contribution} */ c) => `${c.point}/${c.module}/${c.key}`;
    const before = new Set(this.contributions.map(id));
    this.contributions = byOrder(answer.items);
    this.notices = answer.notices ?? [];
    this.#fieldParts = boundToFields(this.contributions);
    this.generation = answer.generation;
    if (!first) {
      for (const c of this.contributions) if (!before.has(id(c))) this.fresh.add(`${c.module}/${c.key}`);
    }
    this.dispatchEvent(new Event("contributions"));
  }

  /**
   * What a module shows a field with: bound to the field itself, or to its kind.
   * @param {string} point `field.editor`, `field.viewer` or `list.cell`
   * @param {{key: string, type?: string}} field
   */
  fieldPart(point, field) {
    return this.#fieldParts.get(`${point} ${field.key}`) ?? this.#fieldParts.get(`${point} :${field.type}`);
  }
  /** @type {Map<string, Contribution>} asked for every cell of a list */
  #fieldParts = new Map();

  /** A field's description as far as it is known by now. @param {string} key @returns {{key: string, type: string}} */
  field(key) {
    return this.#known.get(key) ?? { key, type: "" };
  }
  /** @type {Map<string, import("./fields.js").FieldDescription>} */
  #known = new Map();

  /** @param {string} point */
  at(point) {
    return this.contributions.filter((c) => c.point === point);
  }

  /**
   * A module came, changed or went: its words come and go together with what it shows.
   * @param {boolean} [settled] false while it is on its way: then only what differs is told
   */
  async modulesChanged(settled = true) {
    const turn = ++this.#turn;
    this.#untold ||= settled;
    // a module brings permissions along, and takes them with it
    const [types, contributions, me, useWords] = await Promise.all([get("/ticket-types"), contributionsNow(), get("/me"), fetchWords()]);
    // an earlier question may be answered later
    if (turn !== this.#turn) return;
    const same = JSON.stringify([types.items, byOrder(contributions.items), me.permissions]) === JSON.stringify([this.types, this.contributions, this.me.permissions]);
    this.generation = contributions.generation;
    if (same && !useWords && !this.#untold) return;
    this.#untold = false;
    useWords?.();
    const other = JSON.stringify(me.permissions) !== JSON.stringify(this.me.permissions);
    this.me = { ...this.me, permissions: me.permissions };
    // a panel that goes must be gone before its ticket reads itself again and makes it ask its module
    this.#takeContributions(contributions);
    this.#takeTypes(types.items);
    if (other) this.dispatchEvent(new Event("me"));
  }
  /** Whether a module arrived somewhere and the page was not told yet. */
  #untold = false;
  #turn = 0;

  /** @param {Record<string, any>} changes */
  async change(changes) {
    this.me = { ...this.me, ...(await patch("/me", changes)).data };
    setZone(this.me.zone);
    if (changes.locale) {
      await loadWords(languageOf(changes.locale));
      keepLanguage(currentLanguage());
    }
    this.dispatchEvent(new Event("me"));
  }

  async signOut() {
    await remove("/session").catch(() => {});
    this.me = null;
    setCsrf("");
  }
}

const byOrder = (/** @type {Contribution[]} */ items) => [...items].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));

/** By place and field, or by place and kind of field; the first one has it. @param {Contribution[]} contributions */
function boundToFields(contributions) {
  /** @type {Map<string, Contribution>} */
  const bound = new Map();
  for (const c of contributions) {
    if (!c.script || !(c.view?.field || c.view?.kind)) continue;
    const name = `${c.point} ${c.view.field ?? `:${c.view.kind}`}`;
    if (!bound.has(name)) bound.set(name, c);
  }
  return bound;
}

/** @param {string | undefined} locale */
export function languageOf(locale) {
  const language = (locale ?? "").split(/[-_]/)[0];
  return LANGUAGES.some(([key]) => key === language) ? language : LANGUAGES[0][0];
}

export const desk = new Desk();
