/** A part of Today's shell that some people have no use for: unless="role=mentor" hides it from those who are only that. */

import { holds } from "../lib/slots.js";
import { MirroredInShell } from "../mirrored.js";

class TodayPart extends MirroredInShell {
  async render() {
    const pairings = await this.rows("pairing", "!ended");
    this.hidden = pairings.length > 0 && pairings.every((row) => holds(row, this.getAttribute("unless")));
  }
}

customElements.define("today-part", TodayPart);
