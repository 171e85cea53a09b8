/**
 * Keeps a page with the person it was opened for. It hides when it is left and shows again only when she is still
 * here; when the server no longer knows her she signs in again in place, with everything she typed still there.
 */

import { phone } from "../phone.js";

const page = document.documentElement;

class SessionGuard extends HTMLElement {
  connectedCallback() {
    addEventListener("pagehide", () => (page.hidden = true));
    addEventListener("pageshow", ({ persisted }) => persisted && this.#check());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#check());
    phone.when("session", (change) => this.#heard(change));
    this.querySelector("[data-open]")?.addEventListener("click", () => this.#dialog.showModal());
    this.querySelector("[data-not-now]")?.addEventListener("click", () => this.#dialog.close());
    this.querySelector("form")?.addEventListener("submit", (event) => this.#signIn(event));
  }

  #heard({ trouble, left }) {
    if (left) this.#leave();
    else this.#check();
    const asks = this.querySelector("[data-needs-sign-in]");
    if (asks && trouble !== undefined) asks.hidden = trouble !== "nobody" || phone.pageOf === null;
  }

  /** Without a store there is nobody to compare with: then the server decides what this address shows. */
  async #check() {
    const owner = await phone.owner().catch(() => null);
    if (phone.pageOf !== null && phone.pageOf !== (owner?.tag ?? null)) this.#leave();
    else if (page.hidden && phone.pageOf === null) location.reload();
    else page.hidden = false;
  }

  #leave() {
    page.hidden = true;
    location.replace("/");
  }

  /** Whether it worked is what the session says afterwards. */
  async #signIn(event) {
    event.preventDefault();
    const form = event.target;
    const { kind = "shared" } = (await phone.ownerKept().catch(() => null)) ?? {};
    const body = JSON.stringify({ ...Object.fromEntries(new FormData(form)), kind });
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", headers, body, redirect: "manual" }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (said?.type === "second_step") return this.#askForCode();
    await phone.flush(); // perhaps one that had asked before she was in
    if (phone.outbox.trouble) await phone.flush();
    const isIn = phone.outbox.trouble === "";
    this.querySelector("[data-wrong]").hidden = isIn;
    if (isIn) {
      form.reset();
      this.querySelector("[data-code]").hidden = true;
      this.#dialog.close();
    }
  }

  /** The password was right; a code from her app comes next. */
  #askForCode() {
    this.querySelector("[data-wrong]").hidden = true;
    this.querySelector("[data-code]").hidden = false;
    this.querySelector("[data-code] input").focus();
  }

  get #dialog() {
    return this.querySelector("dialog");
  }
}

customElements.define("session-guard", SessionGuard);
