/** From what a form holds to the fields of an op, and from a draft back to the form. */

const OURS = ["csrf_token", "op_id", "entity", "parent"];

/** @param {string} name */
export const isField = (name) => Boolean(name) && !OURS.includes(name) && !name.startsWith("_");

/**
 * @param {Iterable<[string, string]>} entries as FormData gives them
 * @param {Record<string, "text"|"number"|"flag">} types of all controls by name, also of those with no entry
 * @returns {Record<string, unknown>} unanswered is null; "shift.start" becomes {shift: {start}}
 */
export function fieldsOf(entries, types) {
  const said = new Map();
  for (const [name, value] of entries) if (isField(name)) said.set(name, [...(said.get(name) ?? []), value]);
  const fields = {};
  for (const name of new Set([...Object.keys(types).filter(isField), ...said.keys()])) {
    const values = (said.get(name) ?? []).map((value) => typed(value, types[name]));
    put(fields, name, together(name, values, types[name]));
  }
  return fields;
}

function typed(value, type) {
  const text = typeof value === "string" ? value.replaceAll("\r\n", "\n").trim() : "";
  if (type === "flag") return true;
  if (text === "") return null;
  return type === "number" && Number.isFinite(Number(text)) ? Number(text) : text;
}

function together(name, values, type) {
  if (name.endsWith("[]")) return values.filter((value) => value !== null);
  if (type === "flag") return values.length > 0;
  return values.length > 1 ? values : (values[0] ?? null);
}

function put(fields, name, value) {
  const path = name.replace(/\[\]$/, "").split(".");
  const last = path.pop();
  let at = fields;
  for (const part of path) at = at[part] ??= {};
  at[last] = value;
}

/** The kind of each named control: a lone checkbox without a value of its own is a flag. */
export function typesOf(controls) {
  const types = {};
  for (const control of controls) {
    if (!isField(control.name) || ["submit", "button", "reset", "image"].includes(control.type)) continue;
    const as = control.dataset?.as;
    const isFlag = control.type === "checkbox" && !control.hasAttribute("value");
    types[control.name] = as ?? (isFlag ? "flag" : control.type === "number" ? "number" : "text");
  }
  return types;
}

/** Has a person answered anything here? Hidden inputs are not answers. */
export function draftValues(controls) {
  const values = [];
  for (const control of controls) {
    if (!isField(control.name) || ["hidden", "submit", "button", "reset", "password"].includes(control.type)) continue;
    if (["checkbox", "radio"].includes(control.type)) {
      if (control.checked) values.push([control.name, control.value]);
    } else if (control.value !== "") values.push([control.name, control.value]);
  }
  return values;
}

/** Does it hold something else than what the page came with? */
export function isTouched({ name, type, value, defaultValue, checked, defaultChecked }) {
  if (!isField(name) || type === "hidden" || defaultValue === undefined) return false;
  return ["checkbox", "radio"].includes(type) ? checked !== defaultChecked : value !== defaultValue;
}

/** Puts a draft back, over whatever the form shows. */
export function fillFrom(controls, values) {
  const said = new Map();
  for (const [name, value] of values) said.set(name, [...(said.get(name) ?? []), value]);
  for (const control of controls) {
    if (!isField(control.name) || ["hidden", "submit", "button", "reset", "password"].includes(control.type)) continue;
    const given = said.get(control.name) ?? [];
    if (["checkbox", "radio"].includes(control.type)) control.checked = given.includes(control.value);
    else control.value = given.shift() ?? "";
  }
}
