// SPDX-License-Identifier: Apache-2.0
/** Categories and rules, for those who look after knowledge. */
import { html, nothing } from "lit";
import { confirmDialog, icon, openDialog, toast } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { enc, PAGE, query } from "./common.js";

export class ManagePage {
  constructor(host) {
    this.host = host;
    this.ready = false;
    this.problem = null;
    this.categories = [];
    this.settings = null;
    this.misses = [];
    this.deflection = null;
    this.refusal = null;
  }

  async load() {
    const { api } = this.host.context;
    try {
      const [categories, settings, misses, deflection] = await Promise.all([api.get("/knowledge/categories"), api.get("/knowledge/settings"), api.get("/knowledge/reports/misses?limit=25"), api.get("/knowledge/reports/deflection")]);
      this.categories = categories.items;
      this.settings = settings;
      this.misses = misses.items;
      this.deflection = deflection;
      this.problem = null;
      this.ready = true;
    } catch (problem) {
      this.problem = problem;
    }
    this.host.requestUpdate();
  }

  async category(known) {
    const { api } = this.host.context;
    const v = { name: known?.name ?? "", parent: known?.parent ?? "", place: String(known?.place ?? this.categories.length) };
    const done = await openDialog({ title: known ? t("ui.knowledge.category.edit", { name: known.name }) : t("ui.knowledge.category.new"), submit: t("ui.knowledge.save"),
      body: (d) => html`<talka-input required maxlength="100" .label=${t("ui.knowledge.category.name")} .value=${v.name} .error=${d.problem?.of?.("name") ?? ""} @input=${(e) => (v.name = e.currentTarget.value)}></talka-input>
        <talka-select .label=${t("ui.knowledge.category.parent")} .empty=${t("ui.knowledge.category.top")} .options=${this.categories.filter((c) => c.id !== known?.id).map((c) => [c.id, c.name])} .value=${v.parent}
          .error=${d.problem?.of?.("parent") ?? ""} @change=${(e) => (v.parent = e.currentTarget.value)}></talka-select>
        <talka-input type="number" min="0" .label=${t("ui.knowledge.category.place")} .value=${v.place} .error=${d.problem?.of?.("place") ?? ""} @input=${(e) => (v.place = e.currentTarget.value)}></talka-input>`,
      onSubmit: () => {
        const body = { name: v.name, parent: v.parent || null, place: Number(v.place) };
        return known ? api.patch(`/knowledge/categories/${enc(known.id)}`, body, `"${known.version}"`) : api.post("/knowledge/categories", body);
      } });
    if (done) this.load();
  }

  async drop(known) {
    const sure = await confirmDialog({ title: t("ui.knowledge.category.remove", { name: known.name }), text: t("ui.knowledge.category.remove.text"), submit: t("ui.knowledge.remove"), danger: true });
    if (!sure) return;
    try {
      await this.host.context.api.remove(`/knowledge/categories/${enc(known.id)}`);
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.load();
  }

  async forget(miss) {
    try {
      await this.host.context.api.remove(`/knowledge/reports/misses${query({ text: miss.text, place: miss.place })}`);
    } catch (problem) {
      toast(problem.message, { kind: "bad" });
    }
    this.load();
  }

  /** What nobody was answered, and what should be written next. */
  reports() {
    const d = this.deflection;
    return html`<section class="report"><h2>${t("ui.knowledge.misses")}</h2><p class="muted">${t("ui.knowledge.misses.text")}</p>
        ${this.misses.length ? html`<ul class="pages">${this.misses.map((m) => html`<li><div class="m"><b>${m.text}</b><span>${t("ui.knowledge.misses.times", { n: m.times })}</span><span>${m.place === "portal" ? t("ui.knowledge.place.portal") : t("ui.knowledge.place.desk")}</span>
          <span>${m.found ? t("ui.knowledge.misses.unopened") : t("ui.knowledge.nothing")}</span><span class="grow"></span><a class="btn small" href=${`${PAGE}/new${query({ title: m.text })}`} aria-label=${t("ui.knowledge.misses.write.of", { text: m.text })}>${icon("plus")}${t("ui.knowledge.misses.write")}</a>
          <button class="btn quiet small" aria-label=${t("ui.knowledge.misses.forget", { text: m.text })} @click=${() => this.forget(m)}>${icon("close")}</button></div></li>`)}</ul>` : html`<p class="muted">${t("ui.knowledge.misses.none")}</p>`}</section>
      <section class="report"><h2>${t("ui.knowledge.deflection")}</h2><p><b>${t("ui.knowledge.deflection.answered", { n: d.answered })}</b>, ${t("ui.knowledge.deflection.asked", { n: d.asked })}</p>
        <p class="muted">${t("ui.knowledge.deflection.method", { minutes: d.minutes })}</p></section>`;
  }

  /** All of an archive, as it was elsewhere: says first what would happen, then does it. */
  async bringArchive(file) {
    const send = async (dryRun) => (await this.host.context.api.call("POST", `/knowledge/archive${query({ dryRun })}`, { raw: file, headers: { "Content-Type": "application/zip" } })).data;
    const trial = await this.tried(() => send(true));
    if (!trial) return;
    const { created, updated, unchanged, files } = trial;
    const done = await openDialog({ title: t("ui.knowledge.import"), ...this.foot(created + updated + files && t("ui.knowledge.import.archive.do")),
      body: () => html`<p>${t("ui.knowledge.import.archive", { created, updated, unchanged, files })}</p>${this.wrong(trial)}`, onSubmit: () => send(false) });
    if (!done) return;
    const said = t("ui.knowledge.import.done", { n: done.created + done.updated });
    // what is refused now can be something else than at the trial
    if (done.problems.length) await openDialog({ title: said, ...this.foot(), body: () => this.wrong(done) });
    else toast(said);
    this.load();
  }

  wrong({ problems, more }) {
    const n = problems.length + more;
    return n ? html`<p>${t("ui.knowledge.import.archive.problems", { n })}</p><ul>${problems.slice(0, 20).map((p) => html`<li><b>${p.title || p.entry}</b>: ${p.problem}</li>`)}</ul>` : nothing;
  }

  /** Says first what would happen, then does it. */
  async bring(file) {
    const { api } = this.host.context;
    const send = (articles, dryRun) => api.post("/knowledge/imports", { articles, dryRun });
    const read = await this.tried(async () => {
      const { articles } = JSON.parse(await file.text());
      if (!Array.isArray(articles)) throw new TypeError("articles");
      return { articles, trial: await send(articles, true) };
    });
    if (!read) return;
    const { accepted, items } = read.trial;
    const refused = items.filter((item) => item.problem);
    const done = await openDialog({ title: t("ui.knowledge.import"), ...this.foot(accepted && t("ui.knowledge.import.do", { n: accepted })),
      body: () => html`<p>${t("ui.knowledge.import.text", { n: accepted })}</p>${refused.length ? html`<p>${t("ui.knowledge.import.refused", { n: refused.length })}</p><ul>${refused.slice(0, 20).map((item) => html`<li><b>${item.title || item.index + 1}</b>: ${item.problem}</li>`)}</ul>` : nothing}`,
      onSubmit: () => send(read.articles, false) });
    if (done) toast(t("ui.knowledge.import.done", { n: done.accepted }));
  }

  /** What a file would bring; why it brings nothing stays in a dialog until it was read. */
  async tried(trial) {
    try {
      return await trial();
    } catch (problem) {
      const said = problem.status === undefined ? t("ui.knowledge.import.unreadable") : problem.message;
      await openDialog({ title: t("ui.knowledge.import"), ...this.foot(), body: () => html`<p class="error banner" role="alert">${icon("warn")}<span>${said}</span></p>` });
      return null;
    }
  }

  /** Where there is nothing to do there is nothing to cancel either. */
  foot(submit) {
    return submit ? { submit } : { cancel: t("ui.knowledge.close") };
  }

  async choose(name, value) {
    try {
      this.settings = (await this.host.context.api.patch("/knowledge/settings", { [name]: value })).data;
      this.refusal = null;
      toast(t("ui.knowledge.saved"));
    } catch (problem) {
      this.refusal = problem;
    }
    this.host.requestUpdate();
  }

  render() {
    const s = this.settings;
    const number = (name, label, help) => html`<talka-input type="number" .label=${label} .help=${help} .value=${String(s[name])} .error=${this.refusal?.of?.(name) ?? ""} @change=${(e) => this.choose(name, Number(e.currentTarget.value))}></talka-input>`;
    return html`<div class="cols"><section><div class="bar"><h2>${t("ui.knowledge.categories")}</h2><span class="grow"></span><button class="btn" @click=${() => this.category(null)}>${icon("plus")}${t("ui.knowledge.category.new")}</button></div>
        ${this.categories.length ? html`<ul class="pages">${this.categories.map((c) => html`<li><div class="m"><b>${c.name}</b>${c.parent ? html`<span>${this.categories.find((p) => p.id === c.parent)?.name}</span>` : nothing}<span class="grow"></span>
          <button class="btn quiet small" aria-label=${t("ui.knowledge.category.edit", { name: c.name })} @click=${() => this.category(c)}>${icon("edit")}</button>
          <button class="btn quiet small" aria-label=${t("ui.knowledge.category.remove", { name: c.name })} @click=${() => this.drop(c)}>${icon("close")}</button></div></li>`)}</ul>` : html`<p class="muted">${t("ui.knowledge.categories.none")}</p>`}</section>
      <section class="form"><h2>${t("ui.knowledge.rules")}</h2>
        <talka-switch .label=${t("ui.knowledge.rule.separate")} .value=${s.separateReview} @change=${(e) => this.choose("separateReview", e.currentTarget.value)}></talka-switch>
        <talka-switch .label=${t("ui.knowledge.rule.hide")} .value=${s.hideOverdue} @change=${(e) => this.choose("hideOverdue", e.currentTarget.value)}></talka-switch>
        ${number("reviewMonths", t("ui.knowledge.rule.months"), t("ui.knowledge.rule.months.help"))}
        ${number("deflectionMinutes", t("ui.knowledge.rule.minutes"), t("ui.knowledge.rule.minutes.help"))}</section></div>${this.reports()}
      <section class="report"><h2>${t("ui.knowledge.exchange")}</h2><p class="muted">${t("ui.knowledge.exchange.text")}</p>
        <div class="acts"><a class="btn" href="/api/v1/knowledge/archive" download="articles.zip">${icon("download")}${t("ui.knowledge.export")}</a>
        <label class="btn attach">${icon("upload")}<span>${t("ui.knowledge.import")}</span><input type="file" accept=".zip,application/zip,application/json" class="visually-hidden" @change=${(e) => {
          const [file] = e.target.files;
          if (file) file.name.toLowerCase().endsWith(".zip") ? this.bringArchive(file) : this.bring(file);
          e.target.value = "";
        }}></label></div></section>`;
  }
}
