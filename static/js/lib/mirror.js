/**
 * What this phone may show offline: rows by owner, kind and id, each sealed under the owner's own key. `sealed` is what
 * the server said, `local` what this phone saved and still has to send.
 */

import { fromUtf8, utf8 } from "./bytes.js";
import { asked, startingWith } from "./store.js";

const aad = (owner, kind, id) => utf8(`${owner}|${kind}|${id}`);

export class Mirror {
  #store;
  #crypto;
  #key = null;

  constructor(store, crypto) {
    this.#store = store;
    this.#crypto = crypto;
  }

  newKey() {
    return this.#crypto.getRandomValues(new Uint8Array(32));
  }

  /** @returns {Promise<Uint8Array>} nonce ‖ ciphertext */
  async seal(owner, kind, id, data) {
    const iv = this.#crypto.getRandomValues(new Uint8Array(12));
    const text = utf8(JSON.stringify(data));
    const params = { name: "AES-GCM", iv, additionalData: aad(owner.tag, kind, id) };
    const sealed = new Uint8Array(await this.#crypto.subtle.encrypt(params, await this.#keyOf(owner), text));
    const whole = new Uint8Array(12 + sealed.length);
    whole.set(iv);
    whole.set(sealed, 12);
    return whole;
  }

  async open(owner, kind, id, bytes) {
    const params = { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: aad(owner.tag, kind, id) };
    const text = await this.#crypto.subtle.decrypt(params, await this.#keyOf(owner), bytes.slice(12));
    return JSON.parse(fromUtf8(new Uint8Array(text)));
  }

  /** Rows of a kind, as lists show them: {id, head, waiting, data}. A row that cannot be opened is left out. */
  async rows(owner, kind) {
    if (!owner?.mirror_key) return [];
    const kept = await this.#store.read(["mirror"], (mirror) => asked(mirror.getAll(startingWith(owner.tag, kind))));
    const shown = await Promise.all(kept.map((row) => this.#show(owner, row)));
    return shown.filter((row) => row !== null);
  }

  async row(owner, kind, id) {
    if (!owner?.mirror_key) return null;
    const kept = await this.#store.read(["mirror"], (mirror) => asked(mirror.get([owner.tag, kind, id])));
    return kept ? this.#show(owner, kept) : null;
  }

  /**
   * Takes a page of the feed. Rows with work still waiting keep what this phone saved on top.
   * Nothing is written when the owner has gone meanwhile: a late answer must not fill a cleared phone.
   */
  async take(owner, items, position) {
    const sealed = await Promise.all(
      items.map((item) => (item.gone ? null : this.seal(owner, item.kind, item.id, item.data))),
    );
    return this.#store.change(["owners", "mirror"], async (owners, mirror) => {
      const still = await asked(owners.get(owner.tag));
      if (still?.sign_in !== owner.sign_in) return false;
      for (const [at, { kind, id, gone, head }] of items.entries()) {
        const key = [owner.tag, kind, id];
        const before = await asked(mirror.get(key));
        if (before?.waiting.length) mirror.put({ ...before, head, sealed: sealed[at] });
        else if (gone) mirror.delete(key);
        else mirror.put({ owner: owner.tag, kind, id, head, sealed: sealed[at], local: null, waiting: [] });
      }
      owners.put({ ...still, feed: position });
      return true;
    });
  }

  /**
   * Before a rebuild, or when the disk is full: everything that the server can give again. Only then is there room to
   * write down that the next pull begins anew; without that room, the epoch that is gone says it.
   */
  async drop(owner) {
    await this.#store.change(["mirror", "meta"], async (mirror, meta) => {
      meta.delete("epoch");
      for (const row of await asked(mirror.getAll(startingWith(owner.tag)))) {
        if (row.kind !== "op" && !row.waiting.length) mirror.delete([row.owner, row.kind, row.id]);
      }
    });
    await this.#store.change(["owners"], async (owners) => {
      const still = await asked(owners.get(owner.tag));
      if (still) owners.put({ ...still, feed: { rev: 0, epoch: null } });
    });
  }

  async #show(owner, row) {
    const bytes = row.local ?? row.sealed;
    if (!bytes) return null;
    try {
      const data = await this.open(owner, row.kind, row.id, bytes);
      return data.gone ? null : { id: row.id, head: row.head, waiting: row.waiting.length > 0, data };
    } catch {
      return null; // a lost key loses the copy, never the work: that is in the outbox, sealed to the server
    }
  }

  /** The imported key of the owner seen last; one person signs in at a time. */
  #keyOf(owner) {
    if (this.#key?.sign_in !== owner.sign_in) {
      const use = this.#crypto.subtle.importKey("raw", owner.mirror_key, "AES-GCM", false, ["encrypt", "decrypt"]);
      this.#key = { sign_in: owner.sign_in, use };
    }
    return this.#key.use;
  }
}
