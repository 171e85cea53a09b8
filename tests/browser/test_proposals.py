"""A coordinator has pairs proposed, understands them, chooses another mentor for one, and has people asked."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.test_accessibility import in_both_lights
from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.pages import press
from tests.harness.server import Server
from tests.matching.ward import joins, listed
from tests.people import Cast
from webapp.database import db
from webapp.matching.offers import Offer
from webapp.people import Person


def test_from_a_list_of_people_to_people_who_are_asked(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    with server.inside():
        fill(people)
    carol = new_device()
    sign_in(carol, people.carol)
    page = carol.page
    page.goto(f"{carol.url}/programme")
    page.get_by_role("link", name="Propose pairs").click()
    expect(page.get_by_text("Mentees without a mentor: 3. Mentors: 3, with 3 free places.")).to_be_visible()
    page.get_by_role("button", name="Propose pairs").press("Enter")
    go_on(page)
    expect(page.get_by_text("2 of 3 mentees have a proposal.")).to_be_visible()
    expect(page.get_by_text("One is the other's line manager. 1 mentor")).to_be_visible()
    page.get_by_role("link", name="Ivy Chen").click()
    expect(page.get_by_text("The mentor knows what the mentee wants to learn: sleep.").first).to_be_visible()
    page.get_by_label("Find a mentor by name").fill("noa")
    press(page, "Find")
    page.get_by_role("radio", name="Noa Levi").check()
    page.get_by_role("button", name="Choose this mentor").click()
    expect(page.get_by_text("You chose this mentor")).to_be_visible()
    page.get_by_role("button", name="Solve again").click()
    go_on(page)
    expect(page.get_by_role("row", name="Ivy Chen")).to_contain_text("Noa Levi")
    barriers = on_every_page(carol, page)
    assert not barriers, "\n  ".join(["", *barriers])
    page.get_by_role("checkbox", name="Approve Ivy Chen").check()
    page.get_by_role("button", name="Approve those with a tick").click()
    expect(page.get_by_text("1 pair is asked now.")).to_be_visible()
    with server.inside():
        offer = db.session.scalars(select(Offer)).one()
        names = [db.session.get_one(Person, each).name for each in (offer.mentee_id, offer.mentor_id)]
    assert names == ["Ivy Chen", "Noa Levi"]


def fill(people: Cast) -> None:
    """Kai's line manager is the only mentor who is left for Kai."""
    joins(people, "Uma Rao", "mentee", ("sleep", "handover"), shifts="nights")
    joins(people, "Ivy Chen", "mentee", ("sleep",))
    kai = joins(people, "Kai Wood", "mentee", ("ventilators",))
    joins(people, "Omar Haddad", "mentor", ("sleep", "handover"), shifts="nights")
    joins(people, "Lea Blum", "mentor", ("sleep",))
    noa = joins(people, "Noa Levi", "mentor", ("ventilators",))
    listed(kai, manager_id=noa, employer="Lantern")
    for name in ("Omar", "Lea"):
        other = db.session.scalars(select(Person.id).where(Person.name.startswith(name))).one()
        listed(other, employer="Northgate")


def go_on(page: Page) -> None:
    """Wait for the worker, which the page sees by itself, and look at what it did."""
    page.get_by_role("link", name="Go on").click(timeout=60_000)


def on_every_page(device: Device, page: Page) -> list[str]:
    """What axe finds on the pages of this run, in light and in dark."""
    draft = urlsplit(page.url).path
    start = draft.partition("/runs/")[0]
    mentee = urlsplit(page.get_by_role("link", name="Ivy Chen").get_attribute("href") or "").path
    compare = urlsplit(page.get_by_role("link", name="Compare with the run before").get_attribute("href") or "").path
    seen: set[object] = set()
    found = [
        said
        for path in (start, mentee, compare, f"{draft}/print", draft)
        for said in in_both_lights(device, path, seen)
    ]
    assert len(seen) == 5
    return found
