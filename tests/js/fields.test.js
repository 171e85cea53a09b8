import assert from "node:assert/strict";
import { test } from "node:test";

import { draftValues, fieldsOf, fillFrom, isTouched, typesOf } from "../../static/js/lib/fields.js";

/** A control as a form has it, without a browser. */
const control = (name, { type = "text", value = "", checked = false, as, hasValue = true } = {}) => ({
  name,
  type,
  value,
  checked,
  dataset: as ? { as } : {},
  hasAttribute: (attribute) => attribute === "value" && hasValue,
});

test("what nobody answered is null, never nothing or zero", () => {
  assert.deepEqual(fieldsOf([["words", "  "]], { words: "text", face: "number" }), { words: null, face: null });
});

test("numbers are numbers and text is trimmed", () => {
  const fields = fieldsOf([["face", "3"], ["words", " Long night. \r\nBetter now. "]], { face: "number", words: "text" });
  assert.deepEqual(fields, { face: 3, words: "Long night. \nBetter now." });
});

test("a number that is none stays as it was typed, for the server to refuse", () => {
  assert.deepEqual(fieldsOf([["minutes", "ten"]], { minutes: "number" }), { minutes: "ten" });
});

test("the button that was pressed counts", () => {
  assert.deepEqual(fieldsOf([["audience", "self"]], {}), { audience: "self" });
});

test("hidden things of ours are no fields", () => {
  const entries = [["csrf_token", "x"], ["op_id", "x"], ["entity", "x"], ["parent", "x"], ["_shown", "x"], ["words", "Hello"]];
  assert.deepEqual(fieldsOf(entries, {}), { words: "Hello" });
});

test("a dotted name nests and a bracketed one is a list", () => {
  const entries = [["shift.start", "2026-03-03T19:30"], ["shift.end", ""], ["tags[]", "a"], ["tags[]", "b"]];
  const fields = fieldsOf(entries, { "shift.start": "text", "shift.end": "text", "tags[]": "text" });
  assert.deepEqual(fields, { shift: { start: "2026-03-03T19:30", end: null }, tags: ["a", "b"] });
});

test("an empty list is empty, and a flag is never null", () => {
  assert.deepEqual(fieldsOf([], { "tags[]": "text", act: "flag" }), { tags: [], act: false });
  assert.deepEqual(fieldsOf([["act", "on"]], { act: "flag" }), { act: true });
});

test("types come from the controls", () => {
  const controls = [
    control("face", { type: "radio", as: "number" }),
    control("minutes", { type: "number" }),
    control("act", { type: "checkbox", hasValue: false }),
    control("need", { type: "checkbox" }),
    control("audience", { type: "submit" }),
    control("csrf_token", { type: "hidden" }),
  ];
  assert.deepEqual(typesOf(controls), { face: "number", minutes: "number", act: "flag", need: "text" });
});

test("a draft holds what was answered and gives it back", () => {
  const form = () => [
    control("face", { type: "radio", value: "1" }),
    control("face", { type: "radio", value: "5" }),
    control("words", { type: "textarea" }),
    control("pairing", { type: "hidden", value: "p" }),
    control("password", { type: "password", value: "secret" }),
  ];
  const typed = form();
  typed[1].checked = true;
  typed[2].value = "A good one";
  const values = draftValues(typed);
  assert.deepEqual(values, [["face", "5"], ["words", "A good one"]]);
  const fresh = form();
  fillFrom(fresh, values);
  assert.deepEqual(draftValues(fresh), values);
  assert.equal(fresh[3].value, "p");
});

test("what was answered before the scripts came is seen", () => {
  const radio = { name: "face", type: "radio", value: "3", defaultValue: "3", checked: true, defaultChecked: true };
  const words = { name: "words", type: "textarea", value: "A long night.", defaultValue: "" };
  assert.equal(isTouched(radio), false);
  assert.equal(isTouched({ ...radio, checked: false }), true);
  assert.equal(isTouched(words), true);
  assert.equal(isTouched({ ...words, value: "" }), false);
  assert.equal(isTouched({ ...words, type: "hidden" }), false);
  assert.equal(isTouched({ ...words, name: "csrf_token" }), false);
  assert.equal(isTouched({ name: "zone", type: "select-one", value: "Europe/London" }), false);
});
