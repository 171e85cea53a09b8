"""Who asked to take part learns the answer: under their code, and by mail; kindly, without a reason, and alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.programmes.test_asking import ask, code, code_on, decide
from webapp.clock import now
from webapp.database import db, writing
from webapp.mail import MemoryPost, deliver_due
from webapp.programmes.asking.actions import forget_requests
from webapp.programmes.models import JoinRequest

__all__ = ["code"]
NO, YES, NOT_YET = "The programme has no place for you just now.", "There is a place for you", "No answer yet"


@pytest.fixture
def post(app: Flask) -> MemoryPost:
    app.extensions["post"] = MemoryPost()
    return app.extensions["post"]


def look(app: Flask, own_code: str) -> str:
    """The page that somebody without an account sees under this code."""
    answered = Browser(app).fill_in("/asked", {"code": own_code}, action="/asked")
    assert answered.status_code == 200
    return answered.text


def test_a_no_stands_under_the_code_of_whoever_asked_and_under_no_other(
    app: Flask, cast: Cast, browser: Browser, code: str
) -> None:
    own = code_on(ask(browser, f"/ask/{code}", staff_number="q7")[1])
    again = code_on(ask(browser, f"/ask/{code}", staff_number="Q7")[1])
    assert NOT_YET in look(app, own)
    assert "see a kind answer without a reason under their code" in decide(cast, browser, "decline")
    said = look(app, own.lower().replace("-", " "))
    assert NO in said and "from Fri 10 April on" in said and "Pat" not in said
    assert NOT_YET in look(app, again), "a stranger who types a staff number learns nothing of its owner"
    unknown = look(app, "0000-0000-0000")
    assert look(app, again).partition("<form")[0] == unknown.partition("<form")[0], "as for a code that nobody has"
    with writing():
        forget_requests(now() + timedelta(days=31))
    assert NOT_YET in look(app, own)


def test_a_yes_stands_there_too(app: Flask, cast: Cast, browser: Browser, code: str) -> None:
    own = code_on(ask(browser, f"/ask/{code}", staff_number="q7")[1])
    decide(cast, browser, "accept")
    assert YES in look(app, own) and NO not in look(app, own)


def test_a_no_comes_by_mail_in_their_language_and_names_nobody(
    app: Flask, cast: Cast, browser: Browser, code: str, post: MemoryPost, clock: MovedClock
) -> None:
    ask(browser, name="Win a prize example.com", email="new@example.org")
    ask(browser, name="Rosa", email="rosa@example.org")
    with writing():
        db.session.scalars(select(JoinRequest).where(JoinRequest.name == "Rosa")).one().lang = "es"
    assert "They get a kind e-mail without a reason." in decide(cast, browser, "decline")
    decide(cast, browser, "decline")
    while deliver_due(clock()):
        pass
    letters = {each.address: each for each in post.letters}
    assert set(letters) == {"new@example.org", "rosa@example.org"} and len(post.letters) == 2
    said = letters["new@example.org"].subject + letters["new@example.org"].text
    assert "There is no place just now." in said and letters["new@example.org"].sender_name == "St Mary's"
    for word in ("prize", "Carol", "New nurses", "mentee", "http"):
        assert word not in said
    assert "Hola" in letters["rosa@example.org"].text


def test_who_types_codes_too_often_waits(app: Flask, cast: Cast, browser: Browser) -> None:
    statuses = [browser.fill_in("/asked", {"code": "AAAA"}, action="/asked").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert browser.fill_in("/asked", {"code": ""}, action="/asked").status_code == 422
