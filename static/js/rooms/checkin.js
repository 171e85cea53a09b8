/**
 * The check-in's rules on the phone, the same as webapp/checkins/rules.py, and the mapping from its form to an op.
 * Wall-clock times are strings, "2026-03-09T19:30", and are compared and reckoned as if the day had no clock change.
 */

export const TALKS = ["in_person", "call"];
const FRESH = 36 * 3_600_000;
const DAY = 24 * 3_600_000;

/** @typedef {{start: string, end: string}} Shift */
/** @typedef {{about: "shift"|"since", day: string, shift: Shift|null}} When */

const ms = (wall) => Date.parse(`${wall.length === 10 ? `${wall}T00:00` : wall}:00Z`);
const wall = (at) => new Date(at).toISOString().slice(0, 16);
const dayOf = (text) => text.slice(0, 10);

/** The time on this phone's wall. */
export function wallClock(now = new Date()) {
  return wall(now.getTime() - now.getTimezoneOffset() * 60_000);
}

/** Did it go over midnight? */
export const isNight = ({ start, end }) => dayOf(end) > dayOf(start);

/** @returns {When} the last shift entered, the time since it, or today */
export function proposed(at, last) {
  if (!last || last.start > at) return { about: "shift", day: dayOf(at), shift: null };
  if (ms(at) <= ms(last.end) + FRESH) return { about: "shift", day: dayOf(last.start), shift: last };
  return { about: "since", day: dayOf(last.start), shift: null };
}

/** The newest shift of the same hours that had begun. */
export function usualShift(at, last) {
  let start = ms(`${dayOf(at)}T${last.start.slice(11)}`);
  if (start > ms(at)) start -= DAY;
  return { start: wall(start), end: wall(start + ms(last.end) - ms(last.start)) };
}

/** The shift that began on `day` at `starts` and ended at `ends`, on the next day when that is earlier; or null. */
export function shiftOn(day, starts, ends) {
  if (!/^\d\d:\d\d/.test(starts) || !/^\d\d:\d\d/.test(ends)) return null;
  const start = ms(`${day}T${starts.slice(0, 5)}`);
  const end = ms(`${day}T${ends.slice(0, 5)}`);
  return { start: wall(start), end: wall(end > start ? end : end + DAY) };
}

/** What is over for more than 36 hours is asked about as the time since. */
export function aboutOf(day, shift, at) {
  return ms(at) - (shift ? ms(shift.end) : ms(day) + DAY) > FRESH ? "since" : "shift";
}

/** @param {string} said as the form carries it: a day, "since/" and a day, or a shift's start and end with a "/" between */
export function readWhen(said, at) {
  const [first, second] = said.split("/");
  if (first === "since") return { about: "since", day: second, shift: null };
  const shift = second ? { start: first, end: second } : null;
  return { about: aboutOf(dayOf(first), shift, at), day: dayOf(first), shift };
}

/** @param {When} when */
export function whenText({ about, day, shift }) {
  if (about === "since") return `since/${day}`;
  return shift ? `${shift.start}/${shift.end}` : day;
}

/** What a new form offers: {proposed, today, shift, usual, since}; null where there is none. */
export function choicesAt(at, last) {
  const first = proposed(at, last);
  const today = { about: "shift", day: dayOf(at), shift: null };
  if (!last || last.start > at) return { proposed: first, today, shift: null, usual: null, since: null };
  const usual = usualShift(at, last);
  return {
    proposed: first,
    today,
    shift: first.shift ? first : null,
    usual: usual.start === last.start ? null : { about: "shift", day: dayOf(usual.start), shift: usual },
    since: first.about === "since" ? first : null,
  };
}

/** The shift entered last among one's own check-ins: rows of the mirror. */
export function lastShift(rows) {
  const shifts = rows.filter(({ data }) => data.mine && data.about === "shift" && data.shift).map(({ data }) => data.shift);
  return shifts.reduce((newest, shift) => (newest && newest.start >= shift.start ? newest : shift), null);
}

/** At most after every second talk of a pair. */
export function asksWhetherItHelped(rows, pairing, besides = null) {
  const told = rows.filter(
    ({ id, data }) => data.mine && data.pairing === pairing && TALKS.includes(data.contact) && id !== besides,
  );
  return told.length % 2 === 0;
}

/** Which words say it: names of the templates in the form. */
export function wordsFor({ about, day, shift }, at) {
  if (about === "since") return "since";
  if (!shift) return day === dayOf(at) ? "today" : "day";
  const name = isNight(shift) ? "night" : "shift";
  return shift.end > at ? `during_${name}` : name;
}

/** A typed day wins over what is chosen. Null when it cannot be. */
export function chosenWhen({ when, day, starts, ends }, at, kept = null) {
  if (!day && kept && when === whenText(kept)) return kept;
  if (!day) return !when || when === "other" ? (when ? null : readWhen(dayOf(at), at)) : readWhen(when, at);
  if (!starts && !ends) return readWhen(day, at);
  const shift = shiftOn(day, starts ?? "", ends ?? "");
  return shift && { about: aboutOf(day, shift, at), day, shift };
}

/** Fields of the op. A day that cannot be is null, which `problem` says. */
export function fields(plain, form, at = wallClock()) {
  const when = chosenWhen(plain, at, keptOf(form));
  const talked = TALKS.includes(plain.contact);
  return {
    pairing: plain.pairing ?? null,
    audience: plain.audience ?? "self",
    about: when?.about ?? "shift",
    shift_date: when?.day ?? null,
    shift: when?.shift ?? null,
    face: plain.face ?? null,
    contact: plain.contact ?? null,
    minutes: talked ? (plain.minutes ?? null) : null,
    need: plain.need ?? null,
    words: plain.words ?? "",
    helped: talked ? (plain.helped ?? null) : null,
  };
}

/** @returns {string|null} name of the template that says what is missing */
export function problem(said, _form, at = wallClock()) {
  if (!said.face && !said.contact && !said.need && !said.words && !said.helped) return "nothing";
  if (!said.shift_date) return "day";
  if (said.shift_date > dayOf(at) || said.shift?.start > at) return "to_come";
  return null;
}

/** The row as the feed would give it. A change is to be read anew. */
export function preview(said, before, _action, now = new Date().toISOString()) {
  const isNew = !before?.written_at;
  return {
    told_at: null,
    ...before,
    ...said,
    mine: true,
    day_uncertain: before?.day_uncertain ?? false,
    written_at: isNew ? now : before.written_at,
    changed_at: isNew ? null : now,
    read_at: null,
  };
}

/** What a change began with, so that a day long ago stays what it was about. */
function keptOf(form) {
  const said = form?.querySelector?.("[data-choice=kept] input")?.value;
  const about = form?.querySelector?.("[data-choice=kept]")?.dataset.about;
  if (!said) return null;
  const [first, second] = said.split("/");
  if (about === "since") return { about, day: second, shift: null };
  return { about: "shift", day: dayOf(first), shift: second ? { start: first, end: second } : null };
}
