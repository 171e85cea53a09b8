/** Starts a page: its elements, the worker, and the outbox whenever there may be signal. */

import { phone } from "./phone.js";

const OFTEN = 60_000;

/** Each custom element in the page comes from the file that bears its name. */
function loadElements() {
  const tags = new Set(Array.from(document.querySelectorAll(":not(:defined)"), (element) => element.localName));
  for (const tag of tags) import(`./elements/${tag}.js`).catch(() => {});
}

/** What the browser thinks about the network gates nothing: each of these may be the moment when there is signal. */
function flushWhenItMayWork() {
  const now = () => phone.flush();
  const visible = () => document.visibilityState === "visible" && now();
  addEventListener("online", now);
  addEventListener("pageshow", (event) => event.persisted && now());
  addEventListener("focus", () => phone.flush({ patient: true }));
  document.addEventListener("visibilitychange", visible);
  setInterval(() => document.visibilityState === "visible" && phone.flush({ patient: true }), OFTEN);
}

function parkWhenHiding() {
  addEventListener("pagehide", () => phone.park());
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && phone.park());
}

/** The one address that becomes a script: only the worker's is let through. */
function startWorker() {
  if (!navigator.serviceWorker) return;
  const address = "/service-worker.js";
  const policy = globalThis.trustedTypes?.createPolicy("friendtor-worker", { createScriptURL: () => address });
  navigator.serviceWorker
    .register(policy ? policy.createScriptURL(address) : address, { type: "module", updateViaCache: "none" })
    .catch(() => {}); // an older browser keeps the online app
}

/** What the worker asks of an open page: a tap on a notice leads there, unless words stand in a form. */
function hearWorker() {
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data?.type === "open" && !phone.isDirty) location.assign(data.address);
    if (data?.type === "subscribe-again") resyncPush();
  });
}

/** At every load, where notifications are allowed: a subscription may have ended or its key been changed. */
async function resyncPush() {
  if (globalThis.Notification?.permission !== "granted") return;
  const owner = await phone.owner();
  if (owner) await (await phone.push()).resync(owner);
}

loadElements();
phone.warm().catch(() => {});
parkWhenHiding();
phone.drafts.ready().finally(async () => {
  await phone.flush();
  await resyncPush().catch(() => {});
});
hearWorker();
flushWhenItMayWork();
startWorker();
