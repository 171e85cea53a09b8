/** One row of what this phone knows, put into the words around it, in shells alone. It fills only what is empty. */

import { fill, inOrder } from "../lib/slots.js";
import { MirroredInShell } from "../mirrored.js";

class MirrorOne extends MirroredInShell {
  async render() {
    const row = await this.#row();
    if (row) fill(this, row, { lang: document.documentElement.lang, gently: true });
    this.toggleAttribute("data-known", Boolean(row));
  }

  async #row() {
    const rows = await this.rows(this.getAttribute("kind"), this.getAttribute("where"));
    const id = this.hasAttribute("from-address") ? this.#idInAddress() : null;
    return inOrder(rows.filter((row) => id === null || row.id === id), this.getAttribute("order") ?? "-written_at")[0];
  }

  /** from-address="/journal/{id}/edit" */
  #idInAddress() {
    const at = this.getAttribute("from-address").split("/").indexOf("{id}");
    return location.pathname.split("/")[at] ?? "";
  }
}

customElements.define("mirror-one", MirrorOne);
