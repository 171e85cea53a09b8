"""The desk: a staff list from the file to the job that carries it out, invitations, the pairs; axe finds nothing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.test_accessibility import in_both_lights
from tests.harness.accessibility import barriers
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.server import Server
from tests.people import Cast
from webapp.clock import now
from webapp.database import db, writing
from webapp.pairings import Pairing
from webapp.pairings.models import InLine
from webapp.people import Person
from webapp.programmes import Programme
from webapp.programmes.asking.actions import ask_to_join, open_door
from webapp.programmes.asking.posters import Entrance

LIST = (
    "Staff number,Name,E-mail,Site,Unit,Role\n"
    "500,Ivy Newcomer,,North site,Ward 4,mentee\n"
    "501,Jon Newcomer,,North site,Ward 9,mentor\n"
    "502,,,North site,Ward 9,mentor\n"
)


def test_a_staff_list_is_brought_looked_at_and_carried_out_and_its_people_get_cards(
    people: Cast, new_device: NewDevice, sign_in: SignIn, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST)
    page = sign_in(new_device(), people.admin).go("/staff/import")
    assert barriers(page) == []
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_label("Only some people. Nobody is flagged.").check()
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="What this list would change")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="Importing the staff list")).to_be_visible()
    expect(page.get_by_text("It is done.")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", name="What this list changed")).to_be_visible()
    assert barriers(page) == []
    with page.expect_navigation():
        page.get_by_role("link", name="People and invitations").click()
    with page.expect_navigation():
        page.get_by_role("link", name="Invitations", exact=True).click()
    page.get_by_label("Ivy Newcomer").check()
    page.get_by_role("button", name="Print cards").click()
    expect(page.get_by_role("heading", name="Ivy Newcomer")).to_be_visible()
    assert barriers(page) == []


def test_a_coordinator_finds_a_silent_pair_and_nudges_it(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    page = sign_in(new_device(), people.carol).go("/programme/pairs")
    page.get_by_label("Tick Mary Okafor and Ana Ruiz").check()
    page.get_by_role("button", name="Nudge those I ticked").click()
    expect(page.get_by_text("1 pair was nudged.")).to_be_visible()
    page.get_by_label("Tick Mary Okafor and Ana Ruiz").check()
    page.get_by_role("button", name="Nudge those I ticked").click()
    expect(page.get_by_text("1 was nudged on")).to_be_visible()


def test_axe_finds_nothing_where_people_ask_decide_and_choose(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    with server.inside(), writing():
        carol, programme = db.session.get_one(Person, people.carol), db.session.get_one(Programme, people.programme)
        door = open_door(carol, programme, True, ["example.org"])
        ask_to_join(Entrance(door), "Pat New", "pat@example.org", None, "mentee", "en")
        db.session.get_one(Pairing, people.pairing).in_line = InLine(pairing_id=people.pairing, since=now())
        code = door.code
    seen: set[object] = set()
    desk = [f"/programme/{people.programme}/{page}" for page in ("door", "requests", "kit/poster", "week")]
    found = []
    for who, paths in (
        (people.carol, [*desk, f"/ask/{code}", "/asked"]),
        (people.mary, [f"/pair/{people.pairing}/line"]),
    ):
        device = sign_in(new_device(), who)
        found += [said for path in paths for said in in_both_lights(device, path, seen)]
    assert len(seen) == 7
    assert not found, "\n  ".join(["", *sorted(set(found))])
