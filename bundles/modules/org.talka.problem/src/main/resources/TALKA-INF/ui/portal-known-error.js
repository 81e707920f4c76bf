// SPDX-License-Identifier: Apache-2.0
/** A known error in the portal: what helps until it is mended. */
import { css, html } from "lit";
import { failure, loading, serverHtml, TalkaElement } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const api = 1;

export default class PortalKnownError extends TalkaElement {
  static properties = { error: { state: true }, problem: { state: true } };

  static styles = css`
    .card { padding: 20px 22px; display: grid; gap: 12px; }
    h2 { font-size: 20px; overflow-wrap: anywhere; }
    .prose { background: var(--accent-wash); border-radius: var(--r-m); padding: 14px 16px; }
    p { margin: 0; }
  `;

  constructor() {
    super();
    this.error = null;
    this.problem = null;
    this.key = "";
  }

  willUpdate() {
    const key = this.context?.rest?.[0] ?? "";
    if (key !== this.key) {
      this.key = key;
      this.load();
    }
  }

  async load() {
    this.problem = null;
    try {
      this.error = await this.context.api.get(`/problem/portal/known-errors/${encodeURIComponent(this.key)}`);
    } catch (problem) {
      this.problem = problem;
    }
  }

  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.error) return loading(4);
    return html`<section class="card"><h2>${this.error.subject}</h2>
      <p class="muted">${t("ui.problem.known-error.lead")}</p>
      <div class="prose">${serverHtml(this.error.workaroundHtml)}</div>
      <p class="faint"><talka-time .at=${this.error.updatedAt}></talka-time></p></section>`;
  }
}
