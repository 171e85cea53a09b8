/** Asking again and again without being a nuisance: soon at first, then more rarely; trouble waits longest. */

const FIRST = 700;
const LONGEST = 5_000;
const AFTER_TROUBLE = 10_000;

/** Milliseconds before the next question, after so many. */
export function pause(asked) {
  return Math.min(LONGEST, FIRST * 1.3 ** asked);
}

/**
 * Calls `look` until it says false or the signal ends it.
 * @param {() => Promise<boolean>} look
 * @param {AbortSignal} signal
 * @param {(ms: number) => Promise<void>} [sleep]
 */
export async function politely(look, signal, sleep = (ms) => new Promise((done) => setTimeout(done, ms))) {
  for (let asked = 0; !signal.aborted; asked += 1) {
    await sleep(pause(asked));
    if (signal.aborted) return;
    try {
      if (!(await look())) return;
    } catch {
      await sleep(AFTER_TROUBLE);
    }
  }
}
