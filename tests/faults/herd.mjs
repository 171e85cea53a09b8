/**
 * Two hundred of the phone's own outboxes in one virtual time, while a server says 503 to all of them at once.
 * Prints when each of them asks: [[phone, milliseconds], …]. Arguments: how many, when the server is up again, Retry-After.
 */

import { Outbox } from "../../static/js/lib/outbox.js";

const [many, upAgainAt, wait] = process.argv.slice(2).map(Number);
const asked = [];
const alarms = [];
let now = 0;

/** The same chances in every run (mulberry32). */
let seed = 44;
function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const clock = { now: () => now };
const timers = {
  setTimeout: (act, pause) => alarms.push({ at: now + pause, act }),
  clearTimeout: () => {},
};

function phone(number) {
  const refresh = async () => {
    asked.push([number, now]);
    return now < upAgainAt ? { said: "down", wait } : { said: "nobody" };
  };
  const session = { refresh, kept: async () => null };
  return new Outbox({ session, clock, timers, random, changes: { tell() {} } });
}

await Promise.all(Array.from({ length: many }, (_, number) => phone(number).flush()));
while (alarms.length) {
  const next = alarms.reduce((first, alarm) => (alarm.at < first.at ? alarm : first));
  alarms.splice(alarms.indexOf(next), 1);
  now = next.at;
  await next.act();
}
console.log(JSON.stringify(asked));
