/** The mentor's cards in Today's shell, one for each mentee this phone knows. What is typed in a card stays when facts change. */

import { fill, inOrder } from "../lib/slots.js";
import { MirroredInShell } from "../mirrored.js";

const PLACE = "PAIRING";
const KINDS = ["checkin", "note"];
const NAMED = ["id", "for", "name", "aria-describedby"];

class TodayMentees extends MirroredInShell {
  #cards = new Map();

  async render() {
    const mine = await this.rows("pairing", "role=mentor,!ended");
    const unread = {};
    for (const kind of KINDS) unread[kind] = await this.rows(kind, "!mine,!read_at");
    for (const [id, card] of this.#cards) if (!mine.some((row) => row.id === id)) this.#drop(id, card);
    for (const row of whoWantsToTalkFirst(mine)) {
      if (!this.#cards.has(row.id)) this.querySelector("[data-cards]").append(this.#newCard(row));
      const card = this.#cards.get(row.id);
      this.#stateFacts(card, row);
      for (const kind of KINDS) this.#list(card, kind, unread[kind].filter(({ pairing }) => pairing === row.id));
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

  #stateFacts(card, row) {
    const facts = this.#copy("card").querySelector("[data-facts]");
    this.#fill(facts, row);
    card.querySelector("[data-facts]").replaceWith(facts);
  }

  /** What is open in a list stays open: rows are added and taken away, never drawn again. */
  #list(card, kind, rows) {
    const list = card.querySelector(`[data-rows=${kind}]`);
    for (const item of [...list.children]) if (!rows.some(({ id }) => id === item.dataset.id)) item.remove();
    for (const row of rows) {
      if (list.querySelector(`[data-id="${CSS.escape(row.id)}"]`)) continue;
      const item = this.#copy(kind);
      item.dataset.id = row.id;
      this.#fill(item, row);
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
