/** A second tap takes an answer back: unanswered stays possible. */

class UnTap extends HTMLElement {
  #chosen = null;

  connectedCallback() {
    for (const type of ["pointerdown", "keydown", "click"]) this.addEventListener(type, this);
  }

  handleEvent(event) {
    const radio = event.target.closest("label")?.querySelector("input[type=radio]") ?? event.target;
    if (radio.type !== "radio") return;
    if (event.type === "keydown") this.#key(event, radio);
    else if (event.type === "pointerdown") this.#chosen = radio.checked ? radio : null;
    else if (event.target === radio && this.#chosen === radio) this.#clear(radio);
  }

  /** By keyboard: Backspace or Delete on the chosen one. */
  #key(event, radio) {
    if (["Backspace", "Delete"].includes(event.key) && radio.checked) this.#clear(radio);
  }

  #clear(radio) {
    this.#chosen = null;
    radio.checked = false;
    for (const type of ["input", "change"]) radio.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

customElements.define("un-tap", UnTap);
