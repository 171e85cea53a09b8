/**
 * Says when this browser has cleared what was kept here, and when something has waited for three days. A mark in the
 * database and one in a cookie are set together: browsers that clear storage leave cookies, so one without the other
 * means that the storage was cleared.
 */

import { remember, remembered } from "../lib/owners.js";
import { opsOf } from "../lib/queue.js";
import { phone } from "../phone.js";

const KEPT = "kept";
const A_YEAR = 31_536_000;
const OLD = 3 * 86_400_000;

class StorageNotice extends HTMLElement {
  #stop = [];

  connectedCallback() {
    const render = () => this.render().catch(() => {}); // without a store nothing was kept and nothing waits
    this.#stop = ["outbox", "session", "mirror"].map((topic) => phone.when(topic, render));
    this.querySelector("[data-seen]").addEventListener("click", () => this.#mark().then(render));
    render();
  }

  disconnectedCallback() {
    this.#stop.forEach((stop) => stop());
  }

  async render() {
    const owner = await phone.owner();
    if (!owner) return;
    if (owner.kind === "own") await this.#compareMarks();
    const open = await opsOf(phone.store, owner.tag, ["waiting", "refused"]);
    const isOld = ({ slot, saved_at }) => !slot && Date.now() - saved_at > OLD;
    this.querySelector("[data-old]").hidden = !open.some(isOld);
  }

  async #compareMarks() {
    const inStore = await remembered(phone.store, KEPT);
    const inCookie = document.cookie.split("; ").includes(`${KEPT}=1`);
    this.querySelector("[data-cleared]").hidden = inStore || !inCookie;
    if (!inCookie) await this.#mark();
  }

  async #mark() {
    await remember(phone.store, KEPT, true);
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${KEPT}=1; Path=/; Max-Age=${A_YEAR}; SameSite=Lax${secure}`;
  }
}

customElements.define("storage-notice", StorageNotice);
