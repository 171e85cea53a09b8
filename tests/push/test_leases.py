"""Any number of workers at once: nothing is lost and nothing is doubled, on both databases."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.doubles.push_service import PushService, Told
from tests.people import Cast
from tests.push.conftest import Phone, tell
from webapp import push
from webapp.database import db, writing
from webapp.people import Person
from webapp.push.claims import LEASE, claim_due, finish, put_back
from webapp.push.models import Delivery, PushMessage

PhoneOf = Callable[..., Phone]
WORKERS = 4
MESSAGES = 120


def test_four_workers_send_each_message_once(app: Flask, cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phones = [phone_of(cast.ana), phone_of(cast.mary), phone_of(cast.charlie)]
    with writing():
        for phone in phones:
            person = db.session.get_one(Person, phone.person_id)
            for number in range(MESSAGES // len(phones)):
                push.tell(person, push.Message("note", str(number), f"/{number}"))
    troubles: list[BaseException] = []

    def work(name: str) -> None:
        try:
            with app.app_context():
                courier = push.Courier(name)
                while push.release_due(7) + courier.turn(0.2) or courier.is_busy or _unfinished():
                    pass
                courier.stop()
                db.session.remove()
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert troubles == []
    for phone in phones:
        opened = Counter(message["notification"]["navigate"] for message in service.to(phone.push))
        assert len(opened) == MESSAGES // len(phones)
        assert set(opened.values()) == {1}
    db.session.rollback()
    assert Counter(db.session.scalars(select(Delivery.outcome))) == {"accepted": MESSAGES}


def test_what_a_killed_worker_had_claimed_is_sent_by_another_after_its_lease(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone = phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    assert len(claim_due("killed", 10)) == 1
    assert push.deliver_now("alive") == 0
    clock.move(seconds=LEASE.total_seconds())
    push.deliver_now("alive")
    assert len(service.to(phone.push)) == 1


def test_a_worker_that_lost_its_lease_changes_nothing_more(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    (mine,) = claim_due("slow", 10)
    clock.move(seconds=LEASE.total_seconds())
    assert claim_due("fast", 10) == [mine]
    with writing():
        assert finish([mine], "slow", "accepted", clock()) == set()
        assert not put_back(mine, "slow", clock())
        assert finish([mine], "fast", "accepted", clock()) == {mine}
        assert finish([mine], "fast", "gone", clock()) == set()
    assert db.session.scalars(select(Delivery.outcome)).one() == "accepted"


def test_a_repeat_after_a_lost_lease_replaces_the_first(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    """Sent, but the worker died before it could write that down: the phone shows it once, by topic and tag."""
    phone = phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    killed = push.Courier("killed")
    killed.turn()
    service.wait_until(lambda: len(service.received) == 1)
    clock.move(seconds=LEASE.total_seconds())
    push.deliver_now("alive")
    assert len({got.headers["topic"] for got in service.received}) == 1
    assert [message["notification"]["tag"] for message in service.to(phone.push)] == ["note", "note"]


def test_a_worker_that_stops_gives_back_what_it_had_not_begun(
    cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone = phone_of(cast.ana)
    hanging = 16
    service.tell(*[Told(hang=True)] * hanging)
    for number in range(20):
        tell(cast.ana, "note", str(number))
    push.release_due()
    courier = push.Courier("stops")
    courier.turn()
    service.wait_until(lambda: service.asked == hanging)
    began = time.monotonic()
    courier.stop(patience=0.1)
    assert time.monotonic() - began < 5
    push.deliver_now("next")
    assert len(service.to(phone.push)) == 20 - hanging
    db.session.rollback()
    unfinished = db.session.scalars(select(Delivery).where(Delivery.finished_at.is_(None))).all()
    assert {row.locked_by for row in unfinished} == {"stops"}


def _unfinished() -> bool:
    db.session.rollback()
    waiting = select(PushMessage.id).where(PushMessage.settled_at.is_(None)).limit(1)
    sending = select(Delivery.id).where(Delivery.finished_at.is_(None)).limit(1)
    return bool(db.session.scalar(waiting) or db.session.scalar(sending))
