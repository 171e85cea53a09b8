/** Turns what a person did into a sealed row of the outbox. All crypto happens here, before any transaction. */

import { base64url, concat, fromBase64url, utf8 } from "./bytes.js";
import { uuid7, uuidOf } from "./ids.js";
import { takeNumber } from "./owners.js";

export class Writer {
  #store;
  #seal;
  #crypto;
  #clock;
  #zone;

  constructor({ store, seal, crypto, clock, zone }) {
    this.#store = store;
    this.#seal = seal;
    this.#crypto = crypto;
    this.#clock = clock;
    this.#zone = zone;
  }

  /**
   * @param {import("./owners.js").Owner} owner
   * @param {{kind: string, action: string, entity?: string, parent?: string|null, fields?: object, slot?: string}} what
   */
  async op(owner, { kind, action, entity = uuid7(), parent = null, fields = {}, slot }) {
    const now = this.#clock.now();
    const header = {
      op_id: uuid7(now),
      key_id: owner.sealing_key.key_id,
      device_id: owner.device,
      owner_tag: owner.tag,
      seq: await takeNumber(this.#store),
    };
    const body = {
      schema: 1,
      op_id: header.op_id,
      seq: header.seq,
      person: owner.person,
      device: owner.device,
      sign_in: owner.sign_in,
      sync_key: owner.sync_key,
      kind,
      action,
      entity,
      parent,
      written_at: new Date(now).toISOString(),
      zone: this.#zone(),
      clock_changed: this.#clock.changed,
      fields,
    };
    const keys = { public_key: owner.sealing_key.public_key, writer_secret: owner.writer_secret };
    const sealed = await this.#seal(header, body, keys);
    const row = { ...header, sealed, saved_at: now, state: "waiting", status: null, reason: null, ...(slot && { slot }) };
    return { row, body };
  }

  /** The draft of a form as an op: one entity per person and form, one waiting row per form on this phone. */
  async draftOp(owner, action, form, fields) {
    const entity = uuidOf(await this.#digest(utf8(`friendtor draft 1|${owner.person}|${form}`)));
    const slot = base64url(await this.#digest(concat(fromBase64url(owner.writer_secret), utf8(form))));
    return this.op(owner, { kind: "draft", action, entity, fields, slot });
  }

  async #digest(bytes) {
    return new Uint8Array(await this.#crypto.subtle.digest("SHA-256", bytes));
  }
}
