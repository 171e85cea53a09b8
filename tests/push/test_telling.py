"""A room tells a person something: once, neutrally, and not before its time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.people import Cast
from tests.push.conftest import Phone, tell
from webapp import push
from webapp.database import db, writing
from webapp.people import Person
from webapp.push.kinds import KINDS
from webapp.push.models import Delivery, PushMessage, QuietHours

PhoneOf = Callable[..., Phone]


def person(person_id: object) -> Person:
    return db.session.get_one(Person, person_id)


def settled() -> list[str | None]:
    """How each message was settled, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(PushMessage.settled_how).order_by(PushMessage.id)))


def released_to(person_id: object) -> int:
    db.session.rollback()
    return len(
        db.session.scalars(select(Delivery).join(Delivery.message).where(PushMessage.person_id == person_id)).all()
    )


def test_the_same_thing_is_told_once(cast: Cast) -> None:
    assert tell(cast.ana, "note", "op 1")
    assert not tell(cast.ana, "note", "op 1")
    assert tell(cast.ana, "note", "op 2")
    assert tell(cast.mary, "note", "op 1")
    assert tell(cast.ana, "talk_wanted", "op 1")


def test_what_a_transaction_gives_up_is_never_told(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        push.tell(person(cast.ana), push.Message("note", "1"))
        raise ZeroDivisionError
    assert settled() == []


def test_a_note_goes_to_every_device_of_its_reader_and_to_nobody_else(cast: Cast, phone_of: PhoneOf) -> None:
    phone_of(cast.ana), phone_of(cast.ana), phone_of(cast.charlie)
    tell(cast.ana, "note")
    assert push.release_due() == 1
    assert (released_to(cast.ana), released_to(cast.charlie)) == (2, 0)


def test_without_a_device_it_stays_a_badge(cast: Cast, clock: MovedClock) -> None:
    tell(cast.ana, "note")
    push.release_due()
    assert settled() == ["no_device"]
    assert push.badge(person(cast.ana), clock()) == 0  # she never signed in: there is no app to badge


def test_the_badge_counts_what_came_since_the_person_last_looked(
    cast: Cast, phone_of: PhoneOf, clock: MovedClock
) -> None:
    phone = phone_of(cast.ana)
    clock.move(minutes=2)
    tell(cast.ana, "note", "1"), tell(cast.ana, "note", "2"), tell(cast.ana, "test", "3")
    assert push.badge(person(cast.ana), clock()) == 2
    phone.browser.client.get("/quiet-hours")
    db.session.rollback()
    assert push.badge(person(cast.ana), clock()) == 0


def test_in_the_evening_a_note_waits_for_the_morning(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone_of(cast.ana)
    clock.at = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    tell(cast.ana, "note")
    assert push.told_at(person(cast.ana), clock()) == datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    push.release_due()
    assert settled() == [None]
    clock.at = datetime(2026, 3, 11, 8, 59, tzinfo=UTC)
    assert push.release_due() == 0
    clock.at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    push.release_due()
    assert settled() == ["released"]


def test_a_person_on_nights_is_told_in_the_evening(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone_of(cast.ana)
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, nights_until=date(2026, 3, 15)))
    assert push.told_at(person(cast.ana), clock()) == datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


def test_nobody_is_told_without_a_device(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    assert push.told_at(person(cast.ana), clock()) is None
    phone = phone_of(cast.ana)
    assert push.told_at(person(cast.ana), clock()) == clock()
    phone.turn_off()
    assert push.told_at(person(cast.ana), clock()) is None


def test_a_person_who_is_away_is_told_when_they_are_back(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone_of(cast.ana)
    assert push.away_until(person(cast.ana), clock()) is None
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, away_until=date(2026, 3, 12)))
    assert push.away_until(person(cast.ana), clock()) == date(2026, 3, 12)
    assert push.told_at(person(cast.ana), clock()) == datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    clock.at = datetime(2026, 3, 12, 0, 0, tzinfo=UTC)
    assert push.away_until(person(cast.ana), clock()) is None


def test_what_would_come_too_late_stays_a_badge(cast: Cast, phone_of: PhoneOf) -> None:
    phone_of(cast.ana)
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, away_until=date(2026, 3, 20)))
    tell(cast.ana, "note")
    push.release_due()
    assert settled() == ["too_late"]


def test_check_ins_to_read_are_bundled_for_half_an_hour(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone_of(cast.ana)
    assert tell(cast.ana, "checkins_to_read", "check-in 1")
    clock.move(minutes=20)
    assert not tell(cast.ana, "checkins_to_read", "check-in 2")
    assert push.release_due() == 0
    clock.move(minutes=10)
    push.release_due()
    assert settled() == ["released"]
    clock.move(hours=3)
    assert not tell(cast.ana, "checkins_to_read", "check-in 3")


def test_an_evenings_bundle_and_a_mornings_are_one_push(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone_of(cast.ana)
    clock.at = datetime(2026, 3, 10, 20, 45, tzinfo=UTC)
    tell(cast.ana, "checkins_to_read")
    clock.at = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
    push.release_due()
    tell(cast.ana, "checkins_to_read")
    clock.at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    push.release_due()
    assert sorted(map(str, settled())) == ["bundled", "released"]


def test_four_reminders_a_day_are_enough_but_a_wish_to_talk_always_goes(
    cast: Cast, phone_of: PhoneOf, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    for number in range(6):
        tell(cast.ana, "word_welcome", str(number))
    tell(cast.ana, "talk_wanted"), tell(cast.ana, "note")
    push.release_due()
    assert settled() == ["released"] * 4 + ["cap"] * 2 + ["released"] * 2
    clock.move(days=1)
    tell(cast.ana, "word_welcome", "tomorrow")
    push.release_due()
    assert settled()[-1] == "released"


def test_what_is_taken_back_in_time_is_never_told(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone_of(cast.ana)
    clock.at = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    tell(cast.ana, "note", "1"), tell(cast.ana, "note", "2")
    tell(cast.ana, "checkin_ready", "1"), tell(cast.ana, "checkin_ready", "2")
    tell(cast.mary, "note", "1")
    with writing():
        push.take_back(person(cast.ana), "note", "1")
        push.take_back(person(cast.ana), "checkin_ready")
    db.session.rollback()
    left = db.session.scalars(select(PushMessage).order_by(PushMessage.id)).all()
    assert [(row.person_id, row.kind) for row in left] == [(cast.ana, "note"), (cast.mary, "note")]


def test_what_went_out_cannot_be_taken_back_and_is_not_told_twice(cast: Cast, phone_of: PhoneOf) -> None:
    phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    with writing():
        push.take_back(person(cast.ana), "note")
    assert not tell(cast.ana, "note")


def test_a_message_fits_its_columns_whatever_the_key(cast: Cast) -> None:
    assert tell(cast.ana, "checkins_to_read", "x" * 500)
    longest = max(map(len, KINDS))
    assert tell(cast.ana, "note", "x" * (200 - longest - 40))


def test_old_messages_are_forgotten_after_a_year_and_a_bit(cast: Cast, clock: MovedClock) -> None:
    tell(cast.ana, "note")
    push.release_due()
    clock.at += timedelta(days=399)
    with writing():
        push.forget_old()
    assert len(settled()) == 1
    clock.at += timedelta(days=2)
    with writing():
        push.forget_old()
    assert settled() == []
