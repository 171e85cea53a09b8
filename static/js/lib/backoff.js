/** When to try again: full jitter, so that two hundred phones do not come back at once. */

const LEAST = 1_000;
const FIRST = 5_000;
const LONGEST = 15 * 60_000;

/** Milliseconds to wait after so many failures; random is from [0, 1). */
export function delay(failures, random) {
  const ceiling = Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 20));
  return Math.round(LEAST + random * (ceiling - LEAST)); // never raised to the least: many would meet there
}

/** Milliseconds that a Retry-After header asks for, at most a day; null when it says nothing readable. */
export function retryAfter(header, now) {
  if (!header) return null;
  const wanted = /^\s*\d+\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(wanted) ? Math.min(Math.max(wanted, 0), 86_400_000) : null;
}
