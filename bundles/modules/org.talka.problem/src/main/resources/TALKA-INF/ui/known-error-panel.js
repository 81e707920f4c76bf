// SPDX-License-Identifier: Apache-2.0
/** Beside an incident: the problem behind it, what helps, and what its requester was sent. */
import { css, html, nothing } from "lit";
import { icon, serverHtml, TicketPanel } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const api = 1;

export default class KnownErrorPanel extends TicketPanel {
  static styles = css`
    :host { display: block; }
    article + article { margin-top: 14px; }
    p { margin: 0; }
    .name { display: block; overflow-wrap: anywhere; margin-bottom: 4px; }
    .help-text { background: var(--accent-wash); border-radius: var(--r-s); padding: 8px 10px; margin: 6px 0; max-height: 11em; overflow: auto; }
    .help-text b { display: block; color: var(--accent); font-size: var(--size-s); }
    .sent { display: flex; gap: 6px; align-items: flex-start; font-size: var(--size-s); color: var(--ink-2); margin-top: 6px; }
    .sent svg.i { margin-top: 2px; }
    .sent.behind { color: var(--warn); }
    .skeleton, .empty { padding: 4px 0; }
  `;

  path(incident) {
    return `/problem/incidents/${encodeURIComponent(incident.key)}`;
  }

  sent(cause) {
    if (!cause.published) return html`<p class="sent">${icon("info")}<span>${t("ui.problem.unpublished")}</span></p>`;
    const latest = cause.published.edition;
    if (!cause.sent) return html`<p class="sent behind">${icon("info")}<span>${t("ui.problem.unsent", { edition: latest })}</span></p>`;
    const behind = cause.sent.edition < latest;
    return html`<p class="sent ${behind ? "behind" : ""}">${icon(behind ? "info" : "check")}<span>${
      t(behind ? "ui.problem.sent-older" : "ui.problem.sent", { edition: cause.sent.edition, latest })} · <talka-time .at=${cause.sent.at}></talka-time></span></p>`;
  }

  cause(cause) {
    return html`<article><a class="name" href=${`/app/ticket/${encodeURIComponent(cause.key)}`}><span class="mono">${cause.key}</span> ${cause.subject}</a>
      ${cause.knownError ? html`<span class="chip open">${t("field.knownError")}</span>` : html`<span class="chip">${t("ui.problem.analysed")}</span>`}
      ${cause.workaround ? html`<div class="help-text" tabindex="0" role="group" aria-label=${t("ui.problem.workaround-of", { problem: cause.key })}>
        <b>${t("field.workaround")}</b><div class="prose">${serverHtml(cause.workaroundHtml)}</div></div>${this.sent(cause)}` : nothing}</article>`;
  }

  found({ items }) {
    return items.length ? items.map((cause) => this.cause(cause)) : html`<p class="faint">${t("ui.problem.no-cause")}</p>`;
  }
}
