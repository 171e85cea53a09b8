"""Later than a run: an older one used after all, people who changed meanwhile, and whoever joins late."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.matching.test_gathering import pair
from tests.matching.ward import joins, programme_of, run_now
from tests.page_linter import forms_of
from tests.people import Cast
from tests.profiles.saying import says
from webapp.database import db, uuid7, writing
from webapp.matching import Mode, Settings
from webapp.matching.offers import MentorRequest, Offer, OfferWanted, make_offers, open_directory
from webapp.matching.offers.actions.asking import ask_mentor
from webapp.matching.offers.actions.requests import accept_request
from webapp.matching.runs.choices import choices_over
from webapp.matching.runs.models import MatchRun
from webapp.matching.runs.reads import proposals_of, runs_of
from webapp.pairings import Pairing, end_pair
from webapp.people import Person
from webapp.programmes import Enrolment


@pytest.fixture
def carol(browser: Browser, cast: Cast) -> Browser:
    return browser.sign_in(cast.carol)


def at(run: MatchRun | UUID, more: str = "") -> str:
    found = run if isinstance(run, MatchRun) else db.session.get_one(MatchRun, run)
    return f"/programme/{found.programme_id}/matching/runs/{found.id}{more}"


def proposed(run: MatchRun) -> dict[UUID, UUID | None]:
    return {row.mentee_id: row.mentor_id for row in proposals_of(run)}


def part_of(person_id: UUID) -> UUID:
    return db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == person_id)).one()


def test_an_older_run_is_used_after_all_with_what_was_decided(carol: Browser, cast: Cast) -> None:
    uma, ivy = joins(cast, "Uma Rao", "mentee", ("sleep",)), joins(cast, "Ivy Chen", "mentee", ("sleep",))
    omar, lea = joins(cast, "Omar Haddad", "mentor", ("sleep",)), joins(cast, "Lea Blum", "mentor", ())
    older = run_now(cast)
    other = {omar: lea, lea: omar}[next(mentor for mentor in [proposed(older)[uma]] if mentor)]
    mentee = at(older, f"/mentees/{uma}")
    carol.fill_in(mentee, {"mentor": str(other)}, f"{mentee}/replace")
    carol.fill_in(at(older, f"/mentees/{ivy}"), {}, at(older, f"/mentees/{ivy}/keep"))
    newer = run_now(cast)
    assert at(newer, "/use") not in carol.get(at(newer)).text
    carol.fill_in(at(newer), {"all": "yes"}, at(newer, "/approve"))
    form = next(form for form in forms_of(carol.get(at(older)).text) if form.action == at(older, "/use"))
    where = {carol.post(at(older, "/use"), form.values).location for _tap in range(2)}
    db.session.rollback()
    copy, *rest = runs_of(programme_of(cast))
    assert [each.id for each in rest] == [newer.id, older.id], "two taps make one copy"
    assert where == {at(copy)}
    assert (copy.before_id, copy.made_by_id, copy.input_hash) == (older.id, cast.carol, older.input_hash)
    assert proposed(copy) == proposed(older)
    decided = {key: (row.kind, row.mentor_id, row.said) for key, row in choices_over(copy.id).items()}
    assert decided == {key: (row.kind, row.mentor_id, row.said) for key, row in choices_over(older.id).items()}
    assert decided[uma][0] == "replaced"
    page = carol.get(at(copy)).text
    assert "Both are asked" in page, "who was asked over the other run is not asked twice"
    assert carol.get(at(copy, f"/mentees/{uma}")).status_code == 200


def test_whoever_changed_since_the_run_is_not_asked(carol: Browser, cast: Cast) -> None:
    uma, ivy = joins(cast, "Uma Rao", "mentee", ("sleep",)), joins(cast, "Ivy Chen", "mentee", ("ventilators",))
    omar = joins(cast, "Omar Haddad", "mentor", ("sleep",))
    joins(cast, "Noa Levi", "mentor", ("ventilators",))
    run = run_now(cast)
    assert proposed(run)[uma] == omar
    says(omar, "languages", words=["es"])
    says(uma, "languages", words=["en"])
    answer = carol.fill_in(at(run), {"all": "yes"}, at(run, "/approve"))
    page = carol.get(answer.location).text
    assert "Something changed for these, so they are not asked: Uma Rao." in page
    db.session.rollback()
    assert db.session.scalars(select(Offer.mentee_id)).all() == [ivy]


@pytest.mark.parametrize("mode", [Mode.MOST_MENTEES, Mode.STABLE])
def test_a_late_run_keeps_the_pairs_that_are_there_and_takes_the_place_of_one_that_ended(
    cast: Cast, carol: Browser, mode: Mode
) -> None:
    early, gone = joins(cast, "Uma Rao", "mentee", ("sleep",)), joins(cast, "Ivy Chen", "mentee", ("sleep",))
    omar = joins(cast, "Omar Haddad", "mentor", ("sleep",), capacity=2)
    lea = joins(cast, "Lea Blum", "mentor")
    pair(cast, early, lea)  # she would fit Omar better, and stays
    over = pair(cast, gone, omar)
    kept = pair(cast, joins(cast, "Kai Wood", "mentee"), omar)
    late = joins(cast, "Zoe Hart", "mentee", ("sleep",))
    settings = Settings(mode=mode)
    assert proposed(run_now(cast, settings)) == {late: None}
    with writing():
        end_pair(db.session.get_one(Person, cast.carol), db.session.get_one(Pairing, over))
    run = run_now(cast, settings)
    assert proposed(run) == {late: omar, gone: None}, "her place is free, and she had Omar before"
    assert run.counts["stays"] == 2
    standing = db.session.scalars(select(Pairing.id).where(Pairing.ended_at.is_(None))).all()
    assert kept in standing


def test_a_place_that_a_mentor_promised_is_not_proposed_to_somebody_else(cast: Cast, app: Flask) -> None:
    uma, omar = joins(cast, "Uma Rao", "mentee", ("sleep",)), joins(cast, "Omar Haddad", "mentor", ("sleep",))
    with writing():
        mentee, mentor, carol = (db.session.get_one(Person, each) for each in (uma, omar, cast.carol))
        open_directory(carol, programme_of(cast), unconfirmed=False)
        asked = ask_mentor(mentee, programme_of(cast), mentor, "May I?", uuid7())
    with writing():
        accept_request(db.session.get_one(Person, omar), db.session.get_one(MentorRequest, asked.id))
    ivy, lea = joins(cast, "Ivy Chen", "mentee", ("sleep",)), joins(cast, "Lea Blum", "mentor")
    assert proposed(run_now(cast)) == {ivy: lea}
    with writing():
        make_offers(programme_of(cast), [OfferWanted(uma, lea)], db.session.get_one(Person, cast.carol))
    assert proposed(run_now(cast)) == {ivy: None}, "who is asked twice holds both places"


def test_a_mentor_without_a_place_is_not_offered_to_wish_for(app: Flask, cast: Cast, browser: Browser) -> None:
    uma, ivy = joins(cast, "Uma Rao", "mentee", ("sleep",)), joins(cast, "Ivy Chen", "mentee", ("sleep",))
    omar = joins(cast, "Omar Haddad", "mentor", ("sleep",))
    page = f"/profile/in/{part_of(uma)}/choices"
    browser.sign_in(uma)
    assert "Omar Haddad" in browser.get(page).text
    taken = pair(cast, ivy, omar)
    assert "Omar Haddad" in Browser(app).sign_in(ivy).get(f"/profile/in/{part_of(ivy)}/choices").text, "who has her"
    assert "Omar Haddad" not in browser.get(page).text
    assert "Omar Haddad" not in browser.get(f"{page}?q=Omar").text
    says(uma, "choices", part_of(uma), wishes=[str(omar)])
    assert "Omar Haddad" in browser.get(page).text, "what was said stays to be seen and changed"
    says(uma, "choices", part_of(uma))
    with writing():
        end_pair(db.session.get_one(Person, cast.carol), db.session.get_one(Pairing, taken))
    assert "Omar Haddad" in browser.get(page).text
