/**
 * What is being typed. Own phones keep it sealed under the owner's key, one row per form and page; shared devices keep
 * one op per form, sealed to the server. When a page hides, the newest sealed draft goes to localStorage in one
 * synchronous call, since a transaction begun then may be lost, and joins the store at the next load.
 */

import { base64url, fromBase64url } from "./bytes.js";
import { uuid7 } from "./ids.js";
import { asked, startingWith } from "./store.js";

const SOON = 300;
const PARKED = "friendtor draft ";

export class Drafts {
  #parts;
  #live = new Set();
  #merged = null;

  /**
   * @param {{store, mirror, writer, wire, clock, storage: Storage, flush: () => Promise, shared: () => Promise, timers?: object}} parts
   * shared: brings lib/shared_draft.js, which few phones need
   */
  constructor(parts) {
    this.#parts = { timers: globalThis, ready: () => this.ready(), ...parts };
  }

  async of(owner, form) {
    return this.#begin(owner.mirror_key ? OwnDraft : (await this.#parts.shared()).SharedDraft, owner, form);
  }

  #begin(kind, ...whose) {
    const draft = new kind(this.#parts, ...whose);
    draft.next = () => {
      this.#live.delete(draft);
      return this.#begin(kind, ...whose);
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
      const { draft, op, over = [] } = JSON.parse(storage.getItem(key));
      await store.keep(["drafts", "outbox", "owners"], async (drafts, outbox, owners) => {
        if (op) outbox.put(op);
        else if (await asked(owners.get(draft.owner))) {
          const before = await asked(drafts.get([draft.owner, draft.form, draft.page]));
          if (before && before.at >= draft.at) return;
          for (const replaced of over) drafts.delete(replaced);
          drafts.put({ ...draft, sealed: fromBase64url(draft.sealed) });
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
    for (const row of rows) {
      const { form, page } = row;
      const values = await new OwnDraft(this.#parts, owner, form).open(row);
      const name = newest.get(form) === row ? form : page; // another window's text of this form is a draft of its own
      if (values) ops.push((await writer.draftOp(owner, "save", name, { form, fields: { values } })).row);
    }
    return ops;
  }
}

/** One form's draft on one page. `values` are [name, text] pairs, as FormData gives them. */
export class Draft {
  newest = null;
  #timer = null;
  #busy = null;
  #again = null;
  #over = false;

  constructor(parts, owner, form) {
    this.parts = parts;
    this.owner = owner;
    this.form = form;
    this.page = uuid7();
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

  /** Waits for what is being sealed: the last letters typed count too. Gives whether the store has it. */
  async settle() {
    await this.#busy;
    await this.putNow();
    return this.newest?.stored;
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
  #adopted = null;
  #from = null; // id of the server's draft that this one grew from

  async seal(values) {
    const { owner, form, page } = this;
    const at = this.parts.clock.now();
    const sealed = await this.parts.mirror.seal(owner, "draft", form, values);
    return { owner: owner.tag, form, page, at, from: this.#from, sealed };
  }

  async open(row) {
    return this.parts.mirror.open(this.owner, "draft", this.form, row.sealed).catch(() => null);
  }

  put({ stored: _, ...row }) {
    return this.parts.store.change(["drafts", "owners"], async (drafts, owners) => {
      if (!(await asked(owners.get(row.owner)))) return;
      for (const key of this.keys()) drafts.delete(key);
      drafts.put(row);
    });
  }

  parked() {
    const { stored: _, ...row } = this.newest;
    return JSON.stringify({ draft: { ...row, sealed: base64url(row.sealed) }, over: this.keys() });
  }

  /**
   * The newest text of this form, and other texts that other pages left: {values, others}.
   * @param {() => boolean} isTyped what was typed while we looked is newer than all of them: then `values` is null
   */
  async restore(isTyped = () => false) {
    const { store, mirror, ready } = this.parts;
    await ready();
    const rows = await store.read(["drafts"], (drafts) => asked(drafts.getAll(startingWith(this.owner.tag, this.form))));
    const found = await Promise.all(rows.map(async (row) => ({ at: row.at, values: await this.open(row), row })));
    for (const { id, data } of await mirror.rows(this.owner, "draft")) {
      const isNew = data.form === this.form && !rows.some(({ from }) => from === id);
      if (isNew) found.push({ at: Date.parse(data.saved_at), values: data.fields.values, id });
    }
    const readable = found.filter(({ values }) => values).sort((one, other) => other.at - one.at);
    if (!readable.length) return null;
    const newest = isTyped() ? null : readable.shift();
    if (newest) this.#adopt(newest);
    return {
      values: newest?.values ?? null,
      others: readable.map((other) => ({ values: other.values, use: () => this.#use(other) })),
    };
  }

  /** Another text takes the place on the screen: what stood there stays a draft of its own. */
  async #use(other) {
    await this.settle();
    this.page = uuid7();
    this.#adopt(other);
  }

  #adopt({ row, id = row.from }) {
    this.#adopted = row;
    this.#from = id;
  }

  /** Keys of the rows that what is typed or saved here replaces. */
  keys() {
    const pages = [this.page, this.#adopted?.page ?? this.page];
    return pages.map((page) => [this.owner.tag, this.form, page]);
  }

  /** A draft that came through the server is dropped there too. */
  async farewell() {
    const entity = this.#from;
    return entity ? [(await this.parts.writer.op(this.owner, { kind: "draft", action: "drop", entity })).row] : [];
  }
}
