// SPDX-License-Identifier: Apache-2.0
/** Every element of the kit in its states, for authors of modules and for tests. */
import { html } from "lit";
import { PlainElement } from "../kit/element.js";
import { icon, iconNames } from "../kit/icons.js";
import { avatar, empty, failure, loading } from "../kit/small.js";
import { openDialog, toast } from "../kit/overlay.js";
import "../kit/tabs.js";
import "../kit/board.js";
import "../kit/calendar.js";
import "../kit/chart.js";
import { t } from "../core/i18n.js";
import { setTitle } from "../core/appearance.js";

class TalkaGallery extends PlainElement {
  connectedCallback() {
    super.connectedCallback();
    setTitle(t("web.gallery.title"));
  }
  part(/** @type {string} */ name, /** @type {unknown} */ content) {
    return html`<section class="card gallery-part"><h2 class="mono">${name}</h2><div class="gallery-row">${content}</div></section>`;
  }
  board(/** @type {string} */ sample) {
    this.cards ??= ["A", "B", "C"].map((id, i) => ({ id, column: i === 2 ? "b" : "a", lane: i ? "y" : "x", title: `${sample} ${id}`, href: "/app/gallery",
      head: html`<span class="mono">${id}</span>`, foot: html`<talka-chip kind="open">${sample}</talka-chip>`, busy: i === 1 }));
    return html`<talka-board .label=${sample} .columns=${[{ key: "a", title: `${sample} 1`, count: "2" }, { key: "b", title: `${sample} 2`, count: "1", rest: true }, { key: "c", title: `${sample} 3`, exit: true }]}
      .lanes=${[{ key: "x", title: `${sample} X` }, { key: "y", title: `${sample} Y` }]} .cards=${this.cards} @move=${(/** @type {CustomEvent} */ e) => {
        this.cards = this.cards?.map((c) => (c.id === e.detail.id ? { ...c, column: e.detail.column } : c));
        this.requestUpdate();
      }}></talka-board>`;
  }
  calendar(/** @type {string} */ sample) {
    this.days ??= Array.from({ length: 7 }, (_, i) => ({ day: `2026-03-0${i + 2}`, more: i === 1, entries: i % 3 ? [] : [{ id: `${i}`, title: `${sample} ${i}`, href: "/app/gallery",
      lead: html`<span class="cal-dot open"></span>`, head: html`<span class="mono">${i}</span>`, foot: html`<talka-chip kind="open">${sample}</talka-chip>`, busy: i === 3, fixed: i === 6 }] }));
    return ["month", "week", "agenda"].map((span) => html`<talka-calendar class="gallery-wide" .label=${`${sample} ${span}`} .span=${span} month="2026-03" today="2026-03-05" .days=${this.days} @move=${(/** @type {CustomEvent} */ e) => {
      const entry = this.days?.flatMap((d) => d.entries).find((one) => one.id === e.detail.id);
      this.days = this.days?.map((d) => ({ ...d, entries: [...d.entries.filter((one) => one !== entry), ...(d.day === e.detail.day && entry ? [entry] : [])] }));
      this.requestUpdate();
    }}></talka-calendar>`);
  }
  /** @type {any[] | undefined} */
  cards;
  /** @type {import("../kit/calendar.js").Day[] | undefined} */
  days;
  render() {
    const sample = t("web.gallery.sample");
    const options = [["a", `${sample} A`], ["b", `${sample} B`]];
    return html`<h1 class="page-title">${t("web.gallery.title")}</h1>
      ${this.part("talka-button", html`<talka-button kind="primary">${sample}</talka-button><talka-button>${sample}</talka-button><talka-button kind="quiet">${sample}</talka-button><talka-button kind="danger">${sample}</talka-button><talka-button disabled>${sample}</talka-button>`)}
      ${this.part("talka-chip", ["", "open", "wait", "done", "bad"].map((k) => html`<talka-chip kind=${k}>${sample}</talka-chip>`))}
      ${this.part("talka-avatar · talka-time", html`${avatar("Ilze Kalniņa")}${avatar(undefined)}<talka-time at=${new Date(Date.now() - 7200000).toISOString()}></talka-time>`)}
      ${this.part("talka-icon", iconNames().map((n) => html`<span class="gallery-icon">${icon(n)}<span class="faint">${n}</span></span>`))}
      ${this.part("talka-input", html`<talka-input label=${sample} value=${sample} help=${sample}></talka-input><talka-input label=${sample} required error=${t("web.required")}></talka-input><talka-input label=${sample} disabled value=${sample}></talka-input><talka-input type="date" label=${sample}></talka-input>`)}
      ${this.part("talka-textarea · talka-select", html`<talka-textarea label=${sample}></talka-textarea><talka-select label=${sample} .options=${options} value="a"></talka-select>`)}
      ${this.part("talka-combobox", html`<talka-combobox label=${sample} .source=${async (/** @type {string} */ q) => options.map(([value, label]) => ({ value, label })).filter((o) => o.label.toLowerCase().includes(q.toLowerCase()))}></talka-combobox>`)}
      ${this.part("talka-switch · talka-checks", html`<talka-switch label=${sample} .value=${true}></talka-switch><talka-checks label=${sample} .options=${options} .value=${["a"]}></talka-checks>`)}
      ${this.part("talka-tabs · talka-menu", html`<talka-tabs label=${sample} value="a" .tabs=${options.map(([key, label]) => ({ key, label }))}></talka-tabs><talka-menu label=${sample} .items=${[{ label: `${sample} A`, icon: "check" }, null, { label: `${sample} B`, icon: "close", danger: true }]}></talka-menu>`)}
      ${this.part("talka-board", this.board(sample))}
      ${this.part("talka-calendar", this.calendar(sample))}
      ${this.part("openDialog · toast", html`<button class="btn" @click=${() => openDialog({ title: sample, submit: t("web.save"), body: () => html`<p>${sample}</p>` })}>openDialog</button><button class="btn" @click=${() => toast(sample)}>toast</button>`)}
      ${this.part("talka-chart", ["bar", "pie", "line"].map((shape) => html`<talka-chart class="gallery-chart" .shape=${shape} .label=${sample}
        .points=${["2026-03-01", "2026-03-02", "2026-03-03"].map((day, i) => (shape === "line" ? { label: "", day } : { label: `${sample} ${i + 1}` }))}
        .series=${[{ label: `${sample} A`, counts: [3, 5, 2] }, ...(shape === "line" ? [{ label: `${sample} B`, counts: [1, 4, 4] }] : [])]}></talka-chart>`))}
      ${this.part("empty · loading · failure", html`${empty({ title: sample, text: sample })}${loading(3)}${failure({ status: 500, message: t("web.error.500"), correlationId: "0000" }, () => toast(sample))}`)}`;
  }
}
customElements.define("talka-gallery", TalkaGallery);
