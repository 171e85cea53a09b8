"""The invented hospital is believable, made once, and never beside real people."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import MovedClock
from tests.people import make_cast
from webapp import demo
from webapp.checkins import Checkin
from webapp.config import BadSettings
from webapp.database import db
from webapp.demo.hospital import read
from webapp.feedback import Feedback
from webapp.insight.progress import progress_of
from webapp.journal import Entry
from webapp.matching.offers import MentorRequest, Offer
from webapp.pairings import Contact, Note, Pairing
from webapp.pairings.facts import facts_of_programmes
from webapp.pairings.introductions.models import Introduction
from webapp.people import Organisation, Person, Site, Unit
from webapp.profiles import profiles_of, vocabulary
from webapp.profiles import progress_of as progress_of_profiles
from webapp.profiles.keeping_words import free_words
from webapp.programmes import Programme, enrolled_in
from webapp.safety import missing_kinds
from webapp.staff import may_import

pytestmark = pytest.mark.slow
SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
RESERVED = ("01632 960", "0113 496 0", "08081 570")


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_there_are_42_people_in_3_units_on_2_sites_and_10_pairs(app: Flask, clock: MovedClock) -> None:
    assert demo.fill()
    assert (count(Person), count(Unit), count(Site), count(Pairing)) == (42, 3, 2, 10)
    assert min(count(model) for model in (Checkin, Note, Contact, Entry)) >= 10
    assert count(Feedback) >= 5
    introductions = db.session.scalars(select(Introduction).order_by(Introduction.proposed_at)).all()
    assert [(each.mentee.name, bool(each.led_line), each.is_open(clock.at)) for each in introductions] == [
        ("Mary Okafor", True, False),
        ("Samuel Kiprono", False, True),
    ]
    carol = db.session.scalars(select(Person).where(Person.name == "Carol Mensah")).one()
    stages = [pair.stage for pair in facts_of_programmes(list(db.session.scalars(select(Programme))), carol)]
    assert {"joining", "in_touch", "not_in_touch"} <= set(stages), "there is something to do for a coordinator"
    assert missing_kinds() == []
    assert may_import(carol), "the invented list of 240 people is for trying out"


@SQLITE
def test_it_goes_back_eight_weeks_and_not_beyond_now(app: Flask, clock: MovedClock) -> None:
    demo.fill()
    first, last = moments(Checkin)
    assert clock.at - timedelta(days=60) < first < clock.at - timedelta(days=45)
    assert clock.at - timedelta(days=3) < last <= clock.at
    assert app.extensions["clock"] is clock


@SQLITE
def test_pairs_stand_at_different_stages(app: Flask, clock: MovedClock) -> None:
    demo.fill()
    pairings = db.session.scalars(select(Pairing)).all()
    assert len({pairing.made_at.date() for pairing in pairings}) == 10
    assert [pairing.mentee.name for pairing in pairings if not pairing.is_active()] == ["Yusuf Demir"]
    assert [pairing.mentee.name for pairing in pairings if pairing.talk_wanted_since] == ["Priya Nair"]


@SQLITE
def test_a_second_start_reuses_it(app: Flask) -> None:
    assert demo.fill()
    before = {model: count(model) for model in (Person, Checkin, Note, Entry)}
    assert not demo.fill()
    assert {model: count(model) for model in before} == before


@SQLITE
def test_people_say_different_things_in_two_languages(app: Flask) -> None:
    demo.fill()
    said = [note.words for note in db.session.scalars(select(Note).order_by(Note.written_at, Note.id))]
    assert len(set(said)) > 15
    for language in ("en", "es"):
        assert set(said) & {each for hellos in read(f"words.{language}")["hello"].values() for each in hellos}


@SQLITE
def test_it_refuses_to_live_beside_real_people(app: Flask) -> None:
    make_cast()
    with pytest.raises(BadSettings, match="real people"):
        demo.refuse_a_real_hospital()


@SQLITE
def test_its_own_people_are_no_reason_to_refuse(app: Flask) -> None:
    demo.fill()
    demo.refuse_a_real_hospital()
    assert db.session.get_one(Organisation, 1).demo_since is not None


def test_its_telephone_numbers_are_nobodys() -> None:
    assert all(contact["phone"].startswith(RESERVED) for contact in read("hospital")["contacts"])


def moments(model: type[Checkin]) -> tuple[datetime, datetime]:
    found = db.session.scalars(select(model.written_at).order_by(model.written_at)).all()
    return found[0], found[-1]


@SQLITE
def test_its_people_say_things_of_themselves_in_the_organisers_words(app: Flask) -> None:
    demo.fill()
    programme = db.session.scalars(select(Programme)).one()
    people = enrolled_in(programme)
    answered = [each.answered for each in progress_of_profiles(people).values()]
    assert len(answered) >= 20 and sum(count >= 4 for count in answered) >= 15 and 0 in answered
    words, carol = vocabulary(), db.session.scalars(select(Person).where(Person.name == "Carol Mensah")).one()
    assert ("tracheostomy care", 2) in free_words({each.person_id for each in enrolled_in(programme, carol)})
    known = [
        goal.word
        for facts in profiles_of({each.person_id for each in people}).values()
        for part in facts.parts.values()
        for goal in part.goals
    ]
    assert sum(words.tag_of(word) is None for word in known) <= 2


@SQLITE
def test_its_programme_has_objectives_that_are_counted(app: Flask, clock: MovedClock) -> None:
    demo.fill()
    programme = db.session.scalars(select(Programme)).one()
    carol = db.session.scalars(select(Person).where(Person.name == "Carol Mensah")).one()
    found = {each.objective.measure: each.share for each in progress_of(programme, carol)}
    assert programme.is_running
    assert set(found) == {"matched", "first_talk", "talked", "rhythm"}
    assert all(0 < share.count <= share.of for share in found.values()), found


@SQLITE
def test_two_of_its_people_are_being_asked(app: Flask) -> None:
    demo.fill()
    offer, question = db.session.scalars(select(Offer)).one(), db.session.scalars(select(MentorRequest)).one()
    assert [each.person_id for each in offer.answers] == [offer.mentor_id] and offer.can_be_answered
    assert question.waits_for_mentor
