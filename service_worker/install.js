/** Keeps a release whole or not at all: every file with the hash that the server named, or the old worker stays. */

const PREFIX = "friendtor-";
export const HELP = "/help-now.json";
export const HELP_CACHE = "help-contacts";

export const cacheName = (version) => PREFIX + version;

export async function install({ version, files }) {
  const cache = await caches.open(cacheName(version));
  try {
    await Promise.all(files.map((file) => fetchInto(cache, ...file)));
  } catch (error) {
    await caches.delete(cacheName(version));
    throw error;
  }
  await keepHelp().catch(() => {}); // a contact list that cannot be had today does not stop the rest
}

export async function keepHelp() {
  const response = await fetch(HELP, { credentials: "omit", cache: "no-cache", redirect: "error" });
  const isOurs = response.ok && /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
  if (isOurs) await (await caches.open(HELP_CACHE)).put(HELP, response.clone());
  return isOurs ? response : null;
}

/** The release before this one stays: a page of it may still be open. */
export async function forgetOldReleases({ version }) {
  const releases = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const others = releases.filter((name) => name !== cacheName(version));
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
}

async function fetchInto(cache, address, integrity) {
  const response = await fetch(address, { integrity, credentials: "omit", cache: "reload", redirect: "error" });
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  await cache.put(address, response);
}
