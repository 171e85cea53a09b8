/**
 * What is being typed. Own phones keep it sealed under the owner's key, one row per form and page; shared devices keep
 * one op per form, sealed to the server. When a page hides, the newest sealed draft goes to localStorage in one
 * synchronous call, since a transaction begun then may be lost, and joins the store at the next load.
 */

import { base64url, fromBase64url } from "./bytes.js";
import { draftsOnServer } from "./feed.js";
import { uuid7 } from "./ids.js";
import { putOps } from "./queue.js";
import { asked, startingWith } from "./store.js";

const SOON = 300;
const PARKED = "friendtor draft ";

export class Drafts {
  #parts;
  #page = uuid7();
  #live = new Set();
  #merged = null;

  /** @param {{store, mirror, writer, wire, clock, storage: Storage, flush: () => Promise, timers?: object}} parts */
  constructor(parts) {
    this.#parts = { timers: globalThis, ready: () => this.ready(), ...parts };
  }

  of(owner, form) {
    const kind = owner.mirror_key ? OwnDraft : SharedDraft;
    const draft = new kind(this.#parts, owner, form, this.#page);
    draft.next = () => {
      this.#live.delete(draft);
      return this.of(owner, form);
    };
    this.#live.add(draft);
    return draft;
  }

  /** The page hides: see Draft.park. */
  park() {
    for (const draft of this.#live) draft.park();
  }

  /** Puts what is in memory into the store now: before somebody leaves. */
  async settle() {
    await Promise.all([...this.#live].map((draft) => draft.settle()));
  }

  /** What earlier pages parked is in the store before any form looks for its draft. */
  ready() {
    return (this.#merged ??= this.mergeParked().catch(() => {}));
  }

  /** Brings in what earlier pages left behind while hiding. Whose it is stays in its key. */
  async mergeParked() {
    const { storage, store } = this.#parts;
    for (const key of Object.keys(storage).filter((name) => name.startsWith(PARKED))) {
      const { draft, op } = JSON.parse(storage.getItem(key));
      await store.keep(["drafts", "outbox", "owners"], async (drafts, outbox, owners) => {
        if (op) outbox.put(op);
        else if (await asked(owners.get(draft.owner))) {
          const before = await asked(drafts.get([draft.owner, draft.form, draft.page]));
          if (!before || before.at < draft.at) drafts.put({ ...draft, sealed: fromBase64url(draft.sealed) });
        }
      });
      storage.removeItem(key);
    }
  }

  /** Signing out: what was typed becomes ops that only the server can open. */
  async asOps(owner) {
    await this.settle();
    await this.mergeParked();
    if (!owner.mirror_key) return [];
    const { store, writer } = this.#parts;
    const rows = await store.read(["drafts"], (drafts) => asked(drafts.getAll(startingWith(owner.tag))));
    const newest = new Map(rows.sort((one, other) => one.at - other.at).map((row) => [row.form, row]));
    const ops = [];
    for (const row of newest.values()) {
      const values = await new OwnDraft(this.#parts, owner, row.form, row.page).open(row);
      if (values) ops.push((await writer.draftOp(owner, "save", row.form, { form: row.form, fields: { values } })).row);
    }
    return ops;
  }
}

/** One form's draft on one page. `values` are [name, text] pairs, as FormData gives them. */
class Draft {
  newest = null;
  #timer = null;
  #busy = null;
  #again = null;
  #over = false;

  constructor(parts, owner, form, page) {
    this.parts = parts;
    this.owner = owner;
    this.form = form;
    this.page = page;
  }

  /** Seals at once and keeps in memory; the store follows within 300 ms. */
  note(values) {
    this.#over = false;
    this.#again = values;
    this.#busy ??= this.#seal().finally(() => (this.#busy = null));
    return this.#busy;
  }

  /** The page hides: no transaction, one synchronous call. */
  park() {
    if (!this.newest || this.newest.stored || this.#over) return;
    try {
      this.parts.storage.setItem(this.#parkedAs(), this.parked());
    } catch {
      // a full or forbidden localStorage leaves what the store has, at most 300 ms old
    }
  }

  /** Saved or thrown away: nothing of it may come back. */
  async done() {
    this.#over = true;
    this.#again = null;
    this.parts.timers.clearTimeout(this.#timer);
    await this.#busy;
    this.newest = null;
    this.parts.storage.removeItem(this.#parkedAs());
  }

  /** Its author wants none of it. Gives a fresh one. */
  async forget() {
    await this.done();
    const ops = await this.farewell();
    await this.parts.store.keep(["drafts", "outbox"], (drafts, outbox) => {
      for (const key of this.keys()) drafts.delete(key);
      for (const op of ops) outbox.put(op);
    });
    return this.next();
  }

  #parkedAs() {
    return `${PARKED}${this.owner.tag} ${this.form} ${this.page}`;
  }

  async #seal() {
    while (this.#again) {
      const values = this.#again;
      this.#again = null;
      const sealed = await this.seal(values);
      if (this.#over) return;
      this.newest = sealed;
    }
    this.parts.timers.clearTimeout(this.#timer);
    this.#timer = this.parts.timers.setTimeout(() => this.putNow(), this.soon);
  }

  /** Waits for what is being sealed: the last letters typed count too. */
  async settle() {
    await this.#busy;
    await this.putNow();
  }

  async putNow() {
    const newest = this.newest;
    if (!newest || newest.stored || this.#over) return;
    try {
      await this.put(newest);
      newest.stored = true;
    } catch {
      // it stays in memory and is parked when the page hides
    }
  }
}

class OwnDraft extends Draft {
  soon = SOON;
  #adopted = [];

  async seal(values) {
    const { owner, form, page } = this;
    const at = this.parts.clock.now();
    return { owner: owner.tag, form, page, at, sealed: await this.parts.mirror.seal(owner, "draft", form, values) };
  }

  async open(row) {
    return this.parts.mirror.open(this.owner, "draft", this.form, row.sealed).catch(() => null);
  }

  put({ stored: _, ...row }) {
    return this.parts.store.change(["drafts", "owners"], async (drafts, owners) => {
      if (await asked(owners.get(row.owner))) drafts.put(row);
    });
  }

  parked() {
    const { stored: _, ...row } = this.newest;
    return JSON.stringify({ draft: { ...row, sealed: base64url(row.sealed) } });
  }

  /** The newest text of this form, and other texts that other pages left: {values, others}. */
  async restore() {
    const { store, mirror, ready } = this.parts;
    await ready();
    const rows = await store.read(["drafts"], (drafts) => asked(drafts.getAll(startingWith(this.owner.tag, this.form))));
    const found = await Promise.all(rows.map(async (row) => ({ at: row.at, values: await this.open(row), row })));
    for (const { id, data } of await mirror.rows(this.owner, "draft")) {
      if (data.form === this.form) found.push({ at: Date.parse(data.saved_at), values: data.fields.values, id });
    }
    const readable = found.filter(({ values }) => values).sort((one, other) => other.at - one.at);
    if (!readable.length) return null;
    this.#adopted = [readable[0]];
    return {
      values: readable[0].values,
      others: readable.slice(1).map((other) => ({ values: other.values, use: () => this.#adopted.push(other) })),
    };
  }

  /** Keys of the rows that this form's next save replaces. */
  keys() {
    const rows = this.#adopted.filter(({ row }) => row).map(({ row }) => [row.owner, row.form, row.page]);
    return [[this.owner.tag, this.form, this.page], ...rows];
  }

  /** A draft that came through the server is dropped there too. */
  async farewell() {
    if (!this.#adopted.some(({ id }) => id)) return [];
    return [(await this.parts.writer.draftOp(this.owner, "drop", this.form, {})).row];
  }
}

class SharedDraft extends Draft {
  soon = 1_500;
  #sent = false;

  async seal(values) {
    const fields = { form: this.form, fields: { values } };
    const { row } = await this.parts.writer.draftOp(this.owner, "save", this.form, fields);
    return { row };
  }

  async put({ row }) {
    this.#sent = true;
    await putOps(this.parts.store, { ops: [row] });
    this.parts.afterDraft?.();
  }

  parked() {
    return JSON.stringify({ op: this.newest.row });
  }

  /** The server's copy is the newest only once what was parked here has reached it. */
  async restore() {
    await this.parts.ready();
    await this.parts.flush();
    const found = await draftsOnServer(this.parts.wire, this.owner);
    const mine = found.filter((draft) => draft.form === this.form && draft.fields?.values);
    if (!mine.length) return null;
    this.#sent = true;
    return { values: mine[0].fields.values, others: [] };
  }

  keys() {
    return [];
  }

  async farewell() {
    return this.#sent ? [(await this.parts.writer.draftOp(this.owner, "drop", this.form, {})).row] : [];
  }
}
