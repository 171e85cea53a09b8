/** On a shared device: says that it will sign out, then does. What was typed is sealed to its author first. */

import { phone } from "../phone.js";

const WARNING = 60_000;
const LOOK = 5_000;

class IdleLock extends HTMLElement {
  #last = Date.now();

  async connectedCallback() {
    const owner = await phone.owner().catch(() => null);
    if (owner?.kind !== "shared") return;
    const here = () => (this.#last = Date.now());
    for (const type of ["pointerdown", "keydown", "input"]) document.addEventListener(type, here, { passive: true });
    this.querySelector("[data-stay]")?.addEventListener("click", () => this.#dialog.close());
    document.addEventListener("visibilitychange", () => this.#look());
    setInterval(() => this.#look(), LOOK);
  }

  #look() {
    const left = this.getAttribute("minutes") * 60_000 - (Date.now() - this.#last);
    if (left <= 0) this.#lock();
    else if (left <= WARNING && !this.#dialog.open) this.#dialog.showModal();
  }

  async #lock() {
    document.documentElement.hidden = true;
    await phone.signOut().catch(() => {});
    location.replace("/");
  }

  get #dialog() {
    return this.querySelector("dialog");
  }
}

customElements.define("idle-lock", IdleLock);
