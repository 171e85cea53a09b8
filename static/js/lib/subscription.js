/** This browser's push subscription, kept true to the server at every load. A shared device never has one. */

import { base64url, fromBase64url } from "./bytes.js";
import { remember, remembered } from "./owners.js";

const ADDRESS = "/push/subscriptions";
const WANTED = "push of";

export class Subscription {
  #parts;

  /** @param {{store, worker: () => Promise<ServiceWorkerRegistration>, fetch, permission: () => string}} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** After a tap and an explanation only. @returns {Promise<"on"|"denied"|"failed"|"off">} */
  async turnOn(owner, ask) {
    if ((await ask()) !== "granted") return "denied";
    await remember(this.#parts.store, WANTED, owner.tag);
    return this.resync(owner);
  }

  async turnOff() {
    await remember(this.#parts.store, WANTED, null);
    const subscription = await this.#current();
    if (!subscription) return "off";
    await this.#tell("DELETE", { endpoint: subscription.endpoint }).catch(() => null);
    await subscription.unsubscribe();
    return "off";
  }

  /** At every load: same key, same person, known to the server; else made anew. */
  async resync(owner) {
    const { store, permission } = this.#parts;
    if (owner.kind !== "own" || !owner.push_key) return "off";
    if (permission() !== "granted") return permission() === "denied" ? "denied" : "off";
    if ((await remembered(store, WANTED)) !== owner.tag) return this.#isLeftOver();
    const kept = await this.#current();
    const usable = kept && keyOf(kept) === owner.push_key.public_key ? kept : await this.#renew(kept, owner);
    const answer = await this.#offer(usable, owner);
    if (answer.status !== 409) return answer.ok ? "on" : "failed";
    if ((await answer.json().catch(() => ({}))).type !== "subscribe_again") return "off";
    return (await this.#offer(await this.#renew(usable, owner), owner)).ok ? "on" : "failed";
  }

  /** Somebody else's: ended, never handed on. */
  async #isLeftOver() {
    await (await this.#current())?.unsubscribe();
    return "off";
  }

  async #renew(old, { push_key }) {
    await old?.unsubscribe();
    const { pushManager } = await this.#parts.worker();
    return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: fromBase64url(push_key.public_key) });
  }

  #offer(subscription, { push_key }) {
    const { endpoint, keys } = subscription.toJSON();
    return this.#tell("POST", { endpoint, keys, key_id: push_key.key_id });
  }

  #tell(method, body) {
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    return this.#parts.fetch(ADDRESS, { method, headers, body: JSON.stringify(body), redirect: "manual" });
  }

  async #current() {
    const { pushManager } = await this.#parts.worker();
    return pushManager ? pushManager.getSubscription() : null;
  }
}

const keyOf = ({ options }) => options?.applicationServerKey && base64url(new Uint8Array(options.applicationServerKey));
