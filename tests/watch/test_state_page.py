"""The administrators' page of the state of things: what asks for attention first, and nothing of anybody's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.client import Browser
from tests.conftest import MovedClock
from tests.doubles.push_service import PushService, Told
from tests.people import Cast
from tests.push.conftest import Phone, tell
from webapp import __version__, push
from webapp.database import db, writing
from webapp.mail import Letter, MemoryPost, post_later
from webapp.people import Person
from webapp.push.models import Delivery, OriginPause
from webapp.web import health

PhoneOf = Callable[..., Phone]
FINE = "Everything works. There is nothing to do."


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Browser:
    return browser.sign_in(cast.admin)


@pytest.fixture
def all_is_well(cast: Cast) -> None:
    heard(health.WORKER, health.BACKUP)


def heard(*processes: str) -> None:
    with writing():
        for process in processes:
            health.beat(process)


def fact(page: str, name: str) -> str:
    """What stands beside a name."""
    found = re.search(rf"<dt>{re.escape(name)}</dt><dd>([^<]*)</dd>", page)
    assert found, f"the page does not say “{name}”"
    return found[1]


def test_a_healthy_place_says_so(desk: Browser, all_is_well: None) -> None:
    page = desk.get("/state").text
    assert FINE in page
    assert "Look at this first" not in page
    assert fact(page, "The worker, which sends everything, was last heard") == "Tue 10 March, 10:00"
    assert fact(page, "Last backup") == "Tue 10 March, 10:00"
    assert fact(page, "Version of Friendtor") == __version__
    assert fact(page, "On their way to a device") == "0"
    assert f"{datetime.now(UTC):%Y}" in fact(page, "Seals what people write")


def test_the_database_is_named_with_its_size(desk: Browser, database_kind: str) -> None:
    said = fact(desk.get("/state").text, "Database")
    kind, _, size = said.partition(", ")
    assert kind == {"sqlite": "SQLite", "postgres": "PostgreSQL"}[database_kind]
    assert float(size.removesuffix(" MB")) > 0.1


def test_the_most_urgent_stands_first(desk: Browser, app: Flask, clock: MovedClock) -> None:
    app.extensions["post"] = MemoryPost()
    with writing():
        post_later(Letter("mary@example.org", "A new password", "The link."))
    clock.move(hours=2)
    page = desk.get("/state").text
    words = ("The worker is silent", "E-mails do not go out", "No backup was made yet")
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert FINE not in page
    assert fact(page, "Letters that wait") == "1"


def test_no_mail_server_is_a_hint_and_no_alarm(desk: Browser, all_is_well: None) -> None:
    page = desk.get("/state").text
    assert "No mail server is set" in page
    assert FINE in page


def test_an_old_backup_is_said(desk: Browser, all_is_well: None, clock: MovedClock) -> None:
    clock.move(days=3, minutes=1)
    heard(health.WORKER)
    assert "The last backup is too old" in desk.get("/state").text


def test_a_stopped_push_service_is_shown_with_its_reason_and_tried_again(
    desk: Browser, cast: Cast, all_is_well: None, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone = phone_of(cast.ana)
    service.tell(Told(403, '{"reason": "BadJwtToken"}'))
    tell(cast.ana, "note")
    push.deliver_now()
    page = desk.get("/state").text
    assert "It refuses our signature" in page
    assert fact(page, "On their way to a device") == "1"
    assert phone.push.token not in page
    assert push.deliver_now() == 0, "it waits for an hour"
    clock.move(minutes=1)
    assert desk.fill_in("/state", {}, action="/state/try-again").status_code == 303
    assert "Somebody said to try again on Tue 10 March, 10:01" in desk.get("/state").text
    push.deliver_now()
    assert len(service.to(phone.push)) == 1
    page = desk.get("/state").text
    assert "Push service" not in page
    assert FINE in page


def test_trying_again_leaves_what_waits_for_the_morning(
    desk: Browser, cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    service.tell(Told(403, '{"reason": "BadJwtToken"}'))
    tell(cast.ana, "note")
    push.deliver_now()
    clock.at = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    desk.fill_in("/state", {}, action="/state/try-again")
    push.deliver_now()
    assert service.asked == 1
    db.session.rollback()
    assert db.session.scalars(db.select(Delivery)).one().due_at == datetime(2026, 3, 11, 9, 0, tzinfo=UTC)


def test_trying_an_unknown_service_again_does_nothing(desk: Browser, all_is_well: None) -> None:
    token = desk.get("/settings").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    said = desk.post("/state/try-again", {"csrf_token": token, "origin": "https://evil.example" * 90})
    assert said.status_code == 303
    assert db.session.scalars(db.select(OriginPause)).all() == []


def test_devices_that_stopped_are_counted_and_not_named(
    desk: Browser, cast: Cast, all_is_well: None, phone_of: PhoneOf, service: PushService
) -> None:
    phone_of(cast.mary)
    phone = phone_of(cast.ana)
    service.end(phone.push.token)
    tell(cast.ana, "note")
    push.deliver_now()
    page = desk.get("/state").text
    assert fact(page, "Devices that get notifications") == "1"
    assert fact(page, "Devices on which they have stopped") == "1"
    assert "Notifications have stopped on some devices" in page
    for name in ("Okafor", "Ruiz", "Ward 4", service.origin):
        assert name not in page


def test_push_that_is_off_is_said_with_what_to_set(desk: Browser, app: Flask, all_is_well: None) -> None:
    office = app.extensions["post_office"]
    app.extensions["post_office"] = replace(office, why_off="Push is off: set PUSH_CONTACT.")
    assert "Set PUSH_CONTACT to an e-mail address" in desk.get("/state").text


def test_it_speaks_spanish(desk: Browser, cast: Cast, all_is_well: None) -> None:
    with writing():
        db.session.get_one(Person, cast.admin).lang = "es"
    assert "Todo funciona" in desk.get("/state").text


@pytest.mark.parametrize("page", ["/", "/settings"])
def test_administrators_are_led_there_and_nobody_else(app: Flask, cast: Cast, page: str) -> None:
    assert 'href="/state"' in Browser(app).sign_in(cast.admin).get(page).text
    for person_id in (cast.mary, cast.ana, cast.carol):
        other = Browser(app).sign_in(person_id)
        assert 'href="/state"' not in other.get(page).text
        assert other.get("/state").status_code == 404


def test_a_key_that_took_over_long_ago_is_told_by_its_day(desk: Browser) -> None:
    made = fact(desk.get("/state").text, "Signs notifications")
    days = {f"{datetime.now(UTC) - timedelta(days=back):%-d %B %Y}" for back in (0, 1)}
    assert any(made.endswith(day) for day in days)
