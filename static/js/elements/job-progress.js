/** How far a job is: asks politely, more rarely the longer it takes, and opens the page anew when it is over. */

import { politely } from "../lib/politely.js";

class JobProgress extends HTMLElement {
  #over = new AbortController();

  connectedCallback() {
    this.bar = this.querySelector("progress");
    if (!this.bar) return;
    this.says = this.querySelector("[data-says]");
    this.querySelector("[data-by-hand]").hidden = true;
    politely(() => this.#look(), this.#over.signal);
  }

  disconnectedCallback() {
    this.#over.abort();
  }

  /** Whether there is more to come. */
  async #look() {
    if (document.hidden) return true;
    const answer = await fetch(this.dataset.from, { signal: this.#over.signal, headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error("no answer");
    const { is_over, says, percent } = await answer.json();
    if (is_over) {
      location.reload();
      return false;
    }
    if (percent === null) this.bar.removeAttribute("value");
    else this.bar.value = percent;
    if (this.says.textContent !== says) this.says.textContent = says; // a screen reader hears each sentence once
    return true;
  }
}

customElements.define("job-progress", JobProgress);
