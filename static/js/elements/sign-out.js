/** Signs out with or without signal: this phone forgets first, then the server is told. */

import { phone } from "../phone.js";

class SignOut extends HTMLElement {
  connectedCallback() {
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#leave(event.target);
    });
  }

  async #leave(form) {
    const body = new FormData(form);
    await phone.signOut().catch(() => {}); // the cookie is gone in any case, and with it the sign-in
    const signal = AbortSignal.timeout(3_000);
    await fetch(form.action, { method: "POST", body, redirect: "manual", signal }).catch(() => {});
    location.replace("/");
  }
}

customElements.define("sign-out", SignOut);
