"""A real push to a real Firefox: its own subscription, its own decryption, our own service worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from pathlib import Path
from uuid import UUID

import pytest

from tests.client import cookies_of
from tests.doubles.firefox import Firefox
from tests.doubles.push_service import PushService
from tests.harness import tools
from tests.harness.fixtures import running
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast
from webapp import push
from webapp.database import db, uuid7, writing
from webapp.people import Person
from webapp.push.models import Delivery, QuietHours

pytestmark = pytest.mark.browser
SHOWN = """(async () => (await (await navigator.serviceWorker.ready).getNotifications())
    .map(({title, body, tag, lang, data}) => ({title, body, tag, lang, data})))()"""
DECRYPTED = 100  # the code with which Firefox acknowledges a message that it could read and hand to the worker


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as started:
        yield started


@pytest.fixture
def server(tmp_path: Path, service: PushService) -> Iterator[Server]:
    yield from running(Server(tmp_path / "data", PUSH_EXTRA_ORIGINS=service.origin))


@pytest.fixture
def firefox(server: Server, service: PushService) -> Iterator[Firefox]:
    with Firefox(tools.firefox(), push_server=f"ws://127.0.0.1:{service.port}/ws") as started:
        started.allow_notifications(server.url)
        yield started


@pytest.fixture
def anas(firefox: Firefox, server: Server, people: Cast) -> Firefox:
    """Ana's Firefox, where she turned notifications on; she is never quiet, since this may run at night."""
    be(firefox, server, people.ana)
    with server.inside(), writing():
        db.session.add(QuietHours(person_id=people.ana, starts=time(), ends=time()))
    firefox.open(f"{server.url}/devices")
    firefox.tap("push-switch [data-turn-on]")
    until(lambda: push_state(firefox) == "on", "notifications are on")
    return firefox


def test_a_note_reaches_the_mentors_phone(anas: Firefox, server: Server, service: PushService, people: Cast) -> None:
    tell(server, people.ana, "note")
    (shown,) = until(lambda: anas.run(SHOWN), "the notification is shown", within=30)
    assert shown == {
        "title": "St Mary's",
        "body": "A note for you.",
        "tag": "note",
        "lang": "en",
        "data": {"navigate": f"{server.url}/"},
    }
    until(lambda: service.acknowledged, "the acknowledgement")
    assert [each["code"] for each in service.acknowledged] == [DECRYPTED]
    assert service.refused == []

    tell(server, people.ana, "note")
    until(lambda: len(service.acknowledged) == 2, "the second acknowledgement", within=30)
    assert len(anas.run(SHOWN)) == 1  # a repeat replaces


def test_when_somebody_else_signs_in_on_that_browser_its_push_ends(
    anas: Firefox, server: Server, service: PushService, people: Cast
) -> None:
    be(anas, server, people.mary)
    anas.open(f"{server.url}/devices")
    until(lambda: push_state(anas) == "off", "Mary has no push")
    tell(server, people.ana, "talk_wanted")
    with server.inside():
        until(lambda: outcome() == "gone", "the push service says that Ana's subscription is over", within=30)
    assert anas.run(SHOWN) == []
    assert service.acknowledged == []


def test_turned_off_it_gets_nothing_more(anas: Firefox, server: Server, service: PushService, people: Cast) -> None:
    anas.tap("push-switch [data-turn-off]")
    until(lambda: push_state(anas) == "off", "notifications are off")
    with server.inside():
        assert push.states_of(db.session.get_one(Person, people.ana)) == {}
    tell(server, people.ana, "note")
    anas.open(f"{server.url}/devices")
    until(lambda: push_state(anas) == "off", "still off after a load")
    assert service.received == []


def be(firefox: Firefox, server: Server, person_id: UUID) -> None:
    """Be signed in as this person in Firefox."""
    with server.inside() as app:
        firefox.take_cookies(cookies_of(app, person_id))


def push_state(firefox: Firefox) -> str | None:
    state: str | None = firefox.run("document.querySelector('push-switch')?.getAttribute('state') ?? null")
    return state


def outcome() -> str | None:
    db.session.rollback()
    return db.session.scalar(db.select(Delivery.outcome))


def tell(server: Server, person_id: UUID, kind: str) -> None:
    """Tell a person something, as a room would; the worker that runs sends it."""
    with server.inside(), writing():
        push.tell(db.session.get_one(Person, person_id), push.Message(kind, str(uuid7())))
