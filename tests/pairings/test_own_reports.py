"""A coordinator who is a manager as well: the pairs of her own reports are another coordinator's."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.client import Browser
from tests.database.counting import statements
from tests.people import Cast, person
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.feedback import FeedbackFields, give_feedback, to_act_on
from webapp.ledger import Written
from webapp.people import Person
from webapp.programmes import ProgrammeCoordinator
from webapp.staff import StaffRecord


def reports_to(below: UUID, above: UUID) -> None:
    with writing():
        db.session.add(StaffRecord(person_id=below, manager_id=above, languages=[]))


@pytest.fixture
def charge_nurse(cast: Cast) -> UUID:
    """Between Carol and whoever reports to Carol over one more step."""
    with writing():
        nurse = person("Nell Charge", set())
        db.session.flush()
    reports_to(nurse.id, cast.carol)
    return nurse.id


@pytest.fixture
def second_coordinator(cast: Cast) -> UUID:
    with writing():
        olga = person("Olga Hart", {"coordinator"})
        db.session.flush()
        db.session.add(ProgrammeCoordinator(programme_id=cast.programme, person_id=olga.id))
    return olga.id


@pytest.mark.parametrize("who", ["mary", "ana"])
def test_their_pairs_are_not_hers_and_are_the_other_coordinators(
    cast: Cast, browser: Browser, charge_nurse: UUID, second_coordinator: UUID, who: str
) -> None:
    page = f"/programme/pairs/{cast.pairing}"
    browser.sign_in(cast.carol)
    assert "Mary Okafor" in browser.get("/programme").text
    reports_to(getattr(cast, who), charge_nurse)
    for everybody in ("/programme", "/programme/pairs", "/programme/pairs/print", "/programme/pairs.csv"):
        assert "Mary Okafor" not in browser.get(everybody).text
    for address in (page, f"{page}/end", f"{page}/talks/new"):
        assert browser.get(address).status_code == 404
    browser.sign_in(second_coordinator)
    assert "Mary Okafor" in browser.get("/programme").text
    assert browser.get(page).status_code == 200


def test_she_cannot_pair_them(cast: Cast, browser: Browser, charge_nurse: UUID) -> None:
    reports_to(cast.charlie, charge_nurse)
    page = browser.sign_in(cast.carol).get("/programme/pairs/new").text
    assert "Ana Ruiz" in page
    assert "Charlie Doe" not in page


def test_what_they_ask_to_be_acted_on_is_not_hers(cast: Cast, charge_nurse: UUID, second_coordinator: UUID) -> None:
    fields = FeedbackFields.model_validate({"pairing": cast.pairing, "helps": 2, "words": "Help.", "act": True})
    with writing():
        written = Written(entity=uuid7(), op=uuid7(), at=now(), zone="Europe/London")
        give_feedback(db.session.get_one(Person, cast.mary), written, fields)
    carol, olga = (db.session.get_one(Person, each) for each in (cast.carol, second_coordinator))
    assert len(to_act_on(carol)) == 1
    reports_to(cast.mary, charge_nurse)
    assert (len(to_act_on(carol)), len(to_act_on(olga))) == (0, 1)


def test_a_page_asks_once_who_reports_to_her(cast: Cast, browser: Browser, charge_nurse: UUID) -> None:
    reports_to(cast.charlie, charge_nurse)
    browser.sign_in(cast.carol)
    with statements() as asked:
        page = browser.get("/programme").text
    assert "Mary Okafor" in page
    assert len([each for each in asked if "WITH RECURSIVE below" in each]) == 1
