"""A browser turns push on, confirms it at every load, and turns it off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.client import Browser
from tests.conftest import MovedClock
from tests.doubles.push_service import PushService
from tests.people import Cast
from tests.push.conftest import ORIGIN, Phone, tell
from webapp import push
from webapp.database import db, writing
from webapp.people import Person, SignIn, end_sign_ins
from webapp.push.models import Subscription

PhoneOf = Callable[..., Phone]


def subscriptions() -> list[Subscription]:
    db.session.rollback()
    return list(db.session.scalars(select(Subscription)))


def state_of(phone: Phone) -> str | None:
    db.session.rollback()
    return push.states_of(db.session.get_one(Person, phone.person_id)).get(phone.sign_in.id)


def test_push_is_on_once_the_browser_has_posted_its_subscription(cast: Cast, phone_of: PhoneOf) -> None:
    assert state_of(phone_of(cast.mary)) == "live"


def test_a_confirmation_at_the_next_load_writes_nothing(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone = phone_of(cast.mary)
    first = subscriptions()[0].confirmed_at
    clock.move(minutes=5)
    assert phone.turn_on().get_json() == {"state": "live"}
    assert subscriptions()[0].confirmed_at == first
    clock.move(hours=13)
    assert phone.turn_on().status_code == 201
    assert subscriptions()[0].confirmed_at == clock()


def test_the_address_is_nowhere_in_clear(cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of(cast.mary)
    row = db.session.execute(text("SELECT * FROM push_subscription")).mappings().one()
    everything = b"|".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row.values()
    )
    assert phone.push.token.encode() not in everything
    assert phone.push.auth.encode() not in everything
    assert subscriptions()[0].address()[0] == phone.push.endpoint


def test_a_shared_device_never_gets_push(cast: Cast, phone_of: PhoneOf) -> None:
    answer = phone_of(cast.mary, kind="shared", push_on=False).turn_on()
    assert (answer.status_code, answer.get_json()["type"]) == (403, "shared_device")
    assert subscriptions() == []


def test_another_person_on_the_same_browser_must_subscribe_anew(app: Flask, cast: Cast, phone_of: PhoneOf) -> None:
    marys = phone_of(cast.mary)
    anas = Phone(Browser(app).sign_in(cast.ana), marys.push, cast.ana)
    answer = anas.turn_on()
    assert (answer.status_code, answer.get_json()["type"]) == (409, "subscribe_again")
    assert [row.sign_in.person_id for row in subscriptions()] == [cast.mary]


def test_signing_in_again_takes_the_subscription_along(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    phone = phone_of(cast.mary)
    clock.move(minutes=1)
    phone.browser.sign_in(cast.mary)
    assert phone.turn_on().status_code == 201
    assert [row.sign_in_id for row in subscriptions()] == [phone.sign_in.id]


def test_a_new_subscription_of_a_browser_replaces_its_old_one(
    cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone = phone_of(cast.mary)
    phone.push = service.browser()
    assert phone.turn_on().status_code == 201
    assert [row.address()[0] for row in subscriptions()] == [phone.push.endpoint]


@pytest.mark.parametrize("column", ["gone_at", "needs_resubscribe_at"])
def test_a_subscription_that_has_ended_is_not_taken_again(
    cast: Cast, phone_of: PhoneOf, clock: MovedClock, column: str
) -> None:
    phone = phone_of(cast.mary)
    with writing():
        setattr(db.session.scalars(select(Subscription)).one(), column, clock())
    answer = phone.turn_on()
    assert (answer.status_code, answer.get_json()["type"]) == (409, "subscribe_again")


def test_a_subscription_under_another_key_is_not_taken(cast: Cast, phone_of: PhoneOf) -> None:
    answer = phone_of(cast.mary, push_on=False).turn_on(key_id="0000000000-old")
    assert (answer.status_code, answer.get_json()["type"]) == (409, "subscribe_again")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"endpoint": "https://evil.example/x"}, "unsafe_endpoint"),
        ({"endpoint": "http://127.0.0.1:1/x"}, "unsafe_endpoint"),
        ({"endpoint": "https://fcm.googleapis.com/" + "x" * 3000}, "invalid_subscription"),
        ({"endpoint": 7}, "invalid_subscription"),
        ({"keys": {"p256dh": "AAAA", "auth": "AAAA"}}, "invalid_keys"),
        ({"keys": None}, "invalid_subscription"),
    ],
)
def test_what_is_no_subscription_is_refused_in_the_one_problem_shape(
    cast: Cast, phone_of: PhoneOf, changes: dict[str, object], problem: str
) -> None:
    answer = phone_of(cast.mary, push_on=False).turn_on(**changes)
    assert (answer.status_code, answer.get_json()["type"]) == (422, problem)
    assert answer.mimetype == "application/problem+json"
    assert "evil" not in answer.text
    assert subscriptions() == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(cast: Cast, phone_of: PhoneOf, body: bytes) -> None:
    client = phone_of(cast.mary, push_on=False).browser.client
    answer = client.post("/push/subscriptions", data=body, headers=ORIGIN, content_type="application/json")
    assert answer.status_code in (400, 422)


def test_only_our_own_pages_may_turn_push_on(cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of(cast.mary, push_on=False)
    for headers in ({"Origin": "https://evil.example"}, {}, ORIGIN | {"Sec-Fetch-Site": "cross-site"}):
        answer = phone.browser.client.post("/push/subscriptions", json=phone.push.subscription(), headers=headers)
        assert (answer.status_code, answer.get_json()["type"]) == (403, "foreign_origin")


def test_nobody_signed_in_has_no_push(app: Flask, cast: Cast, service: PushService) -> None:
    answer = Phone(Browser(app), service.browser(), cast.mary).turn_on()
    assert (answer.status_code, answer.get_json()["type"]) == (401, "signed_out")


def test_while_push_is_off_nobody_subscribes_and_nothing_leaves(
    app: Flask, cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone_of(cast.ana)
    marys = phone_of(cast.mary, push_on=False)
    offered = marys.push.subscription() | {"key_id": push.post_office().newest_key.key_id}
    app.extensions["post_office"] = replace(push.post_office(), why_off="Push is off: set PUSH_CONTACT.")
    answer = marys.browser.client.post("/push/subscriptions", json=offered, headers=ORIGIN)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "push_off")
    assert push.public_key() is None
    tell(cast.ana, "note")
    assert push.deliver_now() == 0
    assert service.asked == 0


def test_a_browser_turns_push_off(cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of(cast.mary)
    assert phone.turn_off().get_json() == {"state": "off"}
    assert phone.turn_off().get_json() == {"state": "off"}
    assert subscriptions() == []


def test_nobody_turns_off_somebody_elses_push(app: Flask, cast: Cast, phone_of: PhoneOf) -> None:
    marys = phone_of(cast.mary)
    Phone(Browser(app).sign_in(cast.charlie), marys.push, cast.charlie).turn_off()
    assert state_of(marys) == "live"


def test_push_ends_with_the_sign_in(cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of(cast.mary)
    with writing():
        push.end_for_sign_in(phone.sign_in.id)
    assert subscriptions() == []


def test_push_ends_on_every_device_of_a_person_who_leaves(cast: Cast, phone_of: PhoneOf) -> None:
    phone_of(cast.mary), phone_of(cast.mary)
    anas = phone_of(cast.ana)
    with writing():
        push.end_for_person(db.session.get_one(Person, cast.mary))
    assert [row.sign_in.person_id for row in subscriptions()] == [cast.ana]
    assert state_of(anas) == "live"


def test_the_subscriptions_of_ended_sign_ins_are_swept_away(cast: Cast, phone_of: PhoneOf, clock: MovedClock) -> None:
    marys, anas = phone_of(cast.mary), phone_of(cast.ana)
    with writing():
        end_sign_ins(SignIn.id == marys.sign_in.id, why="test")
        push.forget_old()
    assert [row.sign_in.person_id for row in subscriptions()] == [cast.ana]
    clock.at += timedelta(days=181)
    with writing():
        push.forget_old()
    assert subscriptions() == []
    assert anas.sign_in is not None
