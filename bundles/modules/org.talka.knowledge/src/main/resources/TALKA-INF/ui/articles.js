// SPDX-License-Identifier: Apache-2.0
/** The pages of knowledge in the workspace; the address says which. */
import { failure, loading, TalkaElement } from "@talka/ui";
import { looks } from "./common.js";
import { ArticlePage } from "./article.js";
import { EditPage } from "./edit.js";
import { ListPage } from "./list.js";
import { ManagePage } from "./manage.js";
import { VersionsPage } from "./versions.js";

export const api = 1;

export default class Articles extends TalkaElement {
  static styles = looks;

  constructor() {
    super();
    /** What the address names. */
    this.address = null;
    /** @type {any} */
    this.page = null;
  }

  willUpdate(changed) {
    if (!changed.has("context")) return;
    const rest = this.context.rest ?? [];
    const address = rest.join("/") + (this.context.search ?? "");
    if (address === this.address) return;
    this.address = address;
    this.page?.close?.();
    this.page = this.open(rest);
    this.page.load();
  }

  /** Goes on where it is: the address follows what is shown, and nothing is opened anew. */
  stay(path) {
    this.address = (this.context.rest ?? []).join("/") + new URL(path, location.href).search;
    this.context.navigate(path, { replace: true });
  }

  open([first, second, third]) {
    if (!first) return new ListPage(this);
    if (first === "new") return new EditPage(this, null);
    if (first === "manage") return new ManagePage(this);
    if (second === "edit") return new EditPage(this, first);
    if (second === "versions") return new VersionsPage(this, first, third);
    return new ArticlePage(this, first);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.page?.close?.();
    this.address = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.requestUpdate("context");
  }

  render() {
    const page = this.page;
    if (page.problem) {
      return failure(page.problem, () => page.load());
    }
    return page.ready ? page.render() : loading(6);
  }
}
