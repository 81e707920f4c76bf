// SPDX-License-Identifier: Apache-2.0
/** Where an article is written. */
import { html, nothing } from "lit";
import { failure, icon, openDialog, serverHtml, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { Draft } from "./draft.js";
import { at, audiences, enc, fileAt, fileChips, kinds, languages, PAGE } from "./common.js";

const START = { title: "", summary: "", body: "", keywords: "", kind: "how-to", category: null, audience: "people", teams: [], language: "", owner: null, reviewer: null,
  reviewDue: null, validFrom: null, validUntil: null, supersedes: null, validated: false };

/** Twice as often as the server forgets. */
const SIGN_MS = 10000;

export class EditPage {
  constructor(host, key) {
    this.host = host;
    this.key = key;
    this.ready = false;
    this.problem = null;
    /** As the server has it, and as it stands in the form. */
    const title = new URLSearchParams(host.context.search ?? "").get("title") ?? "";
    this.base = { ...START, language: document.documentElement.lang || "en", title };
    this.values = { ...this.base };
    this.draft = new Draft(host.context.caller.username, key ?? `new.${title}`);
    /** Whether the form shows what was written here before. */
    this.restored = false;
    this.names = {};
    this.etag = "";
    this.refusal = null;
    this.preview = null;
    this.busy = false;
    this.categories = [];
    this.teams = [];
    this.files = [];
    /** Who else is writing it. @type {string[]} */
    this.others = [];
    this.timer = 0;
    this.closed = false;
  }

  async load() {
    const { api, desk } = this.host.context;
    try {
      const [categories, teams] = await Promise.all([api.get("/knowledge/categories"), desk.teams().catch(() => [])]);
      if (this.closed) return;
      this.categories = categories.items;
      this.teams = teams;
      if (this.key) {
        const [article, files] = await Promise.all([api.call("GET", `${this.path}?version=working`), api.get(`${this.path}/files`)]);
        if (this.closed) return;
        this.take(article);
        this.files = files.items;
        this.sign();
      }
      this.restore();
      this.problem = null;
      this.ready = true;
    } catch (problem) {
      this.problem = problem;
    }
    this.host.requestUpdate();
  }

  /** What was written here before, upon what it was written upon: what others saved since is seen when it is saved. */
  restore() {
    const kept = this.draft.read();
    if (!kept) return;
    this.base = kept.base;
    this.etag = kept.etag;
    this.values = { ...kept.base, ...kept.written };
    this.names = kept.names;
    this.restored = true;
  }

  /** What the draft holds; nothing when the form is as it was. */
  written() {
    const written = Object.fromEntries(Object.entries(this.values).filter(([name, value]) => this.differs(name, value)));
    return Object.keys(written).length ? { base: this.base, etag: this.etag, names: this.names, written } : null;
  }

  differs(name, value) {
    return JSON.stringify(value) !== JSON.stringify(this.base[name]);
  }

  get path() {
    return `/knowledge/articles/${enc(this.key)}`;
  }

  /** Says that somebody writes here, and hears who else does. */
  async sign() {
    clearTimeout(this.timer);
    if (this.closed) return;
    this.timer = setTimeout(() => this.sign(), SIGN_MS);
    try {
      const { others } = await this.host.context.api.post(`${this.path}/editing`);
      if (others.join() !== this.others.join()) {
        this.others = others;
        this.host.requestUpdate();
      }
    } catch {
      // the next sign may arrive
    }
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.draft.keep();
    if (this.key && this.ready) this.host.context.api.call("DELETE", `${this.path}/editing`, { keepalive: true }).catch(() => {});
  }

  /** Puts files on the article; a picture goes into the text. */
  async attach(list) {
    const area = this.host.renderRoot.querySelector("talka-textarea textarea");
    for (const file of list) {
      try {
        const made = await this.host.context.api.upload(`${this.path}/files`, file, file.name || "image.png");
        this.files = [...this.files, made];
        if (made.image) {
          const from = area?.selectionStart ?? this.values.body.length;
          const words = `![${made.name}](${fileAt(this.key, made)}/inline)`;
          this.set("body", this.values.body.slice(0, from) + words + this.values.body.slice(area?.selectionEnd ?? from));
        }
      } catch (problem) {
        toast(problem.message, { kind: "bad" });
      }
    }
    this.host.requestUpdate();
  }

  async drop(file) {
    try {
      await this.host.context.api.remove(`${this.path}/files/${enc(file.id)}`);
      this.files = this.files.filter((each) => each !== file);
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.host.requestUpdate();
  }

  take(answer) {
    const a = answer.data;
    this.etag = answer.etag;
    this.names = { owner: a.owner?.displayName ?? "", reviewer: a.reviewer?.displayName ?? "" };
    this.base = Object.fromEntries(Object.entries(START).map(([name, none]) => [name, a[name] ?? none]));
    this.base.category = a.category?.id ?? null;
    this.base.teams = a.teams.map((team) => team.key);
    this.base.owner = a.owner?.username ?? null;
    this.base.reviewer = a.reviewer?.username ?? null;
    this.values = { ...this.base };
  }

  set(name, value) {
    this.values = { ...this.values, [name]: value };
    this.draft.later(() => this.written());
    this.host.requestUpdate();
  }

  /** Only what was changed here, so that what somebody else changed stays. */
  changes() {
    return Object.fromEntries(Object.entries(this.values).filter(([name, value]) => !this.key || this.differs(name, value))
      .filter(([, value]) => this.key || (value !== null && value !== "")));
  }

  async save(event) {
    event?.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.refusal = null;
    const { api, navigate } = this.host.context;
    try {
      const changes = this.changes();
      if (!this.key) this.key = (await api.call("POST", "/knowledge/articles", { body: changes })).data.key;
      else if (Object.keys(changes).length) await api.patch(`/knowledge/articles/${enc(this.key)}`, changes, this.etag);
      this.draft.forget();
      toast(t("ui.knowledge.saved"));
      navigate(`${at(this.key)}?working`);
    } catch (problem) {
      if (problem.status === 412) await this.overtaken().catch((failed) => toast(failed.message, { kind: "bad" }));
      else this.refusal = problem;
    } finally {
      this.busy = false;
      this.host.requestUpdate();
      await this.host.updateComplete;
      this.host.renderRoot.querySelector("[aria-invalid=true]")?.focus();
    }
  }

  /** Somebody saved first: what only one of the two changed is kept; about the rest somebody has to decide. */
  async overtaken() {
    const mine = this.changes();
    const before = this.base;
    this.take(await this.host.context.api.call("GET", `/knowledge/articles/${enc(this.key)}?version=working`));
    const theirs = this.base;
    const both = Object.keys(mine).filter((name) => JSON.stringify(theirs[name]) !== JSON.stringify(before[name]) && JSON.stringify(theirs[name]) !== JSON.stringify(mine[name]));
    if (both.length) {
      const sure = await openDialog({ title: t("ui.knowledge.overtaken"), submit: t("ui.knowledge.overtaken.mine"), cancel: t("ui.knowledge.overtaken.theirs"), body: () => html`<p>${t("ui.knowledge.overtaken.text")}</p>` });
      if (!sure) for (const name of both) delete mine[name];
    }
    this.values = { ...theirs, ...mine };
    this.draft.later(() => this.written());
    toast(t("ui.knowledge.overtaken.done"));
  }

  async look() {
    try {
      this.preview = this.preview === null ? (await this.host.context.api.post("/markdown", { text: this.values.body })).html : null;
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.host.requestUpdate();
  }

  render() {
    const v = this.values;
    const wrong = (name) => this.refusal?.of?.(name) ?? "";
    const input = (name, label, more = {}) => html`<talka-input .label=${label} .value=${v[name] ?? ""} .error=${wrong(name)} .help=${more.help ?? ""} .type=${more.type ?? "text"} ?required=${more.required} maxlength=${more.max ?? 0}
      @input=${(e) => this.set(name, e.currentTarget.value || (more.type === "date" ? null : ""))}></talka-input>`;
    const select = (name, label, options, none) => html`<talka-select .label=${label} ?required=${!none} .empty=${none ?? ""} .options=${options} .value=${v[name] ?? ""} .error=${wrong(name)}
      @change=${(e) => this.set(name, e.currentTarget.value || null)}></talka-select>`;
    const person = (name, label, help) => html`<talka-combobox .label=${label} .help=${help ?? ""} .value=${v[name] ?? ""} .text=${this.names[name] ?? ""} .error=${wrong(name)} .source=${(text, signal) => this.people(text, signal)}
      @change=${(e) => {
        this.names = { ...this.names, [name]: e.detail?.label ?? "" };
        this.set(name, e.detail?.value ?? null);
      }}></talka-combobox>`;
    return html`${this.key ? html`<p class="chips"><a href=${at(this.key)}>${this.key}</a></p>` : nothing}
      <form class="form" novalidate @submit=${(e) => this.save(e)}><h2>${this.key ? t("ui.knowledge.edit.of", { key: this.key }) : t("ui.knowledge.new")}</h2>
        ${this.others.length ? html`<div class="note" role="status">${icon("people")}<span>${t("ui.knowledge.others", { names: this.others.join(", ") })}</span></div>` : nothing}
        ${this.restored ? html`<div class="note" role="status">${icon("edit")}<span>${t("ui.knowledge.draft.restored")}</span></div>` : nothing}
        ${this.refusal && !this.refusal.errors?.length ? failure(this.refusal) : nothing}
        ${input("title", t("ui.knowledge.title"), { required: true, max: 200 })}
        ${input("summary", t("ui.knowledge.summary"), { max: 500, help: t("ui.knowledge.summary.help") })}
        <div>${this.preview === null ? html`<talka-textarea rows="16" .label=${t("ui.knowledge.body")} .help=${t("ui.knowledge.body.help")} .value=${v.body} .error=${wrong("body")} @input=${(e) => this.set("body", e.currentTarget.value)} @paste=${(e) => {
            const files = [...(e.clipboardData?.files ?? [])];
            if (files.length && this.key) {
              e.preventDefault();
              this.attach(files);
            }
          }}></talka-textarea>`
          : html`<div class="prose card" role="region" tabindex="0" aria-label=${t("ui.knowledge.preview")}>${serverHtml(this.preview)}</div>`}
          <div class="under"><button type="button" class="btn small" aria-pressed=${this.preview === null ? "false" : "true"} @click=${() => this.look()}>${icon("eye")}${t("ui.knowledge.preview")}</button>
          ${this.key ? html`<label class="btn small quiet attach">${icon("clip")}<span>${t("ui.knowledge.attach")}</span><input type="file" multiple class="visually-hidden" @change=${(e) => {
            this.attach([...e.target.files]);
            e.target.value = "";
          }}></label>${fileChips(this.key, this.files, (file) => this.drop(file))}` : html`<span class="muted">${t("ui.knowledge.attach.later")}</span>`}</div></div>
        ${input("keywords", t("ui.knowledge.keywords"), { max: 500, help: t("ui.knowledge.keywords.help") })}
        <div class="pair">${select("kind", t("ui.knowledge.kind"), kinds())}${select("category", t("ui.knowledge.category"), this.categories.map((c) => [c.id, c.name]), t("ui.knowledge.category.none"))}
          ${select("language", t("ui.knowledge.language"), languages())}</div>
        <div class="pair">${select("audience", t("ui.knowledge.audience"), audiences())}
          ${v.audience === "teams" ? html`<talka-checks .label=${t("ui.knowledge.teams")} .options=${this.teams.map((team) => [team.key, team.name])} .value=${v.teams} .error=${wrong("teams")} @change=${(e) => this.set("teams", e.currentTarget.value)}></talka-checks>` : nothing}</div>
        <div class="pair">${person("owner", t("ui.knowledge.owner"), t("ui.knowledge.owner.help"))}${person("reviewer", t("ui.knowledge.reviewer"), t("ui.knowledge.reviewer.help"))}</div>
        <div class="pair">${input("reviewDue", t("ui.knowledge.review-due"), { type: "date" })}${input("validFrom", t("ui.knowledge.valid-from"), { type: "date" })}${input("validUntil", t("ui.knowledge.valid-until"), { type: "date" })}</div>
        <div class="pair">${input("supersedes", t("ui.knowledge.supersedes"), { help: t("ui.knowledge.supersedes.help") })}
          <talka-switch .label=${t("ui.knowledge.validated")} .help=${t("ui.knowledge.validated.help")} .value=${v.validated} @change=${(e) => this.set("validated", e.currentTarget.value)}></talka-switch></div>
        <div class="acts"><button class="btn primary" ?disabled=${this.busy}>${t("ui.knowledge.save")}</button><a class="btn quiet" href=${this.key ? at(this.key) : PAGE} @click=${() => this.draft.forget()}>${t("ui.knowledge.cancel")}</a></div></form>`;
  }

  async people(text, signal) {
    const found = await this.host.context.api.get(`/users?limit=20&q=${enc(text)}`, signal);
    return found.items.map((p) => ({ value: p.username, label: p.displayName, hint: p.username }));
  }
}
