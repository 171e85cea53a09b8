"""Asking to take part from a poster or with a work e-mail; a coordinator decides, and nothing says who is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.client import Browser
from tests.insight.test_own_reports import reports_to
from tests.people import Cast
from webapp.clock import now
from webapp.database import db, writing
from webapp.people import Person
from webapp.programmes import Programme, enrolled_in
from webapp.programmes.asking.actions import forget_requests, open_door
from webapp.programmes.models import Door, JoinRequest

THANKS = "Thank you"


@pytest.fixture
def code(cast: Cast) -> str:
    with writing():
        carol, programme = db.session.get_one(Person, cast.carol), db.session.get_one(Programme, cast.programme)
        return open_door(carol, programme, True, ["example.org"]).code


def ask(browser: Browser, page: str = "/ask", **said: str) -> tuple[int, str]:
    answer = browser.fill_in(page, {"name": "Pat New", "role": "mentee", **said}, action="/ask")
    return answer.status_code, answer.text


def code_on(page: str) -> str:
    """The code that a page shows."""
    return page.partition('class="code__value" translate="no">')[2].partition("<")[0]


def without_code(answer: tuple[int, str]) -> tuple[int, str]:
    status, page = answer
    return status, page.replace(code_on(page), "")


def waiting() -> list[tuple[str, str | None, str | None, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(JoinRequest).order_by(JoinRequest.asked_at, JoinRequest.id))
    return [(row.name, row.email, row.staff_number, row.role) for row in rows if row.decided_at is None]


def decide(cast: Cast, browser: Browser, choice: str) -> str:
    page = f"/programme/{cast.programme}/requests"
    one = db.session.scalars(select(JoinRequest.id).where(JoinRequest.decided_at.is_(None))).first()
    answer = browser.sign_in(cast.carol).fill_in(page, {"choice": choice}, action=f"{page}/{one}")
    return answer.text if answer.status_code == 200 else browser.get(page).text


def test_a_poster_or_a_work_email_is_enough_and_nothing_else(cast: Cast, browser: Browser, code: str) -> None:
    assert "New nurses 2026" in browser.get(f"/ask/{code}").text
    assert ask(browser, f"/ask/{code.lower()}", staff_number="q7", role="mentor")[0] == 200
    assert ask(browser, email="Pat@Example.org")[0] == 200
    for said in ({"email": "pat@elsewhere.org"}, {"staff_number": "8"}, {"email": "pat@example.org", "code": "WRONG"}):
        status, page = ask(browser, **said)
        assert status == 422
        assert "Look at the code on the poster again." in page and "Pat New" in page
    assert waiting() == [("Pat New", None, "Q7", "mentor"), ("Pat New", "pat@example.org", None, "mentee")]
    with writing():
        open_door(db.session.get_one(Person, cast.carol), db.session.get_one(Programme, cast.programme), False, [])
    assert browser.get(f"/ask/{code}").status_code == 404
    assert ask(browser, email="late@example.org")[0] == 422


def test_the_answer_is_the_same_for_whom_we_know_and_for_who_asks_again(
    cast: Cast, browser: Browser, code: str
) -> None:
    answers = {
        without_code(ask(browser, email=email)) for email in ("new@example.org", "new@example.org", "mary@example.org")
    }
    [(status, page)] = answers
    assert (status, THANKS in page) == (200, True)
    assert len(waiting()) == 2


def test_who_asks_too_often_waits(cast: Cast, browser: Browser, code: str) -> None:
    statuses = [ask(browser, email="new@example.org")[0] for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_a_coordinator_takes_somebody_in_who_is_then_invited(cast: Cast, browser: Browser, code: str) -> None:
    before = db.session.scalar(select(func.count()).select_from(Person))
    ask(browser, f"/ask/{code}", staff_number="77", role="mentor")
    assert "1 person asks to take part" in browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/week").text
    assert db.session.scalar(select(func.count()).select_from(Person)) == before
    page = decide(cast, browser, "accept")
    assert "Pat New is invited" in page and 'class="code__value"' in page
    programme = db.session.get_one(Programme, cast.programme)
    [part] = [each for each in enrolled_in(programme) if each.person.name == "Pat New"]
    assert (part.role, part.person.roles, part.person.joined_at) == ("mentor", {"mentor"}, None)
    assert waiting() == []


def test_somebody_who_is_here_already_only_takes_part(cast: Cast, browser: Browser, code: str) -> None:
    ask(browser, email="charlie@example.org")
    assert "Pat New takes part now." in decide(cast, browser, "accept")
    programme = db.session.get_one(Programme, cast.programme)
    assert [each.person_id for each in enrolled_in(programme)] == [cast.charlie]
    assert db.session.get_one(Person, cast.charlie).name == "Charlie Doe"


def test_a_request_of_her_own_report_is_another_coordinators(cast: Cast, browser: Browser, code: str) -> None:
    ask(browser, email="charlie@example.org")
    reports_to(cast.charlie, cast.carol)
    assert "Pat New" not in browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/requests").text


def test_names_are_let_go_of_after_the_answer(cast: Cast, browser: Browser, code: str) -> None:
    ask(browser, email="new@example.org")
    decide(cast, browser, "decline")
    ask(browser, email="other@example.org")
    with writing():
        forget_requests(now() + timedelta(days=31))
    assert db.session.scalars(select(JoinRequest.email)).all() == ["other@example.org"]
    with writing():
        forget_requests(now() + timedelta(days=91))
    assert db.session.scalars(select(JoinRequest.email)).all() == []


def test_a_coordinator_opens_the_door_and_the_poster_leads_there(cast: Cast, browser: Browser) -> None:
    page = f"/programme/{cast.programme}/door"
    wrong = browser.sign_in(cast.carol).fill_in(page, {"is_open": "y", "domains": "nonsense"}, action=page)
    assert wrong.status_code == 422
    assert (
        browser.fill_in(page, {"is_open": "y", "domains": "@example.org, Ward.example.org"}, action=page).status_code
        == 303
    )
    door = db.session.scalars(select(Door)).one()
    assert door.domains == ["example.org", "ward.example.org"]
    assert f"/ask/{door.code}" in browser.get(f"/programme/{cast.programme}/kit/poster").text
    before: str = door.code
    browser.fill_in(page, {"is_open": "y", "new_code": "1"}, action=page)
    db.session.rollback()
    assert db.session.scalars(select(Door.code)).one() != before
