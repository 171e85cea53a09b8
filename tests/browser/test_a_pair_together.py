"""The life of a pair on two phones: both sign, a goal is set and reached, one asks for a change, both stay in touch."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from tests.browser.test_accessibility import in_both_lights
from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.pages import press
from tests.harness.server import Server
from tests.people import Cast, person
from webapp.database import db, writing
from webapp.pairings import Pairing
from webapp.pairings.goals.models import Goal
from webapp.pairings.partings.staying import ask_to_stay
from webapp.people import Person
from webapp.programmes import Programme, enrol

SKILL = "Put in a cannula without help"


def no_barriers(device: Device, *paths: str) -> None:
    seen: set[object] = set()
    found = [said for path in paths for said in in_both_lights(device, path, seen)]
    assert len(seen) == len(paths)
    assert not found, "\n  ".join(["", *sorted(set(found))])


def test_both_sign_and_a_goal_is_set_without_signal_and_reached(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    pair = f"/pair/{people.pairing}"
    hers, anas = sign_in(new_device(), people.mary), sign_in(new_device(), people.ana)
    page = hers.go(pair)
    page.get_by_role("link", name="Read and sign").click()
    press(page, "Sign as Mary Okafor")
    expect(page.get_by_text("Ana Ruiz: not signed yet")).to_be_visible()
    press(anas.go(f"{pair}/agreement"), "Sign as Ana Ruiz")
    expect(hers.go(pair).get_by_text("Signed by you both")).to_be_visible()

    page = hers.go(f"{pair}/goals")
    page.get_by_role("radio", name="A practical skill").check(force=True)
    page.get_by_label("What do you want to reach or learn?").fill(SKILL)
    hers.offline()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("This is not sent yet.")).to_be_visible()
    expect(page.get_by_label("What do you want to reach or learn?")).to_have_value(SKILL)
    hers.online()
    page = hers.go(f"{pair}/goals")
    expect(page.get_by_text("This is what you had typed.")).to_be_visible()
    expect(page.get_by_label("What do you want to reach or learn?")).to_have_value(SKILL)
    press(page, "Keep this")
    page.get_by_role("link", name=SKILL).click()
    with server.inside():
        (goal,) = db.session.scalars(select(Goal))
        assert (goal.kind, goal.words) == ("practical", SKILL)
        one = f"{pair}/goals/{goal.id}"
    page.get_by_label("A next step").fill("Watch Ana once")
    press(page, "Add this step")
    press(page, "Done: Watch Ana once")
    page.get_by_role("radio", name="8", exact=True).check(force=True)
    press(page, "I have reached it")
    expect(anas.go(one).get_by_text("Sure now: 8 of 10.")).to_be_visible()
    page = hers.go(f"{pair}/goals")
    expect(page.get_by_text("This is what you had typed.")).to_have_count(0)
    no_barriers(hers, pair, f"{pair}/agreement", f"{pair}/goals", one, f"{one}/change", f"{pair}/remember")
    no_barriers(anas, one, f"{pair}/next", f"{pair}/reach", f"{pair}/agreement/print")


def test_one_asks_for_a_change_and_at_the_end_both_stay_in_touch(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    pair = f"/pair/{people.pairing}"
    hers, anas = sign_in(new_device(), people.mary), sign_in(new_device(), people.ana)
    press(hers.go(f"{pair}/change"), "Ask for somebody else")
    expect(hers.page.get_by_text("Your coordinator knows. Nobody else does.")).to_be_visible()
    no_barriers(hers, f"{pair}/change")
    desk = sign_in(new_device(), people.carol)
    expect(desk.go("/programme/feedback").get_by_role("heading", name="Mary Okafor")).to_be_visible()
    no_barriers(desk, "/programme/feedback", f"/programme/pairs/{people.pairing}/end")
    expect(anas.go(pair).get_by_text("asked")).to_have_count(0)
    press(hers.go(f"{pair}/change"), "Take back")

    with server.inside(), writing():
        ask_to_stay(db.session.get_one(Person, people.carol), db.session.get_one(Pairing, people.pairing))
    for device in (hers, anas):
        page = device.go("/")
        page.get_by_role("main").get_by_role("link", name="Answer").first.click()
        page.get_by_role("radio", name="Yes, I would").check(force=True)
        press(page, "Answer")
    expect(anas.page.get_by_role("heading", name="You stay in touch")).to_be_visible()
    page = hers.go(f"{pair}/reach")
    page.get_by_label("My number, or the best way to reach me").fill("01632 960 123")
    page.get_by_label("When I am happy to hear from you").fill("Sundays")
    press(page, "Share")
    expect(page.get_by_text("Kept.")).to_be_visible()
    page = hers.go(f"{pair}/next")
    page.get_by_label("Day").fill(str(date.today() + timedelta(days=3)))
    press(page, "Keep this day")
    no_barriers(hers, pair, f"{pair}/change", "/")
    expect(desk.go("/programme/pairs").get_by_text("Mary Okafor")).to_have_count(0)


def test_a_mentor_introduces_her_mentee_to_somebody_who_is_open_to_it(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    with server.inside(), writing():
        carol, programme = db.session.get_one(Person, people.carol), db.session.get_one(Programme, people.programme)
        omar = person("Omar Aziz", {"mentor"}, carol.unit)
        db.session.flush()
        enrol(carol, programme, omar, "mentor")
        omars = omar.id
    hers, anas, his = (sign_in(new_device(), each) for each in (people.mary, people.ana, omars))
    page = his.go("/introductions")
    page.get_by_label("What can people talk to you about?").fill("Sore heels")
    page.get_by_role("radio", name="10 minutes").check(force=True)
    press(page, "I am open to it")
    ours = f"/pair/{people.pairing}/introductions"
    page = anas.go(ours)
    no_barriers(anas, ours)
    page.get_by_role("radio", name="Omar Aziz").check(force=True)
    page.get_by_label("Why, in one line").fill("You both ask why.")
    press(page, "Ask both")
    for device in (hers, his):
        device.go("/")
        device.page.get_by_role("main").get_by_role("link", name="Read and answer").click()
        device.page.get_by_role("radio", name="Yes, please").check(force=True)
        one = device.page.url.removeprefix(device.url)
        press(device.page, "Answer")
    expect(his.page.get_by_text("mary@example.org")).to_be_visible()
    expect(hers.go(one).get_by_role("heading", name="An introduction")).to_be_visible()
    expect(hers.page.get_by_text("Omar Aziz")).to_be_visible()
    no_barriers(hers, one)
    no_barriers(his, "/introductions")
