"""Not these two: a coordinator keeps two people apart, everywhere, and nobody learns who said no to whom."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.matching.ward import joins, listed, programme_of, run_now
from tests.page_linter import forms_of
from tests.pairings.apart import kept_apart
from tests.people import Cast
from tests.profiles.saying import says
from tests.programmes.building import draft
from webapp.database import db, uuid7, writing
from webapp.matching import RuleCode
from webapp.matching.offers import MentorRequest, Offer, OfferWanted, make_offers, open_directory
from webapp.matching.offers.actions.asking import ask_mentor
from webapp.matching.runs.models import MatchRun
from webapp.matching.runs.plain import unmatched_in
from webapp.matching.runs.reads import proposals_of
from webapp.pairings import CannotPair, KeptApart, make_pair
from webapp.people import Person
from webapp.programmes import Enrolment
from webapp.worker import tidy

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def carol(browser: Browser, cast: Cast) -> Browser:
    return browser.sign_in(cast.carol)


def people_of(cast: Cast) -> tuple[UUID, UUID, UUID]:
    """A mentee, and two mentors of whom the first fits better."""
    uma = joins(cast, "Uma Rao", "mentee", ("sleep", "handover"))
    omar = joins(cast, "Omar Haddad", "mentor", ("sleep", "handover"))
    return uma, omar, joins(cast, "Lea Blum", "mentor", ("sleep",))


def at(cast: Cast, more: str = "") -> str:
    return f"/programme/{cast.programme}/matching{more}"


def proposed(run: MatchRun) -> dict[UUID, UUID | None]:
    return {row.mentee_id: row.mentor_id for row in proposals_of(run)}


def person(person_id: UUID) -> Person:
    return db.session.get_one(Person, person_id)


def test_the_two_are_not_proposed_until_it_is_undone(carol: Browser, cast: Cast) -> None:
    uma, omar, lea = people_of(cast)
    first = run_now(cast)
    assert proposed(first) == {uma: omar}
    page = at(cast, f"/apart?mentee={uma}&mentor={omar}")
    draft_at = at(cast, f"/runs/{first.id}")
    assert page.replace("&", "&amp;") in carol.get(f"{draft_at}/mentees/{uma}").text
    carol.fill_in(page, {"why": "close"}, at(cast, "/apart"))
    again = carol.fill_in(page, {"why": "other"}, at(cast, "/apart"))
    assert again.status_code == 303
    (row,) = db.session.scalars(select(KeptApart)).all()
    assert (row.why, row.made_by_id) == ("close", cast.carol), "said twice it is there once, as it was said first"
    listing = carol.get(at(cast, "/apart")).text
    assert "Omar Haddad and Uma Rao" in listing
    assert "They are close outside work." in listing
    page = carol.get(draft_at).text
    assert "May not be a pair any more" in page
    carol.fill_in(draft_at, {}, f"{draft_at}/again", form=0)
    assert proposed(run_now(cast)) == {uma: lea}
    carol.fill_in(at(cast, "/apart"), {}, at(cast, f"/apart/{row.id}/undo"))
    assert proposed(run_now(cast)) == {uma: omar}


def test_it_looks_like_a_pause_and_nothing_opens_it(app: Flask, cast: Cast) -> None:
    uma, ivy = joins(cast, "Uma Rao", "mentee"), joins(cast, "Ivy Chen", "mentee")
    kai, omar = joins(cast, "Kai Wood", "mentee"), joins(cast, "Omar Haddad", "mentor")
    kept_apart(cast, omar, uma)
    part = db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == omar)).one()
    says(omar, "choices", part, vetoes=[str(ivy)])
    listed(kai, manager_id=omar)
    rows = {row.mentee_id: unmatched_in(row.said) for row in proposals_of(run_now(cast))}
    by_word, by_veto = rows[uma], rows[ivy]
    assert by_word is not None and by_veto is not None
    assert by_word.removed == by_veto.removed == {RuleCode.NOT_AVAILABLE: 1}
    assert by_word.opens == by_veto.opens == ()


def test_it_holds_in_every_programme_and_by_hand(app: Flask, cast: Cast, carol: Browser) -> None:
    uma, omar, lea = people_of(cast)
    kept_apart(cast, uma, omar, programme=draft(cast, "Another one"))
    assert proposed(run_now(cast)) == {uma: lea}
    with writing():
        made = make_offers(programme_of(cast), [OfferWanted(uma, omar)], person(cast.carol))
    assert [each.reason for each in made.left_out] == ["not_available"]
    with pytest.raises(CannotPair, match="not_available"), writing():
        make_pair(person(cast.carol), programme_of(cast), person(uma), person(omar), "")
    part = db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == lea)).one()
    says(lea, "choices", part, vetoes=[str(uma)])
    for mentor in (omar, lea):
        said = {"mentee": str(uma), "mentor": str(mentor), "why": "They fit.", "begin": "at_once"}
        answer = carol.fill_in("/programme/pairs/new", said)
        assert answer.status_code == 422
        assert "These two cannot be a pair. Choose somebody else." in answer.text


def test_what_the_two_are_asked_is_taken_back(carol: Browser, cast: Cast) -> None:
    uma, omar, _lea = people_of(cast)
    ivy = joins(cast, "Ivy Chen", "mentee", ("sleep",))
    with writing():
        coordinator = person(cast.carol)
        open_directory(coordinator, programme_of(cast), unconfirmed=False)
        ask_mentor(person(ivy), programme_of(cast), person(omar), "May I?", uuid7())
    with writing():
        make_offers(programme_of(cast), [OfferWanted(uma, omar)], person(cast.carol))
    for mentee in (uma, ivy):
        carol.fill_in(at(cast, f"/apart?mentee={mentee}&mentor={omar}"), {"why": "work"}, at(cast, "/apart"))
    db.session.rollback()
    assert db.session.scalars(select(Offer.closed_how)).all() == ["withdrawn"]
    assert db.session.scalars(select(MentorRequest.closed_how)).all() == ["left"]


@SQLITE
def test_nobody_reads_it_of_themselves_or_of_their_own_reports(carol: Browser, cast: Cast) -> None:
    uma, omar, _lea = people_of(cast)
    kept_apart(cast, uma, omar)
    kept_apart(cast, uma, cast.carol, "before")
    page = carol.get(at(cast, "/apart"))
    assert "Omar Haddad and Uma Rao" in page.text
    assert "Carol" not in page.text.partition("<h2>Kept apart</h2>")[2].partition("</main>")[0]
    listed(omar, manager_id=cast.carol)
    page = carol.get(at(cast, "/apart"))
    assert "Omar" not in page.text
    assert "Kept apart" not in page.text
    refused = carol.fill_in(at(cast, "/apart"), {}, at(cast, "/apart"))
    assert refused.status_code == 422
    assert "Choose a reason." in refused.text
    token = next(form.values["csrf_token"] for form in forms_of(refused.text) if form.action == at(cast, "/apart"))
    for row in db.session.scalars(select(KeptApart.id)).all():
        assert carol.post(at(cast, f"/apart/{row}/undo"), {"csrf_token": token}).status_code == 404


@SQLITE
def test_it_goes_when_one_of_them_has_left_for_sixty_days(app: Flask, cast: Cast, clock: MovedClock) -> None:
    uma, omar, lea = people_of(cast)
    kept_apart(cast, uma, omar)
    kept_apart(cast, uma, lea)
    with writing():
        person(omar).closed_at = clock()
    clock.move(days=59)
    tidy()
    assert len(db.session.scalars(select(KeptApart)).all()) == 2
    clock.move(days=2)
    tidy()
    assert [{row.first_id, row.second_id} for row in db.session.scalars(select(KeptApart))] == [{uma, lea}]
