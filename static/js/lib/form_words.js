/** What a form says below itself. The words are templates in the page; each is put in the status line once. */

export class FormWords {
  #home;

  constructor(home) {
    this.#home = home;
  }

  get status() {
    return this.#home.querySelector("[data-status]");
  }

  /** @param {string} name of a <template data-say> or, with kind "problem", of a <template data-problem> */
  say(name, kind = "say") {
    const word = this.word(name, kind);
    if (word) this.status?.replaceChildren(word);
  }

  word(name, kind = "say") {
    const word = this.#home.querySelector(`template[data-${kind}="${CSS.escape(name)}"]`)?.content.cloneNode(true);
    if (!this.#home.hasAttribute("take-back")) word?.querySelectorAll("[data-do=take-back]").forEach((one) => one.remove());
    return word;
  }

  hush() {
    this.status?.replaceChildren();
    this.showAfter(null);
  }

  /** Parts of the page that belong to one moment: <div data-after="saved" hidden>. */
  showAfter(moment) {
    for (const part of this.#home.querySelectorAll("[data-after]")) part.hidden = part.dataset.after !== moment;
  }

  /** Text that another page left for this form; `use` puts it in. */
  offer(text, use) {
    const offer = this.word("other-draft");
    const shown = offer?.querySelector("[data-other]");
    if (shown) shown.textContent = text;
    offer?.querySelector("[data-do=use-other]")?.addEventListener("click", use);
    if (offer) this.status?.append(offer);
  }
}
