/** The check-in's rules on the phone: the same as on the server (tests/checkins/test_rules.py). */

import assert from "node:assert/strict";
import { test } from "node:test";

import * as checkin from "../../static/js/rooms/checkin.js";

const NIGHT = { start: "2026-03-09T19:30", end: "2026-03-10T07:30" };
const AT = "2026-03-10T10:00";
const TODAY = { about: "shift", day: "2026-03-10", shift: null };
const nothing = { pairing: null, audience: "self", when: "2026-03-10", words: null };

test("without a shift it speaks of today", () => {
  assert.deepEqual(checkin.proposed(AT, null), TODAY);
});

test("during a shift and for 36 hours after it, it speaks of that shift", () => {
  for (const at of ["2026-03-10T02:00", "2026-03-10T08:00", "2026-03-11T19:30"]) {
    assert.deepEqual(checkin.proposed(at, NIGHT), { about: "shift", day: "2026-03-09", shift: NIGHT });
  }
});

test("later it speaks of the time since", () => {
  assert.deepEqual(checkin.proposed("2026-03-11T19:31", NIGHT), { about: "since", day: "2026-03-09", shift: null });
});

test("a shift still to come is not spoken of", () => {
  assert.equal(checkin.proposed("2026-03-08T12:00", NIGHT).day, "2026-03-08");
});

test("the usual shift is the newest of the same hours that had begun", () => {
  assert.deepEqual(checkin.usualShift("2026-03-14T10:00", NIGHT), { start: "2026-03-13T19:30", end: "2026-03-14T07:30" });
  assert.deepEqual(checkin.usualShift("2026-03-14T20:00", NIGHT), { start: "2026-03-14T19:30", end: "2026-03-15T07:30" });
});

test("a form offers each day and shift once", () => {
  const fresh = checkin.choicesAt(AT, NIGHT);
  assert.deepEqual([fresh.shift?.shift, fresh.usual, fresh.since], [NIGHT, null, null]);
  const late = checkin.choicesAt("2026-03-14T10:00", NIGHT);
  assert.deepEqual([late.shift, late.usual?.day, late.since?.day], [null, "2026-03-13", "2026-03-09"]);
  assert.deepEqual(checkin.choicesAt(AT, null), { proposed: TODAY, today: TODAY, shift: null, usual: null, since: null });
});

test("a shift that ends before it begins went over midnight", () => {
  assert.deepEqual(checkin.shiftOn("2026-03-09", "19:30", "07:30"), NIGHT);
  assert.ok(checkin.isNight(NIGHT));
  assert.ok(!checkin.isNight(checkin.shiftOn("2026-03-09", "07:30", "20:00")));
  assert.equal(checkin.shiftOn("2026-03-09", "19:30", ""), null);
});

test("more than 36 hours after it the question is another", () => {
  assert.equal(checkin.aboutOf("2026-03-08", null, AT), "shift");
  assert.equal(checkin.aboutOf("2026-03-07", null, AT), "since");
  assert.equal(checkin.aboutOf("2026-03-09", NIGHT, AT), "shift");
});

test("what the form carries reads back as it was", () => {
  for (const when of [TODAY, { about: "since", day: "2026-03-03", shift: null }, { about: "shift", day: "2026-03-09", shift: NIGHT }]) {
    assert.deepEqual(checkin.readWhen(checkin.whenText(when), AT), when);
  }
});

test("the last shift is the newest among one's own", () => {
  const older = { start: "2026-03-01T07:30", end: "2026-03-01T20:00" };
  const rows = [
    { data: { mine: true, about: "shift", shift: older } },
    { data: { mine: true, about: "shift", shift: NIGHT } },
    { data: { mine: false, about: "shift", shift: { start: "2026-03-10T07:30", end: "2026-03-10T20:00" } } },
    { data: { mine: true, about: "shift", shift: null } },
  ];
  assert.deepEqual(checkin.lastShift(rows), NIGHT);
  assert.equal(checkin.lastShift([]), null);
});

test("whether it helped is asked after every second talk of the pair at most", () => {
  const talk = (id, pairing = "p") => ({ id, data: { mine: true, pairing, contact: "call" } });
  assert.equal(checkin.asksWhetherItHelped([], "p"), true);
  assert.equal(checkin.asksWhetherItHelped([talk(1)], "p"), false);
  assert.equal(checkin.asksWhetherItHelped([talk(1), talk(2)], "p"), true);
  assert.equal(checkin.asksWhetherItHelped([talk(1), talk(2, "q")], "p"), false);
  assert.equal(checkin.asksWhetherItHelped([talk(1)], "p", 1), true);
});

test("the words for a day, a shift, a night and the time since", () => {
  const words = (when) => checkin.wordsFor(when, AT);
  assert.equal(words(TODAY), "today");
  assert.equal(words({ ...TODAY, day: "2026-03-09" }), "day");
  assert.equal(words({ about: "shift", day: "2026-03-09", shift: NIGHT }), "night");
  assert.equal(checkin.wordsFor({ about: "shift", day: "2026-03-09", shift: NIGHT }, "2026-03-10T04:00"), "during_night");
  assert.equal(words({ about: "shift", day: "2026-03-09", shift: checkin.shiftOn("2026-03-09", "07:00", "19:00") }), "shift");
  assert.equal(words({ about: "since", day: "2026-03-03", shift: null }), "since");
});

test("unanswered is null, and a face alone is a whole check-in", () => {
  assert.deepEqual(checkin.fields({ ...nothing, audience: "mentor", pairing: "p", face: 4 }, null, AT), {
    pairing: "p",
    audience: "mentor",
    about: "shift",
    shift_date: "2026-03-10",
    shift: null,
    face: 4,
    contact: null,
    minutes: null,
    need: null,
    words: "",
    helped: null,
  });
});

test("without a button the narrower audience is meant", () => {
  assert.equal(checkin.fields({ face: 3 }, null, AT).audience, "self");
});

test("minutes and whether it helped speak of a talk only", () => {
  const said = { ...nothing, minutes: 10, helped: "yes" };
  const after = (contact) => checkin.fields({ ...said, contact }, null, AT);
  assert.deepEqual([after("call").minutes, after("call").helped], [10, "yes"]);
  assert.deepEqual([after("message").minutes, after("message").helped], [null, null]);
});

test("a typed day wins over the one that is chosen", () => {
  const said = checkin.fields({ ...nothing, face: 1, day: "2026-03-09", starts: "19:30", ends: "07:30" }, null, AT);
  assert.deepEqual([said.about, said.shift_date, said.shift], ["shift", "2026-03-09", NIGHT]);
  assert.equal(checkin.fields({ ...nothing, face: 1, day: "2026-03-01" }, null, AT).about, "since");
});

test("a change keeps what it was about, however long ago", () => {
  const kept = { dataset: { about: "shift" } };
  const form = { querySelector: (what) => (what.endsWith("input") ? { value: "2026-03-01" } : kept) };
  const said = checkin.fields({ ...nothing, face: 1, when: "2026-03-01" }, form, AT);
  assert.deepEqual([said.about, said.shift_date], ["shift", "2026-03-01"]);
});

test("the problem is that nothing is said, or that the day cannot be", () => {
  const problem = (plain) => checkin.problem(checkin.fields({ ...nothing, ...plain }, null, AT), null, AT);
  assert.equal(problem({}), "nothing");
  assert.equal(problem({ minutes: 10 }), "nothing");
  assert.equal(problem({ face: 3, when: "other" }), "day");
  assert.equal(problem({ face: 3, day: "2026-03-09", starts: "19:30" }), "day");
  assert.equal(problem({ face: 3, day: "2026-03-11" }), "to_come");
  assert.equal(problem({ face: 3, day: "2026-03-10", starts: "19:30", ends: "07:30" }), "to_come");
  for (const one of [{ face: 1 }, { contact: "none" }, { need: "talk" }, { words: "x" }]) assert.equal(problem(one), null);
});

test("the list shows a new one at once, and a change as unread", () => {
  const said = checkin.fields({ ...nothing, face: 2 }, null, AT);
  const first = checkin.preview(said, {}, "record", "2026-03-10T10:00:00.000Z");
  assert.deepEqual([first.mine, first.written_at, first.changed_at], [true, "2026-03-10T10:00:00.000Z", null]);
  const read = { ...first, read_at: "2026-03-10T11:00:00.000Z" };
  const changed = checkin.preview({ ...said, face: 1 }, read, "amend", "2026-03-10T12:00:00.000Z");
  assert.deepEqual(
    [changed.face, changed.written_at, changed.changed_at, changed.read_at],
    [1, "2026-03-10T10:00:00.000Z", "2026-03-10T12:00:00.000Z", null],
  );
});
