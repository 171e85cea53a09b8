/** A list of what this phone knows. On a live page the server's own list stands and only what waits here is added. */

import { fill, flat, holds, inOrder } from "../lib/slots.js";
import { phone } from "../phone.js";

class MirrorList extends HTMLElement {
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
    const rows = (await phone.rows(this.getAttribute("kind"))).map(flat).filter((row) => this.#wants(row));
    const shown = inOrder(rows, this.getAttribute("order") ?? "-written_at").slice(0, this.getAttribute("limit") ?? 200);
    const list = this.querySelector("[data-rows]");
    const items = shown.map((row) => this.#item(row));
    if (phone.isShell) list.replaceChildren(...items);
    else {
      list.querySelectorAll(":scope > [data-waiting]").forEach((old) => old.remove());
      list.prepend(...items);
    }
    const empty = this.querySelector("[data-empty]");
    if (empty) empty.hidden = list.childElementCount > 0;
  }

  #wants(row) {
    return holds(row, this.getAttribute("where")) && (phone.isShell || row.waiting);
  }

  #item(row) {
    const item = this.querySelector(":scope > template").content.cloneNode(true).firstElementChild;
    fill(item, row, { lang: document.documentElement.lang });
    item.toggleAttribute("data-waiting", row.waiting);
    return item;
  }
}

customElements.define("mirror-list", MirrorList);
