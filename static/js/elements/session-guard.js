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
    const owner = await phone.ownerKept().catch(() => null);
    if (phone.pageOf !== null && phone.pageOf !== (owner?.tag ?? null)) this.#leave();
    else if (page.hidden && phone.pageOf === null) location.reload();
    else page.hidden = false;
  }

  #leave() {
    page.hidden = true;
    location.replace("/");
  }

  /** The sign-in form of the server, from here: its own page gives the token, the session afterwards gives the answer. */
  async #signIn(event) {
    event.preventDefault();
    const form = event.target;
    const wrong = this.querySelector("[data-wrong]");
    wrong.hidden = true;
    try {
      const asked = await (await fetch(form.action, { cache: "no-store" })).text();
      const [, token = ""] = /name="csrf_token"[^>]*value="([^"]+)"/.exec(asked) ?? [];
      const body = new FormData(form);
      body.set("csrf_token", token);
      await fetch(form.action, { method: "POST", body, redirect: "manual" });
      await phone.flush();
    } catch {
      // said below: nobody is signed in
    }
    wrong.hidden = phone.outbox.trouble === "";
    if (wrong.hidden) {
      form.reset();
      this.#dialog.close();
    }
  }

  get #dialog() {
    return this.querySelector("dialog");
  }
}

customElements.define("session-guard", SessionGuard);
