/** Turns notifications on or off on this device. The browser is asked only after a tap on the explanation's button. */

import { phone } from "../phone.js";

class PushSwitch extends HTMLElement {
  async connectedCallback() {
    const owner = await phone.owner().catch(() => null);
    const can = "PushManager" in globalThis && navigator.serviceWorker && owner?.push_key;
    if (!can || owner.kind !== "own") return this.#show(owner?.kind === "shared" ? "shared" : "impossible");
    this.#on("turn-on", async () => (await phone.push()).turnOn(owner, () => Notification.requestPermission()));
    this.#on("turn-off", async () => (await phone.push()).turnOff());
    this.#show(await (await phone.push()).resync(owner).catch(() => "failed"));
  }

  #on(name, does) {
    const button = this.querySelector(`[data-${name}]`);
    button?.addEventListener("click", async () => {
      button.disabled = true;
      this.#show(await does().catch(() => "failed"));
      button.disabled = false;
    });
  }

  /** Parts of the page: <div data-push="on|off|denied|failed|shared|impossible" hidden>. */
  #show(state) {
    this.setAttribute("state", state);
    for (const part of this.querySelectorAll("[data-push]")) part.hidden = !part.dataset.push.split(" ").includes(state);
  }
}

customElements.define("push-switch", PushSwitch);
