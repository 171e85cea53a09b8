/** What is being typed on a shared device: one op per form, sealed to the server; nothing else of it stays. */

import { Draft } from "./drafts.js";
import { putOps } from "./queue.js";

export class SharedDraft extends Draft {
  soon = 1_500;
  asksServer = true;
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
  async restore(isTyped = () => false) {
    await this.parts.ready();
    await this.parts.flush();
    const found = await draftsOnServer(this.parts.wire, this.owner);
    const mine = found.filter((draft) => draft.form === this.form && draft.fields?.values);
    if (!mine.length) return null;
    this.#sent = true;
    const { values } = mine[0].fields;
    return isTyped() ? { values: null, others: [{ values, use: async () => {} }] } : { values, others: [] };
  }

  keys() {
    return [];
  }

  async farewell() {
    return this.#sent ? [(await this.parts.writer.draftOp(this.owner, "drop", this.form, {})).row] : [];
  }
}

/** Drafts that a shared device gets back: read, shown, never kept. */
export async function draftsOnServer(wire, owner) {
  const found = [];
  for (let position = { rev: 0, epoch: null }; ; ) {
    const { said, data } = await wire.feed(position);
    if (said !== "answer" || data.person !== owner.person) return found;
    found.push(...data.items.filter((item) => item.kind === "draft" && !item.gone).map((item) => item.data));
    if (!data.more) return found;
    position = { rev: data.rev, epoch: data.epoch };
  }
}
