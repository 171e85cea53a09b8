/** Runs before the first paint, so not a module: at night a dim phone must not flash white. */
try {
  if (localStorage.getItem("friendtor dim")) document.documentElement.setAttribute("data-dim", "");
} catch {
  // a browser that keeps nothing follows the system
}
