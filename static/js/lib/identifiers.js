/**
 * Does a text look as if it named a patient? Rules for a gentle warning before saving: they never block, never store,
 * never report, and are wrong at times in both directions.
 */

const TITLES = "Mr|Mrs|Ms|Miss|Mister|Sr|Sra|Srta|Don|Doña";
const PATIENT = "patient|pt|paciente|client|resident";
const NAME = "[A-ZÁÉÍÓÚÑ][\\p{L}'’-]+";

const RULES = {
  health_number: (text) => digitGroups(text, 10).some(hasHealthCheckDigit),
  identity_number: (text) => /\b\d{3}-\d{2}-\d{4}\b/.test(text) || nationalLetters(text).some(hasNationalLetter),
  record_number: (text) =>
    /\b(MRN|NHS|CHI|NHC|hospital|patient|record|historia)[\s.:#]*(no|number|num|nº|n°|id)?[\s.:#]*[a-z]{0,3}\d{4,}/iu.test(text) ||
    /(?<![\d+.,:/-])[A-Z]{0,3}\d{7,10}(?![\d.,:/-]*\d)/.test(text.replace(/(?:\+|\b0)[\d ()-]{9,}/g, "")),
  birth_date: (text) =>
    /\b(dob|d\.o\.b|date of birth|born|nacid[oa]|fecha de nacimiento)\b\D{0,12}\d/iu.test(text) ||
    fullDates(text).some((year) => year < new Date().getFullYear()),
  name: (text) =>
    new RegExp(`(?<![\\p{L}])(${TITLES})\\.?\\s+${NAME}`, "u").test(text) ||
    new RegExp(`(?<![\\p{L}])(?:${PATIENT})(?:\\s+(?:called|named|llamad[oa]))?\\s+${NAME}`, "u").test(text),
  place_and_name: (text) =>
    /\b(bed|bay|room|side room|cubicle|cama|habitaci[oó]n|box)\s*(no\.?\s*)?\d+/iu.test(text) &&
    new RegExp(`(?:bed|bay|room|cubicle|cama|habitaci[oó]n|box)\\s*\\d+\\w?\\W{1,3}${NAME}`, "iu").test(text) &&
    new RegExp(`\\d\\w?\\W{1,3}${NAME}`, "u").test(text),
};

/** @returns {string[]} names of the rules that fit, none when nothing does */
export function identifiersIn(text) {
  return Object.keys(RULES).filter((rule) => RULES[rule](text));
}

function digitGroups(text, length) {
  const runs = text.match(/(?<![\d])\d(?:[ -]?\d){9}(?![\d])/g) ?? [];
  return runs.map((run) => run.replace(/\D/g, "")).filter((digits) => digits.length === length);
}

/** The modulus 11 check of NHS and CHI numbers. */
function hasHealthCheckDigit(digits) {
  const sum = [...digits].slice(0, 9).reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}

const nationalLetters = (text) => text.toUpperCase().match(/(?<!\w)[XYZ]?\d{7,8}[ -]?[A-Z](?!\w)/g) ?? [];

/** The letter at the end of a Spanish DNI or NIE. */
function hasNationalLetter(found) {
  const plain = found.replace(/[ -]/g, "").replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter)));
  const number = plain.slice(0, -1);
  return number.length === 8 && "TRWAGMYFPDXBNJZSQVHLCKE"[Number(number) % 23] === plain.at(-1);
}

function fullDates(text) {
  const found = text.matchAll(/(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](19\d\d|20\d\d)(?!\d)/g);
  return Array.from(found, ([, year]) => Number(year));
}
