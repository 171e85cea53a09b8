/** Who may write on this phone, and the one place where a person's things are taken off it. */

import { asked, startingWith } from "./store.js";

/**
 * @typedef {object} Owner
 * @property {string} tag names the person on this device without naming anybody
 * @property {"own"|"shared"} kind
 * @property {string} person
 * @property {string} device
 * @property {string} sign_in
 * @property {string} writer_secret base64url
 * @property {string} sync_key
 * @property {{key_id: string, public_key: string}} sealing_key
 * @property {string} epoch
 * @property {string|null} here digest of the readable cookie that this sign-in has
 * @property {Uint8Array|null} mirror_key null on a shared device
 * @property {{rev: number, epoch: string|null}} feed
 */

/** @returns {Promise<Owner|undefined>} */
export function currentOwner(store) {
  return store.read(["meta", "owners"], async (meta, owners) => {
    const tag = await asked(meta.get("current"));
    return tag ? asked(owners.get(tag)) : undefined;
  });
}

/** Keeps what is new about an owner and makes her the current one. */
export function keepOwner(store, fresh, mirrorKey) {
  return store.keep(["meta", "owners"], async (meta, owners) => {
    const before = await asked(owners.get(fresh.tag));
    const own = fresh.kind === "own";
    const owner = {
      ...fresh,
      here: fresh.here ?? before?.here ?? null,
      mirror_key: own ? (before?.mirror_key ?? mirrorKey) : null,
      feed: before?.feed ?? { rev: 0, epoch: null },
    };
    owners.put(owner);
    meta.put(owner.tag, "current");
    return owner;
  });
}

/**
 * Signs an owner out: her secret, keys, mirror and drafts go; what waits to be sent stays, sealed. Ops that her drafts
 * became are put in the same transaction, so that no moment has neither.
 */
export function forgetOwner(store, tag, ops = []) {
  return store.keep(["meta", "owners", "mirror", "drafts", "outbox"], async (meta, owners, mirror, drafts, outbox) => {
    for (const op of ops) outbox.put(op);
    owners.delete(tag);
    mirror.delete(startingWith(tag));
    drafts.delete(startingWith(tag));
    if ((await asked(meta.get("current"))) === tag) meta.delete("current");
  });
}

/** The next number of this phone: never given twice, whoever writes. */
export function takeNumber(store) {
  return store.change(["meta"], async (meta) => {
    const next = ((await asked(meta.get("seq"))) ?? 0) + 1;
    meta.put(next, "seq");
    return next;
  });
}

export const remembered = (store, name) => store.read(["meta"], (meta) => asked(meta.get(name)));

export const remember = (store, name, value) =>
  store.change(["meta"], (meta) => {
    meta.put(value, name);
  });
