"""A person tries the notifications of one of their devices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import render_template_string
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.doubles.push_service import PushService
from tests.page_linter import forms_of
from tests.people import Cast
from tests.push.conftest import Phone
from webapp import push
from webapp.database import db
from webapp.push.models import PushMessage

PhoneOf = Callable[..., Phone]


def ask_for_a_test(phone: Phone, device: Phone) -> int:
    """Press the button that stands beside `device` on the devices page, in the browser of `phone`."""
    token = forms_of(phone.browser.get("/quiet-hours").text)[0].values["csrf_token"]
    address = f"/devices/{device.sign_in.id}/test-notification"
    return phone.browser.post(address, {"csrf_token": token}).status_code


def test_a_test_goes_to_that_one_device_even_at_night(
    cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    first = phone_of(cast.ana)
    clock.at = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    second = phone_of(cast.ana)
    assert ask_for_a_test(first, second) == 303
    push.deliver_now()
    assert len(service.to(first.push)) == 0
    (message,) = service.to(second.push)
    assert message["notification"]["body"] == "This is a test. Notifications work on this device."
    assert message["notification"]["navigate"] == "http://localhost/devices"


def test_two_taps_are_one_test(cast: Cast, phone_of: PhoneOf, service: PushService) -> None:
    phone = phone_of(cast.ana)
    ask_for_a_test(phone, phone), ask_for_a_test(phone, phone)
    push.deliver_now()
    assert len(service.to(phone.push)) == 1


def test_nobody_tests_somebody_elses_device(cast: Cast, phone_of: PhoneOf) -> None:
    assert ask_for_a_test(phone_of(cast.charlie), phone_of(cast.ana)) == 404
    assert db.session.scalars(select(PushMessage)).all() == []


def test_a_post_without_the_token_sends_nothing(cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of(cast.ana)
    assert phone.browser.post(f"/devices/{phone.sign_in.id}/test-notification").status_code == 400
    assert db.session.scalars(select(PushMessage)).all() == []


def shown(phone: Phone, push_state: str | None, tested: str | None = None) -> str:
    page = '{% from "push/device.html" import push_on_device %}{{ push_on_device(sign_in, push_state, tested) }}'
    with phone.browser.app.test_request_context():
        return render_template_string(page, sign_in=phone.sign_in, push_state=push_state, tested=tested)


def test_each_device_says_whether_push_is_on(cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of(cast.ana)
    assert "Notifications are on." in shown(phone, "live")
    assert "Send a test notification" in shown(phone, "live")
    assert "on its way" in shown(phone, "live", str(phone.sign_in.id))
    assert "have stopped on this device" in shown(phone, "gone")
    assert "have stopped on this device" in shown(phone, "needs_resubscribe")
    assert "are off on this device" in shown(phone, None)
    assert "Send a test" not in shown(phone, None)


def test_a_shared_device_says_that_it_never_gets_any(cast: Cast, phone_of: PhoneOf) -> None:
    assert "no notifications" in shown(phone_of(cast.ana, kind="shared", push_on=False), None)
