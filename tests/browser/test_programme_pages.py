"""axe finds nothing on the pages of one programme, in light and in dark."""

from __future__ import annotations

from datetime import date

from tests.browser.test_accessibility import in_both_lights
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.server import Server
from tests.people import Cast
from webapp.database import db, writing
from webapp.people import Person
from webapp.programmes import Programme, enrol
from webapp.programmes.actions.objectives import Aim, add_objective
from webapp.programmes.rules import MEASURES
from webapp.programmes.views.kit import PAGES

SET_UP = ("set-up", "edit", "rhythm", "coordinators", "agreement", "repeat", "end", "people", "cohorts")
FIGURES = ("objectives", "objectives/all", "objectives/new", "places", "week")
KIT = ("kit", "plan", *(f"kit/{page}" for page in PAGES))


def test_axe_finds_nothing_on_the_pages_of_a_programme(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    with server.inside(), writing():
        carol, mary = db.session.get_one(Person, people.carol), db.session.get_one(Person, people.mary)
        programme = db.session.get_one(Programme, people.programme)
        programme.starts_on, programme.purpose = date(2026, 3, 2), "New nurses settle in well."
        for measure in MEASURES:
            add_objective(carol, programme, Aim("welcome", measure, 80, date(2099, 12, 31), baseline=40))
        enrol(carol, programme, mary, "mentee")
    device = new_device()
    sign_in(device, people.carol)
    seen: set[object] = set()
    paths = [f"/programme/{people.programme}/{page}" for page in (*SET_UP, *FIGURES, *KIT)]
    found = [said for path in paths for said in in_both_lights(device, path, seen)]
    assert len(seen) == len(paths)
    assert not found, "\n  ".join(["", *sorted(set(found))])
