/** How much waits on this phone, on every page. */

import { phone } from "../phone.js";

class WaitingBadge extends HTMLElement {
  #stop = [];

  connectedCallback() {
    const render = () => this.render().catch(() => {});
    this.#stop = [phone.when("outbox", render), phone.when("session", render)];
    render();
  }

  disconnectedCallback() {
    this.#stop.forEach((stop) => stop());
  }

  async render() {
    const { waiting, refused } = await phone.outbox.count();
    this.hidden = waiting + refused === 0;
    this.querySelector("[data-count]").textContent = waiting + refused;
  }
}

customElements.define("waiting-badge", WaitingBadge);
