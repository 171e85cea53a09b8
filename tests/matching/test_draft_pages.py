"""A coordinator gets from "we want a programme" to proposals with reasons, changes some, and has people asked."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.database.counting import statements
from tests.matching.ward import do_the_jobs, joins, listed, programme_of, run_now
from tests.page_linter import forms_of
from tests.people import Cast
from webapp.database import db
from webapp.matching import Criterion, Weight
from webapp.matching.offers import Offer
from webapp.matching.runs.choices import choices_over
from webapp.matching.runs.models import MatchRun
from webapp.matching.runs.reads import proposals_of, runs_of, settings_of

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def carol(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.carol)
    return browser


def small_ward(cast: Cast) -> dict[str, UUID]:
    """Three mentees, three mentors; Omar is Kai's line manager."""
    people = {
        "uma": joins(cast, "Uma Rao", "mentee", ("sleep", "handover"), shifts="nights"),
        "ivy": joins(cast, "Ivy Chen", "mentee", ("sleep",)),
        "kai": joins(cast, "Kai Wood", "mentee", ("ventilators",)),
        "omar": joins(cast, "Omar Haddad", "mentor", ("sleep", "handover"), shifts="nights"),
        "lea": joins(cast, "Lea Blum", "mentor", ("sleep",)),
        "noa": joins(cast, "Noa Levi", "mentor", ("ventilators",), capacity=2),
    }
    listed(people["kai"], manager_id=people["omar"])
    return people


def at(cast: Cast, run: MatchRun, more: str = "") -> str:
    return f"/programme/{cast.programme}/matching/runs/{run.id}{more}"


def test_from_settings_to_both_are_asked(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    start = f"/programme/{cast.programme}/matching"
    page = carol.get(start)
    assert "Mentees without a mentor: 3. Mentors: 3, with 4 free places." in page.text
    assert "The line manager is not known for 5 people." in page.text
    carol.fill_in(start, {"interests": "must", "overlap_minutes": "45", "mode": "best_total"}, start)
    do_the_jobs()
    (run,) = runs_of(programme_of(cast))
    assert settings_of(programme_of(cast)).weight(Criterion.INTERESTS) == Weight.MUST
    assert run.settings.rules.overlap_minutes == 45
    page = carol.get(at(cast, run))
    assert "3 of 3 mentees have a proposal." in page.text
    assert "The mentor knows what the mentee wants to learn: sleep and handover." in page.text
    approve = at(cast, run, "/approve")
    carol.fill_in(at(cast, run), {"mentee": [str(people["uma"]), str(cast.mary)]}, approve)
    offer = db.session.scalars(select(Offer)).one()
    assert (offer.mentee_id, offer.mentor_id, offer.run_id) == (people["uma"], people["omar"], run.id)
    assert offer.explanation is not None
    assert offer.explanation.evidence.goals == ("sleep", "handover")
    carol.fill_in(at(cast, run), {"all": "yes"}, approve)
    assert len(db.session.scalars(select(Offer)).all()) == 3
    assert "Both are asked" in carol.get(at(cast, run)).text
    assert "No mentee waits for a mentor." in carol.fill_in(start, {}, start).text, "who is asked is not matched anew"


def test_a_coordinator_keeps_replaces_takes_out_and_undoes(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    run = run_now(cast)
    uma, ivy, kai = (at(cast, run, f"/mentees/{people[name]}") for name in ("uma", "ivy", "kai"))
    page = carol.get(kai).text
    assert "No mentor in this programme" not in page
    assert "Omar Haddad" not in page, "a line manager is never on the list"
    carol.fill_in(ivy, {"mentor": str(people["noa"])}, f"{ivy}/replace")
    assert "Noa Levi" in carol.get(at(cast, run)).text
    carol.fill_in(uma, {}, f"{uma}/keep")
    carol.fill_in(kai, {}, f"{kai}/keep", form=0)
    decided = {each.mentee_id: (each.kind, each.mentor_id) for each in choices_over(run.id).values()}
    assert decided == {
        people["ivy"]: ("replaced", people["noa"]),
        people["uma"]: ("kept", people["omar"]),
        people["kai"]: ("kept", people["noa"]),
    }
    carol.fill_in(kai, {}, f"{kai}/keep")
    carol.client.post(f"{kai}/leave-out", data=carol_form(carol, kai))
    assert choices_over(run.id)[people["kai"]].kind == "left_out"
    carol.client.post(f"{kai}/put-back", data=carol_form(carol, kai))
    assert people["kai"] not in choices_over(run.id)


def test_solving_again_leaves_what_was_decided_and_can_be_compared(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    run = run_now(cast)
    ivy, kai = (at(cast, run, f"/mentees/{people[name]}") for name in ("ivy", "kai"))
    carol.fill_in(ivy, {"mentor": str(people["omar"])}, f"{ivy}/replace")
    assert "Too many mentees for Omar Haddad: 2, with places for 1." in carol.get(at(cast, run)).text
    carol.client.post(f"{kai}/leave-out", data=carol_form(carol, kai))
    carol.fill_in(at(cast, run), {}, at(cast, run, "/again"))
    do_the_jobs()
    again, first = runs_of(programme_of(cast))
    assert (first.id, again.before_id) == (run.id, run.id)
    proposed = {row.mentee_id: row.mentor_id for row in proposals_of(again)}
    assert proposed[people["ivy"]] == people["omar"]
    assert proposed[people["uma"]] == people["lea"]
    decided = {key: row.kind for key, row in choices_over(again.id).items()}
    assert decided == {people["ivy"]: "kept", people["kai"]: "left_out"}
    kai = at(cast, again, f"/mentees/{people['kai']}")
    carol.client.post(f"{kai}/put-back", data=carol_form(carol, kai))
    assert "Was taken out before this run." in carol.get(at(cast, again)).text
    page = carol.get(at(cast, again, f"/compare/{run.id}")).text
    assert "Kai Wood: Noa Levi" in page
    older, newer = carol.get(at(cast, run)).text, carol.get(at(cast, again)).text
    assert "To approve some of them, use them after all." in older
    assert 'name="mentee"' in newer
    assert 'name="mentee"' not in older and "/keep" not in older, "what nothing can be done with is not there to press"
    carol.fill_in(at(cast, again), {}, at(cast, again, "/again"))
    assert carol.get(at(cast, again, "/print")).status_code == 200


@SQLITE
def test_nobody_sees_the_proposals_of_her_own_reports(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    listed(people["uma"], manager_id=cast.carol)
    run = run_now(cast)
    page = carol.get(at(cast, run)).text
    assert "Uma" not in page
    assert "1 mentee is held by another coordinator." in page
    assert carol.get(at(cast, run, f"/mentees/{people['uma']}")).status_code == 404
    carol.fill_in(at(cast, run), {"all": "yes"}, at(cast, run, "/approve"))
    asked = set(db.session.scalars(select(Offer.mentee_id)))
    assert asked == {people["ivy"], people["kai"]}
    listed(people["omar"], manager_id=people["lea"])
    assert "Uma" not in carol.get(at(cast, run, "/print")).text


@SQLITE
def test_what_cannot_be_is_said_beside_the_field(carol: Browser, cast: Cast) -> None:
    start = f"/programme/{cast.programme}/matching"
    assert "No mentee waits for a mentor." in carol.fill_in(start, {}, start).text
    joins(cast, "Uma Rao", "mentee")
    refused = carol.fill_in(start, {}, start)
    assert refused.status_code == 422
    assert "Nobody is there as a mentor yet." in refused.text
    joins(cast, "Omar Haddad", "mentor")
    off = dict.fromkeys(("goals", "interests", "schedule", "style", "own_choices", "novelty"), "off")
    assert "Let something count." in carol.fill_in(start, off, start).text
    page = carol.fill_in(start, {"months_least": "9", "months_most": "1", "overlap_minutes": "-5"}, start).text
    assert "nobody could be a mentor" in page
    assert "Write a number from 0 to 1440." in page
    assert 'value="9"' in page, "what was typed is still there"
    assert runs_of(programme_of(cast)) == []


@SQLITE
def test_everybody_who_stays_over_is_told_why(carol: Browser, cast: Cast) -> None:
    uma, ivy = joins(cast, "Uma Rao", "mentee"), joins(cast, "Ivy Chen", "mentee")
    omar = joins(cast, "Omar Haddad", "mentor")
    listed(uma, manager_id=omar)
    listed(ivy, assessor_id=omar)
    run = run_now(cast)
    page = carol.get(at(cast, run)).text
    assert "2 mentees have no mentor here" in page
    assert "One is the other's line manager. 1 mentor" in page
    assert "The mentor assesses the mentee now. 1 mentor" in page
    assert "Ask a partner hospital for a mentor." in page


@SQLITE
def test_a_long_draft_asks_no_more_questions_than_a_short_one(carol: Browser, cast: Cast) -> None:
    def asked() -> int:
        run = run_now(cast)
        carol.get(at(cast, run))
        with statements() as said:
            carol.get(at(cast, run))
        return len(said)

    small_ward(cast)
    few = asked()
    for number in range(10):
        joins(cast, f"M{number} Doe", "mentee", ("sleep",))
        joins(cast, f"T{number} Doe", "mentor", ("sleep",))
    assert asked() == few


@SQLITE
def test_those_who_want_the_same_places_stand_together(carol: Browser, cast: Cast) -> None:
    names = ("Al", "Bo", "Cy")
    for name in names:
        joins(cast, f"{name} Doe", "mentee", ("sleep",))
    omar = joins(cast, "Omar Haddad", "mentor", ("sleep",))
    run = run_now(cast)
    page = carol.get(at(cast, run)).text
    assert "They want the same places" in page
    assert "For 3 mentees the rules leave only these mentors, with 1 place in all: Omar Haddad." in " ".join(
        page.split()
    )
    assert "Ask for 2 more places among them" in page
    listed(omar, manager_id=cast.carol)
    assert "Omar" not in carol.get(at(cast, run)).text


@SQLITE
def test_a_mentor_whom_the_rules_forbid_cannot_be_chosen_by_hand(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    run = run_now(cast)
    kai = at(cast, run, f"/mentees/{people['kai']}")
    page = carol.fill_in(kai, {"mentor": str(people["omar"])}, f"{kai}/replace")
    assert page.status_code == 422
    assert "Choose one of these mentors." in page.text
    assert choices_over(run.id) == {}


def carol_form(browser: Browser, page: str) -> dict[str, object]:
    """The token of the page's own form."""
    return next(form.values for form in forms_of(browser.get(page).text) if "csrf_token" in form.values)
