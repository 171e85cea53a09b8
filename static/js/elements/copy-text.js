/** Buttons that copy the text beside them and print the page. */

class CopyText extends HTMLElement {
  connectedCallback() {
    const copy = this.querySelector("[data-copy]");
    const print = this.querySelector("[data-print]");
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", () => this.#copy());
    }
    if (print) {
      print.hidden = false;
      print.addEventListener("click", () => globalThis.print());
    }
  }

  async #copy() {
    const field = this.querySelector("[data-text]");
    try {
      await navigator.clipboard.writeText(field.value);
      this.querySelector("[data-status]").textContent = this.querySelector("[data-say=copied]").content.textContent;
    } catch {
      field.select(); // the clipboard is closed to us: one key is left to press
    }
  }
}

customElements.define("copy-text", CopyText);
