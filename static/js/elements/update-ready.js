/** A new version waits until nobody is writing: taken by a tap, never by force. */

import { phone } from "../phone.js";

class UpdateReady extends HTMLElement {
  #waiting = null;

  async connectedCallback() {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    this.querySelector("[data-update]")?.addEventListener("click", () => this.#take());
    const registration = await workers.ready;
    this.#offer(registration.waiting);
    registration.addEventListener("updatefound", () => this.#watch(registration.installing));
    phone.when("session", ({ trouble }) => trouble === "old" && registration.update());
    let isFirst = !workers.controller;
    workers.addEventListener("controllerchange", () => {
      if (!isFirst && !phone.isDirty) location.reload();
      isFirst = false;
    });
  }

  #watch(worker) {
    worker?.addEventListener("statechange", () => worker.state === "installed" && this.#offer(worker));
  }

  #offer(worker) {
    if (!worker || !navigator.serviceWorker.controller) return;
    this.#waiting = worker;
    this.hidden = false;
  }

  /** With words in a form the notice stays: they come first. */
  #take() {
    if (!phone.isDirty) this.#waiting?.postMessage({ type: "take-over" });
  }
}

customElements.define("update-ready", UpdateReady);
