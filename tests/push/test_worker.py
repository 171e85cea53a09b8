"""Real worker processes: they send, they beat, they end gently, and others take over from the killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.doubles.push_service import PushService, Told
from tests.people import Cast
from tests.push.conftest import Phone
from webapp import push
from webapp.config import Settings
from webapp.database import db, writing
from webapp.people import Person
from webapp.push.claims import LEASE
from webapp.push.models import Delivery, QuietHours
from webapp.web.health import WORKER, Heartbeat

PhoneOf = Callable[..., Phone]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _here_and_now(clock: MovedClock) -> None:
    """Processes read the machine's clock."""
    clock.at = datetime.now(UTC)


@contextmanager
def worker(settings: Settings, *, clock_offset: timedelta = timedelta()) -> Iterator[subprocess.Popen[bytes]]:
    environ = os.environ | {
        "FRIENDTOR_DATA": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "PUBLIC_URL": settings.public_url,
        "PUSH_EXTRA_ORIGINS": " ".join(settings.push_extra_origins),
        "FRIENDTOR_CLOCK_OFFSET": str(int(clock_offset.total_seconds())),
    }
    process = subprocess.Popen([sys.executable, "-m", "webapp.worker"], cwd=ROOT, env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def tell_notes(phone: Phone, count: int) -> None:
    """So many notes for a person who is never quiet."""
    with writing():
        person = db.session.get_one(Person, phone.person_id)
        db.session.merge(QuietHours(person_id=person.id, starts=time(), ends=time()))
        for number in range(count):
            push.tell(person, push.Message("note", str(number), f"/{number}"))


def opened(service: PushService, phone: Phone) -> list[int]:
    return sorted(int(message["notification"]["navigate"].rpartition("/")[2]) for message in service.to(phone.push))


def all_finished() -> bool:
    db.session.rollback()
    return db.session.scalar(select(Delivery.id).where(Delivery.finished_at.is_(None)).limit(1)) is None


@pytest.mark.slow
def test_three_worker_processes_send_each_message_once(
    cast: Cast, phone_of: PhoneOf, service: PushService, settings: Settings
) -> None:
    phone = phone_of(cast.ana)
    tell_notes(phone, 100)
    with worker(settings), worker(settings), worker(settings):
        service.wait_until(lambda: len(service.received) >= 100, seconds=60)
        service.wait_until(all_finished)
    assert opened(service, phone) == list(range(100))


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(cast: Cast, phone_of: PhoneOf, service: PushService, settings: Settings) -> None:
    phone = phone_of(cast.ana)
    service.tell(*[Told(hang=True)] * 16)
    tell_notes(phone, 40)
    with worker(settings) as killed:
        service.wait_until(lambda: service.asked >= 16, seconds=60)
        killed.kill()
    with worker(settings, clock_offset=LEASE + timedelta(minutes=1)):
        service.wait_until(lambda: len(set(opened(service, phone))) == 40, seconds=60)
    assert opened(service, phone) == list(range(40))


@pytest.mark.slow
@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_ends_by_itself(
    cast: Cast, phone_of: PhoneOf, service: PushService, settings: Settings, told: signal.Signals
) -> None:
    phone = phone_of(cast.ana)
    tell_notes(phone, 1)
    with worker(settings) as process:
        service.wait_until(lambda: opened(service, phone) == [0], seconds=60)
        process.send_signal(told)
        assert process.wait(10) == 0


@pytest.mark.slow
def test_a_worker_is_heard(cast: Cast, service: PushService, settings: Settings) -> None:
    def heard() -> Heartbeat | None:
        db.session.rollback()
        return db.session.get(Heartbeat, WORKER)

    assert heard() is None
    with worker(settings):
        service.wait_until(heard, seconds=60)


def test_a_worker_with_bad_settings_says_so_in_one_sentence(tmp_path: Path) -> None:
    environ = os.environ | {"FRIENDTOR_DATA": str(tmp_path), "PUSH_PROXY": "no address"}
    ended = subprocess.run(
        [sys.executable, "-m", "webapp.worker"], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2
    assert ended.stderr.strip() == "Set PUSH_PROXY to an address such as http://proxy.example.org:3128."
