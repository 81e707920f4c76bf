// SPDX-License-Identifier: Apache-2.0
/** The tasks of whoever works here, over all tickets, by their day. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import { PlainElement } from "../kit/element.js";
import "../kit/tabs.js";
import { toast, toastProblem } from "../kit/overlay.js";
import { empty, failure, loading } from "../kit/small.js";
import { enc, get, query } from "../core/api.js";
import { setTitle } from "../core/appearance.js";
import { stateChip } from "../core/fields.js";
import { t } from "../core/i18n.js";
import { onLive } from "../core/live.js";
import { aboutTasks, taskCount } from "../core/tasks.js";
import { changeTask, dueChip } from "./tasks.js";

const PAGE = 50;
const SOON = 400;

/** `<talka-my-tasks>`; `brief` for a few of the open ones on another page. */
class TalkaMyTasks extends PlainElement {
  static properties = { brief: { type: Boolean }, state: { state: true }, items: { state: true }, next: { state: true }, problem: { state: true } };
  constructor() {
    super();
    this.brief = false;
    this.state = "open";
    /** @type {any[] | null} */
    this.items = null;
    /** @type {string | null} */
    this.next = null;
    /** @type {any} */
    this.problem = null;
    this.timer = 0;
  }
  connectedCallback() {
    super.connectedCallback();
    if (!this.brief) setTitle(t("web.nav.tasks"));
    this.load();
    this.until(onLive("ticket", (e) => {
      if (!aboutTasks(e)) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.load(), SOON);
    }), () => clearTimeout(this.timer));
  }
  page(/** @type {string | undefined} */ after, /** @type {number} */ limit) {
    return get(`/tasks${query({ state: this.state, limit, after })}`);
  }
  /** As many as are shown already, so that nothing jumps. */
  async load() {
    const state = this.state;
    try {
      const page = await this.page(undefined, this.brief ? 6 : Math.min(200, Math.max(PAGE, this.items?.length ?? 0)));
      if (state !== this.state) return;
      this.items = page.items;
      this.next = page.next;
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
  }
  async more() {
    try {
      const page = await this.page(this.next ?? undefined, PAGE);
      this.items = [...(this.items ?? []), ...page.items];
      this.next = page.next;
    } catch (problem) {
      toastProblem(problem);
    }
  }
  async tick(/** @type {any} */ item, /** @type {boolean} */ done) {
    try {
      const after = await changeTask(item.key, item.task, { done });
      this.items = (this.items ?? []).filter((i) => i.task.id !== item.task.id);
      taskCount.load();
      toast(t(done ? "web.task.ticked" : "web.task.reopened", { name: after.title }), {
        action: { label: t("web.undo"), act: () => changeTask(item.key, after, { done: !done }).then(() => this.load(), toastProblem) },
      });
    } catch (problem) {
      toastProblem(problem);
      this.load();
    }
  }
  row(/** @type {any} */ item) {
    return html`<li class="my-task"><label class="check"><input type="checkbox" .checked=${live(item.task.done)} ?disabled=${!!item.moduleMissing}
        @change=${(/** @type {any} */ e) => this.tick(item, e.target.checked)}><span>${item.task.title}</span></label>
      <span class="task-foot">${dueChip(item.task)}<a href="/app/ticket/${enc(item.key)}"><span class="mono">${item.key}</span> ${item.subject}</a>${stateChip(item)}</span></li>`;
  }
  list() {
    if (this.problem) return failure(this.problem, () => this.load());
    if (!this.items) return loading(4);
    if (!this.items.length && !this.next) {
      return this.brief ? html`<p class="faint">${t("web.task.mine.none")}</p>`
        : empty({ icon: "check", title: t(this.state === "open" ? "web.task.mine.none" : "web.task.mine.noneDone"), text: t("web.task.mine.text") });
    }
    return html`<ul class="my-tasks">${repeat(this.items, (i) => i.task.id, (i) => this.row(i))}</ul>
      ${this.next ? this.brief ? html`<a class="all" href="/app/tasks">${t("web.list.all")}</a>` : html`<button class="btn" @click=${() => this.more()}>${t("web.more.rows")}</button>` : nothing}`;
  }
  render() {
    if (this.brief) return this.list();
    return html`<div class="head"><h1 class="page-title">${t("web.nav.tasks")}</h1><span class="grow"></span>
        <talka-tabs .label=${t("web.nav.tasks")} panel="my-tasks" .value=${this.state} .tabs=${["open", "done"].map((key) => ({ key, label: t(`web.task.state.${key}`) }))}
          @change=${(/** @type {any} */ e) => {
            this.state = e.currentTarget.value;
            this.items = null;
            this.load();
          }}></talka-tabs></div>
      <div id="my-tasks" role="tabpanel" aria-label=${t(`web.task.state.${this.state}`)} class="card">${this.list()}</div>`;
  }
}
customElements.define("talka-my-tasks", TalkaMyTasks);
