/** One row of the outbox page, made from the page's own templates. */

import { phone } from "../phone.js";
import { fill } from "./slots.js";

export class OutboxItem {
  #list;
  #row;

  constructor(list, row, theirs) {
    this.#list = list;
    this.#row = row;
    this.element = list.querySelector("template[data-item]").content.cloneNode(true).firstElementChild;
    fill(this.element, { saved_at: new Date(row.saved_at).toISOString() }, { lang: document.documentElement.lang });
    this.#part("kind").textContent = this.#title();
    this.#say("reason", this.#reason());
    this.#say("words", wordsOf(row.body?.fields));
    this.#part("sealed").hidden = row.body !== null;
    if (theirs) this.#versions(theirs);
    this.#buttons();
  }

  #title() {
    const { kind = "unknown", action = "" } = this.#row.body ?? {};
    const what = this.#word("kind", kind) ?? this.#word("kind", "unknown");
    const how = this.#word("action", action);
    return how ? `${what}, ${how}` : what;
  }

  #reason() {
    const { state, status, reason } = this.#row;
    if (state === "refused") return this.#word("reason", reason) ?? this.#word("reason", "other");
    return this.#word("reason", status);
  }

  #versions(theirs) {
    this.#part("versions").hidden = false;
    this.#part("mine").textContent = wordsOf(this.#row.body.fields);
    this.#part("theirs").textContent = wordsOf(theirs);
  }

  #buttons() {
    const { op_id, state, body } = this.#row;
    const on = (name, does) => this.#part(name).addEventListener("click", does);
    on("discard", () => this.#list.discard(this.#row));
    on("copy", () => navigator.clipboard.writeText(wordsOf(body?.fields)));
    on("seen", async () => (await phone.desk()).seen(op_id));
    this.#part("copy").hidden = !wordsOf(body?.fields);
    this.#part("seen").hidden = state !== "sent";
    this.#part("discard").hidden = state === "sent";
    const edit = body && state === "refused" ? this.#list.dataset[`edit${body.kind[0].toUpperCase()}${body.kind.slice(1)}`] : null;
    if (edit) Object.assign(this.#part("edit"), { href: edit.replace("{id}", body.entity), hidden: false });
  }

  #part(name) {
    return this.element.querySelector(`[data-${name}]`);
  }

  #say(name, text) {
    const part = this.#part(name);
    part.textContent = text ?? "";
    part.hidden = !text;
  }

  #word(set, name) {
    const word = this.#list.querySelector(`template[data-${set}-word="${CSS.escape(name ?? "")}"]`);
    return word?.content.textContent.trim() ?? null;
  }
}

/** All that somebody typed, in the order of the fields; ids and codes are left out. */
export function wordsOf(fields) {
  const texts = [];
  const look = (value) => {
    if (typeof value === "string" && /\s|\p{L}{12,}|[.!?]/u.test(value)) texts.push(value);
    else if (value && typeof value === "object") Object.values(value).forEach(look);
  };
  const { words, body, ...others } = fields ?? {};
  if (words) texts.push(words);
  if (body?.text) texts.push(body.text);
  if (!texts.length) look(others);
  return texts.join("\n");
}
