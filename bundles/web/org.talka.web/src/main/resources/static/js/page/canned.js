// SPDX-License-Identifier: Apache-2.0
/** Canned replies: pick one, keep what was written as one. */
import { html, nothing } from "lit";
import { icon } from "../kit/icons.js";
import { confirmDialog, openDialog, toast, toastProblem } from "../kit/overlay.js";
import { enc, get, patch, post, remove } from "../core/api.js";
import { desk } from "../core/desk.js";
import { fold, t } from "../core/i18n.js";

/** What stands for something of the ticket. @param {string} body @param {any} ticket */
export function fill(body, ticket) {
  const values = /** @type {Record<string, string>} */ ({
    requester: ticket.requester?.displayName ?? "", key: ticket.key, subject: ticket.subject, me: desk.me.displayName,
  });
  return body.replace(/\{(requester|key|subject|me)\}/g, (_, name) => values[name]);
}


/**
 * @param {any} ticket
 * @param {string} written what stands in the composer
 * @returns {Promise<string | undefined>} the words to insert
 */
export async function pickReply(ticket, written) {
  let all = (await get("/canned-replies")).items;
  let text = "";
  return openDialog({
    title: t("web.canned"), noFoot: true, cls: "canned",
    body: (d) => {
      const low = fold(text);
      const shown = all.filter((/** @type {any} */ r) => fold(`${r.name} ${r.body}`).includes(low));
      const again = async (/** @type {() => Promise<any>} */ work) => {
        try {
          if (!(await work())) return;
          all = (await get("/canned-replies")).items;
          d.update();
        } catch (problem) {
          toastProblem(problem);
        }
      };
      return html`${all.length > 5 ? html`<talka-input hideLabel type="search" .label=${t("web.canned.find")} .placeholder=${t("web.canned.find")} .value=${text} @input=${(/** @type {any} */ e) => {
          text = e.currentTarget.value;
          d.update();
        }}></talka-input>` : nothing}
        ${shown.length ? html`<ul class="canned-list">${shown.map((/** @type {any} */ r) => html`<li>
          <button type="button" class="canned-pick" @click=${() => d.close(/** @type {any} */ (fill(r.body, ticket)))}><b>${r.name}</b><span class="faint cut">${fill(r.body, ticket)}</span></button>
          ${r.audience === "private" ? nothing : html`<span class="chip">${r.team?.name ?? t("web.view.audience.everybody")}</span>`}
          ${r.canChange ? html`<button type="button" class="btn quiet square small" aria-label=${t("web.canned.edit", { name: r.name })} @click=${() => again(() => edit(r))}>${icon("edit")}</button>
            <button type="button" class="btn quiet square small" aria-label=${t("web.removeOne", { name: r.name })} @click=${() => again(async () =>
              (await confirmDialog({ title: t("web.view.remove", { name: r.name }), text: t("web.canned.remove"), submit: t("web.remove"), danger: true })) && (await remove(`/canned-replies/${enc(r.id)}`), true))}>${icon("close")}</button>` : nothing}</li>`)}</ul>`
          : html`<p class="muted">${text ? t("web.canned.nothing") : t("web.canned.none")}</p>`}
        <div class="foot"><button type="button" class="btn" @click=${() => again(() => edit({ name: "", body: written, audience: "private" }))}>${icon("plus")}${written.trim() ? t("web.canned.keep") : t("web.canned.new")}</button></div>`;
    },
  });
}

/** @param {any} r without an id it is a new one */
async function edit(r) {
  const teams = (await desk.teams().catch(() => [])).filter((/** @type {any} */ team) =>
    desk.can("reply:share") || (desk.me.teams ?? []).some((/** @type {any} */ m) => (m.key ?? m) === team.key));
  const v = { name: r.name, body: r.body, audience: r.audience, team: r.team?.key ?? teams[0]?.key ?? "" };
  const done = await openDialog({
    title: r.id ? t("web.canned.edit", { name: r.name }) : t("web.canned.new"), submit: t("web.save"), wide: true, cls: "view-editor",
    body: (d) => {
      const wrong = (/** @type {string} */ field) => /** @type {any} */ (d).problem?.of?.(field) ?? "";
      const audiences = ["private", ...(teams.length || v.audience === "team" ? ["team"] : []), ...(desk.can("reply:share") || v.audience === "everybody" ? ["everybody"] : [])];
      return html`<talka-input required maxlength="80" .label=${t("web.view.name")} .value=${v.name} .error=${wrong("name")} @input=${(/** @type {any} */ e) => (v.name = e.currentTarget.value)}></talka-input>
        <talka-textarea required rows="6" .label=${t("web.canned.text")} .help=${t("web.canned.help", { names: "{requester} {key} {subject} {me}" })} .value=${v.body} .error=${wrong("body")}
          @input=${(/** @type {any} */ e) => (v.body = e.currentTarget.value)}></talka-textarea>
        <div class="pair"><talka-select required .label=${t("web.view.audience")} .value=${v.audience} .error=${wrong("audience")} .options=${audiences.map((k) => [k, t(`web.view.audience.${k}`)])}
            @change=${(/** @type {any} */ e) => {
              v.audience = e.currentTarget.value;
              d.update();
            }}></talka-select>
          ${v.audience === "team" ? html`<talka-select required .label=${t("web.field.team")} .options=${teams.map((/** @type {any} */ team) => [team.key, team.name])} .value=${v.team} .error=${wrong("team")}
            @change=${(/** @type {any} */ e) => (v.team = e.currentTarget.value)}></talka-select>` : nothing}</div>`;
    },
    onSubmit: async () => {
      const values = { name: v.name, body: v.body, audience: v.audience, ...(v.audience === "team" ? { team: v.team } : {}) };
      if (r.id) await patch(`/canned-replies/${enc(r.id)}`, values, `"${r.version}"`);
      else await post("/canned-replies", values);
    },
  });
  if (done) toast(t("web.view.saved", { name: v.name }));
  return !!done;
}
