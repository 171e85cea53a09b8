/** A journal entry from its form to the op, and back into lists. */

export function fields({ prompt, text }) {
  return { prompt: prompt ?? null, body: { scheme: "plain", text: text ?? "" } };
}

export function problem({ body }) {
  return body.text === "" ? "nothing" : null;
}

/** A change leaves standing to whom the entry is shown. */
export function preview(said, before) {
  const now = new Date().toISOString();
  const times = before.written_at ? { changed_at: now } : { written_at: now, changed_at: null };
  return { shown: false, trashed_at: null, ...before, ...said, ...times, mine: true };
}
