// SPDX-License-Identifier: Apache-2.0
/** The dialog that makes and changes an item; its questions follow from the class. */
import { html, nothing } from "lit";
import { openDialog } from "@talka/ui";
import { t } from "@talka/ui/i18n";
import { attributesOf, classTree, criticalities, entries, environments, itemSource, nameIn, personSource, statuses, teamSource, wrongIn } from "./common.js";

const FIELDS = ["name", "classKey", "status", "criticality", "environment", "location"];

/** @returns the item as it is afterwards, undefined when nothing was done */
export async function editItem({ api, schema, item }) {
  const v = {
    name: item?.name ?? "", classKey: item?.classKey ?? "", status: item?.status ?? "inService", criticality: item?.criticality ?? "", environment: item?.environment ?? "",
    location: item?.location ?? "", owner: item?.owner?.username ?? "", team: item?.team?.key ?? "", attributes: { ...(item?.attributes ?? {}) }, reason: "",
  };
  const texts = { owner: item?.owner?.displayName ?? "", team: item?.team?.name ?? "" };
  const saved = await openDialog({
    title: item ? t("ui.cmdb.change", { name: item.name }) : t("ui.cmdb.new"), submit: item ? t("ui.cmdb.save") : t("ui.cmdb.make"), wide: true,
    body: (d) => {
      const wrong = wrongIn(d);
      const set = (key) => (e) => (v[key] = e.currentTarget.value ?? "");
      const chosen = (key) => (e) => {
        v[key] = e.detail?.value ?? "";
        texts[key] = e.detail?.label ?? "";
      };
      const classes = classTree(schema).filter((c) => (!c.grouping && !c.retired) || c.key === v.classKey);
      const own = attributesOf(schema, v.classKey).filter((a) => !a.retired || v.attributes[a.key] !== undefined);
      return html`<div class="pair"><talka-input .label=${t("ui.cmdb.field.name")} required maxlength="160" .value=${v.name} .error=${wrong("name")} @input=${set("name")}></talka-input>
          <talka-select .label=${t("ui.cmdb.field.class")} required .options=${classes.map((c) => [c.key, nameIn(c.names, c.key)])} .value=${v.classKey} .error=${wrong("classKey")}
            @change=${(e) => {
              v.classKey = e.currentTarget.value;
              d.update();
            }}></talka-select></div>
        <div class="pair"><talka-select .label=${t("ui.cmdb.field.status")} required .options=${entries(statuses())} .value=${v.status} .error=${wrong("status")} @change=${set("status")}></talka-select>
          <talka-select .label=${t("ui.cmdb.field.criticality")} .options=${entries(criticalities())} .value=${v.criticality} .error=${wrong("criticality")} @change=${set("criticality")}></talka-select></div>
        <div class="pair"><talka-select .label=${t("ui.cmdb.field.environment")} .options=${entries(environments())} .value=${v.environment} .error=${wrong("environment")} @change=${set("environment")}></talka-select>
          <talka-input .label=${t("ui.cmdb.field.location")} .value=${v.location} .error=${wrong("location")} @input=${set("location")}></talka-input></div>
        <div class="pair"><talka-combobox .label=${t("ui.cmdb.field.owner")} .source=${personSource(api)} .value=${v.owner} .text=${texts.owner} .error=${wrong("owner")} @change=${chosen("owner")}></talka-combobox>
          <talka-combobox .label=${t("ui.cmdb.field.team")} .source=${teamSource(api)} .value=${v.team} .text=${texts.team} .error=${wrong("team")} @change=${chosen("team")}></talka-combobox></div>
        ${own.map((a) => attribute(api, schema, a, v.attributes, wrong(`attributes.${a.key}`)))}
        ${item ? html`<talka-input .label=${t("ui.cmdb.reason")} .help=${own.some((a) => a.controlled) ? t("ui.cmdb.reason.controlled") : t("ui.cmdb.reason.help")} maxlength="200" .value=${v.reason} .error=${wrong("reason")} @input=${set("reason")}></talka-input>` : nothing}`;
    },
    onSubmit: async () => {
      const body = { owner: v.owner || null, team: v.team || null, attributes: v.attributes };
      for (const key of FIELDS) body[key] = v[key] || null;
      if (v.reason.trim()) body.reason = v.reason.trim();
      if (!item) {
        for (const key of Object.keys(body)) if (body[key] === null) delete body[key];
        return api.post("/cmdb/items", body);
      }
      return (await api.patch(`/cmdb/items/${api.enc(item.key)}`, body, `"${item.version}"`)).data;
    },
  });
  return saved;
}

function attribute(api, schema, a, values, error) {
  const label = nameIn(a.names, a.key);
  const value = values[a.key];
  const put = (e) => (values[a.key] = e.currentTarget.value === "" ? null : e.currentTarget.value);
  switch (a.type) {
    case "choice":
      return html`<talka-select .label=${label} ?required=${a.required} .options=${a.options.map((o) => [o, o])} .value=${value ?? ""} .error=${error} @change=${put}></talka-select>`;
    case "boolean":
      return html`<talka-switch .label=${label} .value=${value === true} .error=${error} @change=${(e) => (values[a.key] = e.currentTarget.value)}></talka-switch>`;
    case "date":
      return html`<talka-input type="date" .label=${label} ?required=${a.required} .value=${value ?? ""} .error=${error} @input=${put}></talka-input>`;
    case "number":
      return html`<talka-input type="number" step="any" .label=${label} ?required=${a.required} .value=${value ?? ""} .error=${error} @input=${put}></talka-input>`;
    case "item":
      return html`<talka-combobox .label=${label} ?required=${a.required} .source=${itemSource(api, schema)} .value=${value ?? ""} .text=${value ?? ""} .error=${error}
        @change=${(e) => (values[a.key] = e.detail?.value ?? null)}></talka-combobox>`;
    default:
      return html`<talka-input .label=${label} ?required=${a.required} .value=${value ?? ""} .error=${error} @input=${put}></talka-input>`;
  }
}
