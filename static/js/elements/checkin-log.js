/** In a shell: shows the list that the address asks for, all check-ins or the practical questions. */

class CheckinLog extends HTMLElement {
  connectedCallback() {
    const asked = new URLSearchParams(location.search).get("show") === "questions" ? "questions" : "all";
    for (const list of document.querySelectorAll("[data-list]")) list.hidden = list.dataset.list !== asked;
    for (const link of document.querySelectorAll("main nav a")) {
      const isHere = link.search === (asked === "all" ? "" : `?show=${asked}`);
      if (isHere) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
      link.classList.toggle("button--secondary", isHere);
      link.classList.toggle("button--quiet", !isHere);
    }
  }
}

customElements.define("checkin-log", CheckinLog);
