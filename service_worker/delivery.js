/** The same outbox as the page's, with no page: it sends, and never changes who is signed in. */

import { Changes } from "../js/lib/changes.js";
import { Clock } from "../js/lib/clock.js";
import { Mirror } from "../js/lib/mirror.js";
import { Outbox } from "../js/lib/outbox.js";
import { currentOwner, remembered } from "../js/lib/owners.js";
import { Session } from "../js/lib/session.js";
import { Store } from "../js/lib/store.js";
import { Wire } from "../js/lib/wire.js";

const store = new Store(indexedDB);
const clock = new Clock();
const mirror = new Mirror(store, crypto);
const wire = new Wire((...asked) => fetch(...asked), clock);
const session = new Session({ store, wire, mirror, crypto, clock });
const changes = new Changes("BroadcastChannel" in self ? new BroadcastChannel("friendtor") : null);
const outbox = new Outbox({ store, session, mirror, wire, clock, changes, locks: navigator.locks });

/** Sends what waits. Fails when something is still waiting for signal, so that a browser that can asks again. */
export async function drain() {
  await outbox.flush();
  if (outbox.trouble === "down" && (await outbox.count()).waiting) throw new Error("still waiting");
}

export const signedInTag = async () => (await currentOwner(store).catch(() => null))?.tag ?? null;

export const currentLanguage = () => remembered(store, "lang").catch(() => null);
