/** Feedback on a pair: what the form's names alone do not say. Pure; docs/phone.md, "A mapper". */

const ANSWERS = ["meeting_enough", "helps", "safe_to_ask", "words"];

export function fields(plain) {
  return { ...plain, words: plain.words ?? "", act: plain.act === true };
}

export function problem(fields) {
  return ANSWERS.some((name) => fields[name]) ? null : "nothing";
}

export function preview(fields, before) {
  return { given_at: new Date().toISOString(), ...before, ...fields };
}
