"""A person tries the notifications of one of their devices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.doubles.push_service import PushService
from tests.page_linter import forms_of
from tests.people import Cast
from tests.push.conftest import Phone
from webapp import push
from webapp.database import db, writing
from webapp.push.models import PushMessage, Subscription

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


def devices_page(phone: Phone, tested: str = "") -> str:
    return phone.browser.get("/devices", query_string={"tested": tested}).text


def test_each_device_says_whether_push_is_on(cast: Cast, phone_of: PhoneOf) -> None:
    phone = phone_of(cast.ana)
    assert "Send a test notification" in devices_page(phone)
    assert "Notifications are off" not in devices_page(phone)
    assert "on its way" not in devices_page(phone)
    assert "on its way" in devices_page(phone, str(phone.sign_in.id))
    phone_of(cast.ana, push_on=False)
    assert "Notifications are off on this device." in devices_page(phone)
    assert devices_page(phone).count("Send a test notification") == 1


@pytest.mark.parametrize("column", ["gone_at", "needs_resubscribe_at"])
def test_a_device_says_that_its_notifications_have_stopped(
    cast: Cast, phone_of: PhoneOf, clock: MovedClock, column: str
) -> None:
    phone = phone_of(cast.ana)
    with writing():
        setattr(db.session.scalars(select(Subscription)).one(), column, clock())
    assert "Notifications have stopped on this device" in devices_page(phone)
    assert "Send a test notification" not in devices_page(phone)


def test_a_shared_device_says_that_it_never_gets_any(cast: Cast, phone_of: PhoneOf) -> None:
    assert "so it gets no notifications" in devices_page(phone_of(cast.ana, kind="shared", push_on=False))


def test_the_devices_page_shows_ones_own_devices_only(cast: Cast, phone_of: PhoneOf) -> None:
    anas = phone_of(cast.ana)
    assert str(anas.sign_in.id) in devices_page(anas)
    assert str(anas.sign_in.id) not in devices_page(phone_of(cast.charlie))
