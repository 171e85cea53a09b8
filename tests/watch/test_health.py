"""/healthz tells machines in one word whether this installation works, and which part does not."""

from __future__ import annotations

from collections.abc import Callable
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
from webapp.mail import Letter, MemoryPost, Unposted, deliver_due, post_later
from webapp.push.models import OriginPause
from webapp.watch.rules import Signs
from webapp.web.health import beat, note_start

PhoneOf = Callable[..., Phone]
REFUSED = Told(403, '{"reason": "BadJwtToken"}')


def heard(start: bool = False) -> None:
    with writing():
        note_start() if start else beat()


def status(browser: Browser) -> tuple[int, str]:
    answer = browser.get("/healthz")
    return answer.status_code, answer.json["status"]


def part(browser: Browser, name: str) -> str:
    return str(browser.get("/healthz").json["parts"][name])


@pytest.fixture
def post(app: Flask) -> MemoryPost:
    app.extensions["post"] = MemoryPost()
    return app.extensions["post"]


def test_all_is_well_while_the_worker_is_heard(browser: Browser, clock: MovedClock) -> None:
    heard()
    clock.move(seconds=90)
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (200, "ok")
    assert answer.json["version"] == __version__
    assert answer.json["database"] == "ok"
    assert answer.json["worker_last_beat"] == "2026-03-10T10:00:00+00:00"
    assert answer.json["parts"] == {
        "database": "ok",
        "worker": "ok",
        "push": "ok",
        "push_services": "ok",
        "letters": "off",
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_silent_worker_is_no_health(browser: Browser, clock: MovedClock) -> None:
    assert status(browser) == (503, "worker_silent")
    heard()
    clock.move(minutes=3)
    assert status(browser) == (503, "worker_silent")


def test_beating_again_moves_the_one_row(browser: Browser, clock: MovedClock) -> None:
    heard()
    clock.move(minutes=3)
    heard()
    assert status(browser)[0] == 200


def test_a_first_start_is_green_until_the_worker_had_its_time(browser: Browser, clock: MovedClock) -> None:
    heard(start=True)
    clock.move(seconds=100)
    assert status(browser) == (200, "starting")
    clock.move(seconds=30)
    assert status(browser) == (503, "worker_silent")
    heard()
    assert status(browser) == (200, "ok")


def test_a_worker_that_never_comes_up_is_not_excused_by_another_start(browser: Browser, clock: MovedClock) -> None:
    for _ in range(3):
        heard(start=True)
        clock.move(minutes=1, seconds=1)
    assert status(browser) == (503, "worker_silent")


def test_a_start_after_a_night_without_it_has_its_time_again(browser: Browser, clock: MovedClock) -> None:
    heard(start=True), heard()
    clock.move(hours=9)
    assert status(browser) == (503, "worker_silent")
    heard(start=True)
    assert status(browser) == (200, "starting")


def test_a_beat_from_the_future_is_no_sign_of_life(browser: Browser, clock: MovedClock) -> None:
    heard(start=True), heard()
    clock.move(hours=-1)
    assert status(browser) == (503, "worker_silent")


def test_a_push_that_no_worker_takes_is_late(
    browser: Browser, cast: Cast, phone_of: PhoneOf, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    tell(cast.ana, "note")
    clock.move(minutes=9), heard()
    assert status(browser) == (200, "ok")
    clock.move(minutes=2), heard()
    assert status(browser) == (503, "push_late")
    push.release_due()
    assert status(browser) == (200, "ok")
    clock.move(minutes=11), heard()
    assert status(browser) == (503, "push_late")
    push.deliver_now()
    assert status(browser) == (200, "ok")


def test_a_push_that_waits_for_the_morning_is_not_late(
    browser: Browser, cast: Cast, phone_of: PhoneOf, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    clock.at = datetime(2026, 3, 10, 21, 30, tzinfo=UTC)
    tell(cast.ana, "note")
    push.deliver_now()
    clock.move(hours=8), heard()
    assert status(browser) == (200, "ok")


def test_a_service_that_refuses_our_signature_is_red_until_it_takes_something(
    browser: Browser, cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone_of(cast.ana)
    service.tell(REFUSED)
    tell(cast.ana, "note")
    push.deliver_now()
    heard()
    assert status(browser) == (503, "push_services_stopped")
    assert service.origin not in browser.get("/healthz").text
    clock.move(minutes=61), heard()
    assert status(browser) == (503, "push_services_stopped"), "a pause that is over is no proof"
    push.deliver_now()
    assert status(browser) == (200, "ok")
    assert db.session.scalars(db.select(OriginPause)).all() == []


@pytest.mark.parametrize("answer", [Told(503, headers={"Retry-After": "300"}), Told(500), Told(403)])
def test_a_service_that_takes_nothing_is_red_after_an_hour(
    browser: Browser, cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock, answer: Told
) -> None:
    phone_of(cast.ana)
    service.tell(*[answer] * 5)
    tell(cast.ana, "note")
    push.deliver_now()
    for _ in range(3):
        clock.move(minutes=16), heard()
        push.deliver_now()
        assert status(browser) == (200, "ok")
    clock.move(minutes=16)
    push.deliver_now()
    heard()
    assert status(browser) == (503, "push_services_stopped")
    clock.move(minutes=16)
    push.deliver_now()
    heard()
    assert status(browser) == (200, "ok")


def test_one_trouble_long_ago_is_no_stop(
    browser: Browser, cast: Cast, phone_of: PhoneOf, service: PushService, clock: MovedClock
) -> None:
    phone = phone_of(cast.ana)
    service.tell(Told(500))
    with writing():
        push.tell(phone.sign_in.person, push.Message("test", "1"), only=phone.sign_in)
    push.deliver_now()
    clock.move(hours=5)
    push.deliver_now()
    heard()
    assert status(browser) == (200, "ok")


def test_a_service_that_nobody_depends_on_any_more_is_no_trouble(
    browser: Browser, cast: Cast, phone_of: PhoneOf, service: PushService
) -> None:
    phone = phone_of(cast.ana)
    service.tell(REFUSED)
    tell(cast.ana, "note")
    push.deliver_now()
    heard()
    phone.turn_off()
    assert status(browser) == (200, "ok")


def test_letters_that_nobody_takes_are_late_after_an_hour(
    browser: Browser, post: MemoryPost, clock: MovedClock
) -> None:
    leave_a_letter()
    post.trouble = Unposted("down")
    clock.move(minutes=59)
    deliver_due(clock()), heard()
    assert status(browser) == (200, "ok")
    clock.move(minutes=2), heard()
    assert status(browser) == (503, "letters_late")
    post.trouble = None
    clock.move(minutes=16), heard()
    deliver_due(clock())
    assert (status(browser), part(browser, "letters")) == ((200, "ok"), "ok")


def test_one_mailbox_that_is_full_is_no_trouble_while_others_are_served(
    browser: Browser, post: MemoryPost, clock: MovedClock
) -> None:
    leave_a_letter()
    post.trouble = Unposted("full")
    deliver_due(clock())
    clock.move(minutes=61), heard()
    post.trouble = Unposted("full")
    deliver_due(clock())
    assert status(browser)[0] == 503
    post.trouble = None
    leave_a_letter()
    deliver_due(clock())
    heard()
    assert status(browser) == (200, "ok")


def leave_a_letter() -> None:
    with writing():
        post_later(Letter("mary@example.org", "A new password", "The link."))


def test_the_first_thing_to_look_at_is_said_first() -> None:
    at = datetime(2026, 3, 10, tzinfo=UTC)
    ago = at - timedelta(days=1)
    everything = Signs(
        at=at,
        worker_beat=ago,
        started=ago,
        push_due_since=ago,
        stopped_services=("https://a.example",),
        mail_is_on=True,
        letters_since=ago,
    )
    assert everything.status == "worker_silent"
    assert everything.parts == {"worker": "silent", "push": "late", "push_services": "stopped", "letters": "late"}
    assert Signs(at=at, worker_beat=at, push_is_on=False, mail_is_on=False).parts["push"] == "off"


@pytest.mark.own_app
def test_a_database_that_is_gone_is_said_without_its_words(browser: Browser, app: Flask) -> None:
    db.session.remove()
    with db.engine.connect().execution_options(friendtor_write=True) as connection, connection.begin():
        connection.exec_driver_sql("DROP TABLE heartbeat")
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json["status"]) == (503, "database_unreachable")
    assert answer.json["parts"]["worker"] == "unknown"
    assert "heartbeat" not in answer.text
