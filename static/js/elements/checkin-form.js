/**
 * What the check-in's form does beyond a form: minutes only after a talk, words opened by a question, the day in words,
 * "Ana will not know" before it is kept, and in a shell everything that this phone knows of its writer.
 */

import { fill, flat } from "../lib/slots.js";
import { phone } from "../phone.js";
import {
  asksWhetherItHelped, chosenWhen, choicesAt, lastShift, TALKS, wallClock, whenText, wordsFor,
} from "../rooms/checkin.js";

const TYPED = ["day", "starts", "ends"];
const ID = /[0-9a-f]{8}-[0-9a-f-]{27}/;

class CheckinForm extends HTMLElement {
  #home;
  #form;
  #dialog;
  #isSure = false;

  async connectedCallback() {
    this.#form = this.closest("form");
    this.#home = this.closest("offline-form");
    this.#dialog = document.getElementById("sure");
    if (!this.#form || !this.#home) return;
    this.#home.addEventListener("submit", (event) => this.#ask(event), { capture: true });
    this.#home.addEventListener("input", (event) => this.#answered(event.target));
    this.#form.addEventListener("change", (event) => event.target === this.#form && this.#refilled());
    this.#home.addEventListener("op:saved", (event) => this.#saved(event.detail));
    this.#home.addEventListener("op:taken-back", () => this.#takenBack());
    this.#form.querySelector("[data-change]")?.addEventListener("click", () => this.#writeAgain());
    this.#form.querySelector("[data-more]")?.addEventListener("click", () => this.#showMore());
    new MutationObserver(() => this.#showStatus()).observe(this.#status, { childList: true });
    if (phone.isShell) await this.#knowWriter().catch(() => {});
    this.#show("more", true);
    this.#takeFace();
    this.#refresh();
  }

  // what is asked

  #answered({ name }) {
    if (name === "when" && this.#said("when") !== "other") this.#clearDay();
    if (TYPED.includes(name) && this.#value("day")) this.#choose("other");
    this.#refresh();
    if (name === "need" && this.#said("need") === "question") this.#control("words").focus();
  }

  /** A draft was put back: a face tapped on Today a moment ago is newer. */
  #refilled() {
    this.#takeFace();
    if (!this.#said("when")) this.#form.querySelector("[name=when]:default")?.click();
    this.#refresh();
  }

  #refresh() {
    const talked = TALKS.includes(this.#said("contact"));
    const asks = this.hasAttribute("asks-helped") || this.#said("helped");
    for (const part of this.#form.querySelectorAll("[data-after-talk]")) {
      part.hidden = !talked || (part.hasAttribute("data-helped") && !asks);
    }
    const more = this.#form.querySelector("[data-more]");
    if (more) {
      more.hidden ||= this.#long.some(({ checked }) => checked);
      for (const radio of this.#long) radio.parentElement.hidden = !more.hidden;
    }
    this.#sayWhen();
  }

  #showMore() {
    this.#show("more", false);
    this.#refresh();
    this.#long[0].focus();
  }

  /** `?face=` says which face was tapped on Today. One that was tapped here is newer. */
  #takeFace() {
    if (this.#form.querySelector("[name=face][data-typed]")) return;
    const face = new URLSearchParams(location.search).get("face");
    const radio = face && this.#form.querySelector(`[name=face][value="${CSS.escape(face)}"]`);
    if (radio && !this.#home.querySelector("[data-done]:not([hidden])")) radio.checked = true;
  }

  // the day

  #sayWhen() {
    this.#show("typed-day", this.#said("when") === "other");
    const said = { when: this.#said("when") };
    for (const name of TYPED) said[name] = this.#value(name);
    const chosen = this.#form.querySelector("[name=when]:checked")?.closest("label[data-choice]");
    const line = this.#form.querySelector("[data-when-said]");
    const typed = said.day ? chosenWhen(said, wallClock()) : null;
    if (typed) line.replaceChildren(this.#words(typed));
    else if (chosen) line.textContent = chosen.querySelector("span").textContent;
  }

  #words(when) {
    const lang = document.documentElement.lang;
    const hour = (wall) =>
      new Intl.DateTimeFormat(lang, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" })
        .format(new Date(`${wall}:00Z`));
    const name = wordsFor(when, wallClock());
    const words = this.#form.querySelector(`template[data-when-words=${name}]`).content.cloneNode(true);
    fill(words, { day: when.day, start: when.shift && hour(when.shift.start), end: when.shift && hour(when.shift.end) }, { lang });
    return words;
  }

  #offer(kind, when, proposed) {
    const label = this.#form.querySelector(`[data-choice=${kind}]`);
    if (!label || !when) return;
    const radio = label.querySelector("input");
    radio.value = whenText(when);
    label.dataset.about = when.about;
    label.querySelector("span").replaceChildren(this.#words(when));
    label.hidden = false;
    if (proposed && whenText(proposed) === radio.value) radio.checked = radio.defaultChecked = true;
  }

  // in a shell

  async #knowWriter() {
    const rows = await phone.rows("checkin");
    const before = this.hasAttribute("changing") ? rows.find(({ id }) => id === ID.exec(location.pathname)?.[0]) : null;
    const pairing = await this.#pairing(before);
    const why = (await phone.rows("entry")).findLast(({ data }) => data.mine && data.prompt === "why" && !data.trashed_at);
    const known = pairing && { ...flat(pairing), first_name: pairing.data.partner.split(" ")[0] };
    fill(document.getElementById("main"), { ...known, why: why?.id }, { gently: true });
    this.toggleAttribute("asks-helped", asksWhetherItHelped(rows, pairing?.id, before?.id));
    const at = wallClock();
    const choices = choicesAt(at, before ? null : lastShift(rows));
    for (const kind of ["since", "shift", "usual", "today"]) {
      this.#offer(kind, choices[kind], before ? null : choices.proposed);
    }
    if (before) this.#putBack(before);
  }

  async #pairing(before) {
    const mine = (await phone.rows("pairing")).filter(({ data }) => data.role === "mentee");
    if (before?.data.pairing) return mine.find(({ id }) => id === before.data.pairing);
    const open = mine.filter(({ data }) => !data.ended);
    return open.length === 1 ? open[0] : null;
  }

  /** The check-in that is changed, as this phone knows it. */
  #putBack({ id, head, data }) {
    this.#control("entity").value = id;
    this.#control("parent").value = head ?? "";
    this.#control("words").value ||= data.words ?? "";
    for (const name of ["face", "contact", "minutes", "need", "helped"]) {
      const radio = this.#form.querySelector(`[name=${name}][value="${CSS.escape(String(data[name]))}"]`);
      if (radio && !this.#said(name)) radio.checked = true;
    }
    const kept = { about: data.about, day: data.shift_date, shift: data.shift };
    this.#offer("kept", kept, kept);
  }

  // keeping and sending

  /** A wish to talk that is kept reaches nobody: that is said first. */
  #ask(event) {
    const keeps = event.submitter?.value === "self";
    if (!keeps || this.#said("need") !== "talk" || this.#isSure || !this.#dialog?.showModal) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    this.#dialog.addEventListener("close", () => {
      if (this.#dialog.returnValue !== "yes") return;
      this.#isSure = true;
      this.#form.requestSubmit(submitter);
      this.#isSure = false;
    }, { once: true });
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
  }

  #saved({ fields }) {
    const kept = fields.audience === "self";
    this.#form.querySelector("[data-say-kept]").dataset.say = kept ? "sent" : ""; // what is kept is not said to be sent
    this.#show("very-hard", fields.face === 1);
    this.#show("kept-words", kept);
    this.#write(false);
  }

  #takenBack() {
    for (const name of ["change", "very-hard", "kept-words"]) this.#show(name, false);
  }

  #writeAgain() {
    this.#status.replaceChildren();
    this.#write(true);
    this.#refresh();
    this.#form.querySelector("[name=face]").focus();
  }

  /** Either the questions are on the screen, or what became of them. */
  #write(isWriting) {
    for (const part of this.#form.children) {
      if (part === this.#status || part.matches("template, input, checkin-form")) continue;
      part.hidden = part.hasAttribute("data-done") ? isWriting : !isWriting;
    }
    if (isWriting) return;
    scrollTo(0, 0);
    this.#form.querySelector("[data-done]").focus({ preventScroll: true });
  }

  #showStatus() {
    if (this.#status.childElementCount) this.#status.scrollIntoView({ block: "nearest" });
  }

  // small things

  get #long() {
    return [...this.#form.querySelectorAll("[data-long] input")];
  }

  get #status() {
    return this.#form.querySelector("[data-status]");
  }

  #control(name) {
    return this.#form.elements.namedItem(name);
  }

  #value(name) {
    return this.#control(name)?.value ?? "";
  }

  #said(name) {
    return this.#form.querySelector(`[name=${name}]:checked`)?.value ?? null;
  }

  #choose(choice) {
    const radio = this.#form.querySelector(`input[data-choice=${choice}], [data-choice=${choice}] input`);
    if (radio) radio.checked = true;
  }

  #clearDay() {
    for (const name of TYPED) this.#control(name).value = "";
  }

  #show(name, yes) {
    const part = this.#form.querySelector(`[data-${name}]`);
    if (part) part.hidden = !yes;
  }
}

customElements.define("checkin-form", CheckinForm);
