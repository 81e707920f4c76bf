// SPDX-License-Identifier: Apache-2.0
import { html } from "lit";
import { TalkaElement } from "./element.js";
import { failure, loading } from "./small.js";

/**
 * A panel beside a ticket that shows what its module knows of it. A subclass says where that is,
 * by `path(ticket)`, and how it looks, by `found(view)`; the panel loads it when it is shown and
 * whenever the ticket changed, drops an answer about the ticket before, and shows waiting and
 * failure as every panel does.
 */
export class TicketPanel extends TalkaElement {
  static properties = { view: { state: true }, problem: { state: true } };

  constructor() {
    super();
    /** @type {any} */
    this.view = null;
    /** @type {any} */
    this.problem = null;
    this.key = "";
  }

  /** Under `/api/v1`. @param {any} ticket @returns {string} */
  path(ticket) {
    throw new Error(`${this.localName} does not say where it finds ${ticket.key}`);
  }

  /** @param {any} view what was found @returns {unknown} */
  found(view) {
    return html`${view}`;
  }

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    // the shell gives a new context whenever the ticket changed
    if (changed.has("context") && this.context?.ticket) this.load();
  }

  async load() {
    const { ticket, api } = this.context;
    if (ticket.key !== this.key) this.view = null;
    this.key = ticket.key;
    try {
      const view = await api.get(this.path(ticket));
      if (ticket.key !== this.key) return;
      this.view = view;
      this.problem = null;
    } catch (problem) {
      if (ticket.key === this.key) this.problem = problem;
    }
  }

  render() {
    if (this.problem) return failure(this.problem, () => this.load());
    return this.view ? this.found(this.view) : loading(2);
  }
}
