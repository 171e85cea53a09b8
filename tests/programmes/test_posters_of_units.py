"""A unit's poster leads to the same door; whoever asks from it is shown with the unit, and nothing else is believed."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import select

from tests.client import Browser
from tests.people import Cast
from tests.programmes.building import site_with_unit
from tests.programmes.test_asking import ask, code, decide
from webapp.database import db, writing
from webapp.people import Person, Unit
from webapp.programmes import Programme, let_coordinate
from webapp.programmes.models import JoinRequest

__all__ = ["code"]


def poster_code(cast: Cast, browser: Browser, unit: UUID | None) -> str:
    """The code on the poster that Carol prints."""
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/kit/poster?unit={unit or ''}").text
    [found] = set(re.findall(r"/ask/([0-9A-Z]+)", page))
    return str(found)


def asked_from() -> list[UUID | None]:
    db.session.rollback()
    return list(db.session.scalars(select(JoinRequest.unit_id).order_by(JoinRequest.asked_at, JoinRequest.id)))


def test_whoever_asks_from_a_units_poster_is_shown_and_invited_with_it(cast: Cast, browser: Browser, code: str) -> None:
    _, unit = site_with_unit("Southside")
    assert poster_code(cast, browser, None) == code
    its_code = poster_code(cast, browser, unit)
    assert "Ward of Southside" in browser.get(f"/ask/{its_code}").text
    assert ask(browser, f"/ask/{its_code}", staff_number="q7")[0] == 200
    assert ask(browser, "/ask", staff_number="q8", code=its_code.lower())[0] == 200
    assert ask(browser, f"/ask/{code}", staff_number="q9")[0] == 200
    assert asked_from() == [unit, unit, None]
    waiting = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/requests").text
    assert waiting.count("from the poster of Ward of Southside") == 2
    decide(cast, browser, "accept")
    assert db.session.scalars(select(Person.unit_id).where(Person.staff_number == "Q7")).one() == unit


def test_the_letters_of_a_unit_that_nobody_knows_lead_to_the_door_alone(
    cast: Cast, browser: Browser, code: str
) -> None:
    _, unit = site_with_unit("Southside")
    its_code = poster_code(cast, browser, unit)
    assert ask(browser, f"/ask/{its_code}", staff_number="q7")[0] == 200
    with writing():
        db.session.delete(db.session.get_one(Unit, unit))
    assert asked_from() == [None], "what was asked stays"
    assert ask(browser, f"/ask/{its_code}", staff_number="q8")[0] == 200
    assert asked_from() == [None, None]
    assert ask(browser, "/ask", staff_number="q9", code="X" + its_code[1:])[0] == 422


def test_a_coordinator_of_one_site_prints_for_it_and_presets_no_other(cast: Cast, browser: Browser, code: str) -> None:
    south, unit = site_with_unit("Southside")
    _, elsewhere = site_with_unit("Northside")
    northern = poster_code(cast, browser, elsewhere)
    with writing():
        carol, programme = db.session.get_one(Person, cast.carol), db.session.get_one(Programme, cast.programme)
        let_coordinate(carol, programme, {cast.carol: frozenset({south})})
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/kit/poster").text
    assert f"unit={unit}" in page and f"unit={elsewhere}" not in page
    assert poster_code(cast, browser, elsewhere) == code
    ask(browser, f"/ask/{northern}", staff_number="q7")
    decide(cast, browser, "accept")
    assert db.session.scalars(select(Person.unit_id).where(Person.staff_number == "Q7")).one() is None
