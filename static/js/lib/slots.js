/** Fills a template's slots from a row (docs/phone.md). Text only ever becomes text. */

const DAY = { weekday: "short", day: "numeric", month: "long" };
const LOCALES = { en: "en-GB" };
const TIME = { hour: "2-digit", minute: "2-digit" };
const FORMATS = { day: DAY, "day-time": { ...DAY, ...TIME }, time: TIME };

/** @param {{id: string, head: string|null, waiting: boolean, data: object}} row */
export const flat = (row) => ({ ...row.data, id: row.id, head: row.head, waiting: row.waiting });

/** "a.b" of a row. */
export const valueAt = (row, path) => path.split(".").reduce((at, part) => at?.[part], row);

/** "role=mentee,!ended": all must hold. */
export function holds(row, wanted) {
  return (wanted ?? "").split(",").filter(Boolean).every((one) => {
    const [, not, path, , value] = /^(!?)([^=]+)(=(.*))?$/.exec(one.trim());
    const found = valueAt(row, path);
    const yes = value === undefined ? isThere(found) : String(found) === value;
    return not ? !yes : yes;
  });
}

/** "-written_at": newest first. */
export function inOrder(rows, order) {
  const down = order.startsWith("-");
  const path = order.replace("-", "");
  const key = (row) => String(valueAt(row, path) ?? "");
  return rows.sort((one, other) => (key(one) < key(other) ? -1 : 1) * (down ? -1 : 1));
}

/** Fills every slot below a node. `gently` leaves what already says something. */
export function fill(node, row, { lang = "en", gently = false } = {}) {
  for (const part of node.querySelectorAll("[data-if]")) {
    if (!holds(row, part.dataset.if)) gently ? (part.hidden = true) : part.remove();
    else part.hidden = false;
  }
  for (const part of node.querySelectorAll("[data-href]")) {
    part.href = part.dataset.href.replace(/\{([^}]+)\}/g, (_, path) => encodeURIComponent(valueAt(row, path) ?? ""));
  }
  for (const part of node.querySelectorAll("[data-field]")) put(part, valueAt(row, part.dataset.field), lang, gently);
}

function put(part, value, lang, gently) {
  if (part.type === "radio" || part.type === "checkbox") {
    const isAnswered = gently && part.form?.querySelector(`[name="${CSS.escape(part.name)}"]:checked`);
    if (!isAnswered) part.checked = String(value) === part.value;
  } else if ("value" in part && part.localName !== "li" && part.localName !== "button") {
    if (!gently || part.value === "") part.value = value ?? "";
  } else if (isThere(value)) {
    if (part.localName === "time") part.dateTime = value;
    part.textContent = said(value, part.dataset.format, lang);
  } else if (!gently) part.textContent = "";
}

function said(value, format, lang) {
  if (!FORMATS[format]) return String(value);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const zone = isDate ? { timeZone: "UTC" } : {};
  return new Intl.DateTimeFormat(LOCALES[lang] ?? lang, { ...FORMATS[format], ...zone }).format(new Date(value));
}

const isThere = (value) => value !== null && value !== undefined && value !== "" && value !== false;
