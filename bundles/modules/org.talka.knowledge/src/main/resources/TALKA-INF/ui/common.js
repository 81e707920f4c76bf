// SPDX-License-Identifier: Apache-2.0
/** What the parts of the module's pages share: words for what the API says, addresses, and looks. */
import { css, html, nothing } from "lit";
import { icon } from "@talka/ui";
import { t } from "@talka/ui/i18n";

export const enc = encodeURIComponent;
export const PAGE = "/app/m/knowledge/knowledge.articles";
export const HELP = "/portal/m/knowledge/knowledge.help";

/** The address of an article, or of one of its parts. */
export const at = (key, part = "") => `${PAGE}/${enc(key)}${part ? `/${part}` : ""}`;

/** @param {Record<string, any>} params */
export const query = (params) => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  return search.size ? `?${search}` : "";
};

export const kinds = () => [["how-to", t("ui.knowledge.kind.how-to")], ["solution", t("ui.knowledge.kind.solution")], ["known-error", t("ui.knowledge.kind.known-error")],
  ["faq", t("ui.knowledge.kind.faq")], ["policy", t("ui.knowledge.kind.policy")]];
export const audiences = () => [["public", t("ui.knowledge.audience.public")], ["people", t("ui.knowledge.audience.people")], ["agents", t("ui.knowledge.audience.agents")],
  ["teams", t("ui.knowledge.audience.teams")]];
export const stages = () => [["draft", t("ui.knowledge.stage.draft")], ["in-review", t("ui.knowledge.stage.in-review")], ["approved", t("ui.knowledge.stage.approved")],
  ["published", t("ui.knowledge.stage.published")], ["replaced", t("ui.knowledge.stage.replaced")], ["retired", t("ui.knowledge.stage.retired")]];

const said = (all, key) => all.find(([each]) => each === key)?.[1] ?? key;
export const kindLabel = (key) => said(kinds(), key);
export const audienceLabel = (key) => said(audiences(), key);
export const stageLabel = (key) => said(stages(), key);

const TONES = { draft: "", "in-review": "wait", approved: "open", published: "done", replaced: "", retired: "" };
export const stageChip = (stage) => html`<span class="chip ${TONES[stage] ?? ""}">${stageLabel(stage)}</span>`;
export const audienceChip = (audience) => html`<span class="chip">${icon(audience === "agents" || audience === "teams" ? "lock" : "eye")}${audienceLabel(audience)}</span>`;
export const overdueChip = (article) => (article.overdue ? html`<span class="chip wait">${icon("clock")}${t("ui.knowledge.overdue")}</span>` : nothing);

export const languages = () => [["lv", "Latviešu"], ["en", "English"]];
export const languageLabel = (key) => said(languages(), key);

export const fileAt = (key, file) => `/api/v1/knowledge/articles/${enc(key)}/files/${enc(file.id)}`;

/** Files to take along. @param {string} key @param {any[]} files @param {(file: any) => void} [drop] */
export const fileChips = (key, files, drop) => html`<div class="files">${files.map((file) => html`<span class="chip file"><a href=${fileAt(key, file)} download=${file.name}>${icon("clip")}${file.name}</a>
  ${drop ? html`<button type="button" class="chip-x" aria-label=${t("ui.knowledge.file.remove", { name: file.name })} @click=${() => drop(file)}>×</button>` : nothing}</span>`)}</div>`;

export const looks = css`
  :host { display: block; margin-top: 14px; }
  .bar { display: flex; gap: 8px; align-items: end; flex-wrap: wrap; margin: 0 0 16px; }
  .bar .grow { flex: 1; }
  .bar.day { margin-top: 14px; } .bar.day talka-input { flex: 0 1 230px; }
  section > h3 { margin: 0 0 8px; }
  .bar talka-input { flex: 1 1 240px; max-width: 460px; }
  .chips { display: flex; gap: 6px; align-items: center; flex-wrap: wrap; }
  .lead { margin: 0 0 16px; max-width: 68ch; }
  h2 { margin: 0; }
  .cols { display: grid; grid-template-columns: minmax(0, 1fr) 250px; gap: 28px; align-items: start; }
  @media (max-width: 900px) { .cols { grid-template-columns: minmax(0, 1fr); } }
  .side { font-size: var(--size-s); display: grid; gap: 14px; }
  .side dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 5px 12px; margin: 0; }
  .side dt { color: var(--ink-2); }
  .side dd { margin: 0; overflow-wrap: anywhere; }
  .remarks { list-style: none; margin: 0; padding: 0; } .remarks li { padding: 7px 0; border-top: 1px solid var(--rule); overflow-wrap: anywhere; } .remarks p { margin: 3px 0; white-space: pre-line; } .remarks .done p { color: var(--ink-3); }
  .side h3 { margin: 0 0 6px; font-size: var(--size-s); }
  .pages { list-style: none; margin: 0; padding: 0; }
  .pages li { border-top: 1px solid var(--rule); padding: 12px 2px; display: grid; gap: 4px; }
  .pages li:first-child { border-top: 0; }
  .pages .t { font-weight: 560; overflow-wrap: anywhere; }
  .pages p { margin: 0; color: var(--ink-2); max-width: 76ch; overflow-wrap: anywhere; }
  .pages .m { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; color: var(--ink-2); font-size: var(--size-s); }
  .report { margin-top: 32px; max-width: 900px; }
  .text h2 { font-size: var(--size-xl); margin: 8px 0 0; overflow-wrap: anywhere; }
  .text { max-width: 76ch; }
  .prose :is(h1, h2, h3) { margin: 18px 0 6px; }
  .acts { display: flex; gap: 8px; flex-wrap: wrap; margin: 14px 0; }
  .card.prose { padding: 14px 18px; }
  .under { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; margin-top: 8px; }
  .note { background: var(--warn-wash); border-radius: var(--r-m); padding: 10px 14px; margin: 0 0 14px; display: flex; gap: 9px; align-items: flex-start; flex-wrap: wrap; }
  .note svg.i { margin-top: 2px; flex: none; }
  .form { display: grid; gap: 14px; max-width: 820px; }
  .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(210px, 100%), 1fr)); gap: 14px; align-items: start; }
  .diff { font-family: var(--mono); font-size: var(--size-s); border: 1px solid var(--rule); border-radius: var(--r-m); overflow: auto; }
  .diff div { padding: 1px 10px; white-space: pre-wrap; overflow-wrap: anywhere; min-height: 1.5em; }
  .diff .added { background: var(--accent-wash); }
  .diff .removed { background: var(--danger-wash); text-decoration: line-through; }
  .diff .gap { color: var(--ink-3); background: var(--shade); }
`;
