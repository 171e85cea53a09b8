/** A button that shows what is typed into the password field beside it. */

class ShowPassword extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    const button = this.querySelector("[data-show]");
    if (!field || !button) return;
    const show = (shown) => {
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    };
    button.hidden = false;
    button.addEventListener("click", () => show(field.type === "password"));
    field.form?.addEventListener("submit", () => show(false)); // a browser remembers what text fields held
  }
}

customElements.define("show-password", ShowPassword);
