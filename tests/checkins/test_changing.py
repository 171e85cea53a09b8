"""Changing, keeping, sending later, taking back, and the mentor's own "I read this"."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from sqlalchemy import select

from tests.checkins.conftest import Pen, load
from tests.checkins.test_recording import feed_of, pushes_to, seen_by
from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from webapp import push
from webapp.checkins import HelpedAnswer, latest_for, unread_for
from webapp.checkins.reads import recovered_for
from webapp.database import db, uuid7, writing
from webapp.ledger import Gone, Refused
from webapp.pairings import Contact, NoteFields, Pairing, write_note
from webapp.people import Person
from webapp.sealing import to_base64url


def subscribe(app: Flask, person: UUID) -> None:
    """Let a person's phone take notifications."""
    point = generate_private_key(SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    key = push.public_key()
    assert key is not None
    answer = (
        Browser(app)
        .sign_in(person)
        .client.post(
            "/push/subscriptions",
            json={
                "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc",
                "keys": {"p256dh": to_base64url(point), "auth": to_base64url(b"0" * 16)},
                "key_id": key["key_id"],
            },
            headers={"Origin": "http://localhost"},
        )
    )
    assert answer.status_code == 201


def wish(cast: Cast) -> object:
    db.session.expire_all()
    return db.session.get_one(Pairing, cast.pairing).talk_wanted_since


def test_a_kept_check_in_is_sent_only_by_its_authors_own_tap_on_it(pen: Pen, cast: Cast) -> None:
    kept = pen.record(audience="self", face=2, words="For later.")
    assert seen_by(cast.ana, kept) is None
    pen.amend(kept, audience="mentor", face=2, words="For later.")
    seen = seen_by(cast.ana, kept)
    assert seen is not None and seen["words"] == "For later."
    assert load(kept).sent_to_mentor_at is not None
    assert pushes_to(cast.ana) == ["checkins_to_read"]


def test_a_sent_check_in_can_be_kept_again_and_is_gone_for_the_mentor(pen: Pen, cast: Cast) -> None:
    sent = pen.record(need="talk", contact="call", minutes=5)
    pen.amend(sent, audience="self", need="talk", contact="call", minutes=5)
    assert seen_by(cast.ana, sent) is None
    assert feed_of(cast.ana) == {sent: True}
    assert feed_of(cast.mary) == {sent: False}
    assert wish(cast) is None
    assert pushes_to(cast.ana) == []
    assert db.session.scalars(select(Contact)).one().taken_back_at is None


def test_a_change_replaces_what_was_said_and_is_to_be_read_anew(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    sent = pen.record(face=1, words="Before.", contact="call", minutes=5, helped="no")
    pen.mark_read(sent)
    clock.move(minutes=5)
    pen.amend(sent, face=2, words="After.", contact="in_person", minutes=15)
    row = load(sent)
    assert (row.face, row.words, row.read_at, row.changed_at) == (2, "After.", None, clock())
    contact = db.session.scalars(select(Contact)).one()
    assert (contact.means, contact.minutes) == ("in_person", 15)
    assert db.session.get_one(HelpedAnswer, sent).answer is None


def test_a_contact_that_is_unsaid_no_longer_counts(pen: Pen) -> None:
    sent = pen.record(face=3, contact="call", minutes=5)
    pen.amend(sent, face=3)
    assert db.session.scalars(select(Contact)).one().taken_back_at is not None


def test_a_wish_to_talk_that_is_unsaid_is_dropped(pen: Pen, cast: Cast) -> None:
    sent = pen.record(need="talk", face=2)
    assert wish(cast) is not None
    pen.amend(sent, face=2)
    assert wish(cast) is None
    assert pushes_to(cast.ana) == ["checkins_to_read"]


def test_a_change_does_not_open_a_wish_again_that_was_answered(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    asked = pen.record(need="talk")
    clock.move(hours=1)
    with writing():
        ana = db.session.get_one(Person, cast.ana)
        write_note(ana, pen.at(uuid7()), NoteFields(pairing=cast.pairing, words="At six?", reply_to=asked))
    pen.amend(asked, need="talk", words="A typing error less.")
    assert wish(cast) is None


def test_a_change_is_no_new_check_in_for_the_rhythm(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    first = clock()
    sent = pen.record(face=2)
    clock.move(days=3)
    pen.amend(sent, face=3)
    assert db.session.get_one(Pairing, cast.pairing).last_checked_in_at == first


def test_her_who_asked_sees_when_the_mentor_will_be_told(
    app: Flask, pen: Pen, cast: Cast, clock: MovedClock, browser: Browser
) -> None:
    asked = pen.record(need="talk")
    before = seen_by(cast.mary, asked)
    assert before is not None and before["told_at"] is None  # no device of Ana's takes notifications
    subscribe(app, cast.ana)
    clock.at = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    late = pen.record(need="talk")
    pen.take_back(asked)
    pen.amend(late, face=2)
    pen.amend(late, need="talk")
    mine, hers = seen_by(cast.mary, late), seen_by(cast.ana, late)
    assert mine is not None and mine["told_at"] == "2026-03-11T09:00:00.000Z"
    assert hers is not None and "told_at" not in hers
    page = browser.sign_in(cast.mary).get(f"/check-ins/{late}").text
    assert "Ana will be told on Wed 11 March, 09:00." in page


def test_taking_back_is_gone_for_both_and_wipes_what_was_said(pen: Pen, cast: Cast) -> None:
    sent = pen.record(face=1, words="Too much.", need="talk", contact="call", minutes=5, helped="yes")
    pen.take_back(sent)
    row = load(sent)
    assert (row.words, row.face, row.need, row.contact) == ("", None, None, None)
    assert seen_by(cast.ana, sent) is None and seen_by(cast.mary, sent) is None
    assert feed_of(cast.ana) == feed_of(cast.mary) == {sent: True}
    assert wish(cast) is None
    assert pushes_to(cast.ana) == []
    assert db.session.get_one(HelpedAnswer, sent).answer is None
    assert db.session.scalars(select(Contact)).one().taken_back_at is not None


def test_a_bundle_is_still_told_while_another_check_in_waits(pen: Pen, cast: Cast) -> None:
    pen.record(face=3)
    pen.take_back(pen.record(face=1))
    assert pushes_to(cast.ana) == ["checkins_to_read"]


def test_taking_back_twice_changes_nothing(pen: Pen, clock: MovedClock) -> None:
    sent = pen.record(face=3)
    pen.take_back(sent)
    first = load(sent).taken_back_at
    clock.move(hours=1)
    pen.take_back(sent)
    assert load(sent).taken_back_at == first


def test_a_change_that_comes_after_taking_back_is_recovered_for_its_author_alone(pen: Pen, cast: Cast) -> None:
    sent = pen.record(face=1, words="First.")
    pen.take_back(sent)
    with pytest.raises(Gone):
        pen.amend(sent, words="From my other phone.")
    assert seen_by(cast.ana, sent) is None
    db.session.expire_all()
    (recovered,) = recovered_for(db.session.get_one(Person, cast.mary))
    assert recovered.words == "From my other phone."
    assert recovered_for(db.session.get_one(Person, cast.ana)) == []
    pen.take_back(sent)
    assert recovered_for(db.session.get_one(Person, cast.mary)) == []


def test_taking_back_that_comes_first_leaves_a_tombstone(pen: Pen, cast: Cast) -> None:
    entity = uuid7()
    pen.take_back(entity)
    with pytest.raises(Gone):
        pen.record(entity=entity, face=1, words="It came late.", contact="call", minutes=5)
    assert seen_by(cast.ana, entity) is None
    assert pushes_to(cast.ana) == []
    assert db.session.scalars(select(Contact)).all() == []
    assert load(entity).words == "It came late."


@pytest.mark.parametrize("who", ["ana", "charlie", "carol"])
def test_nobody_changes_or_takes_back_what_is_not_theirs(pen: Pen, cast: Cast, who: str) -> None:
    sent = pen.record(face=1, words="Mary's.")
    other = getattr(cast, who)
    with pytest.raises(Refused, match="not_found"):
        pen.amend(sent, who=other, words="Changed.")
    with pytest.raises(Refused, match="not_found"):
        pen.take_back(sent, who=other)
    assert load(sent).words == "Mary's."


def test_a_change_of_something_unknown_is_refused(pen: Pen) -> None:
    with pytest.raises(Refused, match="not_found"):
        pen.amend(uuid7(), face=1)


def test_only_the_mentors_own_tap_says_that_it_was_read(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    sent = pen.record(face=1)
    for other in (cast.mary, cast.charlie, cast.carol):
        with pytest.raises(Refused, match="not_found"):
            pen.mark_read(sent, who=other)
    assert load(sent).read_at is None
    pen.mark_read(sent)
    first = clock()
    clock.move(hours=1)
    pen.mark_read(sent)
    assert load(sent).read_at == first
    seen = seen_by(cast.mary, sent)
    assert seen is not None and seen["read_at"] == "2026-03-10T10:00:00.000Z"


def test_a_kept_check_in_cannot_be_marked_as_read(pen: Pen) -> None:
    with pytest.raises(Refused, match="not_found"):
        pen.mark_read(pen.record(audience="self", face=1))


def test_unread_and_latest_start_at_the_reader(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    first = pen.record(face=1)
    clock.move(hours=1)
    second = pen.record(face=2)
    clock.move(hours=1)
    kept = pen.record(audience="self", face=3)
    pen.mark_read(second)
    db.session.expire_all()
    mary, ana, charlie = (db.session.get_one(Person, each) for each in (cast.mary, cast.ana, cast.charlie))
    pairing = db.session.get_one(Pairing, cast.pairing)
    assert [checkin.id for checkin in unread_for(ana)] == [first]
    assert unread_for(mary) == unread_for(charlie) == []
    hers, mine = latest_for(ana, pairing), latest_for(mary, pairing)
    assert hers is not None and hers.id == second
    assert mine is not None and mine.id == kept
    assert latest_for(charlie, pairing) is None


def test_what_was_sent_before_the_end_can_still_be_corrected_but_not_sent_anew(
    pen: Pen, cast: Cast, clock: MovedClock
) -> None:
    sent, kept = pen.record(words="Bed 4."), pen.record(audience="self", words="Mine.")
    with writing():
        db.session.get_one(Pairing, cast.pairing).ended_at = clock()
    pen.amend(sent, words="A patient.")
    assert load(sent).words == "A patient."
    with pytest.raises(Refused, match="pairing_ended"):
        pen.amend(kept, words="Mine.")
    pen.amend(sent, audience="self", words="A patient.")
    with pytest.raises(Refused, match="pairing_ended"):
        pen.amend(sent, words="A patient.")
    assert seen_by(cast.ana, sent) is None


def test_what_was_written_for_one_mentor_never_goes_to_the_next(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    hers = [pen.record(words="For Ana."), pen.record(audience="self", words="For later.")]
    with writing():
        db.session.get_one(Pairing, cast.pairing).ended_at = clock()
        db.session.flush()
        next_pairing = Pairing(
            id=uuid7(),
            programme_id=cast.programme,
            mentor_id=cast.charlie,
            mentee_id=cast.mary,
            made_by_id=cast.carol,
            made_at=clock(),
        )
        db.session.add(next_pairing)
        bea = next_pairing.id
    for checkin in hers:
        with pytest.raises(Refused, match="not_your_pairing"):
            pen.amend(checkin, words="For Bea.", pairing=bea)
        assert seen_by(cast.charlie, checkin) is None


def test_what_was_kept_before_there_was_a_mentor_can_be_sent_later(pen: Pen, cast: Cast, clock: MovedClock) -> None:
    kept = pen.record(who=cast.charlie, audience="self", pairing=None, words="My first day.")
    with writing():
        pairing = Pairing(
            id=uuid7(),
            programme_id=cast.programme,
            mentor_id=cast.ana,
            mentee_id=cast.charlie,
            made_by_id=cast.carol,
            made_at=clock(),
        )
        db.session.add(pairing)
        found = pairing.id
    pen.amend(kept, who=cast.charlie, pairing=found, words="My first day.")
    assert seen_by(cast.ana, kept) is not None
