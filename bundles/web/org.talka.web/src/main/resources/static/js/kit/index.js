// SPDX-License-Identifier: Apache-2.0
/** The kit: what `@talka/ui` gives to modules. Version 1 of the UI API. */
export { TalkaElement } from "./element.js";
export { TicketPanel } from "./panel.js";
export { icon, iconNames } from "./icons.js";
export { avatar, empty, failure, loading } from "./small.js";
export { onLive } from "../core/live.js";
export { serverHtml } from "../core/safe-html.js";
export { confirmDialog, openDialog, toast } from "./overlay.js";
import "./form.js";
import "./tabs.js";
export { API } from "./version.js";
