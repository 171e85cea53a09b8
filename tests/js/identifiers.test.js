import assert from "node:assert/strict";
import { test } from "node:test";

import { identifiersIn } from "../../static/js/lib/identifiers.js";

const NAMED = {
  "NHS 943 476 5919 was moved": "health_number",
  "She is 9434765919": "health_number",
  "MRN: 0048213": "record_number",
  "hospital no 1234567": "record_number",
  "NHC 445566": "record_number",
  "Bloods for AB1234567 were late": "record_number",
  "dob 12/03/1954": "birth_date",
  "born on 4 May 1950": "birth_date",
  "nacida el 4 de mayo de 1950": "birth_date",
  "he is 3.4.1961": "birth_date",
  "Mr Okafor fell": "name",
  "la Sra. Núñez lloró": "name",
  "patient Jones asked me": "name",
  "el paciente llamado García": "name",
  "bed 12, Jones, would not eat": "place_and_name",
  "cama 4 - García": "place_and_name",
  "ID 123-45-6789": "identity_number",
  "DNI 12345678Z": "identity_number",
};

for (const [text, rule] of Object.entries(NAMED)) {
  test(`“${text}” is warned about`, () => assert.ok(identifiersIn(text).includes(rule), identifiersIn(text).join()));
}

const HARMLESS = [
  "",
  "A long night. Three admissions, two discharges.",
  "Could we talk on Tuesday 3 March 2026 at 19:30?",
  "We had 12 beds and 4 nurses.",
  "The patient in bed 4 was kind to me.",
  "My patient died today and I do not know what to do.",
  "I did 12.5 hours, then 13 more.",
  "Call me on +44 7700 900123 or 07700 900123.",
  "Room 4 was cold.",
  "NHS staff survey 2026",
  "1234567890 is what the keypad said: no, 943 476 5918 is not a number of anybody",
];

for (const text of HARMLESS.slice(0, -1)) {
  test(`“${text}” is left alone`, () => assert.deepEqual(identifiersIn(text), []));
}

test("a number with a wrong check digit is no health number", () => {
  assert.ok(!identifiersIn(HARMLESS.at(-1)).includes("health_number"));
});
