// SPDX-License-Identifier: Apache-2.0
/** The tasks of a ticket: ticked off, added by Enter, put into order. */
import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { live } from "lit/directives/live.js";
import { PlainElement } from "../kit/element.js";
import { newId } from "../kit/form.js";
import { icon } from "../kit/icons.js";
import { openDialog, toastProblem } from "../kit/overlay.js";
import { avatar } from "../kit/small.js";
import { enc, get, patch, post, remove } from "../core/api.js";
import { editor, toInput } from "../core/fields.js";
import { formatDate, t } from "../core/i18n.js";
import { today } from "../core/tasks.js";

/** When a task is due, and whether it is late. @param {any} task */
export const dueChip = (task) => {
  if (!task.due) return nothing;
  const late = !task.done && task.due < today();
  return html`<span class="chip ${task.done ? "" : late ? "bad" : task.due === today() ? "wait" : ""}">${icon("clock")}${formatDate(task.due)}${
    late ? html`<span class="visually-hidden">, ${t("web.task.late")}</span>` : nothing}</span>`;
};

/** Changes a task as it was seen. @param {string} key @param {any} task @param {any} changes @returns {Promise<any>} the task afterwards */
export const changeTask = async (key, task, changes) => (await patch(`/tickets/${enc(key)}/tasks/${enc(task.id)}`, changes, `"${task.version}"`)).data;

/** Asks for title, assignee and day. @param {string} key @param {any} task @returns {Promise<any>} */
export function editTask(key, task) {
  const values = { title: task.title, assignee: task.assignee, due: task.due };
  const wrong = (/** @type {any} */ d, /** @type {string} */ field) => d.problem?.of?.(field) ?? "";
  return openDialog({
    title: t("web.task.edit"), submit: t("web.save"),
    body: (d) => html`<talka-input required maxlength="250" .label=${t("web.task.title")} .value=${values.title} .error=${wrong(d, "title")}
        @input=${(/** @type {any} */ e) => (values.title = e.currentTarget.value)}></talka-input>
      ${editor({ key: "assignee", type: "person" }, values.assignee, (v) => {
        values.assignee = v;
        d.update();
      }, { error: wrong(d, "assignee") })}
      ${editor({ key: "taskDue", type: "date" }, values.due, (v) => (values.due = v), { error: wrong(d, "due") })}`,
    onSubmit: () => changeTask(key, task, { title: values.title, assignee: toInput(values.assignee) ?? null, due: values.due || null }),
  });
}

/** `<talka-tasks .ticket>` */
class TalkaTasks extends PlainElement {
  static properties = { ticket: { attribute: false }, items: { state: true }, text: { state: true }, held: { state: true }, over: { state: true } };
  constructor() {
    super();
    /** @type {any} */
    this.ticket = null;
    /** @type {any[]} */
    this.items = [];
    this.text = "";
    this.held = "";
    /** Where a task would go that is dragged. */
    this.over = -1;
    this.key = "";
    this.id0 = newId();
  }
  /** Changes on their way, one after the other: each is made against what came of the one before. */
  turn = Promise.resolve();
  pending = 0;
  /** Whether something was read that was not shown for that reason. */
  stale = false;
  /** The task whose line has the focus, which is lost when the line goes elsewhere. */
  focused = "";

  willUpdate(/** @type {Map<string, unknown>} */ changed) {
    const line = this.contains(document.activeElement) ? /** @type {HTMLElement | null} */ (document.activeElement?.closest("li[data-id]")) : null;
    this.focused = line?.dataset.id ?? "";
    if (!changed.has("ticket") || !this.ticket) return;
    if (this.ticket.key !== this.key) this.items = [];
    this.key = this.ticket.key;
    this.load();
  }
  updated() {
    if (this.focused && !this.contains(document.activeElement)) this.focusOn(this.focused);
  }
  /** @param {string} id */
  focusOn(id) {
    /** @type {HTMLElement | null} */ (this.querySelector(`li[data-id="${CSS.escape(id)}"] input`))?.focus();
  }
  get path() {
    return `/tickets/${enc(this.key)}/tasks`;
  }
  get editable() {
    return !!this.ticket?.can?.edit && !this.ticket.moduleMissing;
  }
  async load() {
    const key = this.key;
    try {
      const items = (await get(this.path)).items;
      if (key !== this.key) return;
      // what is on its way may not be in it yet
      this.stale = this.pending > 0;
      if (!this.stale) this.items = items;
    } catch (problem) {
      if (key === this.key && /** @type {any} */ (problem).status !== 404) toastProblem(problem);
    }
  }

  async add(/** @type {Event} */ e) {
    e.preventDefault();
    const title = this.text.trim();
    if (!title) return;
    this.text = "";
    try {
      const task = await post(this.path, { title });
      if (!this.items.some((i) => i.id === task.id)) this.items = [...this.items, task];
    } catch (problem) {
      this.text = title;
      toastProblem(problem);
    }
  }

  /** Shows a change at once; what the server says counts. */
  change(/** @type {any} */ task, /** @type {any} */ changes) {
    const key = this.key;
    this.put({ ...task, ...changes });
    this.pending++;
    this.turn = this.turn.then(async () => {
      const now = () => this.items.find((i) => i.id === task.id);
      try {
        const after = await changeTask(key, now() ?? task, changes);
        this.pending--;
        if (key === this.key) this.put(this.pending ? { ...now(), version: after.version } : after);
        if (this.stale && !this.pending) this.load();
      } catch (problem) {
        this.pending--;
        toastProblem(problem);
        this.load();
      }
    });
  }
  put(/** @type {any} */ task) {
    this.items = this.items.map((i) => (i.id === task.id ? task : i));
  }

  /** @param {any} task @param {number} to @param {boolean} [focus] whether the keyboard moved it */
  async move(task, to, focus = false) {
    const rest = this.items.filter((i) => i.id !== task.id);
    const at = Math.max(0, Math.min(to, rest.length));
    if (this.items[at]?.id === task.id) return;
    this.items = [...rest.slice(0, at), task, ...rest.slice(at)];
    this.change(task, { position: at });
    if (!focus) return;
    await this.updateComplete;
    this.focusOn(task.id);
  }

  async drop(/** @type {any} */ task) {
    try {
      await remove(`${this.path}/${enc(task.id)}`);
      this.items = this.items.filter((i) => i.id !== task.id);
      /** @type {HTMLElement | null} */ (this.querySelector(".task-add input"))?.focus();
    } catch (problem) {
      toastProblem(problem);
      this.load();
    }
  }

  edit(/** @type {any} */ task) {
    editTask(this.key, task).then((after) => after && this.put(after));
  }

  menu(/** @type {any} */ task, /** @type {number} */ n) {
    const last = this.items.length - 1;
    return [
      { label: t("web.task.edit"), icon: "edit", act: () => this.edit(task) },
      ...(n > 0 ? [{ label: t("web.task.up"), icon: "up", act: () => this.move(task, n - 1, true) }] : []),
      ...(n < last ? [{ label: t("web.task.down"), icon: "down", act: () => this.move(task, n + 1, true) }] : []),
      ...(n > 1 ? [{ label: t("web.task.first"), icon: "up", act: () => this.move(task, 0, true) }] : []),
      ...(n < last - 1 ? [{ label: t("web.task.last"), icon: "down", act: () => this.move(task, last, true) }] : []),
      null,
      { label: t("web.task.remove"), icon: "close", danger: true, act: () => this.drop(task) },
    ];
  }

  item(/** @type {any} */ task, /** @type {number} */ n) {
    return html`<li class="task ${task.done ? "done" : ""} ${this.held === task.id ? "held" : ""} ${this.over === n ? "over" : ""}" data-id=${task.id} draggable=${this.editable ? "true" : "false"}
      @dragstart=${(/** @type {DragEvent} */ e) => {
        e.dataTransfer?.setData("text/plain", task.title);
        this.held = task.id;
      }} @dragover=${(/** @type {DragEvent} */ e) => {
        if (!this.held) return;
        e.preventDefault();
        this.over = n;
      }} @drop=${(/** @type {DragEvent} */ e) => {
        e.preventDefault();
        const held = this.items.find((i) => i.id === this.held);
        this.held = "";
        this.over = -1;
        if (held) this.move(held, n);
      }} @dragend=${() => {
        this.held = "";
        this.over = -1;
      }} @keydown=${(/** @type {KeyboardEvent} */ e) => {
        const step = e.altKey ? { ArrowUp: -1, ArrowDown: 1 }[e.key] : undefined;
        if (!step || !this.editable) return;
        e.preventDefault();
        this.move(task, n + step, true);
      }}><label class="check"><input type="checkbox" .checked=${live(task.done)} ?disabled=${!this.editable} @change=${(/** @type {any} */ e) => this.change(task, { done: e.target.checked })}><span>${task.title}</span></label>
      ${this.editable ? html`<talka-menu .label=${t("web.task.menu", { name: task.title })} .face=${icon("more")} .items=${this.menu(task, n)}></talka-menu>` : nothing}
      ${task.due || task.assignee ? html`<span class="task-foot">${dueChip(task)}${task.assignee ? html`${avatar(task.assignee.displayName, "small")}<span class="faint cut">${task.assignee.displayName}</span>` : nothing}</span>` : nothing}</li>`;
  }

  render() {
    const done = this.items.filter((i) => i.done).length;
    return html`<section><h2 id=${this.id0}>${t("web.tasks")}${this.items.length ? html` <span class="n num">${t("web.task.progress", { done, total: this.items.length })}</span>` : nothing}</h2>
      ${this.items.length ? html`<ul class="tasks" aria-labelledby=${this.id0}>${repeat(this.items, (i) => i.id, (i, n) => this.item(i, n))}</ul>`
        : this.editable ? nothing : html`<p class="faint">${t("web.task.none")}</p>`}
      ${this.editable ? html`<form class="task-add" @submit=${(/** @type {Event} */ e) => this.add(e)}>${icon("plus")}<input class="control" maxlength="250" autocomplete="off" aria-label=${t("web.task.add")}
        placeholder=${t("web.task.add")} .value=${live(this.text)} @input=${(/** @type {any} */ e) => (this.text = e.target.value)}></form>` : nothing}</section>`;
  }
}
customElements.define("talka-tasks", TalkaTasks);
