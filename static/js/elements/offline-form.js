/**
 * A form that saves on this phone first (docs/phone.md). Where the phone cannot keep it, the form is posted as without
 * scripts. What is on the screen is never cleared before it is kept.
 */

import { Entry, previewOf } from "../lib/entry.js";
import { draftValues, fieldsOf, fillFrom, isTouched, typesOf } from "../lib/fields.js";
import { FormWords } from "../lib/form_words.js";
import { uuid7 } from "../lib/ids.js";
import { NotKept } from "../lib/outbox.js";
import { phone } from "../phone.js";

const WORDS_FOR = { full: "full", "signed-out": "someone-else" };

class OfflineForm extends HTMLElement {
  #form;
  #entry = null;
  #words;
  #mapper = {};
  #draft = null;
  #last = null;
  #asSaved = null;
  #ready = null;
  #saving = null;
  #submitter = null;
  #passing = false;
  #filling = false;
  #dropped = false;
  #deaf = [];

  connectedCallback() {
    this.#form = this.querySelector("form");
    if (!this.#form) return;
    this.#words = new FormWords(this);
    for (const type of ["submit", "input", "change", "click"]) this.addEventListener(type, this);
    this.#deaf = [phone.when("outbox", (change) => this.#heard(change)), phone.when("mirror", () => this.#lookAgain())];
    for (const control of this.#form.elements) if (isTouched(control)) this.#typed(control); // before this script came
    this.#ready = Promise.all([this.#loadMapper(), this.#findDraft().catch(() => {})]);
  }

  disconnectedCallback() {
    for (const stop of this.#deaf) stop();
  }

  handleEvent(event) {
    if (event.type === "submit") this.#submitted(event);
    else if (event.type === "click") this.#clicked(event.target);
    else if (!this.#filling && event.target.form === this.#form) this.#typed(event.target);
  }

  // typing

  /** Without its room's mapper a form must not be kept: its fields would be wrong. */
  async #loadMapper() {
    const room = this.getAttribute("mapper");
    if (room) this.#mapper = await phone.room(room).catch(() => null);
  }

  async #findDraft() {
    const owner = this.hasAttribute("no-drafts") ? null : await phone.owner();
    if (!owner) return;
    this.#draft ??= await phone.drafts.of(owner, this.#draftName());
    const found = await this.#draft.restore(() => this.#state === "dirty");
    if (this.#state === "dirty") this.#note();
    if (found) this.#restore(found);
  }

  /** What was typed on another device may come after the page. */
  #lookAgain() {
    const looks = () => this.#state === "clean" && !this.#dropped && !this.#draft?.asksServer && this.#findDraft();
    this.#ready = this.#ready.then(looks).catch(() => {});
  }

  #restore({ values, others }) {
    if (values) {
      this.#fill(values);
      this.#words.say("restored");
    }
    for (const other of others) {
      const text = other.values.map(([, value]) => value).join(" ");
      this.#words.offer(text, async () => {
        await other.use();
        this.#fill(other.values);
        this.#note();
      });
    }
  }

  #fill(values) {
    this.#filling = true;
    fillFrom(this.#form.elements, values);
    this.#form.dispatchEvent(new Event("change", { bubbles: true }));
    this.#filling = false;
    this.#state = "dirty";
  }

  /** A field that loses the focus reports a change although nothing was typed since the save. */
  #typed(control) {
    control.dataset.typed = "";
    if (this.#state !== "dirty" && this.#typedNow() === this.#asSaved) return;
    if (this.#state !== "dirty") this.#words.hush();
    if (!this.#saving) this.#state = "dirty";
    this.#note();
  }

  #note() {
    this.#draft?.note(draftValues(this.#form.elements));
  }

  // saving

  #submitted(event) {
    if (event.target !== this.#form || this.#passing) return;
    event.preventDefault();
    if (this.#saving) return; // ten taps make one entry
    this.#submitter = event.submitter;
    this.#saving = this.#save().finally(() => (this.#saving = null));
  }

  async #save() {
    const entries = [...new FormData(this.#form, this.#submitter)];
    const typed = (this.#asSaved = this.#typedNow());
    this.#state = "saving";
    await this.#ready;
    if (!this.#mapper) return this.#notKept("store");
    const plain = fieldsOf(entries, typesOf(this.#form.elements));
    const fields = this.#mapper.fields?.(plain, this.#form) ?? plain;
    const problem = this.#mapper.problem?.(fields, this.#form);
    if (problem) return this.#notYet(problem);
    try {
      const { kind, action, entity, parent } = this.#writing;
      const { op } = await this.#keep({ kind, action, entity, parent, fields });
      this.#kept({ op, entity, kind, action, fields }, typed !== this.#typedNow());
    } catch (error) {
      if (!(error instanceof NotKept)) throw error;
      this.#notKept(error.reason);
    }
  }

  async #keep(what) {
    await this.#draft?.done();
    try {
      const exists = what.parent || this.hasAttribute("entity");
      const before = exists && (await phone.row(what.kind, what.entity).catch(() => null));
      const now = new Date().toISOString();
      const preview = previewOf(what, what.fields, before?.data, this.#mapper, now);
      return await phone.save({ ...what, preview, draft: this.#draft });
    } catch (error) {
      this.#note();
      throw error;
    }
  }

  #kept(saved, typedMeanwhile) {
    this.#last = saved;
    this.#writing.saved(saved.op);
    this.#draft = this.#draft?.next() ?? null;
    if (!this.#writing.stays && !typedMeanwhile) this.#form.reset();
    if (!typedMeanwhile) this.#asSaved = this.#typedNow();
    this.#state = typedMeanwhile ? "dirty" : "saved";
    if (typedMeanwhile) this.#note();
    this.#words.say("saved");
    this.#words.showAfter("saved");
    this.#tell("op:saved", saved);
    const then = this.getAttribute("then");
    if (then && !typedMeanwhile) location.assign(then);
  }

  #notYet(problem) {
    this.#state = "dirty";
    this.#words.say(problem, "problem");
  }

  /** What this phone cannot keep is posted when somebody is there to take it; else it stays here, and that is said. */
  async #notKept(reason) {
    this.#state = "failed";
    const canPost = !this.#writing.made && reason !== "signed-out" && (await serverAnswers());
    if (canPost) this.#post();
    else this.#words.say(WORDS_FOR[reason] ?? "lost-store");
  }

  /** As without scripts, under the same entity. */
  #post() {
    const { entity, parent } = this.#writing;
    for (const [name, value] of Object.entries({ op_id: uuid7(), entity, parent: parent ?? "" })) {
      const hidden = this.#form.elements.namedItem(name);
      if (hidden) hidden.value = value;
    }
    this.#passing = true;
    this.#form.requestSubmit(this.#submitter);
    this.#passing = false;
  }

  // what became of it

  #heard({ op, entity, status, reason }) {
    if (!op || op !== this.#last?.op || status === "waiting") return;
    const isShown = ["saved", "refused"].includes(this.#state);
    if (status === "rejected") {
      if (isShown) this.#show("refused");
      this.#tell("op:refused", { op, entity, reason });
    } else if (status) {
      if (isShown && this.#last.action !== this.getAttribute("take-back")) this.#show("sent");
      this.#tell("op:sent", { op, entity, status });
    }
  }

  #show(moment) {
    this.#state = moment;
    this.#words.say(moment);
    this.#words.showAfter(moment);
  }

  // the buttons in its words

  async #clicked(target) {
    const does = target.closest("[data-do]")?.dataset.do;
    if (does === "take-back") await this.#takeBack();
    else if (does === "copy") await this.#copy();
    else if (does === "post") this.#post();
    else if (does === "drop-draft") await this.#dropDraft();
  }

  async #takeBack() {
    const { kind, entity, op: parent } = this.#last;
    const what = { kind, action: this.getAttribute("take-back"), entity, parent };
    try {
      const { op } = await phone.save({ ...what, preview: { gone: true } });
      this.#last = { ...what, op };
      this.#writing.startAgain();
      this.#words.hush();
      this.#words.say("taken-back");
      this.#tell("op:taken-back", { op, entity });
    } catch (error) {
      this.#words.say(WORDS_FOR[error.reason] ?? "lost-store");
    }
  }

  async #copy() {
    const words = draftValues(this.#form.elements).map(([, value]) => value);
    await navigator.clipboard.writeText(words.join("\n"));
    this.#words.say("copied");
  }

  async #dropDraft() {
    this.#dropped = true;
    this.#draft = (await this.#draft?.forget()) ?? null;
    this.#form.reset();
    this.#words.hush();
    this.#state = "clean";
  }

  // small things

  get #state() {
    return this.getAttribute("state");
  }

  set #state(state) {
    this.setAttribute("state", state);
  }

  #typedNow() {
    return JSON.stringify(draftValues(this.#form.elements));
  }

  /** Made at the first save: in a shell the hidden inputs are filled after the page. */
  get #writing() {
    return (this.#entry ??= new Entry(this.#given()));
  }

  /** In a shell "entry-*" takes the id from the address. */
  #draftName() {
    const [id = ""] = /[0-9a-f-]{36}/.exec(location.href) ?? [];
    return this.getAttribute("name").replace("*", id);
  }

  /** What is changed, from the element or from the hidden inputs that the server filled. */
  #given() {
    const of = (name) => this.getAttribute(name) || this.#form.elements.namedItem(name)?.value || null;
    const [kind, action, again, entity, parent] = ["kind", "action", "again", "entity", "parent"].map(of);
    return { kind, action, again, entity, parent, fixed: this.hasAttribute("entity") || parent !== null };
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

/** Is our server there to post to? A sign-in page and a portal are not. */
async function serverAnswers() {
  const asking = { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(4_000) };
  return fetch("/sync/session", asking).then(({ ok }) => ok, () => false);
}

customElements.define("offline-form", OfflineForm);
