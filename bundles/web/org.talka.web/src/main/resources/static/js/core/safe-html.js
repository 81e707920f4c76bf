// SPDX-License-Identifier: Apache-2.0
/**
 * Shows HTML that the server rendered from Markdown and sanitised. It is parsed into an inert
 * document and rebuilt from an allow-list, so that a fault on the server alone can't run a script.
 */
import { noChange, nothing } from "lit";
import { Directive, directive, PartType } from "lit/directive.js";

const TAGS = new Set(
  "a abbr b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr ul"
    .split(" "));
const ATTRIBUTES = new Set("alt align checked class colspan disabled height lang open rowspan start title type width".split(" "));

const policy = globalThis.trustedTypes?.createPolicy("talka-html", {
  // only ever parsed into a document of its own, where nothing loads and nothing runs
  createHTML: (/** @type {string} */ html) => html,
});

/**
 * @param {string} html sanitised by the server
 * @returns {DocumentFragment}
 */
export function fragment(html) {
  const source = policy ? policy.createHTML(html) : html;
  const inert = new DOMParser().parseFromString(/** @type {any} */ (source), "text/html");
  const out = document.createDocumentFragment();
  copy(inert.body, out);
  return out;
}

function copy(/** @type {Node} */ from, /** @type {Node} */ to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      to.appendChild(document.createTextNode(node.nodeValue ?? ""));
    } else if (node instanceof HTMLElement || node.nodeType === Node.ELEMENT_NODE) {
      const element = /** @type {Element} */ (node);
      const tag = element.localName;
      if (!TAGS.has(tag) || element.namespaceURI !== "http://www.w3.org/1999/xhtml") continue;
      const made = document.createElement(tag);
      for (const { name, value } of element.attributes) {
        if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
      }
      if (tag === "a") link(/** @type {HTMLAnchorElement} */ (made), element.getAttribute("href"));
      if (tag === "img") picture(/** @type {HTMLImageElement} */ (made), element.getAttribute("src"));
      if (tag === "input") {
        // only the ticks of task lists
        made.setAttribute("type", "checkbox");
        made.setAttribute("disabled", "");
      }
      copy(element, made);
      to.appendChild(made);
    }
  }
}

function link(/** @type {HTMLAnchorElement} */ a, /** @type {string | null} */ href) {
  if (!href) return;
  let url;
  try {
    url = new URL(href, location.href);
  } catch {
    return;
  }
  if (!["http:", "https:", "mailto:", "tel:"].includes(url.protocol)) return;
  a.href = url.href;
  if (url.origin !== location.origin) {
    a.rel = "noopener noreferrer nofollow";
    a.target = "_blank";
  }
}

/** Pictures only from this server: a foreign one would tell its owner who reads. */
function picture(/** @type {HTMLImageElement} */ img, /** @type {string | null} */ src) {
  if (!src) return;
  const url = new URL(src, location.href);
  if (url.origin !== location.origin || !url.pathname.startsWith("/api/v1/")) return;
  img.src = url.pathname;
  img.loading = "lazy";
}

class ServerHtml extends Directive {
  /** @type {string | undefined} */
  #last;
  /** @param {import("lit/directive.js").PartInfo} info */
  constructor(info) {
    super(info);
    if (info.type !== PartType.CHILD) throw new Error("serverHtml() is for content");
  }
  /** @param {string | null | undefined} html */
  render(html) {
    return html ? fragment(html) : nothing;
  }
  /** @param {any} _part @param {[string]} args */
  update(_part, [html]) {
    if (html === this.#last) return /** @type {any} */ (noChange);
    this.#last = html;
    return this.render(html);
  }
}
/** For templates: `<div class="prose">${serverHtml(comment.bodyHtml)}</div>`. */
export const serverHtml = directive(ServerHtml);
