/** The dim theme of this device; first.js puts it on before the first paint. */

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
