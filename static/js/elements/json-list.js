/** A list from a JSON address that the worker keeps, such as the help contacts. */

import { fill, holds } from "../lib/slots.js";
import { phone } from "../phone.js";

class JsonList extends HTMLElement {
  async connectedCallback() {
    if (!phone.isShell) return;
    const said = await fetch(this.getAttribute("src"), { credentials: "omit" }).then((response) => response.json(), () => null);
    const rows = (said?.[this.getAttribute("list")] ?? []).filter((row) => holds(row, this.getAttribute("where")));
    const template = this.querySelector("template");
    this.querySelector("[data-rows]").replaceChildren(...rows.map((row) => this.#item(template, row)));
    const empty = this.querySelector("[data-empty]");
    if (empty) empty.hidden = rows.length > 0;
  }

  #item(template, row) {
    const item = template.content.cloneNode(true).firstElementChild;
    fill(item, row, { lang: document.documentElement.lang });
    for (const link of item.querySelectorAll("[data-tel]")) link.href = `tel:${String(row[link.dataset.tel]).replace(/[^\d+*#]/g, "")}`;
    return item;
  }
}

customElements.define("json-list", JsonList);
