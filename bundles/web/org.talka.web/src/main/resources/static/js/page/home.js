// SPDX-License-Identifier: Apache-2.0
/** Today: what waits for me, what waits for anybody, what moved. */
import { html, nothing } from "lit";
import { PlainElement } from "../kit/element.js";
import { desk } from "../core/desk.js";
import { t, word } from "../core/i18n.js";
import "../core/view.js";
import "../core/contribution.js";

class TalkaHome extends PlainElement {
  connectedCallback() {
    super.connectedCallback();
    document.title = `${t("web.nav.today")} · Talka`;
    this.follow(desk, "contributions", "me");
  }
  greeting() {
    const hour = new Date().getHours();
    const part = hour < 5 ? "evening" : hour < 11 ? "morning" : hour < 18 ? "day" : "evening";
    return t(`web.home.${part}`, { name: desk.me.displayName.split(" ")[0] });
  }
  /** The unassigned ones of my teams; of the whole desk for who is in none. */
  get unassigned() {
    const keys = (desk.me.teams ?? []).map((/** @type {any} */ team) => team.key ?? team).filter(Boolean);
    const teams = keys.length ? ` (${keys.map((/** @type {string} */ k) => `team:"${k}"`).join(" OR ")})` : "";
    return `assignee:none state:open${teams}`;
  }
  card(/** @type {string} */ title, /** @type {any} */ view) {
    return html`<section class="card"><h2>${title}</h2><talka-view .view=${view}></talka-view></section>`;
  }
  render() {
    this.views ??= {
      mine: { kind: "list", q: "assignee:me state:open", limit: 8 },
      recent: { kind: "list", q: "state:open", limit: 8 },
      free: { kind: "list", q: this.unassigned, limit: 8 },
    };
    const widgets = desk.at("dashboard.widget");
    return html`<main id="main" class="wide-page home"><h1 class="page-title">${this.greeting()}</h1>
      <div class="home-grid">
        ${this.card(t("web.home.mine"), this.views.mine)}
        ${this.card(t("web.home.free"), this.views.free)}
        ${this.card(t("web.home.recent"), this.views.recent)}
        ${widgets.map((w) => html`<section class="card"><h2>${word(`ui.${w.key}`)}</h2><talka-contribution .item=${w}></talka-contribution></section>`)}
      </div></main>`;
  }
}
customElements.define("talka-home", TalkaHome);
