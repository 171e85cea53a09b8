"""A check-in is kept or sent as its author says, and counts for the day it describes."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from tests.checkins.conftest import Pen, load
from tests.conftest import MovedClock
from tests.people import Cast
from webapp.audit import AuditRow
from webapp.checkins import Checkin, CheckinFields, HelpedAnswer, as_seen_by, record_checkin, take_checkin_back
from webapp.checkins.fields import TakeBackFields
from webapp.database import db, uuid7, writing
from webapp.feed import FeedRow
from webapp.ledger import Gone, Refused, Written
from webapp.pairings import Contact, Pairing, last_talk_on
from webapp.people import Person
from webapp.push.models import PushMessage


def seen_by(person_id: UUID, checkin_id: UUID) -> dict[str, object] | None:
    reader = db.session.get_one(Person, person_id)
    found = as_seen_by(reader, [checkin_id]).get(checkin_id)
    return found[1] if found else None


def pushes_to(person_id: UUID) -> list[str]:
    return sorted(db.session.scalars(select(PushMessage.kind).where(PushMessage.person_id == person_id)))


def feed_of(person_id: UUID, kind: str = "checkin") -> dict[UUID, bool]:
    rows = db.session.scalars(select(FeedRow).where(FeedRow.person_id == person_id, FeedRow.kind == kind))
    return {row.entity_id: row.gone for row in rows}


@pytest.mark.parametrize(
    "answer", [{"face": 1}, {"contact": "none"}, {"need": "question"}, {"words": "Tired."}, {"contact": "call"}]
)
def test_one_answer_of_any_kind_is_enough(pen: Pen, answer: dict[str, object]) -> None:
    checkin = load(pen.record(**answer))
    assert {name: getattr(checkin, name) for name in answer} == answer
    unanswered = {"face", "contact", "need"} - answer.keys()
    assert all(getattr(checkin, name) is None for name in unanswered)


@pytest.mark.parametrize("nothing", [{}, {"words": "  \n "}, {"minutes": 10}, {"helped": "yes"}])
def test_a_check_in_without_any_answer_is_invalid(nothing: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="one answer"):
        CheckinFields(audience="self", **nothing)


@pytest.mark.parametrize(
    "wrong",
    [
        {"face": 0},
        {"face": 6},
        {"minutes": 0, "contact": "call"},
        {"minutes": 601, "contact": "call"},
        {"need": "money"},
        {"audience": "everybody"},
        {"words": "x" * 2001},
        {"shift": {"start": "2026-03-09T19:30", "end": "2026-03-09T07:30"}},
        {"shift": {"start": "2026-03-09T19:30", "end": "2026-03-11T07:30"}},
        {"shift": {"start": "2026-03-09T19:30Z", "end": "2026-03-10T07:30Z"}},
    ],
)
def test_answers_that_cannot_be_are_invalid(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CheckinFields(**{"audience": "self", "face": 3, **wrong})


def test_what_was_sent_is_seen_by_the_mentor_and_by_nobody_else(pen: Pen, cast: Cast) -> None:
    sent = pen.record(face=2, words="A long night.", need="question")
    data = seen_by(cast.ana, sent)
    assert data is not None
    assert (data["mine"], data["face"], data["words"], data["need"]) == (False, 2, "A long night.", "question")
    for other in (cast.carol, cast.charlie, cast.admin):
        assert seen_by(other, sent) is None
    assert feed_of(cast.ana) == feed_of(cast.mary) == {sent: False}


def test_what_is_kept_is_unseen_but_contact_day_and_minutes_count(pen: Pen, cast: Cast) -> None:
    kept = pen.record(audience="self", face=1, words="Mine.", need="talk", contact="in_person", minutes=10)
    assert seen_by(cast.ana, kept) is None
    assert seen_by(cast.mary, kept) is not None
    assert feed_of(cast.ana) == {}
    assert pushes_to(cast.ana) == []
    pairing = db.session.get_one(Pairing, cast.pairing)
    assert pairing.talk_wanted_since is None
    assert last_talk_on(pairing) == date(2026, 3, 10)
    assert db.session.scalars(select(Contact)).one().minutes == 10


def test_words_are_sealed_at_rest(pen: Pen) -> None:
    checkin = load(pen.record(words="Canary in the mine"))
    assert checkin.words_sealed is not None
    assert b"Canary" not in checkin.words_sealed
    assert checkin.words == "Canary in the mine"


def test_a_late_check_in_counts_for_the_day_it_describes(pen: Pen, cast: Cast) -> None:
    shift = {"start": "2026-03-07T19:30", "end": "2026-03-08T08:00"}
    late = load(pen.record(shift_date="2026-03-07", shift=shift, contact="in_person", minutes=5))
    assert late.shift_date == date(2026, 3, 7)
    assert late.shift is not None and late.shift.is_night
    assert db.session.scalars(select(Contact)).one().happened_on == date(2026, 3, 7)


def test_contact_since_a_day_counts_for_the_day_of_writing(pen: Pen) -> None:
    pen.record(about="since", shift_date="2026-03-03", contact="call", minutes=5)
    assert db.session.scalars(select(Contact)).one().happened_on == date(2026, 3, 10)


def test_a_day_still_to_come_becomes_the_day_of_writing_and_is_uncertain(pen: Pen) -> None:
    checkin = load(pen.record(face=3, shift_date="2026-03-14"))
    assert (checkin.shift_date, checkin.day_uncertain) == (date(2026, 3, 10), True)


def test_a_clock_that_jumped_makes_the_day_uncertain(pen: Pen, cast: Cast) -> None:
    entity = uuid7()
    with writing():
        mary = db.session.get_one(Person, cast.mary)
        record_checkin(mary, pen.at(entity, day_uncertain=True), CheckinFields(audience="self", face=3))
    assert load(entity).day_uncertain


def test_minutes_are_dropped_without_a_talk(pen: Pen) -> None:
    assert load(pen.record(contact="message", minutes=10, helped="yes")).minutes is None
    assert db.session.scalars(select(HelpedAnswer)).all() == []


def test_whether_it_helped_is_shown_to_nobody_but_its_author(pen: Pen, cast: Cast) -> None:
    checkin = pen.record(contact="call", minutes=10, helped="a_little")
    mine, hers = seen_by(cast.mary, checkin), seen_by(cast.ana, checkin)
    assert mine is not None and mine["helped"] == "a_little"
    assert hers is not None and "helped" not in hers
    assert db.session.get_one(HelpedAnswer, checkin).answer == "a_little"


def test_a_wish_to_talk_reaches_the_mentor_at_once_and_is_told_once(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    asked = pen.record(need="talk")
    pairing = db.session.get_one(Pairing, cast.pairing)
    assert (pairing.talk_wanted_since, pairing.talk_wanted_checkin) == (clock(), asked)
    clock.move(hours=1)
    pen.amend(asked, need="talk", words="Tonight if you can.")
    assert pushes_to(cast.ana) == ["checkins_to_read", "talk_wanted"]
    assert db.session.get_one(Pairing, cast.pairing).talk_wanted_since == clock() - timedelta(hours=1)


def test_check_ins_are_told_as_one_bundle(pen: Pen, cast: Cast) -> None:
    for face in (1, 2, 3):
        pen.record(face=face)
    assert pushes_to(cast.ana) == ["checkins_to_read"]


def test_without_a_mentor_a_check_in_can_only_be_kept(pen: Pen, cast: Cast) -> None:
    kept = load(pen.record(who=cast.charlie, audience="self", pairing=None, face=4, contact="call"))
    assert kept.pairing_id is None
    assert db.session.scalars(select(Contact)).all() == []
    with pytest.raises(Refused, match="not_your_pairing"):
        pen.record(who=cast.charlie, pairing=None, face=4)


@pytest.mark.parametrize("who", ["charlie", "ana", "carol"])
def test_nobody_writes_into_somebody_elses_pairing(pen: Pen, cast: Cast, who: str) -> None:
    for audience in ("mentor", "self"):
        with pytest.raises(Refused, match="not_your_pairing"):
            pen.record(who=getattr(cast, who), audience=audience, face=4)
    with pytest.raises(Refused, match="not_your_pairing"):
        pen.record(pairing=uuid7(), face=4)


def test_nothing_is_sent_once_the_pairing_has_ended_but_it_can_be_kept(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    with writing():
        db.session.get_one(Pairing, cast.pairing).ended_at = clock()
    clock.move(days=2)
    with pytest.raises(Refused, match="pairing_ended"):
        pen.record(face=2)
    kept = pen.record(audience="self", face=2, contact="call", minutes=5)
    assert seen_by(cast.ana, kept) is None
    assert db.session.scalars(select(Contact)).all() == []


def test_my_mentor_means_whoever_that_was_when_it_was_written(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    assert load(pen.record(pairing=None, face=2)).pairing_id == cast.pairing
    written_at = clock()
    clock.move(hours=1)
    with writing():
        db.session.get_one(Pairing, cast.pairing).ended_at = clock()
        db.session.flush()
        bea = Pairing(
            programme_id=cast.programme,
            mentor_id=cast.charlie,
            mentee_id=cast.mary,
            made_by_id=cast.carol,
            made_at=clock(),
        )
        db.session.add(bea)
    with pytest.raises(Refused, match="pairing_ended"), writing():
        mary = db.session.get_one(Person, cast.mary)
        late = Written(uuid7(), uuid7(), written_at, "Europe/London")
        record_checkin(mary, late, CheckinFields(audience="mentor", face=2))
    assert db.session.scalar(select(func.count()).select_from(Checkin)) == 1


def test_the_same_check_in_recorded_twice_is_one(pen: Pen) -> None:
    entity = pen.record(face=2, words="First.")
    pen.record(entity=entity, face=2, words="Second.")
    assert load(entity).words == "Second."
    assert db.session.scalar(select(func.count()).select_from(Checkin)) == 1


def test_nobody_records_over_somebody_elses_check_in(pen: Pen, cast: Cast) -> None:
    entity = pen.record(face=2, words="Mary's.")
    with pytest.raises(Refused, match="not_allowed"):
        pen.record(who=cast.charlie, entity=entity, audience="self", pairing=None, words="Planted.")
    assert load(entity).words == "Mary's."


def test_a_batch_that_is_flushed_late_records_changes_and_takes_back(pen: Pen, cast: Cast) -> None:
    entity = uuid7()
    with writing(), db.session.no_autoflush:
        mary = db.session.get_one(Person, cast.mary)
        said = {"audience": "mentor", "pairing": cast.pairing, "contact": "call", "minutes": 5, "helped": "yes"}
        record_checkin(mary, pen.at(entity), CheckinFields(**said))
        db.session.flush()
        record_checkin(mary, pen.at(entity), CheckinFields(**{**said, "helped": "no"}))
        take_checkin_back(mary, pen.at(entity), TakeBackFields())
    assert load(entity).taken_back_at is not None
    assert db.session.get_one(HelpedAnswer, entity).answer is None
    assert db.session.get_one(Contact, entity).taken_back_at is not None


def test_the_audit_knows_what_was_done_and_nothing_that_was_said(pen: Pen) -> None:
    checkin = pen.record(words="Canary", face=1)
    with pytest.raises(Gone):
        pen.take_back(checkin)
        pen.amend(checkin, words="Canary again")
    rows = db.session.scalars(select(AuditRow).where(AuditRow.subject_kind == "checkin")).all()
    assert [row.event for row in rows] == ["checkins.recorded", "checkins.took_back"]
    assert "Canary" not in str([row.facts for row in rows])


def test_a_check_in_written_days_ago_keeps_its_moment(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    entity, then = uuid7(), clock() - timedelta(days=3)
    with writing():
        mary = db.session.get_one(Person, cast.mary)
        late = Written(entity, uuid7(), then, "Europe/London")
        record_checkin(mary, late, CheckinFields(audience="self", face=2))
    assert (load(entity).written_at, load(entity).shift_date) == (then, date(2026, 3, 7))
