"""Goals and skills: the mentee's own, read by her mentor, with steps, practice and how sure she feels."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.pairings.writing_down import somebody, the_pairing
from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.pairings import end_pair
from webapp.pairings.goals.models import Goal, GoalStep, Practice

WORDS = "Put in a cannula without help"


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/pair/{cast.pairing}/goals"


@pytest.fixture
def skill(mary: Browser, page: str) -> str:
    """A skill of Mary: its page."""
    said = {"kind": "practical", "words": WORDS, "before": "0", "op_id": str(uuid7()), "entity": str(uuid7())}
    for _ in range(2):
        assert mary.fill_in(page, said, action=page).status_code == 303
    return f"{page}/{said['entity']}"


def the_goal() -> Goal:
    db.session.rollback()
    return db.session.scalars(select(Goal)).one()


def test_a_skill_is_named_practised_reviewed_and_reached(
    mary: Browser, ana: Browser, page: str, skill: str, clock: MovedClock
) -> None:
    assert WORDS in ana.get(page).text
    assert WORDS.encode() not in the_goal().words_sealed
    assert "Sure before: 0 of 10." in ana.get(skill).text
    for _ in range(2):
        mary.fill_in(skill, {"words": "Watch Ana once", "op_id": "6" * 32, "entity": "7" * 32}, action=f"{skill}/steps")
    step = db.session.scalars(select(GoalStep)).one()
    mary.fill_in(skill, {}, action=f"{skill}/steps/{step.id}")
    assert "Done on Tue 10 March" in ana.get(skill).text
    mary.fill_in(skill, {"words": "Ask Tom"}, action=f"{skill}/steps")
    other = db.session.scalars(select(GoalStep).where(GoalStep.id != step.id)).one()
    assert mary.fill_in(skill, {}, action=f"{skill}/steps/{other.id}/take-back").status_code == 303
    assert "Ask Tom" not in ana.get(skill).text
    for days in (0, 0, 1):
        clock.move(days=days)
        mary.fill_in(skill, {}, action=f"{skill}/practised")
    assert "Practised on 2 days, last on Wed 11 March." in ana.get(skill).text
    assert ana.fill_in(skill, {"words": "Calm hands."}, action=f"{skill}/review").status_code == 303
    assert "Calm hands." in mary.get(skill).text
    mary.fill_in(skill, {"after": "8"}, action=f"{skill}/reached")
    shown = ana.get(skill).text
    assert "Sure now: 8 of 10." in shown
    assert "Reached on Wed 11 March" in shown
    assert "Mary reached it" in ana.get(page.removesuffix("/goals")).text
    mary.fill_in(skill, {"not_yet": "1"}, action=f"{skill}/reached")
    assert the_goal().reached_at is None


def test_the_mentor_changes_nothing_of_hers_and_she_reviews_nothing(
    mary: Browser, ana: Browser, page: str, skill: str
) -> None:
    token = next(form.values["csrf_token"] for form in forms_of(ana.get(skill).text) if "csrf_token" in form.values)
    said = {"csrf_token": token, "words": "Something else", "kind": "goal"}
    for path in (page, f"{skill}/change", f"{skill}/steps", f"{skill}/practised", f"{skill}/reached"):
        assert ana.post(path, said).status_code == 404
    assert ana.get(f"{skill}/change").status_code == 404
    assert f"{skill}/take-back" not in ana.get(skill).text
    token = next(form.values["csrf_token"] for form in forms_of(mary.get(skill).text) if "csrf_token" in form.values)
    assert mary.post(f"{skill}/review", {"csrf_token": token, "words": "I am great."}).status_code == 404
    goal = the_goal()
    assert (goal.words, goal.review, goal.steps, goal.practised) == (WORDS, "", [], [])


def test_a_change_on_two_phones_keeps_both_versions_in_sight(mary: Browser, skill: str) -> None:
    change = f"{skill}/change"
    opened = next(form for form in forms_of(mary.get(change).text) if form.action == change)
    assert opened.values["before"] == "0"
    assert mary.fill_in(change, {"words": "Two cannulas"}, action=change).status_code == 303
    late = mary.post(change, {**opened.values, "words": "Three cannulas"})
    assert late.status_code == 422
    assert "Two cannulas" in late.text
    assert "Three cannulas" in late.text
    again = next(form for form in forms_of(late.text) if form.action == change)
    assert mary.post(change, again.values).status_code == 303
    assert the_goal().words == "Three cannulas"


def test_what_is_taken_back_is_wiped_with_its_steps(mary: Browser, ana: Browser, page: str, skill: str) -> None:
    mary.fill_in(skill, {"words": "Watch Ana once"}, action=f"{skill}/steps")
    mary.fill_in(skill, {}, action=f"{skill}/practised")
    ana.fill_in(skill, {"words": "Calm hands."}, action=f"{skill}/review")
    assert mary.fill_in(skill, {}, action=f"{skill}/take-back").status_code == 303
    assert WORDS not in ana.get(page).text
    assert ana.get(skill).status_code == 404
    goal = the_goal()
    assert (goal.words, goal.review) == ("", "")
    assert not [*db.session.scalars(select(GoalStep)), *db.session.scalars(select(Practice))]


@pytest.mark.one_database
def test_a_goal_needs_words_and_its_kind_and_an_ended_pair_takes_none(
    cast: Cast, mary: Browser, page: str, skill: str
) -> None:
    answer = mary.fill_in(page, {"words": "x" * 401}, action=page)
    assert answer.status_code == 422
    assert "Choose what it is." in answer.text
    assert "x" * 401 in answer.text
    form = next(form for form in forms_of(mary.get(page).text) if form.action == page)
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    late = mary.post(page, {**form.values, "kind": "goal", "words": "Too late to keep."})
    assert late.status_code == 422
    assert "Too late to keep." in late.text
    assert WORDS in mary.get(skill).text


@pytest.mark.parametrize("what", ["take-back", "reached", "practised"])
def test_a_button_that_comes_after_the_end_says_kindly_that_all_stands(
    cast: Cast, mary: Browser, skill: str, what: str
) -> None:
    form = next(form for form in forms_of(mary.get(skill).text) if form.action == f"{skill}/{what}")
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    late = mary.post(f"{skill}/{what}", form.values)
    assert (late.status_code, late.location) == (303, skill)
    page = mary.get(skill).text
    assert "This pair has ended, so nothing was changed." in page
    goal = the_goal()
    assert WORDS in page and (goal.words, goal.reached_at, goal.practised) == (WORDS, None, [])
