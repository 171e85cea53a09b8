/**
 * What people did on this phone, until the server says in its own words that it holds it.
 * The page drains it; the worker drains the same one with the page closed.
 */

import { delay } from "./backoff.js";
import { pull } from "./feed.js";
import { remember, remembered } from "./owners.js";
import { applyResults, countWaiting, forgetSent, opsOf, opsOfOthers, putOps, sendAgain, setAside } from "./queue.js";

const LOCK = "friendtor-outbox";
const MOST_OPS = 50;
const MOST_BYTES = 250_000;
const STUCK_AFTER = 20_000;
const KEPT_FOR = 30 * 86_400_000;

/** It could not be kept here; the words are still on the screen. Reasons: no-owner, signed-out, full, store. */
export class NotKept extends Error {
  constructor(reason, cause) {
    super(reason, { cause });
    this.reason = reason;
  }
}

export class Outbox {
  #parts;
  #failures = 0;
  #timer = null;
  #running = null;
  #again = false;
  #heldOff = 0;

  /** Why nothing moves, for the page: "", "nobody", "portal", "down", "old". */
  trouble = "";

  /** @param {{store, session, mirror, writer, wire, clock, changes, locks?, random?, timers?}} parts */
  constructor(parts) {
    this.#parts = { random: Math.random, timers: globalThis, locks: undefined, ...parts };
  }

  /**
   * @param {{kind: string, action: string, entity?: string, parent?: string|null, fields?: object}} what
   * @param {{preview?: object|null, draft?: object, as?: string|null}} [how] preview: the mirror's row as lists show it;
   * draft: what this save replaces; as: tag of the owner whose page this is
   * @returns {Promise<{op: string, entity: string}>} once it is durable
   */
  async save(what, { preview = null, draft = null, as = null } = {}) {
    const { session, store, changes } = this.#parts;
    const owner = await session.owner().catch((error) => fail("store", error));
    if (!owner) throw new NotKept("no-owner");
    if (as && as !== owner.tag) throw new NotKept("signed-out");
    const put = async () => {
      const ready = await this.#prepare(owner, what, preview, draft);
      await putOps(store, ready);
      return ready;
    };
    const ready = await put()
      .catch(async (error) => {
        if (!isFull(error)) throw error;
        await this.#parts.mirror.drop(owner); // when the disk is full the mirror makes room; the outbox never does
        return put();
      })
      .catch((error) => fail(reasonOf(error), error));
    const { op_id, entity } = ready.body;
    changes.tell("outbox", { op: op_id, entity, status: "waiting" });
    if (ready.copies.length) changes.tell("mirror");
    remember(store, "last-saved", this.#parts.clock.now()).catch(() => {});
    this.#again = this.#running !== null;
    this.flush();
    return { op: op_id, entity };
  }

  async count() {
    const owner = await this.#parts.session.kept();
    return owner ? countWaiting(this.#parts.store, owner.tag) : { waiting: 0, refused: 0 };
  }

  /**
   * Sends what waits and pulls what changed. Safe to call at any time, from anywhere.
   * @param {{patient?: boolean}} [how] patient: keeps to the pause that failures asked for (timers do; a tap does not)
   */
  flush({ patient = false } = {}) {
    if (patient && this.#parts.clock.now() < this.#heldOff) return this.#running ?? Promise.resolve();
    if (this.#running) return this.#running;
    this.#running = this.#flushOnce().catch(() => this.#later()).finally(() => {
      this.#running = null;
      if (this.#again) {
        this.#again = false;
        this.flush();
      }
    });
    return this.#running;
  }

  async #flushOnce() {
    const { locks } = this.#parts;
    if (!locks) return this.#deliver();
    const mine = await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (lock) await this.#deliver();
      return lock !== null;
    });
    if (!mine) await this.#waitForOther();
  }

  /** Another page holds the lock. It may be frozen: without progress for 20 seconds we send all the same. */
  async #waitForOther() {
    const { store, clock, timers } = this.#parts;
    if (!(await this.count()).waiting) return;
    const moved = Math.max((await remembered(store, "progress")) ?? 0, (await remembered(store, "last-saved")) ?? 0);
    if (Math.abs(clock.now() - moved) > STUCK_AFTER) await this.#deliver();
    else timers.setTimeout(() => this.flush(), 1_000);
  }

  async #deliver() {
    const answer = await this.#parts.session.refresh();
    if (answer.said !== "answer" || !answer.owner) return this.#stopped(answer);
    const { owner, epoch } = answer;
    await this.#newEpoch(owner, epoch);
    const stopped = await this.#sendAll(owner);
    if (stopped) return this.#stopped(stopped, owner);
    if (owner.mirror_key) await this.#pull(owner);
    this.#settled();
    await this.#sendAll(owner, "/sync/drop"); // whatever is said: it is not hers to wait for
  }

  /** Sends in turn until nothing is left that this round has not tried. Of others only to where nobody is told whose. */
  async #sendAll(owner, drop) {
    const { store, wire, clock, changes } = this.#parts;
    const tried = new Set();
    let most = MOST_OPS;
    for (;;) {
      const waiting = await (drop ? opsOfOthers(store, owner.tag) : opsOf(store, owner.tag, ["waiting"]));
      const batch = cut(waiting.filter((row) => !tried.has(row.op_id)), most);
      if (!batch.length) return waiting.length ? { said: "down", wait: null } : null;
      const answer = await wire.send(batch.map(clear), drop);
      if (answer.said === "too_big" || answer.said === "malformed") {
        if (batch.length > 1) most = Math.ceil(batch.length / 2);
        else {
          changes.tell("outbox", await setAside(store, batch[0].op_id, answer.said));
          most = MOST_OPS;
        }
      } else if (answer.said !== "answer") {
        return answer;
      } else if ((!drop && answer.data.person !== owner.person) || !Array.isArray(answer.data.results)) {
        return { said: "portal" };
      } else {
        batch.forEach((row) => tried.add(row.op_id));
        const results = answer.data.results.filter((result) => batch.some((row) => row.op_id === result.op_id));
        const told = await applyResults(store, results, { now: clock.now(), keepSent: owner.kind === "own" });
        await remember(store, "progress", clock.now());
        for (const one of told) changes.tell("outbox", one);
        if (told.length) changes.tell("mirror");
      }
    }
  }

  async #pull(owner) {
    const { store, wire, mirror, changes, clock } = this.#parts;
    const before = owner.feed.rev;
    const fresh = (await this.#parts.session.kept()) ?? owner;
    await pull({ wire, mirror, owner: fresh });
    await forgetSent(store, clock.now() - KEPT_FOR);
    if ((await this.#parts.session.kept())?.feed.rev !== before) changes.tell("mirror");
  }

  /** Another epoch is a server restored from a backup: 30 days of acknowledged work go again, the mirror is rebuilt. */
  async #newEpoch(owner, epoch) {
    const { store, mirror } = this.#parts;
    const known = await remembered(store, "epoch");
    if (known === epoch) return;
    await sendAgain(store);
    await mirror.drop(owner);
    await remember(store, "epoch", epoch);
  }

  async #stopped({ said, wait = null }, owner = null) {
    const { session, changes } = this.#parts;
    if (said === "nobody") await this.#nobody(owner ?? (await session.kept()));
    this.trouble = said;
    changes.tell("session", { trouble: said });
    if (said === "down" || said === "portal") this.#later(wait);
  }

  /** A shared device forgets who was here as soon as the server does; the work stays, sealed. */
  async #nobody(owner) {
    if (owner?.kind === "shared") await this.#parts.session.leave(owner);
  }

  #settled() {
    this.#failures = 0;
    this.#heldOff = 0;
    if (this.trouble) {
      this.trouble = "";
      this.#parts.changes.tell("session", { trouble: "" });
    }
  }

  #later(wait = null) {
    const { timers, clock, random } = this.#parts;
    const pause = wait + delay(this.#failures, random()); // phones told to wait equally long do not come back together
    this.#failures += 1;
    this.#heldOff = clock.now() + pause;
    timers.clearTimeout(this.#timer);
    this.#timer = timers.setTimeout(() => this.flush(), pause);
  }

  async #prepare(owner, what, preview, draft) {
    const { writer, mirror } = this.#parts;
    const { row, body } = await writer.op(owner, what);
    const farewell = draft ? await draft.farewell() : [];
    const copies = owner.mirror_key ? await this.#copies(owner, row, body, preview, mirror) : [];
    return { body, ops: [row, ...farewell], copies, drafts: draft?.keys() ?? [] };
  }

  /** The op itself, for the list of what waits, and the row that lists show. */
  async #copies(owner, row, body, preview, mirror) {
    const op = { owner: owner.tag, kind: "op", id: row.op_id, sealed: await mirror.seal(owner, "op", row.op_id, body) };
    if (!preview) return [op];
    const { kind, entity } = body;
    const local = await mirror.seal(owner, kind, entity, preview);
    return [op, { owner: owner.tag, kind, id: entity, local, op: row.op_id }];
  }
}

function fail(reason, cause) {
  throw new NotKept(reason, cause);
}

const isFull = (error) => error?.name === "QuotaExceededError";

function reasonOf(error) {
  if (isFull(error)) return "full";
  return error?.name === "NotAllowedError" ? "signed-out" : "store";
}

/** The first ops, at most so many and so many bytes, always one, never out of turn. */
function cut(rows, most) {
  let bytes = 0;
  const tooMuch = rows.findIndex((row) => (bytes += row.sealed.length + 300) > MOST_BYTES);
  return rows.slice(0, Math.min(most, tooMuch < 0 ? most : Math.max(tooMuch, 1)));
}

function clear({ op_id, key_id, device_id, owner_tag, seq, sealed }) {
  return { op_id, key_id, device_id, owner_tag, seq, sealed };
}
