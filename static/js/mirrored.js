/** What the elements that show this phone's own copy share: each draws itself anew whenever the copy changes. */

import { flat, holds } from "./lib/slots.js";
import { phone } from "./phone.js";

export class Mirrored extends HTMLElement {
  #stop = [];

  connectedCallback() {
    const render = () => this.render().catch(() => {});
    this.#stop = ["mirror", "session"].map((topic) => phone.when(topic, render));
    render();
  }

  disconnectedCallback() {
    this.#stop.forEach((stop) => stop());
  }

  /** Rows of a kind for which `where` holds; "pairing={pairing}" takes the value from the address's question. */
  async rows(kind, where) {
    const asked = new URLSearchParams(location.search);
    const wanted = (where ?? "").replace(/\{(\w+)\}/g, (_, name) => asked.get(name) ?? "");
    return (await phone.rows(kind)).map(flat).filter((row) => holds(row, wanted));
  }
}

/** The same for what stands in shells alone: on a live page the server has said it already. */
export class MirroredInShell extends Mirrored {
  connectedCallback() {
    if (phone.isShell) super.connectedCallback();
  }
}
