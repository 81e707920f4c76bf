import { html } from "lit";
import { serverHtml, TicketPanel } from "@talka/ui";
import { formatDate, formatDateTime, formatNumber, fromClock, t, toClock } from "@talka/ui/i18n";
import { VERSION } from "./version.js";

export const api = 1;

/** A panel beside a ticket, by the class that is made for that. */
export default class extends TicketPanel {
  path(ticket) {
    return `/tickets/${ticket.key}`;
  }
  found(view) {
    const clock = toClock(view.createdAt);
    const n = formatNumber(1234.5);
    return html`<p>${t("ui.frozen.says", { point: this.context.item.point, version: VERSION, who: view.key })}</p>
      <p>${t("ui.frozen.told", { day: formatDate(clock.slice(0, 10)), time: formatDateTime(fromClock(clock)), n })}</p>
      ${serverHtml(view.descriptionHtml ?? "")}`;
  }
}
