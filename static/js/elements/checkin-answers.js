/** The notes that answer one check-in, from this phone's own copy. */

import { fill, flat, inOrder } from "../lib/slots.js";
import { phone } from "../phone.js";

class CheckinAnswers extends HTMLElement {
  #deaf = () => {};

  connectedCallback() {
    const render = () => this.render().catch(() => {});
    const checkin = this.querySelector("data");
    if (!checkin) return;
    this.#deaf = phone.when("mirror", render);
    new MutationObserver(render).observe(checkin, { attributes: true }); // a <mirror-one> around it fills it in later
    render();
  }

  disconnectedCallback() {
    this.#deaf();
  }

  async render() {
    const checkin = this.querySelector("data")?.value;
    const template = this.querySelector("template");
    if (!checkin || !template) return;
    const notes = (await phone.rows("note")).map(flat).filter((note) => note.reply_to === checkin);
    const shown = inOrder(notes, "written_at").map((note) => {
      const item = template.content.cloneNode(true);
      fill(item, note, { lang: document.documentElement.lang });
      for (const slot of item.querySelectorAll("[data-field]")) slot.removeAttribute("data-field"); // nobody fills it again
      return item;
    });
    for (const old of this.querySelectorAll("blockquote")) old.remove();
    this.append(...shown);
  }
}

customElements.define("checkin-answers", CheckinAnswers);
