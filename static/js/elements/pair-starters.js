/** Ways to begin a note: a tap puts one into the box. Without scripts they stay a list to read. */

class PairStarters extends HTMLElement {
  connectedCallback() {
    for (const item of this.querySelectorAll("[data-starter]")) if (!item.querySelector("button")) item.replaceChildren(this.#chip(item.textContent));
    this.addEventListener("click", this);
  }

  handleEvent(event) {
    const chip = event.target.closest("button");
    const box = document.getElementById(this.getAttribute("for"));
    if (!chip || !box) return;
    box.value = chip.textContent;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  #chip(words) {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.className = "chip";
    chip.append(document.createElement("span"));
    chip.firstChild.textContent = words;
    return chip;
  }
}

customElements.define("pair-starters", PairStarters);
