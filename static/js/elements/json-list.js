/** A list from a JSON address that the worker keeps, such as the help contacts; this phone's own site comes first. */

import { remembered } from "../lib/owners.js";
import { fill, holds } from "../lib/slots.js";
import { phone } from "../phone.js";

class JsonList extends HTMLElement {
  async connectedCallback() {
    if (!phone.isShell) return;
    const said = await fetch(this.getAttribute("src"), { credentials: "omit" }).then((response) => response.json(), () => null);
    const site = await remembered(phone.store, "site").catch(() => null);
    const all = (said?.[this.getAttribute("list")] ?? []).filter((row) => holds(row, this.getAttribute("where")));
    const rows = all.filter((row) => isFor(row, site, this.getAttribute("sites")));
    rows.sort((one, other) => isOf(other, site) - isOf(one, site));
    const template = this.querySelector("template");
    this.querySelector("[data-rows]").replaceChildren(...rows.map((row) => this.#item(template, row)));
    this.hidden = rows.length === 0;
  }

  #item(template, row) {
    const item = template.content.cloneNode(true).firstElementChild;
    fill(item, row, { lang: document.documentElement.lang });
    for (const link of item.querySelectorAll("[data-tel]")) link.href = `tel:${String(row[link.dataset.tel]).replace(/[^\d+*#]/g, "")}`;
    return item;
  }
}

const isOf = (row, site) => row.site !== "" && row.site === site;

/** sites="others": those that are neither this phone's nor everybody's; else those that are. */
const isFor = (row, site, sites) => (row.site === "" || row.site === site) === (sites !== "others");

customElements.define("json-list", JsonList);
