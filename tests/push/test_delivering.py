"""A worker sends what is due, and does what each answer asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.doubles.push_service import PushService, Told
from tests.people import Cast
from tests.push.conftest import Phone, tell
from webapp import push
from webapp.database import db, writing
from webapp.people import Organisation, Person, SignIn, end_sign_ins
from webapp.push.models import Delivery, OriginPause, QuietHours, Subscription

PhoneOf = Callable[..., Phone]


def outcomes() -> list[str | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Delivery.outcome).order_by(Delivery.id)))


def subscription() -> Subscription:
    db.session.rollback()
    return db.session.scalars(select(Subscription)).one()


def delivery() -> Delivery:
    db.session.rollback()
    return db.session.scalars(select(Delivery)).one()


def test_the_mentors_phone_reads_what_was_sent(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phone = phone_of(cast.ana)
    tell(cast.ana, "note", navigate="/mentees/1")
    assert push.deliver_now() == 2  # one set out, one answered
    (message,) = service.to(phone.push)
    assert message["web_push"] == 8030
    assert message["recipient"] == phone.sign_in.device.owner_tag
    assert message["app_badge"] == 1
    assert message["mutable"] is True
    assert message["notification"] == {
        "title": "St Mary's",
        "body": "A note for you.",
        "lang": "en",
        "navigate": "http://localhost/mentees/1",
        "tag": "note",
        "silent": True,
        "app_badge": 1,
    }
    assert (outcomes(), service.refused) == (["accepted"], [])
    assert subscription().accepted_at is not None


def test_a_message_names_nobody(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phone = phone_of(cast.ana)
    for kind in ("talk_wanted", "note", "checkin_ready", "word_welcome", "test"):
        tell(cast.ana, kind)
    push.deliver_now()
    messages = service.to(phone.push)
    assert len(messages) == 5
    assert {message["notification"]["title"] for message in messages} == {"St Mary's"}
    said = " ".join(f"{message['notification']['body']} {message['notification']['navigate']}" for message in messages)
    for name in ("Mary", "Okafor", "Ana", "Ruiz", "Ward", str(cast.ana), str(cast.mary), str(cast.pairing)):
        assert name not in said
    recipients = {message["recipient"] for message in messages}
    assert recipients == {phone.sign_in.device.owner_tag}
    assert recipients.isdisjoint({str(cast.ana), cast.ana.hex})


def test_the_organisation_says_who_sends_it(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phone = phone_of(cast.ana)
    with writing():
        db.session.get_one(Organisation, 1).sender_name = "Café ☕ Süd"
    tell(cast.ana, "note")
    push.deliver_now()
    assert service.to(phone.push)[0]["notification"]["title"] == "Café ☕ Süd"


def test_it_speaks_the_readers_language(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phone = phone_of(cast.ana)
    with writing():
        db.session.get_one(Person, cast.ana).lang = "es"
    tell(cast.ana, "note")
    push.deliver_now()
    assert service.to(phone.push)[0]["notification"]["lang"] == "es"


def test_it_lives_no_longer_than_the_message(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    tell(cast.ana, "checkin_ready")
    clock.move(hours=4)
    push.deliver_now()
    assert service.received[0].headers["ttl"] == str(20 * 3600)


def test_a_repeat_replaces_and_a_wish_to_talk_hurries(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phone_of(cast.ana)
    tell(cast.ana, "note", "1"), tell(cast.ana, "note", "2"), tell(cast.ana, "talk_wanted")
    push.deliver_now()
    by_urgency = {got.headers["urgency"]: got.headers["topic"] for got in service.received}
    topics = [got.headers["topic"] for got in service.received]
    assert len(set(topics)) == 2
    assert topics.count(by_urgency["normal"]) == 2
    assert topics.count(by_urgency["high"]) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_never_asked_again(
    cast: Cast, phone_of: PhoneOf, service: PushService, status: int
) -> None:
    phone = phone_of(cast.ana)
    service.tell(Told(status))
    tell(cast.ana, "note", "1")
    push.deliver_now()
    assert outcomes() == ["gone"]
    assert push.states_of(db.session.get_one(Person, cast.ana))[phone.sign_in.id] == "gone"
    tell(cast.ana, "note", "2")
    push.deliver_now()
    assert service.asked == 1


def test_one_phone_that_is_gone_leaves_the_other_its_message(
    cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    old, new = phone_of(cast.ana), phone_of(cast.ana)
    service.end(old.push.token)
    tell(cast.ana, "note")
    push.deliver_now()
    assert sorted(map(str, outcomes())) == ["accepted", "gone"]
    assert len(service.to(new.push)) == 1


def test_a_rotated_key_waits_for_the_browser_to_subscribe_again(
    cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone_of(cast.ana)
    service.tell(Told(400, '{"reason": "VapidPkHashMismatch"}'))
    tell(cast.ana, "note")
    push.deliver_now()
    assert outcomes() == ["needs_resubscribe"]
    assert subscription().state == "needs_resubscribe"
    assert subscription().gone_at is None


def test_a_refused_signature_stops_that_push_service_and_is_said(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock, caplog: pytest.LogCaptureFixture
) -> None:
    phone = phone_of(cast.ana)
    service.tell(Told(403, '{"reason": "BadJwtToken"}'))
    tell(cast.ana, "note", "1")
    push.deliver_now()
    tell(cast.ana, "note", "2")
    push.deliver_now()
    assert service.asked == 1
    assert push.stopped_origins(clock()) == [service.origin]
    assert "PUSH_CONTACT" in caplog.text
    assert phone.push.token not in caplog.text
    clock.move(hours=1, minutes=1)
    push.deliver_now()
    assert push.stopped_origins(clock()) == []
    assert len(service.to(phone.push)) == 2
    assert outcomes() == ["accepted", "accepted"]


def test_a_busy_push_service_is_left_alone_by_all_for_as_long_as_it_asks(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    anas, marys = phone_of(cast.ana), phone_of(cast.mary)
    service.tell(Told(503, headers={"Retry-After": "600"}))
    tell(cast.ana, "note")
    push.deliver_now()
    tell(cast.mary, "note")
    clock.move(minutes=9)
    push.deliver_now()
    assert service.asked == 1
    clock.move(minutes=2)
    push.deliver_now()
    assert (len(service.to(anas.push)), len(service.to(marys.push))) == (1, 1)


def test_too_many_for_one_phone_leaves_the_others_alone(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    anas, marys = phone_of(cast.ana), phone_of(cast.mary)
    service.tell(Told(429, headers={"Retry-After": "600"}), token=anas.push.token)
    tell(cast.ana, "note"), tell(cast.mary, "note")
    push.deliver_now()
    assert (len(service.to(anas.push)), len(service.to(marys.push))) == (0, 1)
    clock.move(minutes=9)
    tell(cast.ana, "talk_wanted")
    push.deliver_now()
    assert len(service.to(anas.push)) == 0
    clock.move(minutes=2)
    push.deliver_now()
    assert len(service.to(anas.push)) == 2


@pytest.mark.parametrize("status", [500, 502, 400, 401, 403, 307])
def test_trouble_is_tried_again_later_and_ends_nothing(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock, status: int
) -> None:
    phone = phone_of(cast.ana)
    service.tell(Told(status), Told(status))
    tell(cast.ana, "note")
    push.deliver_now()
    assert outcomes() == [None]
    assert timedelta(seconds=5) <= delivery().due_at - clock() <= timedelta(minutes=15)
    assert subscription().state == "live"
    for _ in range(2):
        clock.move(minutes=16)
        push.deliver_now()
    assert outcomes() == ["accepted"]
    assert len(service.to(phone.push)) == 1
    assert delivery().attempts == 3


def test_a_push_service_that_stays_down_is_given_up_when_the_message_is_too_old(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    service.tell(*[Told(500)] * 1000)
    tell(cast.ana, "checkin_ready")
    for _ in range(30):
        push.deliver_now()
        clock.move(hours=1)
    assert outcomes() == ["too_late"]
    assert subscription().state == "live"


def test_what_never_will_be_taken_is_not_repeated(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phone_of(cast.ana)
    service.tell(Told(422))
    tell(cast.ana, "note")
    push.deliver_now()
    assert outcomes() == ["undeliverable"]
    assert subscription().state == "live"


def test_what_is_too_large_goes_at_once_in_its_smallest_form(
    cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone = phone_of(cast.ana)
    service.tell(Told(413))
    tell(cast.ana, "note")
    push.deliver_now()
    (message,) = service.to(phone.push)
    assert message["notification"]["tag"] == "note"
    assert "body" not in message["notification"]
    assert message["recipient"] == phone.sign_in.device.owner_tag
    assert outcomes() == ["accepted"]


def test_a_retry_in_the_evening_waits_for_the_morning(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone = phone_of(cast.ana)
    clock.at = datetime(2026, 3, 10, 20, 59, tzinfo=UTC)
    service.tell(Told(500))
    tell(cast.ana, "note")
    push.deliver_now()
    clock.at = datetime(2026, 3, 10, 21, 30, tzinfo=UTC)
    push.deliver_now()
    assert service.asked == 1
    clock.at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    push.deliver_now()
    assert len(service.to(phone.push)) == 1


def test_quiet_begun_after_the_message_was_written_is_kept(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, nights_until=clock().date()))
    push.deliver_now()
    assert service.asked == 0
    assert delivery().due_at == datetime(2026, 3, 10, 18, 0, tzinfo=UTC)


def test_nothing_is_sent_to_a_device_that_was_signed_out_meanwhile(
    cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone = phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    with writing():
        end_sign_ins(SignIn.id == phone.sign_in.id, why="signed out")
    push.deliver_now()
    assert service.asked == 0
    assert outcomes() == ["no_device"]


def test_nothing_is_sent_to_a_person_whose_account_is_closed(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    tell(cast.ana, "note", "1")
    push.release_due()
    with writing():
        db.session.get_one(Person, cast.ana).closed_at = clock()
    tell(cast.ana, "note", "2")
    push.deliver_now()
    assert service.asked == 0


def test_a_push_service_that_is_no_longer_allowed_is_not_asked(
    cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone_of(cast.ana)
    with writing():
        row = db.session.scalars(select(Subscription)).one()
        row.keep_address("https://evil.example/x", row.address()[1])
    tell(cast.ana, "note")
    push.deliver_now()
    assert outcomes() == ["refused"]


def test_a_subscription_whose_push_key_is_lost_is_not_sent_to(cast: Cast, phone_of: PhoneOf) -> None:
    phone_of(cast.ana)
    with writing():
        db.session.scalars(select(Subscription)).one().key_id = "lost"
    tell(cast.ana, "note")
    push.deliver_now()
    assert outcomes() == ["lost_key"]


def test_a_push_service_that_hangs_holds_up_nobody_else(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    anas, marys = phone_of(cast.ana), phone_of(cast.mary)
    service.tell(Told(hang=True), token=anas.push.token)
    tell(cast.ana, "note"), tell(cast.mary, "note")
    while push.release_due():
        pass
    courier = push.Courier("w")

    def marys_is_accepted() -> bool:
        courier.turn()
        return "accepted" in outcomes()

    service.wait_until(marys_is_accepted)
    assert courier.is_busy
    assert len(service.to(marys.push)) == 1
    tell(cast.mary, "talk_wanted")
    push.release_due()
    service.wait_until(lambda: courier.turn() or len(service.to(marys.push)) == 2)
    courier.stop(patience=0)
    assert outcomes().count(None) >= 1  # the hanging one is tried again when its lease is over


def test_pauses_are_forgotten_in_the_end(cast: Cast, clock: MovedClock) -> None:
    with writing():
        db.session.add(OriginPause(origin="https://a.example", until=clock()))
    clock.move(days=31)
    with writing():
        push.forget_old()
    assert db.session.scalars(select(OriginPause)).all() == []
