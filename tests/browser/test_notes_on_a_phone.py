"""Notes and talks have their own pages without signal too: of the pair that the address names, and of no other."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone_pages import Served, open_page, until_sent, until_worker, visit, waiting
from tests.browser.test_today_on_a_phone import a_second_mentee, ana_wrote, mentors_phone, notes, written
from webapp.database import db, writing
from webapp.pairings import NoteFields, Pairing, TalkFields, record_talk, tell_both_phones, write_note
from webapp.people import Person

__all__ = ["mentors_phone"]


def offline(phone: BrowserContext, served: Served, path: str) -> Page:
    """This address as a shell: the worker is there, the mirror is filled, and then the server is gone."""
    with served.app.app_context(), writing():
        tell_both_phones(db.session.get_one(Pairing, served.cast.pairing))
    page = open_page(phone, served, "/")
    until_worker(page)
    until_sent(page)
    served.stop()
    visit(page, served, path)
    expect(page.locator("html[data-shell]")).to_be_attached()
    return page


def test_notes_are_read_and_answered_without_signal(phone: BrowserContext, served: Served) -> None:
    ana_wrote(served, "Come by on Friday.")
    page = offline(phone, served, f"/notes?pairing={served.cast.pairing}")
    expect(page.get_by_role("heading", name="With Ana Ruiz")).to_be_visible()
    expect(page.get_by_text("Come by on Friday.")).to_be_visible()
    page.get_by_label("A new note").fill("I will.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-rows] > li", has_text="I will.")).to_contain_text("Waiting on this phone")
    page.get_by_role("button", name="I read this").click()
    expect(page.get_by_text("Saved on this phone.")).to_have_count(2)
    assert waiting(page) == 2
    served.start()
    until_sent(page)
    expect(page.get_by_text("You said that you read this.")).to_be_visible()
    assert notes(served) == ["Come by on Friday.", "I will."]


def test_a_note_that_waited_stays_on_its_page_once_it_is_sent(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, f"/notes?pairing={served.cast.pairing}")
    until_worker(page)
    served.stop()
    page.get_by_label("A note to Ana").fill("I will.")
    page.get_by_role("button", name="Send to Ana").click()
    row = page.locator("[data-rows] > li", has_text="I will.")
    expect(row).to_contain_text("Waiting on this phone")
    served.start()
    until_sent(page)
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Sent.")
    expect(row).not_to_contain_text("Waiting on this phone")
    assert notes(served) == ["I will."]
    page.reload()
    expect(row).to_have_count(1)


def test_a_mentor_sees_the_notes_of_that_mentee_alone(mentors_phone: BrowserContext, served: Served) -> None:
    a_second_mentee(served, "Aisha Khan")
    with served.app.app_context(), writing():
        mary = db.session.get_one(Person, served.cast.mary)
        write_note(mary, written(served), NoteFields(pairing=served.cast.pairing, words="From Mary alone."))
    page = offline(mentors_phone, served, "/notes")
    expect(page.get_by_text("From Mary alone.")).to_have_count(0)
    page.get_by_role("link", name="Aisha Khan").click()
    expect(page.get_by_role("heading", name="With Aisha Khan")).to_be_visible()
    expect(page.get_by_text("From Mary alone.")).to_have_count(0)
    page.get_by_role("link", name="Mary Okafor").click()
    expect(page.get_by_text("From Mary alone.")).to_be_visible()


def test_talks_are_seen_and_kept_without_signal(phone: BrowserContext, served: Served) -> None:
    with served.app.app_context(), writing():
        ana = db.session.get_one(Person, served.cast.ana)
        talk = TalkFields(pairing=served.cast.pairing, contact="call", on=date(2026, 3, 9), minutes=1)
        record_talk(ana, written(served), talk)
    page = offline(phone, served, f"/talks?pairing={served.cast.pairing}")
    expect(page.get_by_role("list", name="Talks").locator("li")).to_contain_text("Mon 9 March: Call, 1 minute")
    page.get_by_text("Log a talk").click()
    page.get_by_label("In person").check()
    page.get_by_label("10", exact=True).check()
    page.get_by_role("button", name="Keep this talk").click()
    expect(page.locator("[data-rows] > li", has_text="In person, 10 minutes")).to_contain_text("Waiting on this phone")
    served.start()
    until_sent(page)


def test_after_a_very_hard_shift_a_phone_offers_why_she_started(phone: BrowserContext, served: Served) -> None:
    page = offline(phone, served, "/journal/new")
    page.get_by_label("Why I started").check()
    page.get_by_label("Your words").fill("My grandmother.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Saved on this phone.")).to_be_visible()
    visit(page, served, "/check-in?face=1")
    page.get_by_role("button", name="Send to Ana").click()
    page.get_by_role("link", name="Read why you started").click()
    expect(page.get_by_text("My grandmother.")).to_be_visible()
    visit(page, served, "/check-in?face=4")
    page.get_by_role("button", name="Send to Ana").click()
    expect(page.get_by_role("link", name="Back to Today")).to_be_visible()
    expect(page.get_by_role("link", name="Read why you started")).to_be_hidden()
