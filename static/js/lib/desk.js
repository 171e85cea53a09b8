/** What a person does with single rows of the outbox, on the page that shows them. */

import { opsOf, settleCopies } from "./queue.js";
import { asked } from "./store.js";

export class Desk {
  #parts;

  /** @param {{store, session, mirror, changes}} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Rows of the person signed in, with the opened body where this phone may read it. */
  async rows() {
    const { session, store, mirror } = this.#parts;
    const owner = await session.kept();
    if (!owner) return [];
    const bodies = new Map((await mirror.rows(owner, "op")).map((row) => [row.id, row.data]));
    const rows = await opsOf(store, owner.tag);
    return rows.filter((row) => !row.slot).map((row) => ({ ...row, body: bodies.get(row.op_id) ?? null }));
  }

  /** One entry goes because its author said so after a question. */
  async discard(op_id) {
    const { session, store, changes } = this.#parts;
    const owner = await session.kept();
    await store.keep(["outbox", "mirror"], async (outbox, mirror) => {
      const row = await asked(outbox.get(op_id));
      if (!owner || row?.owner_tag !== owner.tag) return;
      await settleCopies(mirror, op_id, "refused", null);
      mirror.delete([owner.tag, "op", op_id]);
      outbox.delete(op_id);
    });
    changes.tell("outbox", { op: op_id });
    changes.tell("mirror");
  }

  /** Its author has read what became of it. */
  async seen(op_id) {
    await this.#parts.store.change(["outbox"], async (outbox) => {
      const row = await asked(outbox.get(op_id));
      if (row) outbox.put({ ...row, seen_at: Date.now() });
    });
    this.#parts.changes.tell("outbox", { op: op_id });
  }
}
