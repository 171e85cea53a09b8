/** Darker than the system's dark, remembered on this device. */

import { dim, isDim } from "../lib/dim.js";

class DimSwitch extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("[data-dim]");
    if (!button) return;
    const show = () => button.setAttribute("aria-pressed", String(isDim()));
    button.addEventListener("click", () => {
      dim(!isDim());
      show();
    });
    this.hidden = false;
    show();
  }
}

customElements.define("dim-switch", DimSwitch);
