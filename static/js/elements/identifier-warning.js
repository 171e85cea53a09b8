/** Says gently that a text may name a patient. It never blocks and keeps nothing. */

import { identifiersIn } from "../lib/identifiers.js";

class IdentifierWarning extends HTMLElement {
  #timer = null;

  connectedCallback() {
    const field = document.getElementById(this.getAttribute("for"));
    const look = () => (this.querySelector("[data-warning]").hidden = identifiersIn(field.value).length === 0);
    field?.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(look, 400);
    });
    field?.addEventListener("change", look);
  }
}

customElements.define("identifier-warning", IdentifierWarning);
