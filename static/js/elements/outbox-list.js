/** What waits on this phone, in words. What this phone cannot read it can still send. */

import { flat } from "../lib/slots.js";
import { download } from "../lib/download.js";
import { OutboxItem } from "../lib/outbox_item.js";
import { phone } from "../phone.js";

const OLD = 3 * 86_400_000;
const ATTENTION = ["conflict", "deleted", "op_reuse"];

class OutboxList extends HTMLElement {
  #rows = [];
  #stop = [];

  connectedCallback() {
    const render = () => this.render().catch(() => this.#trouble("store"));
    this.#stop = ["outbox", "mirror", "session"].map((topic) => phone.when(topic, render));
    this.querySelector("[data-send]").addEventListener("click", () => phone.flush());
    this.querySelector("[data-export]").addEventListener("click", () => this.#export());
    render();
  }

  disconnectedCallback() {
    this.#stop.forEach((stop) => stop());
  }

  async render() {
    this.#rows = await (await phone.desk()).rows();
    const held = (await phone.rows("held")).map(flat);
    const open = this.#rows.filter((row) => groupOf(row) !== "sent");
    for (const group of this.querySelectorAll("[data-group]")) this.#group(group, held);
    this.querySelector("[data-sent]").hidden = open.length > 0;
    this.querySelector("[data-tools]").hidden = this.#rows.length === 0;
    this.querySelector("[data-send]").hidden = open.length === 0;
    this.querySelector("[data-old]").hidden = !open.some((row) => Date.now() - row.saved_at > OLD);
    this.#trouble(open.length ? phone.outbox.trouble : "");
  }

  #group(group, held) {
    const rows = this.#rows.filter((row) => groupOf(row) === group.dataset.group);
    const items = rows.map((row) => new OutboxItem(this, row, theirsOf(row, held)).element);
    group.querySelector("[data-rows]").replaceChildren(...items);
    group.hidden = rows.length === 0;
  }

  #trouble(name) {
    const words = this.querySelector(`template[data-trouble="${CSS.escape(name)}"]`);
    this.querySelector("[data-trouble-words]").replaceChildren(...(words ? [words.content.cloneNode(true)] : []));
  }

  /** Asks first; only this one goes. */
  async discard(row) {
    const question = this.querySelector("[data-question]");
    question.returnValue = "no";
    question.showModal();
    await new Promise((resolve) => question.addEventListener("close", resolve, { once: true }));
    if (question.returnValue === "yes") await (await phone.desk()).discard(row.op_id);
  }

  #export() {
    const entries = this.#rows.map(({ op_id, saved_at, state, status, reason, body, sealed }) => ({
      op_id,
      saved_at: new Date(saved_at).toISOString(),
      state,
      status,
      reason,
      ...(body ? { kind: body.kind, action: body.action, fields: body.fields } : { sealed }),
    }));
    download("friendtor-waiting.json", JSON.stringify(entries, null, 2), "application/json");
  }
}

function groupOf({ state, status, seen_at }) {
  if (state === "refused" || (ATTENTION.includes(status) && !seen_at)) return "attention";
  return state;
}

/** The other version of a conflict, which the server keeps. */
const theirsOf = ({ status, body }, held) =>
  status === "conflict" ? (held.find((one) => one.entity === body?.entity)?.theirs ?? null) : null;

customElements.define("outbox-list", OutboxList);
