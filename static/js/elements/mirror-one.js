/** One row of what this phone knows, put into the words around it. On a live page it fills only what is empty. */

import { fill, flat, holds, inOrder } from "../lib/slots.js";
import { phone } from "../phone.js";

class MirrorOne extends HTMLElement {
  #stop = [];

  connectedCallback() {
    const render = () => this.render().catch(() => {});
    this.#stop = [phone.when("mirror", render), phone.when("session", render)];
    render();
  }

  disconnectedCallback() {
    this.#stop.forEach((stop) => stop());
  }

  async render() {
    if (!phone.isShell) return;
    const row = await this.#row();
    if (row) fill(this, row, { lang: document.documentElement.lang, gently: true });
    this.toggleAttribute("data-known", Boolean(row));
  }

  async #row() {
    const rows = (await phone.rows(this.getAttribute("kind"))).map(flat);
    const id = this.hasAttribute("from-address") ? this.#idInAddress() : null;
    const wanted = rows.filter((row) => holds(row, this.getAttribute("where")) && (id === null || row.id === id));
    return inOrder(wanted, this.getAttribute("order") ?? "-written_at")[0];
  }

  /** from-address="/journal/{id}/edit" */
  #idInAddress() {
    const at = this.getAttribute("from-address").split("/").indexOf("{id}");
    return location.pathname.split("/")[at] ?? "";
  }
}

customElements.define("mirror-one", MirrorOne);
