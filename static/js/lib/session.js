/** Who is signed in here, as the server last said, and leaving again. */

import { base64url, utf8 } from "./bytes.js";
import { currentOwner, forgetOwner, keepOwner, remember, remembered } from "./owners.js";

const HERE = /^(?:__Host-)?here=/; // the longer name over https

/** The readable cookie of this sign-in; script deletes it to sign out, even offline. */
export function hereCookie(cookies) {
  const found = cookies.split("; ").find((pair) => HERE.test(pair));
  return found ? found.replace(HERE, "") : null;
}

/** What deletes it, under either name. */
const FAREWELLS = ["here=; Path=/; Max-Age=0; SameSite=Lax", "__Host-here=; Path=/; Max-Age=0; SameSite=Lax; Secure"];

export class Session {
  #store;
  #wire;
  #mirror;
  #crypto;
  #clock;
  #document;
  #asking = null;

  /** Drafts of somebody who leaves, as sealed ops. */
  partingOps = async () => [];

  /** In the worker there is no document: it never changes who is signed in. */
  constructor({ store, wire, mirror, crypto, clock, document = null }) {
    this.#store = store;
    this.#wire = wire;
    this.#mirror = mirror;
    this.#crypto = crypto;
    this.#clock = clock;
    this.#document = document;
  }

  /** The owner who may write now, or null. Waits for the server only while this sign-in is new to the phone. */
  async owner() {
    const owner = await this.kept();
    if (owner) return owner;
    if (this.#document && !hereCookie(this.#document.cookie)) return null;
    await this.refresh();
    return this.kept();
  }

  /** What the phone knows without asking anybody. */
  async kept() {
    const owner = await currentOwner(this.#store);
    if (!owner || !this.#document) return owner ?? null;
    const here = hereCookie(this.#document.cookie);
    if (here === null) return owner.kind === "own" ? owner : null;
    return owner.here === (await this.#digest(here)) ? owner : null;
  }

  /** Asks the server; several askers share one question. Without the cookie a page knows the answer: nobody. */
  async refresh() {
    if (this.#document && !this.#here()) return { said: "nobody" };
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Signs out on this phone: first the cookie, so that the server is told by its absence, then all that is hers. */
  async leave(owner) {
    for (const farewell of FAREWELLS) if (this.#document) this.#document.cookie = farewell;
    if (owner) await this.#forget(owner);
  }

  async #ask() {
    const before = this.#here();
    const answer = await this.#wire.session();
    if (answer.said !== "answer" || !answer.data.person) return answer;
    const { data } = answer;
    const current = await currentOwner(this.#store);
    if (!this.#document && current?.tag !== data.owner_tag) return { said: "someone-else" };
    if (before !== this.#here()) return { said: "down" }; // signed in or out while we asked
    await this.#compareClock(data.server_time);
    const { owner_tag: tag, kind, person, device, sign_in, writer_secret, sync_key, sealing_key, push_key = null } = data;
    const here = before && (await this.#digest(before));
    const fresh = { tag, kind, person, device, sign_in, writer_secret, sync_key, sealing_key, push_key, here };
    if (current && current.tag !== fresh.tag) await this.#forget(current); // left without this phone having seen it
    const owner = await keepOwner(this.#store, fresh, this.#mirror.newKey());
    for (const name of ["lang", "site"]) await remember(this.#store, name, data[name]);
    return { said: "answer", owner, epoch: data.epoch };
  }

  /** What she was typing becomes ops that only the server can open; should that fail, she is signed out all the same. */
  async #forget(owner) {
    const ops = await this.partingOps(owner).catch(() => []);
    await forgetOwner(this.#store, owner.tag, ops);
  }

  async #compareClock(serverTime) {
    const offset = Date.parse(serverTime) - this.#clock.now();
    if (Number.isFinite(offset)) {
      this.#clock.compare(offset, await remembered(this.#store, "clock-offset"));
      await remember(this.#store, "clock-offset", offset);
    }
  }

  #here() {
    return this.#document ? hereCookie(this.#document.cookie) : null;
  }

  async #digest(text) {
    return base64url(new Uint8Array(await this.#crypto.subtle.digest("SHA-256", utf8(text))));
  }
}
