import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { avatar, empty, failure, icon, loading, onLive, TalkaElement } from "@talka/ui";
import { t, word } from "@talka/ui/i18n";
import "@talka/ui/board";
import "@talka/ui/calendar";
import "@talka/ui/charts";
import { VERSION } from "./version.js";

export const api = 1;

/** A page that reads from the API, follows its address, and hears of what happens. */
export default class extends TalkaElement {
  static properties = { found: { state: true }, problem: { state: true } };
  #ends = () => {};

  connectedCallback() {
    super.connectedCallback();
    this.#ends = onLive("ticket", () => this.load());
    this.load();
  }
  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ends();
  }
  async load() {
    try {
      this.found = await this.context.api.get("/tickets?limit=5&q=type:frozen");
    } catch (problem) {
      this.problem = problem;
    }
  }
  render() {
    const { item, caller, rest, search, navigate, desk } = this.context;
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.found) return loading(3);
    return html`<p>${icon("info")} ${avatar(caller.displayName, "small")} ${t("ui.frozen.says", { point: item.point, version: VERSION, who: caller.username })}</p>
      <p>${rest.join("/")}${search}</p>
      ${this.found.items.length
        ? html`<ul>${repeat(this.found.items, (i) => i.key, (i) => html`<li><a href="/app/ticket/${i.key}">${i.key}</a> ${word(`type.${i.type}`)}</li>`)}</ul>`
        : empty({ icon: "check", title: t("ui.frozen.page") })}
      ${desk.can("ticket:note") ? html`<button class="btn" @click=${() => navigate(`/app/m/frozen/frozen.page/${rest.length + 1}`)}>${t("ui.frozen.colder")}</button>` : nothing}`;
  }
}
