"""Today on a phone: faces without scrolling; notes, talks and "I read this" without signal, from both sides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select

from tests.browser.phone_pages import PhoneOf, Served, open_page, until_sent, until_worker, visit, waiting
from tests.harness.device import until_it_has_its_scripts
from tests.people import person
from webapp.checkins import Checkin, CheckinFields, record_checkin
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.ledger import Written
from webapp.pairings import Contact, Note, NoteFields, Pairing, make_pair, tell_both_phones, write_note
from webapp.pairings.models import InLine
from webapp.people import Person, Site
from webapp.programmes import Programme
from webapp.safety.actions import keep_contact

ANSWER = "I ring you at six."


@pytest.fixture
def mentors_phone(phone_of: PhoneOf, served: Served) -> BrowserContext:
    """Ana's own phone, signed in."""
    return phone_of(served.cast.ana, timezone_id="Europe/London")


def written(served: Served) -> Written:
    return Written(uuid7(), uuid7(), now(), "Europe/London")


def mary_wants_to_talk(served: Served, words: str = "The third night was long.") -> None:
    with served.app.app_context(), writing():
        mary = db.session.get_one(Person, served.cast.mary)
        said = CheckinFields(audience="mentor", pairing=served.cast.pairing, face=1, need="talk", words=words)
        record_checkin(mary, written(served), said)


def ana_wrote(served: Served, words: str) -> None:
    with served.app.app_context(), writing():
        ana = db.session.get_one(Person, served.cast.ana)
        write_note(ana, written(served), NoteFields(pairing=served.cast.pairing, words=words))


def a_second_mentee(served: Served, name: str) -> None:
    with served.app.app_context(), writing():
        cast = served.cast
        mentee = person(name, {"mentee"})
        db.session.flush()
        carol, ana = (db.session.get_one(Person, each) for each in (cast.carol, cast.ana))
        make_pair(carol, db.session.get_one(Programme, cast.programme), mentee, ana, "You share Mondays.")


def today_without_signal(phone: BrowserContext, served: Served) -> Page:
    """The page as a shell: the worker is there, the mirror is filled, and then the server is gone."""
    with served.app.app_context(), writing():
        tell_both_phones(db.session.get_one(Pairing, served.cast.pairing))
    page = open_page(phone, served, "/")
    until_worker(page)
    until_sent(page)
    served.stop()
    visit(page, served, "/")
    expect(page.locator("html[data-shell]")).to_be_attached()
    return page


def notes(served: Served) -> list[str]:
    with served.app.app_context():
        return [note.words for note in db.session.scalars(select(Note).order_by(Note.written_at))]


def test_five_faces_stand_on_the_first_screen(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/")
    for n in range(1, 6):
        box = page.locator(f'a[href="/check-in?face={n}"]').bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 560, "the navigation covers what is lower"
        assert box["width"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_face_on_today_leads_to_a_checkin_with_that_face(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/")
    with page.expect_navigation():
        page.locator('a[href="/check-in?face=4"]').click()
    until_it_has_its_scripts(page)
    page.locator("button[value=mentor]").click()
    expect(page.locator("form#checkin [data-status]")).to_contain_text("Sent.")
    with served.app.app_context():
        assert [each.face for each in db.session.scalars(select(Checkin))] == [4]


def test_without_signal_today_shows_faces_mentor_and_last_words(phone: BrowserContext, served: Served) -> None:
    ana_wrote(served, "Come by on Friday.")
    page = today_without_signal(phone, served)
    expect(page.locator('a[href="/check-in?face=1"]')).to_be_visible()
    expect(page.get_by_role("heading", name="Ana Ruiz")).to_be_visible()
    words = page.get_by_text("Come by on Friday.")
    expect(words).to_be_hidden()
    page.get_by_text("The last note to you").click()
    expect(words).to_be_visible()


def test_a_note_written_without_signal_arrives(phone: BrowserContext, served: Served) -> None:
    page = today_without_signal(phone, served)
    page.get_by_label("A note to my mentor").fill("Thank you for yesterday.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Saved on this phone.")).to_be_visible()
    assert waiting(page) == 1
    served.start()
    until_sent(page)
    assert notes(served) == ["Thank you for yesterday."]


def test_a_starter_fills_the_note_and_nothing_is_sent_by_it(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/")
    page.get_by_role("button", name="Thank you, that helped.").click()
    expect(page.get_by_label("A note to Ana")).to_have_value("Thank you, that helped.")
    assert notes(served) == []


def test_without_signal_a_mentor_reads_answers_and_logs_a_talk(mentors_phone: BrowserContext, served: Served) -> None:
    a_second_mentee(served, "Aisha Khan")
    mary_wants_to_talk(served)
    page = today_without_signal(mentors_phone, served)
    expect(page.locator('a[href="/check-in?face=1"]')).to_be_hidden()
    card = page.locator("[data-cards] > .card").first
    expect(card.get_by_role("heading", name="Mary Okafor")).to_be_visible()
    card.get_by_text("Check-in to read").click()
    expect(card.get_by_text("The third night was long.")).to_be_visible()
    card.get_by_role("button", name="I read this").click()
    card.get_by_label("A note to my mentee").fill(ANSWER)
    card.get_by_role("button", name="Send", exact=True).click()
    card.get_by_text("Log a talk").click()
    card.get_by_label("Call").check()
    card.get_by_label("15", exact=True).check()
    card.get_by_label("Yesterday").check()
    card.get_by_role("button", name="Keep this talk").click()
    expect(card.get_by_text("Saved on this phone.")).to_have_count(3)
    served.start()
    until_sent(page)
    assert notes(served) == [ANSWER]
    with served.app.app_context():
        (talk,) = db.session.scalars(select(Contact))
        assert (talk.pairing_id, talk.means, talk.minutes) == (served.cast.pairing, "call", 15)
        assert now().date() - talk.happened_on in (timedelta(days=1), timedelta(days=0))
        assert db.session.scalars(select(Checkin)).one().read_at is not None


def test_without_signal_two_who_share_nothing_for_now_have_a_pause_and_no_end(
    phone: BrowserContext, served: Served
) -> None:
    with served.app.app_context(), writing():
        pairing = db.session.get_one(Pairing, served.cast.pairing)
        pairing.in_line = InLine(pairing_id=pairing.id, since=now())
    page = today_without_signal(phone, served)
    paused = page.get_by_text("You and Ana Ruiz have a pause until you both choose.")
    expect(paused).to_be_visible()
    expect(page.get_by_label("A note to my mentor")).to_be_hidden()
    visit(page, served, f"/notes?pairing={served.cast.pairing}")
    expect(page.get_by_text("You two have a pause until you both choose.")).to_be_visible()
    expect(page.get_by_label("A new note")).to_be_hidden()


def test_what_is_typed_for_one_mentee_stays_in_her_card(mentors_phone: BrowserContext, served: Served) -> None:
    a_second_mentee(served, "Aisha Khan")
    page = today_without_signal(mentors_phone, served)
    box = page.locator("[data-cards] > .card", has_text="Aisha Khan").get_by_label("A note to my mentee")
    box.fill("Only for Aisha.")
    page.evaluate("window.settleDrafts()")
    page.reload()
    expect(page.locator("[data-cards] > .card")).to_have_count(2)
    typed = page.locator("[data-cards] > .card", has_text="Aisha Khan").get_by_label("A note to my mentee")
    expect(typed).to_have_value("Only for Aisha.")
    other = page.locator("[data-cards] > .card", has_text="Mary Okafor").get_by_label("A note to my mentee")
    expect(other).to_have_value("")


def test_help_now_opens_without_signal_and_ones_own_site_comes_first(phone: BrowserContext, served: Served) -> None:
    with served.app.app_context(), writing():
        admin, mary = (db.session.get_one(Person, each) for each in (served.cast.admin, served.cast.mary))
        assert mary.unit is not None
        south = Site(name="South site")
        db.session.add(south)
        db.session.flush()
        for label, site in (("Staff crisis line", None), ("Here", mary.unit.site_id), ("Elsewhere", south.id)):
            said = {"kind": "crisis", "label": label, "phone": "0800 069 6222", "note": ""}
            keep_contact(admin, None, **said, lang="en", site_id=site)
    page = open_page(phone, served, "/help-now")
    until_worker(page)
    until_sent(page)
    page.reload()
    served.stop()
    page.reload()
    link = page.get_by_role("link", name="Staff crisis line")
    expect(link).to_have_attribute("href", "tel:08000696222")
    names = page.locator(".contact__name")
    expect(names).to_have_text(["Here", "Staff crisis line", "Elsewhere"])
    expect(names.nth(1)).to_be_visible()
    expect(names.nth(2)).to_be_hidden()
    page.get_by_text("Numbers of other sites").click()
    expect(names.nth(2)).to_be_visible()
