/** Notices that somebody changed the phone's clock, by a second clock that nobody can change. */

const TOLERANCE = 60_000;

export class Clock {
  #wall;
  #steady;
  #start;
  #jumped = false;

  /**
   * @param {() => number} wall milliseconds since 1970, as the phone believes
   * @param {() => number} steady milliseconds that only go forward
   */
  constructor(wall = () => Date.now(), steady = () => performance.now()) {
    this.#wall = wall;
    this.#steady = steady;
    this.#start = wall() - steady();
  }

  now() {
    return this.#wall();
  }

  /**
   * True once the wall clock has left the steady one. A steady clock may stop while a phone sleeps (the wall runs
   * ahead then), so only a jump backwards is sure; forward jumps count when the latest server contact disagrees.
   */
  get changed() {
    if (this.#wall() - this.#steady() < this.#start - TOLERANCE) this.#jumped = true;
    return this.#jumped;
  }

  /** The server's time against ours now and at the last contact: another offset means that the clock was changed. */
  compare(offset, before) {
    if (before !== undefined && before !== null && Math.abs(offset - before) > TOLERANCE) this.#jumped = true;
    return this.#jumped;
  }
}
