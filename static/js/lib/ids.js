/** Ids made on the phone: UUID version 7, so that they sort by time. */

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const hyphened = (text) => text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/**
 * @param {number} now milliseconds
 * @param {Uint8Array} random sixteen random bytes
 */
export function uuid7(now = Date.now(), random = crypto.getRandomValues(new Uint8Array(16))) {
  const bytes = random.slice(0, 16);
  for (let at = 5, left = now; at >= 0; at -= 1, left = Math.floor(left / 256)) bytes[at] = left % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return hyphened(hex(bytes));
}

/** The same id for the same bytes (UUID version 8): one draft of a form is one entity wherever it is typed. */
export function uuidOf(digest) {
  const bytes = digest.slice(0, 16);
  bytes[6] = 0x80 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return hyphened(hex(bytes));
}

export const isUuid = (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text ?? "");
