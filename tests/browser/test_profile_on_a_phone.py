"""A profile is filled in with a thumb, and what is typed without signal is given back until it is sent."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import in_both_lights
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.pages import wait_until_known
from tests.harness.server import Server
from tests.people import Cast
from webapp.database import db, writing
from webapp.people import Person
from webapp.profiles import begin_with_words, profiles_of, vocabulary
from webapp.profiles.actions import say
from webapp.profiles.fields import Background, Goals, Languages
from webapp.programmes import Programme, enrol, enrolments_of

WORDS = "My mum is a nurse too."
MOST_TAPS = 25


@pytest.fixture
def parts(server: Server, people: Cast) -> dict[str, UUID]:
    """Mary and Ana take part; the organisation has its words."""
    with server.inside(), writing():
        begin_with_words(None)
        carol, programme = db.session.get_one(Person, people.carol), db.session.get_one(Programme, people.programme)
        rows = {
            role: enrol(carol, programme, db.session.get_one(Person, who), role)
            for role, who in (("mentee", people.mary), ("mentor", people.ana))
        }
        db.session.flush()
        return {role: row.id for role, row in rows.items()}


def test_a_profile_is_filled_in_with_a_few_taps(
    server: Server, people: Cast, parts: dict[str, UUID], new_device: NewDevice, sign_in: SignIn
) -> None:
    page = sign_in(new_device(), people.mary).go("/")
    taps = Taps(page)
    taps.link("Begin")
    taps.link("Begin")
    for heading, chips in (
        ("What do you want to learn?", ("Handover", "Confidence", "Getting over night shifts")),
        ("What matters most?", ("Most of all",)),
        ("What do you like?", ("Running", "Cooking")),
        ("Which languages do you speak?", ("English",)),
        ("How do you like to work?", ("I plan ahead", "I watch first, then do")),
        ("When do you usually work?", ("Nights (19:30–08:00)",)),
    ):
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        for chip in chips:
            taps.chip(chip)
        taps.save()
    expect(page.get_by_role("heading", level=1)).to_have_text("A few words about you")
    taps.link("Skip this")
    expect(page.get_by_role("strong").get_by_text("5 of 6")).to_be_visible()
    assert taps.count <= MOST_TAPS
    with server.inside():
        facts = profiles_of([people.mary])[people.mary]
        assert facts.interests == {"Running", "Cooking"} and set(facts.style) == {"plan", "learn"}
        goals = facts.part(parts["mentee"]).goals
        assert {goal.word for goal in goals if goal.priority == 3} == {"Handover"}  # the first that is asked about


def test_what_is_typed_without_signal_is_kept_and_given_back(
    server: Server, people: Cast, parts: dict[str, UUID], new_device: NewDevice, sign_in: SignIn
) -> None:
    device = sign_in(new_device(), people.mary)
    page = device.go("/profile/about")
    wait_until_known(device)
    device.offline()
    device.type("#words", WORDS)
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("online-form [data-status]")).to_contain_text("This is not sent yet.")
    expect(page.locator("#words")).to_have_value(WORDS)
    device.show("about:blank")
    device.online()
    page = device.go("/profile/about")
    expect(page.locator("#words")).to_have_value(WORDS)
    expect(page.locator("online-form [data-status]")).to_contain_text("This is what you had typed.")
    with server.inside():
        assert not profiles_of([people.mary])[people.mary].interests
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your profile")
    expect(page.get_by_role("strong").get_by_text("1 of 6")).to_be_visible()
    page = device.go("/profile/about")
    expect(page.locator("#words")).to_have_value(WORDS)
    expect(page.locator("online-form [data-status]")).to_be_empty()  # no ghost of the draft


def test_a_phone_that_does_not_know_yet_whose_it_is_does_not_say_that_it_kept_anything(
    server: Server, people: Cast, parts: dict[str, UUID], new_device: NewDevice, sign_in: SignIn
) -> None:
    device = sign_in(new_device(), people.mary)
    device.context.route("**/sync/session", lambda route: route.abort())  # the signal went when the page had just come
    page = device.go("/profile/about")
    device.type("#words", WORDS)
    device.offline()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("online-form [data-status]")).to_contain_text("do not close this page")
    device.context.unroute("**/sync/session")
    device.online()
    device.page.route("**/profile/about", lambda route: route.abort())
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("online-form [data-status]")).to_contain_text("What you typed stays on this phone.")
    device.page.unroute("**/profile/about")
    page = device.go("/profile/about")
    expect(page.locator("#words")).to_have_value(WORDS)


def test_axe_finds_nothing_on_the_pages_of_a_profile(
    server: Server, people: Cast, parts: dict[str, UUID], new_device: NewDevice, sign_in: SignIn
) -> None:
    with server.inside():
        with writing():
            mary = db.session.get_one(Person, people.mary)
            part = next(row for row in enrolments_of(mary) if row.id == parts["mentee"])
            say(mary, Goals.model_validate({"goals": [{"word": "Handover"}, {"word": "Confidence"}]}), part)
            say(mary, Languages(words=("es",)))
            say(mary, Background(chosen=("abroad",), leaning="like"))
        a_tag = vocabulary().tags[0].id
    own = [f"/profile/in/{parts['mentee']}/{topic}" for topic in ("goals", "priorities", "musts", "choices")]
    own += [f"/profile/{topic}" for topic in ("interests", "languages", "style", "week", "about", "background")]
    desk = [f"/programme/{people.programme}/profiles", f"/programme/words/{a_tag}"]
    desk.append(f"/programme/{people.programme}/profiles/{parts['mentee']}")
    found = []
    for who, paths in ((people.mary, own), (people.carol, desk)):
        device, seen = sign_in(new_device(), who), set[object]()
        found += [said for path in paths for said in in_both_lights(device, path, seen)]
        assert len(seen) == len(paths)
    assert not found, "\n  ".join(["", *sorted(set(found))])


class Taps:
    """A thumb, and how often it taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def link(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()
        self.count += 1

    def chip(self, name: str) -> None:
        self.page.locator("label.chip", has=self.page.get_by_text(name, exact=True)).first.click()
        self.count += 1

    def save(self) -> None:
        before = self.page.url
        self.page.get_by_role("button", name="Save and go on").click()
        self.count += 1
        self.page.wait_for_url(lambda url: url != before)
