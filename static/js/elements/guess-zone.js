/** Chooses the device's own time zone in the list inside, unless somebody chose already. */

class GuessZone extends HTMLElement {
  connectedCallback() {
    const list = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (list && !this.hasAttribute("chosen") && [...list.options].some((option) => option.value === zone)) list.value = zone;
  }
}

customElements.define("guess-zone", GuessZone);
