"""Licence levels: words of the staff list on steps that can be compared."""

from __future__ import annotations

import pytest

from tests.client import Browser
from tests.matching.ward import do_the_jobs, joins, listed, programme_of, run_now
from tests.page_linter import parse
from tests.people import Cast
from webapp.database import db
from webapp.matching import Gap, RuleCode, Rules, Settings
from webapp.matching.gathering import gather
from webapp.matching.runs.plain import unmatched_in
from webapp.matching.runs.reads import proposals_of, runs_of
from webapp.staff import licence_steps
from webapp.staff.columns import plain
from webapp.staff.licences import KNOWN_WORDS, licence_lines

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_whoever_imports_puts_words_on_steps(browser: Browser, cast: Cast) -> None:
    for number, licence in enumerate(("Band 5", "Band 5", "BAND  5", "Registered Nurse", "Student nurse", None)):
        listed(joins(cast, f"P{number} Doe", "mentee"), licence=licence)
    browser.sign_in(cast.admin)
    assert [(line.word, line.people, line.step) for line in licence_lines()] == [
        ("Band 5", 3, None),
        ("Registered Nurse", 1, 5),
        ("Student nurse", 1, 1),
    ]
    page = browser.get("/staff/licences").text
    assert page.index("Band 5") < page.index("Registered Nurse")
    band, _registered, student = _names(page)
    browser.fill_in("/staff/licences", {band: "6", student: ""}, "/staff/licences")
    db.session.rollback()
    step_of = licence_steps()
    assert [step_of(each) for each in ("band 5", "registered nurse", "Student nurse", None)] == [6, 5, None, None]
    browser.fill_in("/staff/licences", {band: "", student: "1"}, "/staff/licences")
    db.session.rollback()
    assert [licence_steps()(each) for each in ("Band 5", "Student nurse")] == [None, 1]
    assert browser.fill_in("/staff/licences", {band: "99"}, "/staff/licences").status_code == 422


def test_a_mentor_on_a_lower_step_is_taken_away_and_who_is_on_none_is_not_checked(cast: Cast) -> None:
    uma, omar = joins(cast, "Uma Rao", "mentee"), joins(cast, "Omar Haddad", "mentor")
    listed(uma, licence="Registered nurse")
    listed(omar, licence="healthcare assistant")
    settings = Settings(rules=Rules(levels=Gap(0)))
    run = run_now(cast, settings)
    (row,) = proposals_of(run)
    unmatched = unmatched_in(row.said)
    assert unmatched is not None
    assert unmatched.removed == {RuleCode.LEVEL: 1}
    assert "level" not in run.unchecked
    joins(cast, "Lea Blum", "mentor")
    run = run_now(cast, settings)
    assert [each.mentor_id is not None for each in proposals_of(run)] == [True]
    assert run.unchecked["level"] == 1
    assert {each.level for each in gather(programme_of(cast)).mentors} == {2, None}


@SQLITE
def test_the_rule_is_chosen_before_a_run_and_stays_chosen(browser: Browser, cast: Cast) -> None:
    listed(joins(cast, "Uma Rao", "mentee"), licence="Band 5")
    joins(cast, "Omar Haddad", "mentor")
    start = f"/programme/{cast.programme}/matching"
    browser.sign_in(cast.carol).fill_in(start, {"levels": "near"}, start)
    do_the_jobs()
    assert runs_of(programme_of(cast))[0].settings.rules.levels == Gap(0, 1)
    page = browser.get(start).text
    assert '<option selected value="near">' in page
    assert "The licence level is not known for 2 people." in page


def test_no_word_is_known_twice_and_each_as_it_is_compared() -> None:
    words = [word for some in KNOWN_WORDS.values() for word in some]
    assert len(set(words)) == len(words)
    assert [plain(word) for word in words] == words


def _names(page: str) -> list[str]:
    return [str(each.get("name")) for each in parse(page).iter("select") if each.get("name", "").startswith("step_")]
