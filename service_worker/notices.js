/** What a push shows. The words came sealed and neutral; for anybody but the person signed in they are not shown. */

import { currentLanguage, signedInTag } from "./delivery.js";

/** Always shows something: browsers take the permission away from those that do not. */
export async function show(event, { words, languages }) {
  const pushed = payload(event);
  const tag = await signedInTag();
  const lang = await currentLanguage();
  const say = words[lang] ?? words[languages[0]];
  const isForHer = tag !== null && pushed.recipient === tag;
  const notice = isForHer ? pushed.notification : {};
  const { title, options } = noticeOf(notice, isForHer ? say.something_new : say.up_to_date, say.name);
  await self.registration.showNotification(title, options);
  if (isForHer) await badge(pushed.app_badge ?? notice.app_badge);
}

export async function clicked(event) {
  event.notification.close();
  const address = ours(event.notification.data?.navigate);
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = open.find((client) => new URL(client.url).pathname === new URL(address).pathname) ?? open[0];
  if (!page) return self.clients.openWindow(address);
  const focused = await page.focus().catch(() => page);
  focused.postMessage({ type: "open", address }); // the page goes there itself when no form has words in it
}

/** Firefox gives no new subscription: pages subscribe again at their next load; an open one does so now. */
export async function renewed() {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage({ type: "subscribe-again" });
}

/** Each field only when it is what it should be. */
export function noticeOf(given, fallback, name) {
  const text = (value, otherwise) => (typeof value === "string" && value.trim() ? value.slice(0, 200) : otherwise);
  const title = text(given?.title, name);
  const options = {
    body: text(given?.body, fallback),
    tag: text(given?.tag, "friendtor"),
    lang: text(given?.lang, undefined),
    silent: given?.silent === true,
    data: { navigate: ours(text(given?.navigate, "/")) },
  };
  return { title, options };
}

function payload(event) {
  try {
    const said = event.data?.json();
    return said !== null && typeof said === "object" ? said : {};
  } catch {
    return {};
  }
}

/** Only an address of ours is ever opened. */
function ours(address) {
  const home = self.location.origin;
  try {
    const url = new URL(address ?? "/", home);
    return url.origin === home ? url.href : `${home}/`;
  } catch {
    return `${home}/`;
  }
}

async function badge(count) {
  if (!Number.isInteger(count) || count < 0 || !navigator.setAppBadge) return;
  await (count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
}
