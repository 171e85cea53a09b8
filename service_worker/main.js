/** The worker: keeps the pages, delivers the outbox with the page closed, shows what is pushed. */

import { release } from "../precache.js";
import { answer } from "./answer.js";
import { drain } from "./delivery.js";
import { install, forgetOldReleases } from "./install.js";
import { clicked, renewed, show } from "./notices.js";

self.addEventListener("install", (event) => event.waitUntil(install(release)));
self.addEventListener("activate", (event) => event.waitUntil(forgetOldReleases(release).then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => answer(event, release));
self.addEventListener("sync", (event) => event.tag === "outbox" && event.waitUntil(drain()));
self.addEventListener("push", (event) => event.waitUntil(show(event, release).finally(() => drain().catch(() => {}))));
self.addEventListener("notificationclick", (event) => event.waitUntil(clicked(event)));
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renewed()));
self.addEventListener("message", (event) => event.data?.type === "take-over" && event.waitUntil(self.skipWaiting()));
