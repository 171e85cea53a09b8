"""Whom a mentor may introduce the mentee to, and when: who is open to it and stands in no line with her."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.client import Browser
from tests.page_linter import forms_of
from tests.pairings.introducing import WHY, open_names
from tests.pairings.writing_down import somebody, the_pairing, written
from tests.people import Cast, person
from webapp.clock import now
from webapp.database import db, writing
from webapp.ledger import Refused
from webapp.pairings import end_pair, make_pair
from webapp.pairings.introductions.actions import be_open, introduce
from webapp.pairings.introductions.fields import IntroduceFields, OpenFields
from webapp.pairings.models import InLine
from webapp.profiles.actions import say
from webapp.profiles.fields import Choices
from webapp.programmes import Programme, enrol
from webapp.staff import StaffRecord


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/pair/{cast.pairing}/introductions"


def test_only_who_is_open_and_stands_in_no_line_is_offered(cast: Cast, ana: Browser, his: Browser, omar: UUID) -> None:
    with writing():
        for outsider in (cast.charlie, cast.ana):  # in no programme; the mentor herself
            be_open(somebody(outsider), OpenFields(about="Anything", minutes=5))
    assert open_names(cast) == ["Omar Aziz"]
    for fields in ({"manager_id": omar}, {"assessor_id": omar}):
        with writing():
            db.session.add(StaffRecord(person_id=cast.mary, languages=[], **fields))
        assert open_names(cast) == []
        with writing():
            db.session.delete(db.session.get_one(StaffRecord, cast.mary))
    with writing():
        somebody(omar).closed_at = now()
    assert open_names(cast) == []
    with writing():
        somebody(omar).closed_at = None
    assert open_names(cast) == ["Omar Aziz"]
    his.fill_in("/introductions", {}, "/introductions/not-open")
    assert open_names(cast) == []


def test_whom_she_said_no_to_and_who_is_asked_enough_are_not_offered(cast: Cast, his: Browser, omar: UUID) -> None:
    with writing():
        programme, carol = db.session.get_one(Programme, cast.programme), somebody(cast.carol)
        part = enrol(carol, programme, somebody(cast.mary), "mentee")
        db.session.flush()
        say(somebody(cast.mary), Choices(vetoes=(omar,)), part)
    assert open_names(cast) == []
    with writing():
        say(somebody(cast.mary), Choices(), part)
    for number in range(3):
        assert open_names(cast) == ["Omar Aziz"]
        with writing():
            mentee, programme = person(f"Nia{number} Vale", {"mentee"}), db.session.get_one(Programme, cast.programme)
            db.session.flush()
            pairing = make_pair(somebody(cast.carol), programme, mentee, somebody(cast.ana), "They fit.")
            db.session.flush()
            introduce(somebody(cast.ana), written(), pairing.id, IntroduceFields(person=omar, why=WHY))
    assert open_names(cast) == []


def test_a_pair_that_is_paused_held_or_over_begins_none(
    cast: Cast, ana: Browser, mary: Browser, his: Browser, omar: UUID, page: str
) -> None:
    fields = IntroduceFields(person=omar, why=WHY)

    def refusal() -> str:
        with pytest.raises(Refused) as refused, writing():
            introduce(somebody(cast.ana), written(), cast.pairing, fields)
        return refused.value.reason

    form = next(form for form in forms_of(ana.get(page).text) if form.action == page)
    wrong = ana.post(page, {**form.values, "person": str(cast.charlie), "why": "x" * 301})
    assert wrong.status_code == 422
    assert "cannot be asked now" in wrong.text and "300 letters" in wrong.text and "x" * 301 in wrong.text
    assert mary.post(page, {**form.values, "person": str(omar), "why": WHY}).status_code == 404
    with writing():
        pairing = the_pairing(cast.pairing)
        pairing.paused_since, pairing.paused_until = now(), now().date().replace(year=2027)
    assert refusal() == "not_now" and "You two have a pause" in ana.get(page).text
    with writing():
        pairing = the_pairing(cast.pairing)
        pairing.paused_since = pairing.paused_until = None
        pairing.in_line = InLine(pairing_id=pairing.id, since=now())
    assert refusal() == "pairing_held"
    with writing():
        pairing = the_pairing(cast.pairing)
        pairing.in_line = None
        pairing.ended_at = pairing.friends_since = now()
    assert refusal() == "not_now"
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    assert refusal() == "pairing_ended"
    assert ana.get(page).status_code == 200
