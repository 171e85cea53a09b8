/**
 * The rows of the outbox. In clear a row says whose tag it has, its number and how far it came; what it says is sealed
 * to the server. Nothing here deletes but an acknowledgement, a newer draft of the same form, or its author's own word.
 */

import { asked, startingWith } from "./store.js";

const STATES = ["waiting", "sent", "refused"];

/** What the server's word means here; every status but retry says that the server holds the op. */
const AFTER = {
  applied: "sent",
  duplicate: "sent",
  conflict: "sent",
  deleted: "sent",
  op_reuse: "sent",
  received: "sent",
  redacted: "gone",
  rejected: "refused",
};
/** Not kept by the server, so not an acknowledgement either. */
const NOT_KEPT = ["foreign_owner"];

/**
 * The one transaction behind "Saved on this phone".
 * @param {object} what
 * @param {object[]} what.ops rows of the outbox, of one owner
 * @param {object[]} [what.copies] sealed rows of the mirror: {…, sealed} for the op itself, {…, local, op} for what lists show
 * @param {string[][]} [what.drafts] keys of the drafts that became these ops
 */
export function putOps(store, { ops, copies = [], drafts = [] }) {
  return store.keep(["outbox", "mirror", "drafts", "owners"], async (outbox, mirror, kept, owners) => {
    if (!(await asked(owners.get(ops[0].owner_tag)))) throw new DOMException("signed out", "NotAllowedError");
    for (const op of ops) {
      if (op.slot) await dropOlder(outbox, op);
      outbox.put(op);
    }
    for (const { op, ...copy } of copies) {
      const before = await asked(mirror.get([copy.owner, copy.kind, copy.id]));
      const waiting = [...(before?.waiting ?? []), ...(op ? [op] : [])];
      mirror.put({ head: null, sealed: null, local: null, ...before, ...copy, waiting });
    }
    for (const key of drafts) kept.delete(key);
  });
}

/** A draft of a shared device is replaced in place: one sealed row per form. */
async function dropOlder(outbox, op) {
  for (const row of await asked(outbox.index("turn").getAll(startingWith(op.owner_tag, "waiting")))) {
    if (row.slot === op.slot) outbox.delete(row.op_id);
  }
}

/** Ops of one owner, oldest first. */
export function opsOf(store, tag, states = STATES) {
  return inTurn(store, states.map((state) => startingWith(tag, state)));
}

/** What waits of everybody else who was here, oldest first. */
export async function opsOfOthers(store, tag) {
  const rows = await inTurn(store, [IDBKeyRange.upperBound([tag]), IDBKeyRange.lowerBound([tag, []])]);
  return rows.filter((row) => row.state === "waiting");
}

function inTurn(store, ranges) {
  return store.read(["outbox"], async (outbox) => {
    const found = await Promise.all(ranges.map((range) => asked(outbox.index("turn").getAll(range))));
    return found.flat().sort((one, other) => one.seq - other.seq);
  });
}

/** How many wait here, whoever they belong to. */
export function countWaiting(store, tag) {
  return store.read(["outbox"], async (outbox) => {
    const turns = outbox.index("turn");
    const [waiting, refused] = await Promise.all([
      asked(turns.getAll(startingWith(tag, "waiting"))),
      asked(turns.count(startingWith(tag, "refused"))),
    ]);
    return { waiting: waiting.filter((row) => !row.slot).length, refused };
  });
}

/**
 * Takes the server's results in one transaction. Own phones keep acknowledged ops for 30 days, for a server restored
 * from an older backup; shared devices keep nothing.
 */
export function applyResults(store, results, { now, keepSent }) {
  return store.keep(["outbox", "mirror"], async (outbox, mirror) => {
    const told = [];
    for (const { op_id, status, reason = null, entity = null, head = null } of results) {
      const row = await asked(outbox.get(op_id));
      const state = NOT_KEPT.includes(reason) ? undefined : AFTER[status];
      if (row && state) {
        await settleCopies(mirror, op_id, state, head);
        if (state === "gone" || !keepSent) outbox.delete(op_id);
        else outbox.put({ ...row, state, status, reason, acked_at: now });
        if (state === "gone") mirror.delete([row.owner_tag, "op", op_id]);
        told.push({ op: op_id, entity, status, reason });
      }
    }
    return told;
  });
}

/** The rows that waited for this op: sent ones stay until the feed replaces them, refused ones go back to the server's. */
export async function settleCopies(mirror, op_id, state, head) {
  for (const row of await asked(mirror.index("waiting").getAll(op_id))) {
    const waiting = row.waiting.filter((id) => id !== op_id);
    const local = state === "sent" || waiting.length ? row.local : null;
    if (local || row.sealed) mirror.put({ ...row, waiting, local, head: state === "sent" ? (head ?? row.head) : row.head });
    else mirror.delete([row.owner, row.kind, row.id]);
  }
}

/** Something this phone alone can say of an op: it cannot travel as it is. It stays until its author decides. */
export function setAside(store, op_id, reason) {
  return store.keep(["outbox"], async (outbox) => {
    const row = await asked(outbox.get(op_id));
    if (row) outbox.put({ ...row, state: "refused", status: "kept", reason });
    return { op: op_id, status: "rejected", reason };
  });
}

/** The server was restored from a backup: what it once acknowledged is sent again, whoever wrote it. */
export function sendAgain(store) {
  return store.keep(["outbox"], async (outbox) => {
    for (const row of await asked(outbox.getAll())) {
      if (row.state === "sent") outbox.put({ ...row, state: "waiting", status: null });
    }
  });
}

/** Acknowledged ops of an own phone go after 30 days, with their copies. */
export function forgetSent(store, before) {
  return store.change(["outbox", "mirror"], async (outbox, mirror) => {
    for (const { op_id, owner_tag, state, acked_at } of await asked(outbox.getAll())) {
      if (state === "sent" && acked_at < before) {
        outbox.delete(op_id);
        mirror.delete([owner_tag, "op", op_id]);
      }
    }
  });
}
