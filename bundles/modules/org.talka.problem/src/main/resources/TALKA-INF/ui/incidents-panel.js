// SPDX-License-Identifier: Apache-2.0
/** Beside a problem: the incidents that it causes, and the published edition of its workaround. */
import { css, html, nothing } from "lit";
import { icon, TicketPanel } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const api = 1;

export default class IncidentsPanel extends TicketPanel {
  static styles = css`
    :host { display: block; }
    p { margin: 0; }
    ul { list-style: none; margin: 6px 0 0; padding: 0; max-height: 16em; overflow: auto; }
    li { padding: 6px 0; }
    li + li { border-top: 1px solid var(--rule); }
    li a { display: block; overflow-wrap: anywhere; }
    .sent { display: flex; gap: 6px; align-items: flex-start; font-size: var(--size-s); color: var(--ink-2); margin-top: 8px; }
    .sent svg.i { margin-top: 2px; }
    .skeleton, .empty { padding: 4px 0; }
  `;

  path(problem) {
    return `/problem/problems/${encodeURIComponent(problem.key)}`;
  }

  incident(incident) {
    return html`<li><a href=${`/app/ticket/${encodeURIComponent(incident.key)}`}><span class="mono">${incident.key}</span> ${incident.subject}</a>
      <span class="chip ${incident.open ? "open" : "done"}">${t(`state.incident.${incident.state}`)}</span></li>`;
  }

  found({ incidents, published }) {
    const open = incidents.filter((incident) => incident.open).length;
    return html`<p>${incidents.length ? t("ui.problem.incidents-open", { n: incidents.length, open }) : html`<span class="faint">${t("ui.problem.no-incidents")}</span>`}</p>
      ${incidents.length ? html`<ul tabindex="0" aria-label=${t("ui.problem.incidents-panel")}>${incidents.map((incident) => this.incident(incident))}</ul>` : nothing}
      <p class="sent">${icon(published ? "check" : "info")}<span>${published
        ? html`${t("ui.problem.published", { edition: published.edition, by: published.by })} · <talka-time .at=${published.at}></talka-time>`
        : t("ui.problem.unpublished")}</span></p>`;
  }
}
