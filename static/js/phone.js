/** Puts the phone's pieces together for a page. Elements and rooms import `phone` from here and nothing deeper. */

import { Changes } from "./lib/changes.js";
import { Clock } from "./lib/clock.js";
import { Drafts } from "./lib/drafts.js";
import { Mirror } from "./lib/mirror.js";
import { Outbox } from "./lib/outbox.js";
import { Session } from "./lib/session.js";
import { Store } from "./lib/store.js";
import { Wire } from "./lib/wire.js";
import { Writer } from "./lib/writer.js";

class Phone {
  #mirror;
  #session;
  #store;
  #changes;
  #pageOf = null;

  constructor() {
    const clock = new Clock();
    const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("friendtor") : null;
    const store = new Store(globalThis.indexedDB, { beforeUpgrade: () => this.park() });
    const mirror = new Mirror(store, crypto);
    const wire = new Wire((...asked) => fetch(...asked), clock);
    const session = new Session({ store, wire, mirror, crypto, clock, document });
    const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
    const seal = async (...parts) => (await this.warm()).sealOp(...parts);
    const writer = new Writer({ store, seal, crypto, clock, zone });
    const changes = new Changes(channel);
    const locks = navigator.locks;
    this.outbox = new Outbox({ store, session, mirror, writer, wire, clock, changes, locks });
    const flush = () => this.outbox.flush();
    const shared = () => import("./lib/shared_draft.js");
    const afterDraft = () => this.outbox.flush({ patient: true });
    this.drafts = new Drafts({ store, mirror, writer, wire, clock, storage: safeStorage(), afterDraft, flush, shared });
    session.partingOps = (owner) => this.drafts.asOps(owner);
    this.#store = store;
    this.#mirror = mirror;
    this.#session = session;
    this.#changes = changes;
  }

  /** Who may write here, or null; {tag, kind, …}. Throws when the phone has no working store. */
  async owner() {
    return this.#seen(await this.#session.owner());
  }

  /** The same without asking the server. */
  async ownerKept() {
    return this.#seen(await this.#session.kept());
  }

  /** What a save needs is fetched with the page: later there may be no signal. */
  warm() {
    return import("./lib/seal.js");
  }

  /** A room's own mapping of its forms. */
  room(name) {
    return import(`./rooms/${name}.js`);
  }

  /** Is this page a shell, rendered for nobody? */
  get isShell() {
    return document.documentElement.hasAttribute("data-shell");
  }

  /** Words of a person stand in a form and are not saved yet. */
  get isDirty() {
    return document.querySelector("offline-form:is([state=dirty], [state=saving], [state=failed])") !== null;
  }

  /** Tag of the person for whom this page was opened. */
  get pageOf() {
    return this.#pageOf;
  }

  /**
   * Saves an op and sends it. Resolves once it is durable; throws NotKept, whose reason is a word of the form's templates.
   * @param {{kind: string, action: string, entity?: string, parent?: string|null, fields?: object, preview?: object|null, draft?: object}} what
   */
  async save({ preview = null, draft = null, ...what }) {
    const saved = await this.outbox.save(what, { preview, draft, as: this.#pageOf });
    registerSync();
    return saved;
  }

  /** Rows of the mirror: [{id, head, waiting, data}]. Empty on shared devices. */
  async rows(kind) {
    return this.#mirror.rows(await this.ownerKept(), kind);
  }

  async row(kind, id) {
    return this.#mirror.row(await this.ownerKept(), kind, id);
  }

  /** @param {"outbox"|"mirror"|"session"} topic @returns {() => void} stops it */
  when(topic, listener) {
    return this.#changes.when(topic, listener);
  }

  tell(topic, detail) {
    this.#changes.tell(topic, detail);
  }

  /** Single rows of the outbox, for the page that shows them. */
  async desk() {
    const { Desk } = await import("./lib/desk.js");
    return new Desk({ store: this.#store, session: this.#session, mirror: this.#mirror, changes: this.#changes });
  }

  /** This browser's push subscription; loaded only where somebody wants it. */
  async push() {
    const { Subscription } = await import("./lib/subscription.js");
    return new Subscription({
      store: this.#store,
      worker: () => navigator.serviceWorker.ready,
      fetch: (...asked) => fetch(...asked),
      permission: () => Notification.permission,
    });
  }

  flush(how) {
    return this.outbox.flush(how);
  }

  /** Leaves this phone, with or without signal. */
  async signOut() {
    const owner = await this.#session.kept().catch(() => null);
    await this.#session.leave(owner);
    navigator.serviceWorker?.getRegistration()
      .then((worker) => worker?.pushManager?.getSubscription())
      .then((subscription) => subscription?.unsubscribe())
      .catch(() => {}); // never waited for: offline Firefox takes ten seconds to fail
    navigator.clearAppBadge?.().catch(() => {});
    this.#changes.tellOthers("session", { left: true });
  }

  /** A page belongs to the first person it met: nothing typed in it is ever saved for another. */
  #seen(owner) {
    this.#pageOf ??= owner?.tag ?? null;
    return owner;
  }

  /** A database that is about to change, or a page that hides: what is typed is put aside at once. */
  park() {
    this.drafts.park();
  }

  get store() {
    return this.#store;
  }
}

/** localStorage, or nothing where a browser forbids it. */
function safeStorage() {
  try {
    return globalThis.localStorage;
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} };
  }
}

/** Background Sync exists in Chromium only; elsewhere the page and pushes do the same. */
function registerSync() {
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("outbox")).catch(() => {});
}

export const phone = new Phone();
