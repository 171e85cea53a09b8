/** Which requests the worker answers, as data; all others, and everything that is not a GET, it never touches. */

import { currentLanguage } from "./delivery.js";
import { HELP, HELP_CACHE, cacheName, keepHelp } from "./install.js";
import { shellFor } from "./shells.js";

const PATIENCE = 3_000;
const GATEWAY_TROUBLE = [502, 503, 504];

const RULES = [
  { when: ({ mode }) => mode === "navigate", how: page },
  { when: (_, { pathname }) => /^\/(static|shell)\//.test(pathname), how: keptFile },
  { when: (_, { pathname }) => pathname === HELP, how: helpContacts },
];
/** Machines ask these, and a person who does wants the truth. */
const NEVER = /^\/(sync|healthz|push|manifest\.webmanifest|service-worker\.js)(\/|$)/;

export function answer(event, release) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || NEVER.test(url.pathname)) return;
  const rule = RULES.find(({ when }) => when(request, url));
  if (rule) event.respondWith(rule.how(event, release, url));
}

/** The network's page if it comes within three seconds, else the shell of that address. Pages are never kept. */
async function page({ request }, release, { pathname }) {
  const network = fetch(request);
  network.catch(() => {});
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const response = await Promise.race([network, late]).catch(() => null);
  if (response && !GATEWAY_TROUBLE.includes(response.status)) return response;
  return (await keptShell(release, pathname)) ?? response ?? network;
}

async function keptShell({ version, shells, languages }, pathname) {
  const chosen = await currentLanguage();
  const lang = languages.includes(chosen) ? chosen : languages[0];
  const cache = await caches.open(cacheName(version));
  return cache.match(`/shell/${version}/${lang}/${shellFor(shells, pathname)}`, { ignoreVary: true });
}

async function keptFile({ request }) {
  return (await caches.match(request.url, { ignoreVary: true })) ?? fetch(request);
}

/** Yesterday's contacts at once, today's for the next time. */
async function helpContacts(event) {
  const kept = await (await caches.open(HELP_CACHE)).match(HELP);
  const fresh = keepHelp();
  if (!kept) return (await fresh) ?? Response.error();
  event.waitUntil(fresh.catch(() => {}));
  return kept;
}
