import assert from "node:assert/strict";
import { test } from "node:test";

import { Wire } from "../../static/js/lib/wire.js";

const clock = { now: () => Date.parse("2026-03-03T22:10:00Z"), changed: false };
const json = (body, init = {}) =>
  new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" }, ...init });
const problem = (status) =>
  new Response("{}", { status, headers: { "Content-Type": "application/problem+json" } });
const answering = (answer) => new Wire(async () => answer(), clock);

test("only our own typed answer is an answer", async () => {
  const said = async (response) => (await answering(() => response).send([])).said;
  assert.equal(await said(json({ proto: 1, results: [] })), "answer");
  assert.equal(await said(json({})), "portal");
  assert.equal(await said(json({ proto: 2 })), "portal");
  assert.equal(await said(new Response("<h1>Wi-Fi</h1>", { headers: { "Content-Type": "text/html" } })), "portal");
  assert.equal(await said(new Response("{", { headers: { "Content-Type": "application/json" } })), "portal");
});

test("each trouble has its own word", async () => {
  const words = { 401: "nobody", 302: "nobody", 413: "too_big", 426: "old", 400: "malformed", 410: "rebuild" };
  for (const [status, word] of Object.entries(words)) {
    assert.equal((await answering(() => problem(Number(status))).send([])).said, word, status);
  }
  for (const status of [403, 404, 408, 415, 419, 429, 500, 502, 503, 504]) {
    assert.equal((await answering(() => problem(status)).send([])).said, "down", String(status));
  }
});

test("a status that a proxy made up means trouble, not a verdict on the ops", async () => {
  const page = (status) => new Response("<h1>No</h1>", { status, headers: { "Content-Type": "text/html" } });
  assert.equal((await answering(() => page(400)).send([])).said, "down");
  assert.equal((await answering(() => page(410)).feed({ rev: 0, epoch: null })).said, "down");
});

test("what the browser would have redirected is a sign-in page", async () => {
  const redirected = { type: "opaqueredirect", status: 0, headers: new Headers() };
  assert.equal((await answering(() => redirected).session()).said, "nobody");
});

test("the pause that a server asks for is passed on", async () => {
  const busy = () => new Response("", { status: 503, headers: { "Retry-After": "7" } });
  assert.deepEqual(await answering(busy).send([]), { said: "down", wait: 7_000 });
});

test("no network is no answer", async () => {
  const wire = new Wire(async () => {
    throw new TypeError("Failed to fetch");
  }, clock);
  assert.deepEqual(await wire.session(), { said: "down" });
});

test("requests are JSON, unfollowed, unkept, with our own time", async () => {
  const asked = [];
  const wire = new Wire(async (...request) => (asked.push(request), json({ proto: 1 })), clock);
  await wire.send([{ op_id: "1" }]);
  await wire.feed({ rev: 5, epoch: "e" });
  await wire.feed({ rev: 0, epoch: null });
  const [address, { method, body, redirect, cache, credentials }] = asked[0];
  assert.deepEqual([address, method, redirect, cache, credentials], ["/sync", "POST", "manual", "no-store", "same-origin"]);
  assert.deepEqual(JSON.parse(body), {
    proto: 1,
    sent_at: "2026-03-03T22:10:00.000Z",
    clock_changed: false,
    ops: [{ op_id: "1" }],
  });
  assert.equal(asked[1][0], "/sync/feed?since=5&epoch=e");
  assert.equal(asked[2][0], "/sync/feed?since=0");
});
