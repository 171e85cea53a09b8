/** One tap covers the page, for when somebody looks over a shoulder. */

class QuickHide extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-hide]")?.addEventListener("click", () => this.querySelector("[data-cover]").showModal());
  }
}

customElements.define("quick-hide", QuickHide);
