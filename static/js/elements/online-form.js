/**
 * A form of a page that needs signal. What is typed is kept on this phone as a draft and given back; without signal the
 * words stay where they are. Without this script it is a plain form.
 */

import { draftValues, fillFrom, isTouched } from "../lib/fields.js";
import { FormWords } from "../lib/form_words.js";
import { phone } from "../phone.js";

class OnlineForm extends HTMLElement {
  #form;
  #words;
  #draft = null;
  #dirty = false;
  #passing = false;
  #sending = null;
  #ready = null;
  #dropped = false;
  #deaf = () => {};

  connectedCallback() {
    this.#form = this.querySelector("form");
    if (!this.#form) return;
    this.#words = new FormWords(this);
    for (const type of ["submit", "input", "change", "click"]) this.addEventListener(type, this);
    this.#dirty = Array.from(this.#form.elements).some(isTouched); // before this script came
    this.#ready = this.#findDraft().catch(() => {});
    this.#deaf = phone.when("mirror", () => this.#lookAgain());
  }

  disconnectedCallback() {
    this.#deaf();
  }

  handleEvent(event) {
    if (event.type === "submit") this.#submitted(event);
    else if (event.type === "click") this.#clicked(event.target);
    else if (event.target.form === this.#form) this.#typed();
  }

  async #findDraft() {
    const owner = await phone.owner();
    if (!owner) return;
    this.#draft ??= await phone.drafts.of(owner, this.getAttribute("name"));
    const found = await this.#draft.restore(() => this.#dirty || this.#refused);
    if (this.#dirty || this.#refused) this.#note();
    if (found?.values) this.#fill(found.values);
    for (const other of found?.others ?? []) this.#offer(other);
  }

  /** The server gave back words that are newer than any draft. */
  get #refused() {
    return this.#form.querySelector("[aria-invalid]") !== null;
  }

  /** What was typed on another device may come after the page. */
  #lookAgain() {
    const isClean = () => !this.#dirty && !this.#refused && !this.#dropped && !this.#draft?.asksServer;
    this.#ready = this.#ready.then(() => isClean() && this.#findDraft()).catch(() => {});
  }

  #fill(values) {
    fillFrom(this.#form.elements, values);
    this.#dirty = true;
    this.#words.say("restored");
  }

  #offer(other) {
    this.#words.offer(other.values.map(([, value]) => value).join(" "), async () => {
      await other.use();
      this.#fill(other.values);
      this.#note();
    });
  }

  #typed() {
    this.#dirty = true;
    this.#words.hush();
    this.#note();
  }

  #note() {
    this.#draft?.note(draftValues(this.#form.elements));
  }

  #submitted(event) {
    if (event.target !== this.#form || this.#passing) return;
    event.preventDefault();
    this.#sending ??= this.#send(event.submitter).finally(() => (this.#sending = null));
  }

  /** The draft goes once the server has taken the words, and not before. Its answer is a redirect when it has. */
  async #send(submitter) {
    await this.#ready;
    const body = new URLSearchParams([...new FormData(this.#form, submitter)]);
    const asking = { method: "POST", body, redirect: "manual", signal: AbortSignal.timeout(15_000) };
    const answer = await fetch(this.#form.action, asking).catch(() => null);
    if (answer?.type === "opaqueredirect") {
      await this.#draft?.forget();
      location.assign(this.getAttribute("then"));
    } else if (answer && answer.status < 500) {
      this.#post(submitter); // the page says what is wrong; the form's id keeps it from counting twice
    } else {
      this.#words.say((await this.#keep().catch(() => false)) ? "not-sent" : "not-kept");
    }
  }

  /** Whether what is typed is in this phone's store now. It may have met its owner only after the page came. */
  async #keep() {
    this.#dirty = true;
    if (!this.#draft) await this.#findDraft();
    this.#note();
    return (await this.#draft?.settle()) ?? false;
  }

  #post(submitter) {
    this.#passing = true;
    this.#form.requestSubmit(submitter);
    this.#passing = false;
  }

  async #clicked(target) {
    if (target.closest("[data-do]")?.dataset.do !== "drop-draft") return;
    this.#dropped = true;
    this.#draft = (await this.#draft?.forget()) ?? null;
    this.#form.reset();
    this.#dirty = false;
    this.#words.hush();
  }
}

customElements.define("online-form", OnlineForm);
