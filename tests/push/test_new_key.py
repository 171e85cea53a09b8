"""A new VAPID key takes over: phones subscribe again, and are told under the old one meanwhile."""

from __future__ import annotations

import time

from flask import Flask

from tests.doubles.push_service import PushService
from tests.people import Cast
from tests.push.conftest import tell
from tests.push.test_subscribing import PhoneOf, state_of
from tests.upkeep.rotating import rotate
from webapp import push
from webapp.sealing import current_keys


def test_phones_subscribe_again_and_are_told_meanwhile(
    app: Flask, cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    marys = phone_of(cast.mary)
    before = push.public_key()
    rotate(app, "vapid")
    assert push.public_key() != before
    tell(cast.mary, "note")
    push.deliver_now()
    assert len(service.to(marys.push)) == 1, "the old key goes on for the old subscription"
    assert marys.turn_on().status_code in (200, 201)
    assert state_of(marys) == "live"


def test_a_key_of_another_process_signs_at_once(
    app: Flask, cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    before = {"keys": current_keys(), "post_office": push.post_office()}
    rotate(app, "vapid")
    marys = phone_of(cast.mary)  # subscribed under the new key, by a process that knew it
    app.extensions.update(before, next_look_at_keys=time.monotonic() + 3600)  # this one has looked just now
    tell(cast.mary, "note")
    push.deliver_now()
    assert len(service.to(marys.push)) == 1
