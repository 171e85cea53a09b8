/** What changed goes into the mirror of the person it is for, and into no other. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { pull } from "../../static/js/lib/feed.js";
import { draftsOnServer } from "../../static/js/lib/shared_draft.js";

const MARY = { tag: "t", person: "mary", feed: { rev: 3, epoch: "e" } };
const DRAFT = { rev: 4, kind: "draft", id: "d", gone: false, data: { form: "checkin", fields: {} } };

function phone(...answers) {
  const taken = [];
  const mirror = { take: async (owner, items, position) => taken.push([owner.person, items, position]), drop: async () => {} };
  return { taken, mirror, wire: { feed: async () => answers.shift() } };
}

function answer(person, more = false) {
  return { said: "answer", data: { person, epoch: "e", rev: 4, more, items: [DRAFT] } };
}

test("a person's own feed is taken in, page by page", async () => {
  const { taken, ...parts } = phone(answer("mary", true), answer("mary"));
  assert.equal(await pull({ ...parts, owner: MARY }), "done");
  assert.deepEqual(taken.map(([person]) => person), ["mary", "mary"]);
});

test("the feed of somebody who signed in meanwhile stays out", async () => {
  const { taken, ...parts } = phone(answer("mary", true), answer("charlie"));
  assert.equal(await pull({ ...parts, owner: MARY }), "down");
  assert.equal(taken.length, 1);
});

test("a draft comes back to its author only", async () => {
  assert.deepEqual(await draftsOnServer(phone(answer("mary")).wire, MARY), [DRAFT.data]);
  assert.deepEqual(await draftsOnServer(phone(answer("charlie")).wire, MARY), []);
});
