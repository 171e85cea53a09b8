/**
 * The phone's database. It takes and gives bytes and awaits nothing but its own requests: a transaction that waits for
 * crypto is lost in Firefox and WebKit.
 */

export const NAME = "friendtor";
export const VERSION = 1;
const OPEN_WITHIN = 4_000;
const OPEN_AGAIN_WITHIN = 400;
const END_WITHIN = 6_000;

/** Stores only ever gain things; each release's database is upgraded in the tests. */
function upgrade(database, from) {
  if (from < 1) {
    database.createObjectStore("owners", { keyPath: "tag" });
    database.createObjectStore("outbox", { keyPath: "op_id" }).createIndex("turn", ["owner_tag", "state", "seq"]);
    database.createObjectStore("mirror", { keyPath: ["owner", "kind", "id"] })
      .createIndex("waiting", "waiting", { multiEntry: true });
    database.createObjectStore("drafts", { keyPath: ["owner", "form", "page"] });
    database.createObjectStore("meta");
  }
}

/** A request as a promise, to be awaited inside its own transaction only. */
export const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** All keys that start with these parts. */
export const startingWith = (...parts) => IDBKeyRange.bound(parts, [...parts, []]);

const isDead = (error) => ["InvalidStateError", "UnknownError"].includes(error?.name) || error?.closed === true;

function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // it had already ended by itself
  }
}

export class Store {
  #factory;
  #opening = null;
  #timers;
  #patience = OPEN_WITHIN;

  /**
   * @param {IDBFactory} factory
   * @param {{beforeUpgrade?: () => void, timers?: object}} [options] beforeUpgrade runs when a newer page wants to change the database
   */
  constructor(factory, { beforeUpgrade = () => {}, timers = globalThis } = {}) {
    this.#factory = factory;
    this.#timers = timers;
    this.beforeUpgrade = beforeUpgrade;
  }

  read(names, work) {
    return this.#run(names, "readonly", undefined, work);
  }

  /** Commits that may be lost with the power: positions and drafts. */
  change(names, work) {
    return this.#run(names, "readwrite", { durability: "relaxed" }, work);
  }

  /** Commits that must survive the power: what a person was told is saved. */
  keep(names, work) {
    return this.#run(names, "readwrite", { durability: "strict" }, work);
  }

  close() {
    this.#opening?.then((database) => database.close(), () => {});
    this.#opening = null;
  }

  /**
   * A connection may die while the page sleeps, and a transaction may never end. Then it is done again, once: all that
   * is done here may be done twice, should the first have come through after all.
   */
  async #run(names, mode, options, work) {
    try {
      return await this.#once(names, mode, options, work);
    } catch (error) {
      if (!isDead(error)) throw error;
      this.close();
      return this.#once(names, mode, options, work);
    }
  }

  async #once(names, mode, options, work) {
    const database = await this.#open();
    const transaction = database.transaction(names, mode, options);
    let late;
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () =>
        reject(transaction.error ?? Object.assign(new Error("aborted"), { closed: this.#opening === null }));
      late = this.#timers.setTimeout(() => {
        reject(Object.assign(new Error("the database does not answer"), { closed: true }));
        abort(transaction);
      }, END_WITHIN);
    });
    ended.catch(() => {});
    try {
      const worked = work(...[].concat(names).map((name) => transaction.objectStore(name)));
      const result = await Promise.race([worked, ended.then(() => worked)]);
      if (mode === "readwrite") transaction.commit?.();
      await ended;
      return result;
    } catch (error) {
      abort(transaction);
      throw error;
    } finally {
      this.#timers.clearTimeout(late);
    }
  }

  #open() {
    this.#opening ??= this.#connect(VERSION)
      .catch((error) => {
        // a newer page was here: it only added
        if (error.name === "VersionError") return this.#connect();
        throw error;
      })
      .catch((error) => {
        this.#opening = null;
        throw error;
      });
    return this.#opening;
  }

  /** Whoever taps on a phone whose store does not open waits for that once, not at each step of a save. */
  #connect(...version) {
    return new Promise((resolve, reject) => {
      const late = this.#timers.setTimeout(() => {
        this.#patience = OPEN_AGAIN_WITHIN;
        reject(new Error("the database does not open"));
      }, this.#patience);
      const request = this.#factory.open(NAME, ...version);
      request.onupgradeneeded = (event) => upgrade(request.result, event.oldVersion);
      request.onerror = () => {
        this.#timers.clearTimeout(late);
        reject(request.error);
      };
      request.onsuccess = () => {
        this.#timers.clearTimeout(late);
        this.#patience = OPEN_WITHIN;
        const database = request.result;
        database.onclose = () => (this.#opening = null);
        database.onversionchange = () => {
          this.beforeUpgrade();
          database.close();
          this.#opening = null;
        };
        resolve(database);
      };
    });
  }
}
