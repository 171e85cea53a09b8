/** The mentor's cards in Today's shell, one for each mentee this phone knows. What is typed in a card stays when facts change. */

import { fill, flat, inOrder } from "../lib/slots.js";
import { phone } from "../phone.js";

const PLACE = "PAIRING";
const NAMED = ["id", "for", "name", "aria-describedby"];

class TodayMentees extends HTMLElement {
  #stop = [];
  #cards = new Map();

  connectedCallback() {
    if (!phone.isShell) return;
    const render = () => this.render().catch(() => {});
    this.#stop = [phone.when("mirror", render), phone.when("session", render)];
    render();
  }

  disconnectedCallback() {
    this.#stop.forEach((stop) => stop());
  }

  async render() {
    const mine = (await phone.rows("pairing")).map(flat).filter((row) => row.role === "mentor" && !row.ended);
    const checkins = (await phone.rows("checkin")).map(flat).filter((row) => !row.mine && !row.read_at);
    for (const [id, card] of this.#cards) if (!mine.some((row) => row.id === id)) this.#drop(id, card);
    for (const row of whoWantsToTalkFirst(mine)) {
      if (!this.#cards.has(row.id)) this.append(this.#newCard(row));
      this.#refresh(this.#cards.get(row.id), row, checkins.filter(({ pairing }) => pairing === row.id));
    }
  }

  #newCard(row) {
    const card = this.#copy("card");
    for (const name of NAMED) {
      for (const part of card.querySelectorAll(`[${name}*="${PLACE}"]`)) {
        part.setAttribute(name, part.getAttribute(name).replaceAll(PLACE, row.id));
      }
    }
    for (const hidden of card.querySelectorAll("input[data-field=id]")) hidden.value = row.id;
    this.#cards.set(row.id, card);
    return card;
  }

  /** The facts are drawn anew from the template; an open check-in stays as it is. */
  #refresh(card, row, checkins) {
    const facts = this.#copy("card").querySelector("[data-facts]");
    this.#fill(facts, row);
    card.querySelector("[data-facts]").replaceWith(facts);
    const list = card.querySelector("[data-checkins]");
    for (const item of [...list.children]) if (!checkins.some(({ id }) => id === item.dataset.id)) item.remove();
    for (const checkin of checkins) {
      if (list.querySelector(`[data-id="${CSS.escape(checkin.id)}"]`)) continue;
      const item = this.#copy("checkin");
      item.dataset.id = checkin.id;
      this.#fill(item, checkin);
      list.append(item);
    }
  }

  #drop(id, card) {
    card.remove();
    this.#cards.delete(id);
  }

  #copy(name) {
    return this.querySelector(`template[data-${name}]`).content.cloneNode(true).firstElementChild;
  }

  #fill(part, row) {
    fill(part, row, { lang: document.documentElement.lang });
  }
}

/** The oldest wish first, then by name. */
function whoWantsToTalkFirst(rows) {
  const named = inOrder(rows, "partner");
  const asking = named.filter((row) => row.wants_talk_since);
  return [...inOrder(asking, "wants_talk_since"), ...named.filter((row) => !row.wants_talk_since)];
}

customElements.define("today-mentees", TodayMentees);
