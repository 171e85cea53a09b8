import assert from "node:assert/strict";
import { test } from "node:test";

import { flat, holds, inOrder, valueAt } from "../../static/js/lib/slots.js";

const ROW = flat({ id: "1", head: "h", waiting: true, data: { role: "mentee", ended: null, body: { text: "Hi" }, face: 0 } });

test("a row's data and what the phone knows of it lie side by side", () => {
  assert.equal(valueAt(ROW, "body.text"), "Hi");
  assert.equal(valueAt(ROW, "body.missing.deeper"), undefined);
  assert.deepEqual([ROW.id, ROW.head, ROW.waiting], ["1", "h", true]);
});

test("conditions: there, not there, equal, several", () => {
  for (const wanted of ["role", "!ended", "role=mentee", "role=mentee,waiting", "!role=mentor", "face=0", "face", "", undefined]) {
    assert.ok(holds(ROW, wanted), wanted);
  }
  for (const wanted of ["ended", "role=mentor", "role,ended", "!role"]) assert.ok(!holds(ROW, wanted), wanted);
});

test("newest first, and rows without the field last", () => {
  const rows = [{ at: "2026-01-01" }, {}, { at: "2026-03-01" }];
  assert.deepEqual(inOrder([...rows], "-at").map((row) => row.at), ["2026-03-01", "2026-01-01", undefined]);
  assert.deepEqual(inOrder([...rows], "at").map((row) => row.at), [undefined, "2026-01-01", "2026-03-01"]);
});
