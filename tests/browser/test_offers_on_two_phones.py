"""Offers, told with two phones and a desk: both say yes, one says not this time, a mentee asks herself."""

from __future__ import annotations

from uuid import UUID

from playwright.sync_api import expect

from tests.browser.test_accessibility import in_both_lights
from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.pages import follow, press
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast, person
from webapp.database import db, uuid7, writing
from webapp.matching import Evidence, Explanation
from webapp.matching.offers import Offer, OfferWanted, make_offers, open_directory
from webapp.people import Person
from webapp.profiles.actions import say
from webapp.profiles.fields import About, Goals
from webapp.programmes import Programme, enrol

REASONS = Explanation(800_000, (), Evidence(goals=("wound care",)))
BECAUSE = "I go on leave in May."
LINE = "I start on nights. May I learn from you?"


def with_people(server: Server, cast: Cast) -> dict[str, UUID]:
    """Nia and Tom look for a mentor; Omar and Zoe have a place each. All said what they want or know."""
    with server.inside(), writing():
        carol, programme = db.session.get_one(Person, cast.carol), db.session.get_one(Programme, cast.programme)
        ids = {}
        for name, role in (
            ("Nia Evans", "mentee"),
            ("Tom Reed", "mentee"),
            ("Omar Aziz", "mentor"),
            ("Zoe Hall", "mentor"),
        ):
            row = person(name, {role})
            db.session.flush()
            part = enrol(carol, programme, row, role)
            say(row, Goals.model_validate({"goals": [{"word": "wound care", "priority": 3}]}), part)
            say(row, About(words=f"I am {row.first_name}. I like calm mornings."))
            ids[row.first_name] = row.id
        return ids


def offer_from_a_run(server: Server, cast: Cast, mentee: UUID, mentor: UUID) -> UUID:
    with server.inside(), writing():
        programme, carol = db.session.get_one(Programme, cast.programme), db.session.get_one(Person, cast.carol)
        wanted = OfferWanted(mentee, mentor, run_id=uuid7(), reasons=REASONS)
        return make_offers(programme, [wanted], carol).made[0].id


def ended(server: Server, offer_id: UUID) -> str | None:
    with server.inside():
        return db.session.get_one(Offer, offer_id).closed_how


def no_barriers(device: Device, path: str) -> None:
    found = in_both_lights(device, path, set())
    assert not found, "\n  ".join(["", *found])


def test_both_say_yes_and_the_pair_is_on_both_phones(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    ids = with_people(server, people)
    offer_id = offer_from_a_run(server, people, ids["Nia"], ids["Omar"])
    hers, his = sign_in(new_device(), ids["Nia"]), sign_in(new_device(alone=True), ids["Omar"])
    page = hers.go("/")
    expect(page.get_by_role("heading", name="A mentor for you: Omar Aziz")).to_be_visible()
    expect(page.get_by_text("You want to learn this, and your mentor knows it: wound care.")).to_be_visible()
    page.get_by_text("More about Omar").click()
    expect(page.get_by_text("I like calm mornings.")).to_be_visible()
    no_barriers(hers, f"/offers/{offer_id}")
    no_barriers(hers, "/")
    press(page, "Yes, I would like that")
    expect(page.get_by_text("The other person is asked too.").first).to_be_visible()
    his.without_scripts()
    other = his.go("/")
    expect(other.get_by_role("heading", name="Nia Evans would like a mentor. Is it you?")).to_be_visible()
    press(other, "Yes, I would like that")
    expect(other.get_by_text("You two are a pair now.")).to_be_visible()
    expect(other.get_by_label("Your mentee, Nia Evans")).to_be_visible()
    expect(hers.go("/").get_by_label("Your mentor, Omar Aziz")).to_be_visible()


def test_not_this_time_is_thought_over_passed_on_and_followed_by_the_next(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    ids = with_people(server, people)
    offer_id = offer_from_a_run(server, people, ids["Nia"], ids["Omar"])
    his = sign_in(new_device(), ids["Omar"])
    page = his.go("/")
    press(page, "Not this time")
    expect(page.get_by_text("Nobody has been told yet.")).to_be_visible()
    no_barriers(his, f"/offers/{offer_id}")
    press(page, "Think again")
    press(page, "Not this time")
    page.get_by_label("Do you want to say why?").fill(BECAUSE)
    press(page, "Send")
    expect(page.get_by_text("Only your coordinator reads it.")).to_be_visible()
    server.move_clock(minutes=11)
    until(lambda: ended(server, offer_id) == "declined", "that it is passed on")
    hers = sign_in(new_device(), ids["Nia"])
    expect(hers.go("/").get_by_role("heading", name="A mentor for you: Zoe Hall")).to_be_visible()
    expect(hers.page.get_by_text("Omar")).to_have_count(0)
    desk = sign_in(new_device(), people.carol)
    listed = f"/programme/{people.programme}/offers"
    expect(desk.go(listed).get_by_text(BECAUSE)).to_be_visible()
    no_barriers(desk, listed)


def test_a_mentee_finds_a_mentor_herself(server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    ids = with_people(server, people)
    with server.inside(), writing():
        programme, carol = db.session.get_one(Programme, people.programme), db.session.get_one(Person, people.carol)
        open_directory(carol, programme, unconfirmed=False)
    hers, his = sign_in(new_device(), ids["Nia"]), sign_in(new_device(), ids["Omar"])
    page = hers.go("/")
    follow(page, "Find a mentor")
    page.get_by_label("Look for a word").fill("omar")
    press(page, "Look")
    expect(page.get_by_role("heading", name="Zoe Hall")).to_have_count(0)
    no_barriers(hers, "/mentors")
    follow(page, "See more, and ask: Omar Aziz")
    no_barriers(hers, page.url.removeprefix(hers.url))
    page.get_by_label("One line to ask").fill(LINE)
    press(page, "Ask Omar")
    expect(page.get_by_text("You asked Omar Aziz.")).to_be_visible()
    other = his.go("/")
    expect(other.get_by_text(LINE)).to_be_visible()
    press(other, "Yes, I would like that")
    desk = sign_in(new_device(), people.carol)
    listed = f"/programme/{people.programme}/offers"
    desk.go(listed)
    no_barriers(desk, listed)
    no_barriers(desk, f"/programme/{people.programme}/directory")
    desk.go(listed)
    press(desk.page, "Confirm Nia Evans and Omar Aziz")
    expect(desk.page.get_by_text("They are a pair now.")).to_be_visible()
    expect(hers.go("/").get_by_label("Your mentor, Omar Aziz")).to_be_visible()
