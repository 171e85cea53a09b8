/** Which shell an address opens offline. A `*` stands for one part of it; anything unknown gets the offline page. */

const OFFLINE = "offline";

/** @param {Record<string, string>} shells address → name @param {string} pathname */
export function shellFor(shells, pathname) {
  const exact = shells[pathname] ?? shells[pathname.replace(/\/$/, "")];
  if (exact) return exact;
  const parts = pathname.split("/");
  const pattern = Object.keys(shells).find((address) => {
    const wanted = address.split("/");
    return wanted.length === parts.length && wanted.every((part, at) => part === parts[at] || (part === "*" && parts[at]));
  });
  return shells[pattern] ?? OFFLINE;
}
