"""Making a programme and changing it: purpose and dates, rhythm and time, who coordinates, the agreement."""

from __future__ import annotations

from datetime import date

import pytest

from tests.client import Browser
from tests.people import Cast
from tests.programmes.building import draft, the_programme
from webapp.database import db
from webapp.programmes import Programme, Rhythm, agreement_of, objectives_of

NEW = "/programme/new"


def test_an_administrator_makes_a_draft(cast: Cast, browser: Browser) -> None:
    form = {"name": "Return to practice", "preset": "own", "coordinators": [str(cast.carol)]}
    answer = browser.sign_in(cast.admin).fill_in(NEW, form, action=NEW)
    made = the_programme("Return to practice")
    assert made is not None
    assert answer.headers["Location"] == f"/programme/{made.id}/set-up"
    assert [row.person_id for row in made.coordinators] == [cast.carol]
    assert (made.state, made.rhythm, made.protected_minutes) == ("draft", Rhythm(72, 14, 28, 91), 40)
    assert objectives_of(made) == []


def test_a_preset_fills_in_the_rest(cast: Cast, browser: Browser) -> None:
    form = {
        "name": "Students",
        "preset": "students",
        "starts_on": "2026-09-07",
        "coordinators": [str(cast.carol)],
    }
    browser.sign_in(cast.admin).fill_in(NEW, form, action=NEW)
    made = the_programme("Students")
    assert made is not None
    assert (made.rhythm, made.protected_minutes) == (Rhythm(48, 7, 84, 84), 20)
    assert (made.starts_on, made.ends_on) == (date(2026, 9, 7), date(2026, 11, 30))
    assert made.purpose.startswith("Students have somebody on site")
    assert [(each.measure, each.target, each.due_on) for each in objectives_of(made)] == [
        ("matched", 100, date(2026, 9, 14)),
        ("first_talk", 90, date(2026, 9, 28)),
        ("talked", 80, date(2026, 11, 30)),
    ]


def test_its_coordinator_says_what_it_is_for_and_when(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/edit"
    form = {"name": "New nurses", "purpose": "Settle in.", "starts_on": "2026-03-02", "ends_on": "2027-03-01"}
    assert browser.sign_in(cast.carol).fill_in(path, form, action=path).status_code == 303
    changed = the_programme("New nurses")
    assert changed is not None
    assert (changed.purpose, changed.starts_on, changed.ends_on) == ("Settle in.", date(2026, 3, 2), date(2027, 3, 1))


def test_its_coordinator_changes_rhythm_and_time(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/rhythm"
    form = {"weekly_days": "56", "protected_minutes": "60", "off_shift": "paid", "training_required": "y"}
    assert browser.sign_in(cast.carol).fill_in(path, form, action=path).status_code == 303
    changed = the_programme("New nurses 2026")
    assert changed is not None
    assert changed.rhythm == Rhythm(72, 14, 56, 91)
    assert (changed.protected_minutes, changed.off_shift) == (60, "paid")
    assert changed.training_required_since is not None
    assert 'value="60"' in browser.get(path).text


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("page", "said", "complaint"),
    [
        ("edit", {"name": " "}, "Write a name."),
        ("edit", {"starts_on": "2026-03-02", "ends_on": "2026-03-02"}, "The last day comes after the first day."),
        ("edit", {"purpose": "x" * 601}, "Use at most 600 letters."),
        ("edit", {"starts_on": "soon"}, "Not a valid date value."),
        ("coordinators", {"scopes": []}, "Choose at least one coordinator."),
        ("rhythm", {"weekly_days": "100"}, "This day comes after the day above."),
        ("rhythm", {"hello_hours": "0"}, "Write a number from 1 to 720."),
        ("rhythm", {"first_talk_days": "soon"}, "Not a valid integer value."),
        ("rhythm", {"protected_minutes": "601"}, "Write a number from 0 to 600."),
        ("agreement", {"es": " "}, "Write the agreement."),
        ("repeat", {"starts_on": ""}, "Choose the first day."),
    ],
)
def test_what_cannot_be_is_said(
    cast: Cast, browser: Browser, page: str, said: dict[str, object], complaint: str
) -> None:
    path = f"/programme/{cast.programme}/{page}"
    answer = browser.sign_in(cast.carol).fill_in(path, said, action=path)
    assert answer.status_code == 422
    assert complaint in answer.text


def test_only_people_who_hold_the_role_can_coordinate(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/coordinators"
    answer = browser.sign_in(cast.carol).fill_in(path, {"scopes": [str(cast.charlie)]}, action=path)
    assert answer.status_code == 422


def test_a_changed_agreement_is_a_new_version(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{cast.programme}/agreement"
    browser.sign_in(cast.carol)
    assert "This is our wording." in browser.get(path).text
    browser.fill_in(path, {"en": "We talk.\r\nWe listen."}, action=path)
    assert browser.fill_in(path, {}, action=path).status_code == 303
    first = agreement_of(db.session.get_one(Programme, cast.programme))
    assert (first.version, first.words["en"]) == (1, "We talk.\nWe listen.")
    browser.fill_in(path, {"en": "We talk."}, action=path)
    db.session.rollback()
    second = agreement_of(db.session.get_one(Programme, cast.programme))
    assert (second.version, second.words["en"], second.words["es"]) == (2, "We talk.", first.words["es"])


def test_the_usual_agreement_is_worded_in_each_language(cast: Cast) -> None:
    words = agreement_of(db.session.get_one(Programme, cast.programme)).words
    assert set(words) == {"en", "es"}
    assert len(words["en"].splitlines()) == len(words["es"].splitlines()) == 8
    assert not set(words["en"].splitlines()) & set(words["es"].splitlines())


def test_another_one_like_it_moves_the_dates_and_leaves_the_people(cast: Cast, browser: Browser) -> None:
    form = {
        "name": "Residency",
        "preset": "residency",
        "starts_on": "2026-09-07",
        "coordinators": [str(cast.carol)],
    }
    browser.sign_in(cast.admin).fill_in(NEW, form, action=NEW)
    last = the_programme("Residency")
    assert last is not None
    path = f"/programme/{last.id}/repeat"
    assert 'value="2027-09-06"' in browser.get(path).text
    browser.fill_in(path, {"name": "Residency 2028", "starts_on": "2028-01-03"}, action=path)
    new = the_programme("Residency 2028")
    assert new is not None
    assert (new.state, new.starts_on, new.rhythm, new.purpose) == (
        "draft",
        date(2028, 1, 3),
        last.rhythm,
        last.purpose,
    )
    moved = date(2028, 1, 3) - date(2026, 9, 7)
    assert [each.due_on for each in objectives_of(new)] == [each.due_on + moved for each in objectives_of(last)]
    assert [row.person_id for row in new.coordinators] == [cast.carol]


@pytest.mark.parametrize("outsider", ["mary", "ana", "charlie"])
def test_nobody_else_makes_or_changes_one(cast: Cast, browser: Browser, outsider: str) -> None:
    browser.sign_in(getattr(cast, outsider))
    for path in (NEW, f"/programme/{cast.programme}/edit"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"name": "Mine"}).status_code == 404
    assert the_programme("New nurses 2026") is not None


def test_a_coordinator_makes_no_programme(cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.carol).get(NEW).status_code == 404


def test_a_draft_says_what_comes_next(cast: Cast, browser: Browser) -> None:
    path = f"/programme/{draft(cast)}/set-up"
    page = browser.sign_in(cast.carol).get(path).text
    assert "Draft, not started" in page
    assert "Needed before it can start" in page
