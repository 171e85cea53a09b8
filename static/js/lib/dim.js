/** The dim theme of this device. */

const NAME = "friendtor dim";

export const isDim = () => document.documentElement.hasAttribute("data-dim");

export function dim(wanted) {
  document.documentElement.toggleAttribute("data-dim", wanted);
  try {
    if (wanted) localStorage.setItem(NAME, "1");
    else localStorage.removeItem(NAME);
  } catch {
    // a browser that keeps nothing stays dim for this page
  }
}

export function dimAsBefore() {
  try {
    if (localStorage.getItem(NAME)) document.documentElement.toggleAttribute("data-dim", true);
  } catch {
    // nothing is kept here
  }
}
