/** Tells elements, other tabs and the worker that something moved. Topics: outbox, mirror, session. */

export class Changes {
  #listeners = new Map();
  #channel;

  /** @param {BroadcastChannel|null} channel absent in old browsers: then other tabs learn at their next look */
  constructor(channel = null) {
    this.#channel = channel;
    if (channel) channel.onmessage = ({ data }) => this.#hear(data.topic, data.detail);
  }

  /** @returns {() => void} stops listening */
  when(topic, listener) {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  tell(topic, detail = {}) {
    this.#hear(topic, detail);
    this.tellOthers(topic, detail);
  }

  tellOthers(topic, detail = {}) {
    this.#channel?.postMessage({ topic, detail });
  }

  #hear(topic, detail) {
    for (const listener of this.#listeners.get(topic) ?? []) listener(detail);
  }
}
