/** Which entity a form writes, and as what: the first save makes it, later ones change it, or each save is a new one. */

import { isUuid, uuid7 } from "./ids.js";

/** Kinds that lists of this phone show. */
const SHOWN = ["checkin", "note", "talk", "entry", "feedback"];
const GONE = ["take_back", "delete"];

export class Entry {
  #first;
  #again;
  #fixed;
  #made = false;

  /**
   * @param {{kind: string, action: string, again?: string|null, entity?: string|null, parent?: string|null, fixed?: boolean}} form
   * fixed: it changes something that exists
   */
  constructor({ kind, action, again = null, entity = null, parent = null, fixed = false }) {
    this.kind = kind;
    this.#first = action;
    this.#again = again ?? (fixed ? action : null);
    this.#fixed = fixed;
    this.entity = isUuid(entity) ? entity : uuid7();
    this.parent = isUuid(parent) ? parent : null;
  }

  /** Does the form stay with what it wrote? */
  get stays() {
    return this.#again !== null;
  }

  /** Has this page saved it already? Then the plain form would make it a second time. */
  get made() {
    return this.#made;
  }

  get action() {
    return this.#made ? this.#again : this.#first;
  }

  saved(op) {
    if (this.stays) {
      this.#made = true;
      this.parent = op;
    } else this.startAgain();
  }

  startAgain() {
    if (this.#fixed) return;
    this.#made = false;
    this.entity = uuid7();
    this.parent = null;
  }
}

/** The row that lists show until the server's own comes; null for kinds that no list shows. */
export function previewOf({ kind, action }, fields, before, mapper, now) {
  if (GONE.includes(action)) return { gone: true };
  if (mapper.preview) return mapper.preview(fields, before ?? {}, action);
  if (!SHOWN.includes(kind)) return null;
  const times = before?.written_at ? { changed_at: now } : { written_at: now, changed_at: null };
  return { ...before, ...fields, mine: true, ...times };
}
