import assert from "node:assert/strict";
import { test } from "node:test";

import { Entry, previewOf } from "../../static/js/lib/entry.js";

const ID = "018f0000-0000-7000-8000-000000000001";
const HEAD = "018f0000-0000-7000-8000-000000000002";
const OP = "018f0000-0000-7000-8000-000000000003";

test("a second save changes what the first one made", () => {
  const entry = new Entry({ kind: "checkin", action: "record", again: "amend" });
  const made = entry.entity;
  assert.equal(entry.action, "record");
  assert.equal(entry.parent, null);
  entry.saved(OP);
  assert.deepEqual([entry.action, entry.entity, entry.parent, entry.made], ["amend", made, OP, true]);
});

test("without a word for it, each save is a new thing", () => {
  const entry = new Entry({ kind: "note", action: "write", entity: ID });
  assert.equal(entry.entity, ID, "the server's id for the first");
  entry.saved(OP);
  assert.notEqual(entry.entity, ID);
  assert.deepEqual([entry.action, entry.parent, entry.made], ["write", null, false]);
});

test("a form that changes something stays with it", () => {
  const entry = new Entry({ kind: "entry", action: "amend", entity: ID, parent: HEAD, fixed: true });
  entry.saved(OP);
  assert.deepEqual([entry.action, entry.entity, entry.parent], ["amend", ID, OP]);
  entry.startAgain();
  assert.equal(entry.entity, ID);
});

test("after taking back, the next save is a new thing", () => {
  const entry = new Entry({ kind: "checkin", action: "record", again: "amend", entity: ID });
  entry.saved(OP);
  entry.startAgain();
  assert.equal(entry.action, "record");
  assert.notEqual(entry.entity, ID);
});

test("a broken id is made anew", () => {
  assert.match(new Entry({ kind: "note", action: "write", entity: "x", parent: "y" }).entity, /^[0-9a-f-]{36}$/);
});

test("lists show what was saved, as the feed would", () => {
  const now = "2026-03-03T22:10:00Z";
  const said = { kind: "note", action: "write" };
  const made = previewOf(said, { words: "Hello" }, undefined, {}, now);
  assert.deepEqual(made, { words: "Hello", mine: true, written_at: now, changed_at: null });
  const changed = previewOf(said, { words: "Hi" }, { ...made, read_at: now }, {}, "later");
  assert.deepEqual(changed, { words: "Hi", mine: true, read_at: now, written_at: now, changed_at: "later" });
});

test("what was taken back is gone, and what no list shows has no row", () => {
  assert.deepEqual(previewOf({ kind: "note", action: "take_back" }, {}, {}, {}, ""), { gone: true });
  assert.deepEqual(previewOf({ kind: "entry", action: "delete" }, {}, {}, {}, ""), { gone: true });
  assert.equal(previewOf({ kind: "read", action: "mark" }, {}, undefined, {}, ""), null);
});

test("a room may say itself what its lists show", () => {
  const mapper = { preview: (fields, before, action) => ({ fields, before, action }) };
  const shown = previewOf({ kind: "read", action: "mark" }, { id: 1 }, undefined, mapper, "");
  assert.deepEqual(shown, { fields: { id: 1 }, before: {}, action: "mark" });
});
