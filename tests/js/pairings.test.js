/** From the form of a talk to the fields of its op. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fields, localDay, problem } from "../../static/js/rooms/pairings.js";

const NOON = new Date(2026, 2, 10, 12);
const untouched = { pairing: "p", contact: "call", minutes: 10, more: null, day: "today", other_day: null };

test("a talk was today unless something else is said", () => {
  assert.deepEqual(fields(untouched, null, NOON), { pairing: "p", contact: "call", on: "2026-03-10", minutes: 10 });
  assert.equal(fields({ ...untouched, day: null }, null, NOON).on, "2026-03-10");
});

test("yesterday is the phone's own yesterday, over the end of a month too", () => {
  assert.equal(fields({ ...untouched, day: "yesterday" }, null, NOON).on, "2026-03-09");
  assert.equal(localDay(new Date(2026, 2, 1, 0, 30), 1), "2026-02-28");
});

test("what is typed wins over the chips", () => {
  const said = fields({ ...untouched, more: 45, day: "yesterday", other_day: "2026-03-02" }, null, NOON);
  assert.deepEqual([said.minutes, said.on], [45, "2026-03-02"]);
});

test("without minutes nothing is made up", () => {
  assert.equal(fields({ ...untouched, minutes: null }, null, NOON).minutes, null);
});

test("how they talked is needed, and the day has begun", () => {
  assert.equal(problem(fields({ ...untouched, contact: null }, null, NOON), null, NOON), "how");
  assert.equal(problem(fields({ ...untouched, other_day: "2026-03-11" }, null, NOON), null, NOON), "future");
  assert.equal(problem(fields(untouched, null, NOON), null, NOON), null);
});
