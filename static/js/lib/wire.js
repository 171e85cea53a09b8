/** Speaks with the server. Only its own typed answer means anything: a portal and a sign-in page also say 200. */

import { retryAfter } from "./backoff.js";

export const PROTO = 1;

/**
 * @typedef {object} Answer
 * @property {"answer"|"nobody"|"portal"|"down"|"too_big"|"malformed"|"old"|"rebuild"} said
 * @property {object} [data]
 * @property {number|null} [wait] milliseconds the server asked us to wait
 */

export class Wire {
  #fetch;
  #clock;

  constructor(fetch, clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  session() {
    return this.#ask("/sync/session", {}, 8_000);
  }

  feed({ rev, epoch }) {
    const query = new URLSearchParams({ since: rev, ...(epoch && { epoch }) });
    return this.#ask(`/sync/feed?${query}`, {}, 15_000);
  }

  /** @param {string} [address] "/sync/drop" for ops of somebody else */
  send(ops, address = "/sync") {
    const clock = this.#clock;
    const body = JSON.stringify({
      proto: PROTO,
      sent_at: new Date(clock.now()).toISOString(),
      clock_changed: clock.changed,
      ops,
    });
    const headers = { "Content-Type": "application/json" };
    return this.#ask(address, { method: "POST", headers, body }, 15_000);
  }

  /** @returns {Promise<Answer>} */
  async #ask(address, options, within) {
    try {
      const response = await this.#fetch(address, {
        ...options,
        headers: { Accept: "application/json", ...options.headers },
        cache: "no-store",
        credentials: "same-origin",
        redirect: "manual",
        signal: AbortSignal.timeout(within),
      });
      return await read(response, this.#clock.now());
    } catch {
      return { said: "down" };
    }
  }
}

async function read(response, now) {
  const { status, type, headers } = response;
  const wait = retryAfter(headers.get("Retry-After"), now);
  const json = /\bjson\b/.test(headers.get("Content-Type") ?? "");
  if (type === "opaqueredirect" || status === 401 || (status >= 300 && status < 400)) return { said: "nobody" };
  if (status === 413) return { said: "too_big" };
  if (status === 426) return { said: "old" };
  if (status === 410 && json) return { said: "rebuild" };
  if (status === 400 && json) return { said: "malformed" };
  if (status !== 200) return { said: "down", wait };
  const data = json ? await response.json().catch(() => null) : null;
  return data?.proto === PROTO ? { said: "answer", data } : { said: "portal" };
}
