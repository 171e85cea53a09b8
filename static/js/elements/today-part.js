/** A part of Today's shell that some people have no use for: unless="role=mentor" hides it from those who are only that. */

import { flat, holds } from "../lib/slots.js";
import { phone } from "../phone.js";

class TodayPart extends HTMLElement {
  #stop = [];

  connectedCallback() {
    if (!phone.isShell) return;
    const render = () => this.render().catch(() => {});
    this.#stop = [phone.when("mirror", render), phone.when("session", render)];
    render();
  }

  disconnectedCallback() {
    this.#stop.forEach((stop) => stop());
  }

  async render() {
    const pairings = (await phone.rows("pairing")).map(flat).filter((row) => !row.ended);
    this.hidden = pairings.length > 0 && pairings.every((row) => holds(row, this.getAttribute("unless")));
  }
}

customElements.define("today-part", TodayPart);
