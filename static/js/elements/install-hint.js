/** Helps to put the app on the home screen, after what waits was sent: on iOS the installed app cannot see it. */

import { phone } from "../phone.js";

class InstallHint extends HTMLElement {
  #offer = null;

  connectedCallback() {
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.#offer = event;
      this.#show();
    });
    addEventListener("appinstalled", () => this.#show());
    this.querySelector("[data-install]")?.addEventListener("click", () => this.#offer?.prompt());
    phone.when("outbox", () => this.#show());
    this.#show();
  }

  async #show() {
    const { waiting } = await phone.outbox.count().catch(() => ({ waiting: 0 }));
    const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
    this.#part("waits", waiting > 0);
    this.#part("can-install", this.#offer !== null && waiting === 0 && !isInstalled);
    this.#part("installed", isInstalled);
  }

  #part(name, shown) {
    const part = this.querySelector(`[data-${name}]`);
    if (part) part.hidden = !shown;
  }
}

customElements.define("install-hint", InstallHint);
