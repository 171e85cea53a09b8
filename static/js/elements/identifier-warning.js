/** Says gently that a text may name a patient. It never blocks and keeps nothing. */

class IdentifierWarning extends HTMLElement {
  #timer = null;

  connectedCallback() {
    const field = document.getElementById(this.getAttribute("for"));
    field?.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#look(field.value), 400);
    });
    field?.addEventListener("change", () => this.#look(field.value));
  }

  async #look(text) {
    const { identifiersIn } = await import("../lib/identifiers.js");
    this.querySelector("[data-warning]").hidden = identifiersIn(text).length === 0;
  }
}

customElements.define("identifier-warning", IdentifierWarning);
