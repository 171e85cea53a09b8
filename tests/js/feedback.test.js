/** Feedback on the phone says the same as the form on the server. */

import assert from "node:assert/strict";
import { test } from "node:test";

import * as feedback from "../../static/js/rooms/feedback.js";

test("an unticked wish is no wish, no words are an empty text", () => {
  assert.deepEqual(feedback.fields({ helps: 3, words: null, act: false }), { helps: 3, words: "", act: false });
});

test("one answer of any kind is enough, the tick alone is none", () => {
  assert.equal(feedback.problem({ helps: null, words: "", act: true }), "nothing");
  assert.equal(feedback.problem({ helps: 1, words: "" }), null);
});

test("a change keeps the day it was given", () => {
  const row = feedback.preview({ words: "now" }, { given_at: "2026-03-10T10:00:00.000Z", words: "then" });
  assert.deepEqual(row, { given_at: "2026-03-10T10:00:00.000Z", words: "now" });
});
