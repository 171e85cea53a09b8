"""The check-in on a phone: three taps, no signal needed, and the button says who reads it."""

from __future__ import annotations

from uuid import UUID

from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from tests.browser.phone_pages import PhoneOf, Served, open_page, until_sent, until_worker, visit, waiting
from tests.harness.device import until_it_has_its_scripts
from tests.harness.waiting import until
from webapp.checkins import Checkin, CheckinFields, record_checkin
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.ledger import FormFields, Written, form_write
from webapp.pairings import NoteFields, write_note
from webapp.people import Person

KEEP, SEND = "button[value=self]", "button[value=mentor]"


def held(served: Served) -> list[Checkin]:
    with served.app.app_context():
        return list(db.session.scalars(select(Checkin).order_by(Checkin.written_at)))


def earlier(served: Served, answer: str | None = None, **said: object) -> UUID:
    """A check-in of Mary's that is on the server already, perhaps with Ana's answer."""
    hidden = FormFields.fresh()
    with served.app.app_context(), writing():
        mary, ana = (db.session.get_one(Person, each) for each in (served.cast.mary, served.cast.ana))
        fields = CheckinFields(**{"audience": "mentor", "pairing": served.cast.pairing, **said})
        written = form_write(mary.id, mary.zone, hidden, "checkin", "record", fields.model_dump(mode="json"))
        assert written is not None
        record_checkin(mary, written, fields)
        if answer:
            db.session.flush()
            note = NoteFields(pairing=served.cast.pairing, words=answer, reply_to=hidden.entity)
            write_note(ana, Written(uuid7(), uuid7(), now(), "Europe/London"), note)
    return hidden.entity


def tap(page: Page, words: str) -> None:
    page.locator("label", has_text=words).first.click()


def says(page: Page, words: str) -> None:
    expect(page.locator("form#checkin [data-status]")).to_contain_text(words)


def go_offline(phone: BrowserContext, served: Served, page: Page) -> None:
    """The worker is installed and the mirror filled; then the server is gone."""
    until_worker(page)
    until_sent(page)
    served.stop()


def test_a_face_and_send_are_two_taps_and_nothing_else(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    page.locator("label", has_text="Good").first.click()
    page.click(SEND)
    says(page, "Sent.")
    (row,) = held(served)
    assert (row.face, row.audience, row.pairing_id) == (4, "mentor", served.cast.pairing)
    assert (row.contact, row.minutes, row.need, row.words_sealed) == (None, None, None, None)


def test_from_the_home_screen_it_takes_three_taps(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/")  # the first tap: the icon on the home screen
    face = page.locator("[data-face='3']")
    box = face.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 640  # seen without scrolling
    with page.expect_navigation():
        face.click()
    until_it_has_its_scripts(page)
    expect(page.locator("#face-3")).to_be_checked()
    page.click(SEND)
    says(page, "Sent.")
    assert [row.face for row in held(served)] == [3]


def test_a_tap_that_leaves_the_focus_in_the_words_leaves_no_draft_behind(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    page.locator("#words").press_sequentially("Long night.")  # typed by a person, so leaving the field is a change
    page.evaluate("window.until(async () => (await window.storedNow(['drafts'])).length === 1)")
    page.locator(SEND).evaluate("(button) => button.click()")  # as on an iPhone, whose buttons take no focus
    says(page, "Sent.")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.settleDrafts()")
    assert served.stored(page, ("drafts",)) == []
    page.reload()
    expect(page.locator("offline-form[state=clean]")).to_be_visible()


def test_faces_and_buttons_stand_on_a_small_screen_without_scrolling(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    for what in ("label:has(#face-1)", "label:has(#face-5)", KEEP, SEND):
        box = page.locator(what).bounding_box()
        assert box is not None and box["y"] >= 0 and box["y"] + box["height"] <= 640
        assert box["height"] >= 48 and box["width"] >= 48
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    send, keep = (page.locator(each).bounding_box() for each in (SEND, KEEP))
    assert send is not None and keep is not None and send["height"] >= 56 and send["width"] > 1.5 * keep["width"]


def test_minutes_are_asked_only_after_a_talk_and_a_second_tap_takes_an_answer_back(
    phone: BrowserContext, served: Served
) -> None:
    page = open_page(phone, served, "/check-in")
    minutes, helped = page.locator("#minutes"), page.locator("#helped")
    expect(minutes).to_be_hidden()
    tap(page, "In person")
    expect(minutes).to_be_visible()
    expect(helped).to_be_visible()
    expect(page.locator("label", has_text="120")).to_be_hidden()
    page.click("[data-more]")
    tap(page, "120")
    tap(page, "In person")
    expect(minutes).to_be_hidden()
    page.locator("label", has_text="Hard").nth(1).click()
    page.click(SEND)
    says(page, "Sent.")
    (row,) = held(served)
    assert (row.face, row.contact, row.minutes) == (2, None, None)


def test_a_practical_question_opens_the_words(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    tap(page, "A practical question")
    expect(page.locator("#words")).to_be_focused()


def test_nothing_at_all_is_not_saved_and_says_so(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    page.click(SEND)
    says(page, "One is enough.")
    assert waiting(page) == 0


def test_keeping_a_wish_to_talk_is_asked_first(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    tap(page, "I'd like to talk")
    page.click(KEEP)
    expect(page.locator("#sure")).to_contain_text("Ana will not know")
    page.click("#sure button[value=no]")
    assert waiting(page) == 0
    page.click(KEEP)
    page.click("#sure button[value=yes]")
    says(page, "Kept.")
    (row,) = held(served)
    assert (row.audience, row.need) == ("self", "talk")


def test_after_sending_it_can_be_changed_and_taken_back_here(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    page.click("label:has(#face-1)")
    page.click(SEND)
    says(page, "Sent.")
    expect(page.locator("[data-very-hard]")).to_contain_text("Help now")
    page.click("[data-change]")
    page.click("label:has(#face-2)")
    page.click(SEND)
    says(page, "Sent.")
    expect(page.locator("[data-very-hard]")).to_be_hidden()
    (row,) = held(served)
    assert (row.face, row.changed_at is not None) == (2, True)
    page.click("[data-do=take-back]")
    says(page, "Taken back.")
    until_sent(page)
    (row,) = held(served)
    assert row.taken_back_at is not None and row.face is None


def test_without_signal_it_is_saved_shown_and_sent_later(phone: BrowserContext, served: Served) -> None:
    earlier(served, face=3, contact="call", minutes=5)
    page = open_page(phone, served, "/check-in")
    go_offline(phone, served, page)
    visit(page, served, "/check-in?face=5")
    expect(page.locator("#face-5")).to_be_checked()
    expect(page.locator(SEND)).to_have_text("Send to Ana")
    expect(page.locator("#contact legend")).to_contain_text("Contact with Ana since")
    tap(page, "In person")
    tap(page, "15")
    expect(page.locator("#helped")).to_be_hidden()
    page.fill("#words", "Nobody fell.")
    page.click(SEND)
    says(page, "Saved on this phone.")
    visit(page, served, "/check-ins")
    first = page.locator("[data-list=all] li").first
    expect(first).to_contain_text("Waiting on this phone")
    expect(first).to_contain_text("In person, 15 minutes")
    expect(page.locator("[data-list=questions]")).to_be_hidden()
    served.start()
    until_sent(page)
    visit(page, served, "/check-ins")
    expect(page.locator("main li")).to_have_count(2)
    expect(page.locator("main li").first).to_contain_text("Sent to Ana")
    row = held(served)[-1]
    assert (row.face, row.contact, row.minutes, row.words_sealed is not None) == (5, "in_person", 15, True)
    assert row.pairing_id == served.cast.pairing


def test_the_answer_to_a_practical_question_is_found_without_signal(phone: BrowserContext, served: Served) -> None:
    asked = earlier(served, answer="Top drawer, left.", need="question", words="Where are the pump keys?")
    page = open_page(phone, served, "/check-ins")
    go_offline(phone, served, page)
    visit(page, served, "/check-ins?show=questions")
    shown = page.locator("[data-list=questions] li")
    expect(shown).to_contain_text("Where are the pump keys?")
    expect(shown).to_contain_text("Top drawer, left.")
    visit(page, served, "/check-ins")
    all_of_them = page.locator("[data-list=all]")
    expect(all_of_them.locator("li")).to_have_count(1)
    # Any change on this phone draws the list again.
    page.evaluate("Promise.all([...document.querySelectorAll('mirror-list')].map((list) => list.render()))")
    expect(all_of_them.locator("li")).to_have_count(1)
    expect(all_of_them.locator("li")).to_contain_text("A practical question")
    expect(all_of_them.locator("li .written").first).to_be_hidden()  # folded, for whoever looks over a shoulder
    visit(page, served, f"/check-ins/{asked}")
    expect(page.locator("main")).to_contain_text("Where are the pump keys?")
    expect(page.locator("main blockquote")).to_contain_text("Top drawer, left.")


def test_a_kept_check_in_is_changed_and_sent_without_signal(phone: BrowserContext, served: Served) -> None:
    shift = {"start": "2026-03-01T19:30", "end": "2026-03-02T07:30"}
    kept = earlier(served, audience="self", face=1, words="Mine.", shift=shift, shift_date="2026-03-01")
    page = open_page(phone, served, "/check-ins")
    go_offline(phone, served, page)
    visit(page, served, f"/check-ins/{kept}/change")
    expect(page.locator("#face-1")).to_be_checked()
    expect(page.locator("#words")).to_have_value("Mine.")
    expect(page.locator("[data-when-said]")).to_contain_text("Sun 19:30")
    page.fill("#words", "For Ana too.")
    page.click(SEND)
    says(page, "Saved on this phone.")
    served.start()
    until_sent(page)
    (row,) = held(served)
    assert (row.id, row.audience, row.about, row.shift_date.isoformat()) == (kept, "mentor", "shift", "2026-03-01")


def test_a_check_in_is_taken_back_without_signal(phone: BrowserContext, served: Served) -> None:
    sent = earlier(served, words="Too much.")
    page = open_page(phone, served, "/check-ins")
    go_offline(phone, served, page)
    visit(page, served, f"/check-ins/{sent}")
    page.locator("summary", has_text="Take back").click()
    page.click("text=Take it back")
    page.wait_for_url("**/check-ins")
    expect(page.locator("main")).not_to_contain_text("Too much.")
    served.start()
    until_sent(page)
    (row,) = held(served)
    assert row.taken_back_at is not None


def test_the_mentor_reads_and_says_so_without_signal(phone_of: PhoneOf, served: Served) -> None:
    sent = earlier(served, words="For Ana.", helped="no", contact="call", minutes=5)
    context = phone_of(served.cast.ana)
    page = open_page(context, served, "/check-ins")
    go_offline(context, served, page)
    visit(page, served, f"/check-ins/{sent}")
    main = page.locator("main")
    expect(main).to_contain_text("For Ana.")
    expect(page.locator("summary", has_text="Take back")).to_be_hidden()
    expect(page.get_by_text("Did the talk help?")).to_be_hidden()
    page.click("text=I read this")
    expect(main).to_contain_text("Marked as read.")
    served.start()
    until_sent(page)
    (row,) = held(served)
    assert row.read_at is not None


def test_a_phone_that_knows_no_mentor_says_my_mentor(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary, kind="shared")
    page = open_page(context, served, "/check-in")
    until_worker(page)
    served.stop()
    visit(page, served, "/check-in")
    expect(page.locator(SEND)).to_have_text("Send to my mentor")
    page.click("label:has(#face-3)")
    page.click(SEND)
    says(page, "Saved on this phone.")
    served.start()
    until_sent(page)
    (row,) = held(served)
    assert (row.face, row.pairing_id) == (3, served.cast.pairing)


def test_a_typed_night_is_proposed_next_time_without_signal(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    page.click("summary")
    expect(page.locator("#day")).to_be_hidden()
    tap(page, "Another day or shift")
    page.evaluate("""() => {
      const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      for (const [name, value] of [["day", day], ["starts", "19:30"], ["ends", "07:30"]]) {
        const field = document.getElementById(name);
        field.value = value;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }""")
    expect(page.locator("[data-when-said]")).to_contain_text("your night")
    page.click("label:has(#face-2)")
    page.click(SEND)
    says(page, "Sent.")
    go_offline(phone, served, page)
    visit(page, served, "/check-in")
    expect(page.locator("[data-when-said]")).to_contain_text("your night")
    (row,) = held(served)
    assert row.shift_start is not None and row.shift_end is not None


def test_a_patients_name_is_warned_of_and_never_blocked(phone: BrowserContext, served: Served) -> None:
    page = open_page(phone, served, "/check-in")
    page.fill("#words", "Mrs Miller in bed 4 fell.")
    expect(page.get_by_text("This looks like it may name a patient.")).to_be_visible()
    page.click(KEEP)
    says(page, "Kept.")


def test_what_was_answered_before_the_scripts_came_stays(phone_of: PhoneOf, served: Served) -> None:
    context = phone_of(served.cast.mary, service_workers="block")
    page = open_page(context, served, "/check-in")
    older, newer = "Written an hour ago.", "Written before the scripts came."
    until_sent(page)
    page.locator("#words").fill(older)
    page.evaluate("window.settleDrafts()")
    late: list[Route] = []
    context.route("**/js/main.js", lambda route: late.append(route))
    page.goto(f"{served.address}/check-in?face=2", wait_until="commit")
    until(lambda: page.evaluate("1") and late, "the scripts")
    page.locator("label:has(#face-4)").click()
    page.locator("#words").fill(newer)
    for route in late:
        route.continue_()
    expect(page.get_by_text(older)).to_be_visible()
    expect(page.locator("#words")).to_have_value(newer)
    expect(page.locator("#face-4")).to_be_checked()
    page.get_by_role("button", name="Use it").click()
    expect(page.locator("#words")).to_have_value(older)
