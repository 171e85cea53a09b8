"""What people do on the pages in any engine, in as few words as the stories need (tests/harness/pages.py has more)."""

from __future__ import annotations

import json

from tests.harness.handset import HAS_ITS_SCRIPTS, Handset
from tests.harness.pages import CHECK_IN, FACES
from tests.harness.store import KNOWS_ITS_OWNER
from tests.harness.waiting import until

SEND = f'{CHECK_IN} button[name="audience"][value="mentor"]'
WORDS = "#words"
WHERE_IT_STANDS = """
(async () => {
  const within = (promise) => Promise.race([promise, new Promise((done) => setTimeout(done, 3000, "no answer"))]);
  const main = [...document.scripts].find(({ type }) => type === "module").src;
  const { phone } = (await import(main)).$phone;
  const requests = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/sync"));
  return JSON.stringify({
    trouble: phone.outbox.trouble,
    online: navigator.onLine,
    worker: navigator.serviceWorker?.controller?.state,
    locks: await within(navigator.locks.query()),
    waiting: await within(phone.outbox.count().catch(String)),
    asked: requests.map(({ name, startTime, duration }) => [new URL(name).pathname, startTime, duration].join(" ")),
    now: performance.now(),
  });
})()
"""


def wait_until_known(phone: Handset) -> None:
    """Until the phone knows who is signed in, may write, and keeps its pages for later."""
    phone.wait_for_worker()
    until(lambda: phone.run(f"({KNOWS_ITS_OWNER})()"), "knowing who is signed in")


def check_in(phone: Handset, words: str) -> None:
    """Open the check-in page, fill it in and save it."""
    phone.show("/check-in")
    fill_in_check_in(phone, words)
    phone.tap(SEND)


def fill_in_check_in(phone: Handset, words: str, face: str = "good") -> None:
    until_form_is(phone, "clean")
    until(lambda: phone.run(HAS_ITS_SCRIPTS), "the scripts of the page")
    phone.tap(f"label:has(#face-{FACES[face]})")
    phone.type(WORDS, words)


def until_form_is(phone: Handset, *states: str) -> None:
    """How far the check-in form is, in its own words: clean, dirty, saved, sent, failed."""
    state = f"document.querySelector({json.dumps(CHECK_IN)})?.getAttribute('state')"
    try:
        until(lambda: phone.run(state) in states, " or ".join(states))
    except AssertionError as error:
        error.add_note(f"The form is {phone.run(state)!r}. {where_it_stands(phone)}")
        raise


def where_it_stands(phone: Handset) -> str:
    """What its page knows of the sending; it may be the page that is broken."""
    try:
        return str(phone.run(WHERE_IT_STANDS))
    except Exception as error:  # of any engine: what is told beside a failure never stands in for it
        return f"The page does not say: {error}"


def until_saved(phone: Handset) -> None:
    """The form has said "Saved on this phone", or more."""
    until_form_is(phone, "saved", "sent")


def until_sent(phone: Handset) -> None:
    until_form_is(phone, "sent")


def until_given_back(phone: Handset, words: str) -> None:
    """What was typed stands in the field again."""
    until(lambda: phone.value(WORDS) == words, "what was typed")


def until_all_is_sent(phone: Handset) -> None:
    """The outbox holds nothing that the server has not acknowledged."""
    until(lambda: not phone.waiting(), "the sending")


def signal_comes_back(phone: Handset) -> None:
    """The browser tells the page that there may be signal, as phones do."""
    phone.run("dispatchEvent(new Event('online'))")
