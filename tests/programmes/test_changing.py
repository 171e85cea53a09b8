"""Making and changing a programme: its name, who coordinates it, its rhythm."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.people import Cast
from webapp.database import db
from webapp.programmes import Programme, Rhythm

NEW = "/programme/new"


def the_programme(name: str) -> Programme | None:
    db.session.rollback()
    return db.session.scalar(select(Programme).where(Programme.name == name))


def test_an_administrator_makes_a_programme(cast: Cast, browser: Browser) -> None:
    form = {"name": "Return to practice", "coordinators": [str(cast.carol)]}
    answer = browser.sign_in(cast.admin).fill_in(NEW, form, action=NEW)
    assert answer.status_code == 303
    made = the_programme("Return to practice")
    assert made is not None
    assert [row.person_id for row in made.coordinators] == [cast.carol]
    assert made.rhythm == Rhythm(72, 14, 28, 91)


def test_its_coordinator_changes_name_and_rhythm(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/edit"
    form = {"name": "New nurses", "coordinators": [str(cast.carol)], "weekly_days": "56"}
    answer = browser.sign_in(cast.carol).fill_in(path, form, action=path)
    assert answer.status_code == 303
    changed = the_programme("New nurses")
    assert changed is not None
    assert changed.rhythm == Rhythm(72, 14, 56, 91)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"name": " "}, "Write a name."),
        ({"coordinators": []}, "Choose at least one coordinator."),
        ({"weekly_days": "100"}, "This day comes after the day above."),
        ({"hello_hours": "0"}, "Write a number from 1 to 720."),
        ({"first_talk_days": "soon"}, "Not a valid integer value."),
    ],
)
def test_what_cannot_be_is_said(cast: Cast, browser: Browser, said: dict[str, object], complaint: str) -> None:
    path = f"/programme/{cast.programme}/edit"
    form = {"coordinators": [str(cast.carol)], **said}
    answer = browser.sign_in(cast.carol).fill_in(path, form, action=path)
    assert answer.status_code == 422
    assert complaint in answer.text


def test_only_people_who_hold_the_role_can_coordinate(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/edit"
    answer = browser.sign_in(cast.carol).fill_in(path, {"coordinators": [str(cast.charlie)]}, action=path)
    assert answer.status_code == 422


@pytest.mark.parametrize("outsider", ["mary", "ana", "charlie"])
def test_nobody_else_makes_or_changes_one(cast: Cast, browser: Browser, outsider: str) -> None:
    browser.sign_in(getattr(cast, outsider))
    for path in (NEW, f"/programme/{cast.programme}/edit"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"name": "Mine"}).status_code == 404
    assert the_programme("New nurses 2026") is not None


def test_a_coordinator_makes_no_programme(cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.carol).get(NEW).status_code == 404
