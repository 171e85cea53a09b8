"""Logging a talk from either side, changing it, taking it back; what a check-in brings is the same row."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import MovedClock
from tests.pairings.writing_down import somebody, stored_talk, talk, the_pairing, written
from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.ledger import Gone, Refused
from webapp.pairings import (
    NoFields,
    TalkFields,
    amend_talk,
    days_since_talk,
    last_talk_on,
    minutes_talked,
    record_contact,
    record_talk,
    take_talk_back,
    talks_as_seen_by,
)

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


def fields(cast: Cast, **said: object) -> TalkFields:
    usual: dict[str, object] = {"pairing": cast.pairing, "contact": "call", "on": MONDAY, "minutes": 10}
    return TalkFields.model_validate({**usual, **said})


def test_one_sides_log_counts_for_the_pair(cast: Cast) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY)
    assert last_talk_on(the_pairing(cast.pairing)) == MONDAY
    assert days_since_talk(the_pairing(cast.pairing), somebody(cast.mary)) == 1
    seen = talks_as_seen_by(somebody(cast.mary), [talk_id])[talk_id][1]
    assert seen == {
        "mine": False,
        "pairing": str(cast.pairing),
        "contact": "in_person",
        "on": "2026-03-09",
        "minutes": 10,
        "by_coordinator": False,
    }
    assert talks_as_seen_by(somebody(cast.charlie), [talk_id]) == {}
    assert talks_as_seen_by(somebody(cast.carol), [talk_id]) == {}


@pytest.mark.parametrize(("contact", "minutes"), [("message", 30), ("in_person", None)])
def test_messages_and_talks_of_no_known_length_are_not_talked(cast: Cast, contact: str, minutes: int | None) -> None:
    talk(cast.ana, cast.pairing, MONDAY, minutes, contact)
    assert last_talk_on(the_pairing(cast.pairing)) is None


def test_both_sides_records_of_one_talk_make_its_minutes_once(cast: Cast) -> None:
    talk(cast.ana, cast.pairing, MONDAY, 15)
    talk(cast.mary, cast.pairing, MONDAY, 10)
    talk(cast.mary, cast.pairing, TUESDAY, 5)
    assert minutes_talked(the_pairing(cast.pairing), date(2026, 3, 1), date(2026, 3, 31)) == 20
    assert minutes_talked(the_pairing(cast.pairing), TUESDAY, TUESDAY) == 5


def test_a_talk_cannot_lie_in_the_future(cast: Cast) -> None:
    with pytest.raises(Refused) as refused, writing():
        record_talk(somebody(cast.ana), written(), fields(cast, on=date(2026, 3, 12)))
    assert refused.value.reason == "invalid"


def test_a_stranger_logs_no_talk(cast: Cast) -> None:
    with pytest.raises(Refused) as refused, writing():
        record_talk(somebody(cast.charlie), written(), fields(cast))
    assert refused.value.reason == "not_your_pairing"


def test_its_author_changes_a_talk(cast: Cast) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY, 10)
    change = written(talk_id)
    with writing():
        amend_talk(somebody(cast.ana), change, fields(cast, on=TUESDAY, minutes=25))
    row = stored_talk(talk_id)
    assert row is not None
    assert (row.happened_on, row.minutes, row.means, row.head) == (TUESDAY, 25, "call", change.op)


def test_nobody_else_changes_or_takes_back_a_talk(cast: Cast) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY, 10)
    for other in (cast.mary, cast.charlie):
        with pytest.raises(Refused) as refused, writing():
            amend_talk(somebody(other), written(talk_id), fields(cast, minutes=1))
        assert refused.value.reason == "not_found"
        with pytest.raises(Refused), writing():
            take_talk_back(somebody(other), written(talk_id), NoFields())
    row = stored_talk(talk_id)
    assert row is not None
    assert row.minutes == 10


def test_a_talk_that_is_taken_back_no_longer_counts_and_stays_gone(cast: Cast) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY)
    with writing():
        take_talk_back(somebody(cast.ana), written(talk_id), NoFields())
    assert last_talk_on(the_pairing(cast.pairing)) is None
    assert talks_as_seen_by(somebody(cast.ana), [talk_id]) == {}
    with pytest.raises(Gone), writing():
        amend_talk(somebody(cast.ana), written(talk_id), fields(cast))


def test_a_checkin_brings_changes_and_removes_one_contact(cast: Cast) -> None:
    checkin = uuid7()

    def say(means: str | None, minutes: int | None) -> None:
        circumstances = written()
        with writing():
            record_contact(
                the_pairing(cast.pairing),
                somebody(cast.mary),
                means,
                MONDAY,
                minutes,
                op=circumstances.op,
                at=circumstances.at,
                checkin_id=checkin,
            )

    say("in_person", 10)
    assert minutes_talked(the_pairing(cast.pairing), MONDAY, MONDAY) == 10
    say("call", 5)
    assert minutes_talked(the_pairing(cast.pairing), MONDAY, MONDAY) == 5
    say(None, None)
    assert last_talk_on(the_pairing(cast.pairing)) is None
    say("in_person", 30)
    assert minutes_talked(the_pairing(cast.pairing), MONDAY, MONDAY) == 30
    assert talks_as_seen_by(somebody(cast.ana), [checkin]) == {}


def test_no_chance_yet_leaves_no_row(cast: Cast) -> None:
    checkin = uuid7()
    with writing():
        made = record_contact(
            the_pairing(cast.pairing),
            somebody(cast.mary),
            "none",
            MONDAY,
            None,
            op=uuid7(),
            at=written().at,
            checkin_id=checkin,
        )
    assert made is None
    assert stored_talk(checkin) is None


def test_a_checkin_id_that_is_somebody_elses_talk_is_refused(cast: Cast) -> None:
    talk_id = talk(cast.ana, cast.pairing, MONDAY, 10)
    with pytest.raises(Refused) as refused, writing():
        record_contact(
            the_pairing(cast.pairing),
            somebody(cast.mary),
            None,
            MONDAY,
            None,
            op=uuid7(),
            at=written().at,
            checkin_id=talk_id,
        )
    assert refused.value.reason == "not_allowed"
    assert last_talk_on(the_pairing(cast.pairing)) == MONDAY


def test_talking_answers_the_wish_to_talk_but_an_older_talk_does_not(cast: Cast, clock: MovedClock) -> None:
    with writing():
        the_pairing(cast.pairing).ask_to_talk(clock(), uuid7())
    clock.move(hours=3)
    talk(cast.ana, cast.pairing, MONDAY)
    assert the_pairing(cast.pairing).talk_wanted_since is not None
    talk(cast.mary, cast.pairing, TUESDAY, 5, "call")
    assert the_pairing(cast.pairing).talk_wanted_since is None


def test_the_contact_in_the_very_checkin_that_asks_does_not_answer_it(cast: Cast, clock: MovedClock) -> None:
    checkin = uuid7()
    with writing():
        pairing = the_pairing(cast.pairing)
        pairing.ask_to_talk(clock(), checkin)
        record_contact(
            pairing, somebody(cast.mary), "in_person", TUESDAY, 5, op=uuid7(), at=clock(), checkin_id=checkin
        )
    assert the_pairing(cast.pairing).talk_wanted_since is not None


def test_a_talk_recorded_and_taken_back_in_one_batch_is_gone(cast: Cast) -> None:
    first = written()
    with writing(), db.session.no_autoflush:
        record_talk(somebody(cast.ana), first, fields(cast))
        take_talk_back(somebody(cast.ana), written(first.entity), NoFields())
    assert last_talk_on(the_pairing(cast.pairing)) is None
