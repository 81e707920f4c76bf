// SPDX-License-Identifier: Apache-2.0
/** Our icons: 16 units, one stroke, in the manner of the brand mark. Modules name them. */
import { svg, html, nothing } from "lit";

/** @type {Record<string, import("lit").TemplateResult>} */
const SHAPES = {
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3 3"/>`,
  home: svg`<path d="M2.5 7 8 2.5 13.5 7v6.5h-4v-4h-3v4h-4z"/>`,
  inbox: svg`<path d="M2.5 9.5h3l1 2h3l1-2h3M2.5 9.5l2-6h7l2 6v4h-11z"/>`,
  list: svg`<path d="M3 4h10M3 8h10M3 12h6"/>`,
  board: svg`<path d="M2.5 3h3v10h-3zM7 3h3v6H7zM11.5 3H14v8h-2.5z"/>`,
  calendar: svg`<path d="M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5"/>`,
  incident: svg`<path d="M9 2 3.5 9H8l-1 5 5.5-7H8z"/>`,
  request: svg`<path d="M2.5 5 8 2.5 13.5 5v6L8 13.5 2.5 11zM2.5 5 8 7.5 13.5 5M8 7.5v6"/>`,
  problem: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3.5M8 11h.01"/>`,
  "known-error": svg`<circle cx="8" cy="8" r="5.5"/><path d="m5.5 8.2 1.8 1.8 3.2-3.5"/>`,
  change: svg`<path d="M3 8h7M8 5l3 3-3 3M13 3v10"/>`,
  release: svg`<path d="M8 2c2.5 1.5 3.5 4 3.5 6.5L13 11l-2.5.5h-5L3 11l1.5-2.5C4.5 6 5.5 3.5 8 2zM6.5 13.5h3"/>`,
  article: svg`<path d="M3 3h7l3 3v7H3z"/><path d="M6 8h4M6 10.5h4"/>`,
  graph: svg`<circle cx="4" cy="8" r="2"/><circle cx="12" cy="4" r="2"/><circle cx="12" cy="12" r="2"/><path d="m6 7 4-2M6 9l4 2"/>`,
  star: svg`<path d="m8 2.2 1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4-2.9-2.8 4-.6z"/>`,
  chart: svg`<path d="M3 13V8M8 13V3M13 13V6"/>`,
  modules: svg`<path d="M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5h-4.5zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5h-4.5z"/>`,
  people: svg`<circle cx="6" cy="5.5" r="2.5"/><path d="M1.5 13c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.3c1.5.5 2.5 1.9 2.5 3.7"/>`,
  person: svg`<circle cx="8" cy="5.5" r="2.5"/><path d="M3.5 13c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
  check: svg`<path d="m3 8.5 3 3 7-7"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  down: svg`<path d="m4 6 4 4 4-4"/>`,
  up: svg`<path d="m4 10 4-4 4 4"/>`,
  edit: svg`<path d="M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3z"/>`,
  left: svg`<path d="m10 4-4 4 4 4"/>`,
  right: svg`<path d="m6 4 4 4-4 4"/>`,
  arrow: svg`<path d="M3 8h10M9 4l4 4-4 4"/>`,
  warn: svg`<path d="M8 2.5 14 13H2z"/><path d="M8 6.5v3M8 11.5h.01"/>`,
  info: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 7.5V11M8 5h.01"/>`,
  clip: svg`<path d="m13 7.5-5.2 5.2a3.3 3.3 0 0 1-4.6-4.6l5.6-5.6a2.2 2.2 0 0 1 3.1 3.1l-5.5 5.5a1.1 1.1 0 0 1-1.6-1.6l5-5"/>`,
  image: svg`<path d="M2.5 3h11v10h-11z"/><path d="m3 11 3-4 3 3 2-2 2 3"/>`,
  link: svg`<path d="M6.5 9.5 9.5 6.5M7 4.5l1.3-1.3a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5l-1.3 1.3a3 3 0 0 1-4.3-4.3L4.7 7.2"/>`,
  more: svg`<path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.2"/>`,
  bell: svg`<path d="M4 11V7a4 4 0 0 1 8 0v4l1 1.5H3zM6.5 14h3"/>`,
  at: svg`<circle cx="8" cy="8" r="2.5"/><path d="M10.5 5.5v3.2a1.6 1.6 0 0 0 3.2 0V8a5.7 5.7 0 1 0-2.4 4.6"/>`,
  ring: svg`<circle cx="8" cy="8" r="3"/>`,
  sliders: svg`<path d="M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6"/><circle cx="10.2" cy="5" r="1.6"/><circle cx="5.8" cy="11" r="1.6"/>`,
  eye: svg`<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="1.8"/>`,
  clock: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3l2 1.5"/>`,
  note: svg`<path d="M3 2.5h10v7l-3.5 4H3z"/><path d="M13 9.5H9.5v4M5.5 5.5h5"/>`,
  reply: svg`<path d="M6.5 4 3 7.5 6.5 11M3 7.5h6c2.5 0 4 1.5 4 4.5"/>`,
  upload: svg`<path d="M8 10.5v-7M5 6.5l3-3 3 3M3 11v2h10v-2"/>`,
  download: svg`<path d="M8 3v7M5 7.5l3 3 3-3M3 12v1.5h10V12"/>`,
  history: svg`<path d="M3 4v3h3"/><path d="M3.3 7A5 5 0 1 1 3 9M8 5.5V8l2 1.2"/>`,
  menu: svg`<path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11"/>`,
  keyboard: svg`<path d="M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M5 9.5h6"/>`,
  undo: svg`<path d="M5.5 3.5 2.5 6.5l3 3M2.5 6.5h7a3.5 3.5 0 0 1 0 7h-3"/>`,
  lock: svg`<rect x="3.5" y="7" width="9" height="6" rx="1"/><path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"/>`,
  laptop: svg`<path d="M2.5 11.5h11M4 3.5h8v6H4z"/>`,
  tag: svg`<path d="M2.5 7.5v-5h5l6 6-5 5z"/><path d="M5 5h.01"/>`,
  gone: svg`<path d="M3 3h6l4 4v6H3z" stroke-dasharray="2 2"/>`,
  grip: svg`<path d="M6 4h.01M6 8h.01M6 12h.01M10 4h.01M10 8h.01M10 12h.01" stroke-width="2.2"/>`,
  number: svg`<path d="M6.5 3 5 13M11 3l-1.5 10M3.5 6h10M2.5 10h10"/>`,
  full: svg`<path d="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"/>`,
  refresh: svg`<path d="M13 3v3h-3"/><path d="M12.7 6A5 5 0 1 0 13 9"/>`,
  sort: svg`<path d="M4 4h8M4 8h5.5M4 12h3"/>`,
  sign: svg`<path d="M6 3H3v10h3M10 5l3 3-3 3M6.5 8H13"/>`,
};

/** Names that modules of the wild use for the same things. */
const ALIASES = /** @type {Record<string, string>} */ ({
  bug: "problem", alert: "warn", book: "article", knowledge: "article", server: "laptop", user: "person",
  users: "people", settings: "modules", box: "request", package: "release", ticket: "list", bolt: "incident",
});

export const iconNames = () => Object.keys(SHAPES);

/**
 * An icon beside words, hidden from screen readers.
 * @param {string | null | undefined} name an unknown one shows the sign for "list"
 * @param {string} [cls]
 */
export const icon = (name, cls = "") =>
  html`<svg class="i ${cls}" viewBox="0 0 16 16" aria-hidden="true">${
    name ? (SHAPES[name] ?? SHAPES[ALIASES[name]] ?? SHAPES.list) : nothing}</svg>`;

/** The brand mark. */
export const brandMark = (size = 20) =>
  html`<svg class="mark" width=${size} height=${size} viewBox="0 0 20 20" aria-hidden="true"><path class="a" d="M3 5h9a4 4 0 0 1 0 8H8"/><path class="b" d="M17 15H8a4 4 0 0 1 0-8h4"/></svg>`;
