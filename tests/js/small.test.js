import assert from "node:assert/strict";
import { test } from "node:test";

import { delay, retryAfter } from "../../static/js/lib/backoff.js";
import { base64url, concat, fromBase64url, fromUtf8, utf8 } from "../../static/js/lib/bytes.js";
import { Changes } from "../../static/js/lib/changes.js";
import { Clock } from "../../static/js/lib/clock.js";
import { isUuid, uuid7, uuidOf } from "../../static/js/lib/ids.js";
import { pause, politely } from "../../static/js/lib/politely.js";
import { hereCookie, Session } from "../../static/js/lib/session.js";

test("ids are version 7, sort by time and differ within one millisecond", () => {
  const [early, late] = [uuid7(1_000), uuid7(2_000)];
  assert.match(early, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(early < late);
  assert.ok(isUuid(early));
  assert.notEqual(uuid7(1_000), early);
  assert.equal(uuid7(0x0192_3456_789a, new Uint8Array(16)), "01923456-789a-7000-8000-000000000000");
});

test("the same digest gives the same id", () => {
  const digest = new Uint8Array(32).fill(255);
  assert.equal(uuidOf(digest), "ffffffff-ffff-8fff-bfff-ffffffffffff");
});

test("only whole ids are ids", () => {
  for (const text of [null, undefined, "", "018f", "018F0000-0000-7000-8000-000000000000"]) assert.equal(isUuid(text), false);
});

test("bytes survive base64url of every length", () => {
  for (let size = 0; size < 70; size += 1) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 37 + size) % 256);
    const text = base64url(bytes);
    assert.doesNotMatch(text, /[+/=]/);
    assert.deepEqual(fromBase64url(text), bytes);
  }
});

test("large bytes are encoded too", () => {
  const bytes = new Uint8Array(200_000).fill(7);
  assert.deepEqual(fromBase64url(base64url(bytes)), bytes);
});

test("text survives, and broken text is refused", () => {
  assert.equal(fromUtf8(utf8("Ño señal 🌙")), "Ño señal 🌙");
  assert.throws(() => fromUtf8(new Uint8Array([0xff])));
  assert.deepEqual(concat(new Uint8Array([1]), new Uint8Array([2, 3])), new Uint8Array([1, 2, 3]));
});

test("pauses grow to a quarter of an hour and are spread over all of it", () => {
  assert.equal(delay(0, 0.999), 4_996);
  assert.equal(delay(3, 0.5), 20_500);
  assert.equal(delay(500, 1), 900_000);
  assert.equal(delay(5, 0), 1_000);
});

test("Retry-After is heard in seconds and as a date", () => {
  const now = Date.parse("2026-03-03T10:00:00Z");
  assert.equal(retryAfter("30", now), 30_000);
  assert.equal(retryAfter("Tue, 03 Mar 2026 10:01:00 GMT", now), 60_000);
  assert.equal(retryAfter("Tue, 03 Mar 2026 09:00:00 GMT", now), 0);
  assert.equal(retryAfter("99999999", now), 86_400_000);
  for (const header of [null, "", "soon"]) assert.equal(retryAfter(header, now), null);
});

test("a clock that somebody set back is noticed, one that sleeps is not", () => {
  let wall = 1_000_000;
  let steady = 0;
  const clock = new Clock(() => wall, () => steady);
  wall += 5_000;
  steady += 5_000;
  assert.equal(clock.changed, false);
  wall += 3_600_000; // the phone slept, its steady clock stood still
  assert.equal(clock.changed, false);
  wall -= 7_200_000;
  assert.equal(clock.changed, true);
  wall += 7_200_000;
  assert.equal(clock.changed, true, "it stays so");
});

test("another distance to the server's clock is a change too", () => {
  const clock = new Clock(() => 0, () => 0);
  clock.compare(500, undefined);
  clock.compare(900, 500);
  assert.equal(clock.changed, false);
  clock.compare(3_600_000, 900);
  assert.equal(clock.changed, true);
});

test("the readable cookie is found among others", () => {
  assert.equal(hereCookie("a=1; here=abc=; there=2"), "abc=");
  assert.equal(hereCookie("a=1; __Host-here=abc="), "abc="); // over https
  assert.equal(hereCookie("nowhere=1; nohere=2"), null);
  assert.equal(hereCookie(""), null);
});

test("changes are heard here and in the other pages, until one stops listening", () => {
  const sent = [];
  const channel = { postMessage: (said) => sent.push(said), onmessage: null };
  const changes = new Changes(channel);
  const heard = [];
  const stop = changes.when("outbox", (detail) => heard.push(detail));
  changes.tell("outbox", { op: "1" });
  changes.tell("mirror");
  channel.onmessage({ data: { topic: "outbox", detail: { op: "2" } } });
  stop();
  changes.tell("outbox", { op: "3" });
  assert.deepEqual(heard, [{ op: "1" }, { op: "2" }]);
  assert.equal(sent.length, 3);
});

test("a page without the cookie knows that nobody is signed in, and asks nobody", async () => {
  let asked = 0;
  const wire = { session: async () => (asked += 1, { said: "down" }) };
  const page = { cookie: "theme=dim" };
  const session = new Session({ wire, document: page });
  assert.deepEqual(await session.refresh(), { said: "nobody" });
  assert.equal(asked, 0);
  page.cookie = "here=abc";
  assert.deepEqual(await session.refresh(), { said: "down" });
  assert.equal(asked, 1);
});

test("a page asks more and more rarely, after trouble later still, and no more once it is told", async () => {
  const slept = [];
  const answers = [true, new Error("no line"), true, false];
  const look = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  await politely(look, new AbortController().signal, async (ms) => slept.push(Math.round(ms)));
  assert.deepEqual(slept, [700, 910, 10_000, 1183, 1538]);
  assert.equal(pause(100), 5_000);
});

test("a page that is left asks nothing more", async () => {
  const leaving = new AbortController();
  let asked = 0;
  await politely(async () => (leaving.abort(), (asked += 1), true), leaving.signal, async () => {});
  assert.equal(asked, 1);
});
