"""A note to my partner: sealed, read by the partner alone, taken back at any time."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.pairings.writing_down import note, read, somebody, stored_note, take_back, the_pairing, written
from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.feed import FeedRow
from webapp.ledger import Gone, Refused
from webapp.pairings import (
    NoFields,
    NoteFields,
    NoteReadFields,
    end_pair,
    mark_note_read,
    notes_as_seen_by,
    pairings_as_seen_by,
    take_note_back,
    write_note,
)
from webapp.push import Message, tell
from webapp.push.models import PushMessage

WORDS = "Hello Ana, my first night went well."


def messages() -> list[tuple[str, object]]:
    return [(row.kind, row.person_id) for row in db.session.scalars(select(PushMessage))]


def test_a_note_reaches_the_partner_and_no_other_phone(cast: Cast) -> None:
    note_id = note(cast.mary, cast.pairing, WORDS)
    touched = db.session.scalars(select(FeedRow.person_id).where(FeedRow.entity_id == note_id))
    assert set(touched) == {cast.mary, cast.ana}
    assert notes_as_seen_by(somebody(cast.ana), [note_id])[note_id][1]["words"] == WORDS
    assert notes_as_seen_by(somebody(cast.mary), [note_id])[note_id][1]["mine"] is True
    for outsider in (cast.charlie, cast.carol, cast.admin):
        assert notes_as_seen_by(somebody(outsider), [note_id]) == {}


def test_a_note_is_sealed_in_the_database(cast: Cast) -> None:
    row = stored_note(note(cast.mary, cast.pairing, WORDS))
    assert WORDS.encode() not in row.words_sealed
    assert row.words == WORDS


def test_the_partner_is_told_once_and_the_author_is_not(cast: Cast) -> None:
    note(cast.mary, cast.pairing)
    assert messages() == [("note", cast.ana)]


def test_a_stranger_can_write_to_nobody(cast: Cast) -> None:
    with pytest.raises(Refused) as refused, writing():
        write_note(somebody(cast.charlie), written(), NoteFields(pairing=cast.pairing, words="Hello."))
    assert refused.value.reason == "not_your_pairing"


def test_a_pairing_that_does_not_exist_is_refused_in_the_same_words(cast: Cast) -> None:
    with pytest.raises(Refused) as refused, writing():
        write_note(somebody(cast.mary), written(), NoteFields(pairing=uuid7(), words="Hello."))
    assert refused.value.reason == "not_your_pairing"


def test_nothing_new_is_sent_once_the_pairing_has_ended(cast: Cast) -> None:
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    with pytest.raises(Refused) as refused, writing():
        write_note(somebody(cast.mary), written(), NoteFields(pairing=cast.pairing, words="Hello."))
    assert refused.value.reason == "pairing_ended"


def test_nothing_new_is_sent_to_a_closed_account(cast: Cast, clock: MovedClock) -> None:
    with writing():
        somebody(cast.ana).closed_at = clock()
    with pytest.raises(Refused) as refused, writing():
        write_note(somebody(cast.mary), written(), NoteFields(pairing=cast.pairing, words="Hello."))
    assert refused.value.reason == "pairing_ended"


def test_nobody_writes_over_a_note_of_somebody_else(cast: Cast) -> None:
    note_id = note(cast.mary, cast.pairing, WORDS)
    with pytest.raises(Refused) as refused, writing():
        write_note(somebody(cast.ana), written(note_id), NoteFields(pairing=cast.pairing, words="Mine now."))
    assert refused.value.reason == "not_allowed"
    assert stored_note(note_id).words == WORDS


def test_a_note_that_is_taken_back_is_wiped_unsent_and_gone_for_both(cast: Cast) -> None:
    note_id = note(cast.mary, cast.pairing, WORDS)
    take_back(cast.mary, note_id)
    assert stored_note(note_id).words == ""
    assert messages() == []
    gone = db.session.execute(select(FeedRow.person_id, FeedRow.gone).where(FeedRow.entity_id == note_id))
    assert set(gone) == {(cast.mary, True), (cast.ana, True)}
    assert notes_as_seen_by(somebody(cast.mary), [note_id]) == {}


def test_only_the_author_takes_a_note_back(cast: Cast) -> None:
    note_id = note(cast.mary, cast.pairing, WORDS)
    for other in (cast.ana, cast.charlie):
        with pytest.raises(Refused) as refused, writing():
            take_note_back(somebody(other), written(note_id), NoFields())
        assert refused.value.reason == "not_found"
    assert stored_note(note_id).words == WORDS


def test_a_note_written_and_taken_back_in_one_batch_is_gone(cast: Cast) -> None:
    first = written()
    with writing(), db.session.no_autoflush:
        write_note(somebody(cast.mary), first, NoteFields(pairing=cast.pairing, words=WORDS))
        take_note_back(somebody(cast.mary), written(first.entity), NoFields())
    assert stored_note(first.entity).taken_back_at is not None


def test_a_note_that_was_taken_back_before_it_came_stays_gone(cast: Cast) -> None:
    late = written()
    with writing():
        take_note_back(somebody(cast.mary), written(late.entity), NoFields())
    with pytest.raises(Gone), writing():
        write_note(somebody(cast.mary), late, NoteFields(pairing=cast.pairing, words=WORDS))
    assert messages() == []


def test_nobody_takes_back_for_somebody_else_what_has_not_come_yet(cast: Cast) -> None:
    late = written()
    with writing():
        take_note_back(somebody(cast.charlie), written(late.entity), NoFields())
        write_note(somebody(cast.mary), late, NoteFields(pairing=cast.pairing, words=WORDS))
    assert stored_note(late.entity).words == WORDS


def test_only_the_readers_own_tap_marks_a_note_as_read(cast: Cast, clock: MovedClock) -> None:
    note_id = note(cast.mary, cast.pairing, WORDS)
    for other in (cast.mary, cast.charlie, cast.carol):
        with pytest.raises(Refused), writing():
            mark_note_read(somebody(other), written(), NoteReadFields(what="note", id=note_id))
    assert stored_note(note_id).read_at is None
    read(cast.ana, note_id)
    first = clock()
    clock.move(hours=1)
    read(cast.ana, note_id)
    assert stored_note(note_id).read_at == first


def test_the_mentors_note_answers_the_wish_to_talk(cast: Cast, clock: MovedClock) -> None:
    checkin = uuid7()
    with writing():
        the_pairing(cast.pairing).ask_to_talk(clock(), checkin)
        tell(somebody(cast.ana), Message("talk_wanted", dedup_key=str(checkin)))
    clock.move(minutes=5)
    note(cast.mary, cast.pairing)
    assert the_pairing(cast.pairing).talk_wanted_since is not None
    assert ("talk_wanted", cast.ana) in messages()
    note(cast.ana, cast.pairing)
    assert the_pairing(cast.pairing).talk_wanted_since is None
    assert "talk_wanted" not in dict(messages())
    seen = pairings_as_seen_by(somebody(cast.mary), [cast.pairing])
    assert seen[cast.pairing][1]["wants_talk_since"] is None


def test_a_note_from_before_the_wish_is_no_answer_to_it(cast: Cast, clock: MovedClock) -> None:
    before = clock()
    clock.move(hours=1)
    with writing():
        the_pairing(cast.pairing).ask_to_talk(clock(), uuid7())
    note(cast.ana, cast.pairing, at=before)
    assert the_pairing(cast.pairing).talk_wanted_since is not None
