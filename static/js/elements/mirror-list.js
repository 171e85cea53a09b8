/** A list of what this phone knows. On a live page the server's own list stands and what waits here is added; it stays once sent. */

import { fill, inOrder } from "../lib/slots.js";
import { Mirrored } from "../mirrored.js";
import { phone } from "../phone.js";

class MirrorList extends Mirrored {
  #drawn = new Map();
  #added = [];

  async render() {
    const known = await this.rows(this.getAttribute("kind"), this.getAttribute("where"));
    const rows = inOrder(known.filter((row) => phone.isShell || row.waiting || this.#drawn.has(row.id)), this.getAttribute("order") ?? "-written_at");
    const list = this.querySelector("[data-rows]");
    const items = rows.slice(0, this.getAttribute("limit") ?? 200).map((row) => this.#item(row));
    if (phone.isShell) showIn(list, items);
    else {
      this.#added.forEach((old) => old.remove());
      list.prepend(...items);
      this.#added = items;
    }
    const empty = this.querySelector("[data-empty]");
    if (empty) empty.hidden = list.childElementCount > 0;
  }

  /** A row that says what it said stays as it is: open details, and the words of a form that was just sent. */
  #item(row) {
    const said = JSON.stringify(row);
    if (this.#drawn.get(row.id)?.said !== said) this.#drawn.set(row.id, { said, item: this.#draw(row) });
    return this.#drawn.get(row.id).item;
  }

  #draw(row) {
    const item = this.querySelector(":scope > template").content.cloneNode(true).firstElementChild;
    fill(item, row, { lang: document.documentElement.lang });
    item.toggleAttribute("data-waiting", row.waiting);
    return item;
  }
}

function showIn(list, items) {
  const isSame = list.childElementCount === items.length && items.every((item, at) => item === list.children[at]);
  if (!isSame) list.replaceChildren(...items);
}

customElements.define("mirror-list", MirrorList);
