/** How much waits on this phone, on every page. */

import { phone } from "../phone.js";

class WaitingBadge extends HTMLElement {
  connectedCallback() {
    const render = () => this.render().catch(() => {});
    for (const topic of ["outbox", "session"]) phone.when(topic, render); // it stays as long as its page
    render();
  }

  async render() {
    const { waiting, refused } = await phone.outbox.count();
    this.hidden = waiting + refused === 0;
    this.querySelector("[data-count]").textContent = waiting + refused;
  }
}

customElements.define("waiting-badge", WaitingBadge);
