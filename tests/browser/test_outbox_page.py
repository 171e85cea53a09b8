"""The page of what waits: seen, copied, saved as a file, deleted after a question; both versions of a conflict."""

from __future__ import annotations

import json
from uuid import UUID

from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import select

from tests.browser.phone_pages import Served, open_page, until_sent, until_worker, waiting
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.journal import Entry, EntryFields, amend_entry
from webapp.ledger import Written
from webapp.people import Person

MINE, OTHER = "The words on this phone.", "The words on my other phone."


def the_page(phone: BrowserContext, served: Served) -> Page:
    page = open_page(phone, served, "/outbox")
    until_worker(page)
    until_sent(page)
    return page


def save(page: Page, action: str, text: str, entity: UUID, parent: str | None = None) -> str:
    """Save an entry as its form would; the op's id."""
    fields = {"prompt": None, "body": {"scheme": "plain", "text": text}}
    what = {"kind": "entry", "action": action, "entity": str(entity), "parent": parent, "fields": fields}
    op: str = page.evaluate("async (what) => (await window.saveOp(what)).op", what)
    return op


def without_signal(phone: BrowserContext, served: Served) -> Page:
    """One entry waits here, and the server is gone."""
    page = the_page(phone, served)
    served.stop()
    save(page, "write", MINE, uuid7())
    expect(row(page)).to_contain_text(MINE)
    return page


def row(page: Page) -> Locator:
    return page.locator("outbox-list [data-rows] > li")


def texts(served: Served) -> list[str]:
    with served.app.app_context():
        return [entry.text for entry in db.session.scalars(select(Entry))]


def test_one_entry_goes_only_after_a_question(phone: BrowserContext, served: Served) -> None:
    page = without_signal(phone, served)
    page.get_by_role("button", name="Delete", exact=True).click()
    question = page.get_by_role("dialog", name="Delete this from the phone?")
    expect(question).to_be_visible()
    question.get_by_role("button", name="No, keep it").click()
    expect(row(page)).to_have_count(1)
    assert waiting(page) == 1
    page.get_by_role("button", name="Delete", exact=True).click()
    question.get_by_role("button", name="Delete it").click()
    expect(row(page)).to_have_count(0)
    expect(page.get_by_text("Everything is sent.")).to_be_visible()
    served.start()
    until_sent(page)
    assert texts(served) == []


def test_what_waits_can_be_copied_and_saved_as_a_file(phone: BrowserContext, served: Served) -> None:
    phone.grant_permissions(["clipboard-read", "clipboard-write"])
    page = without_signal(phone, served)
    page.get_by_role("button", name="Copy", exact=True).click()
    page.wait_for_function("async (words) => (await navigator.clipboard.readText()) === words", arg=MINE)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Keep a copy in a file").click()
    [kept] = json.loads(coming.value.path().read_text())
    assert (kept["kind"], kept["state"], kept["fields"]["body"]["text"]) == ("entry", "waiting", MINE)


def test_both_versions_of_a_conflict_stand_side_by_side_until_they_were_seen(
    phone: BrowserContext, served: Served
) -> None:
    page, entity = the_page(phone, served), uuid7()
    begun = save(page, "write", "As it began.", entity)
    until_sent(page)
    served.stop()
    with served.app.app_context(), writing():
        mary = db.session.get_one(Person, served.cast.mary)
        elsewhere = Written(entity, uuid7(), now(), "Europe/London", parent=UUID(begun))
        amend_entry(mary, elsewhere, EntryFields.saying(OTHER))
    save(page, "amend", MINE, entity, parent=begun)
    served.start()
    until_sent(page)
    expect(row(page)).to_contain_text("You changed this on two phones. Both are kept.")
    page.get_by_text("See both versions").click()
    expect(page.locator("[data-mine]")).to_have_text(MINE)
    expect(page.locator("[data-theirs]")).to_have_text(OTHER)
    page.get_by_role("button", name="I have seen it").click()
    expect(row(page)).to_have_count(0)
    assert texts(served) == [OTHER]
