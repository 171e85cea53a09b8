/** From the form of a talk to the fields of its op: the chips and the typed values become one day and one number. */

/** The phone's own calendar day, `back` days ago, as YYYY-MM-DD. */
export function localDay(now, back = 0) {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back);
  const two = (number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** @param {{pairing: string, contact: string|null, minutes: number|null, more: number|null, day: string|null, other_day: string|null}} plain */
export function fields(plain, _form, now = new Date()) {
  const { pairing, contact, minutes, more, day, other_day: other } = plain;
  return { pairing, contact, on: other ?? localDay(now, day === "yesterday" ? 1 : 0), minutes: more ?? minutes };
}

export function problem(said, _form, now = new Date()) {
  if (!said.contact) return "how";
  return said.on > localDay(now) ? "future" : null;
}
