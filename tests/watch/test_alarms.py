"""Administrators are told by mail: once, again after a day while it lasts, and once when it is over."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import MovedClock
from tests.doubles.push_service import PushService, Told
from tests.harness.waiting import until
from tests.mail.mail_server import Mailbox, mail_server
from tests.people import Cast, person
from tests.push.conftest import Phone, tell
from webapp import push, serving, watch
from webapp.config import BadSettings, Settings
from webapp.database import db, writing
from webapp.mail import MemoryPost, Unposted
from webapp.people import Person
from webapp.watch.models import Alarm
from webapp.watch.watchman import keep_watch
from webapp.web import health

PhoneOf = Callable[..., Phone]
ROOT = Path(__file__).resolve().parents[2]
SILENT = "Friendtor tells nobody anything"
OVER = "Friendtor sends again"


@pytest.fixture
def post(app: Flask) -> MemoryPost:
    app.extensions["post"] = MemoryPost()
    return app.extensions["post"]


@dataclass
class Watch:
    """One process that looks every minute, on a clock that the test moves."""

    clock: MovedClock
    name: str = "one"
    seen: frozenset[str] = field(default_factory=frozenset)

    def minutes(self, count: int, worker_runs: bool = False, at_a_time: int = 1) -> None:
        for _ in range(count // at_a_time):
            self.clock.move(minutes=at_a_time)
            if worker_runs:
                beat()
            self.seen = watch.look(self.name, self.seen)


@pytest.fixture
def looking(clock: MovedClock, cast: Cast, post: MemoryPost) -> Watch:
    """A process that watches a worker which was heard just now."""
    beat()
    return Watch(clock)


def beat(process: str = health.WORKER) -> None:
    with writing():
        health.beat(process)


def subjects(post: MemoryPost) -> list[str]:
    return [letter.subject for letter in post.letters]


def alarms() -> list[Alarm]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Alarm)))


def test_a_silent_worker_is_told_once_and_not_every_minute(looking: Watch, post: MemoryPost) -> None:
    looking.minutes(5)
    assert post.letters == [], "a restart takes minutes too"
    looking.minutes(60)
    assert subjects(post) == [SILENT]


def test_it_is_told_again_after_a_day_and_once_when_it_is_over(looking: Watch, post: MemoryPost) -> None:
    looking.minutes(10)
    looking.minutes(24 * 60 - 10, at_a_time=10)
    assert subjects(post) == [SILENT]
    looking.minutes(10)
    assert subjects(post) == [SILENT, SILENT]
    looking.minutes(60, worker_runs=True)
    assert subjects(post) == [SILENT, SILENT, OVER]
    assert alarms() == []
    assert len({letter.id for letter in post.letters}) == 3, "each is a letter of its own"


def test_what_comes_and_goes_is_one_alarm(looking: Watch, post: MemoryPost) -> None:
    looking.minutes(10)
    for _ in range(5):
        looking.minutes(3, worker_runs=True)
        looking.minutes(8)
    assert subjects(post) == [SILENT]
    looking.minutes(20, worker_runs=True)
    assert subjects(post) == [SILENT, OVER]


def test_a_machine_that_wakes_up_leaves_the_worker_a_minute(looking: Watch, post: MemoryPost) -> None:
    looking.minutes(1, worker_runs=True)
    looking.clock.move(hours=8)
    looking.minutes(1)
    looking.minutes(30, worker_runs=True)
    assert post.letters == []
    assert alarms() == []


def test_only_administrators_who_can_be_written_to_are_told_in_their_language(
    looking: Watch, cast: Cast, post: MemoryPost, clock: MovedClock
) -> None:
    with writing():
        db.session.get_one(Person, cast.admin).lang = "es"
        person("Noor Without", {"administrator"}).email = None
        person("Gone Long", {"administrator"}).closed_at = clock()
        person("Not Yet", {"administrator"}, joined=False)
    looking.minutes(8)
    (letter,) = post.letters
    assert (letter.address, letter.sender_name) == ("ada@example.org", "St Mary's")
    assert letter.subject != SILENT
    assert "2026-03-10 10:07 UTC" in letter.text
    for name in ("Mary", "Ana", "Carol", "Charlie"):
        assert name not in letter.text


def test_a_mail_server_that_is_down_is_tried_again_until_somebody_is_told(looking: Watch, post: MemoryPost) -> None:
    post.trouble = Unposted("down")
    looking.minutes(8)
    assert [alarm.told_at for alarm in alarms()] == [None]
    post.trouble = None
    looking.minutes(3)
    assert post.letters == [], "not every minute"
    looking.minutes(3)
    assert subjects(post) == [SILENT]


def test_what_was_over_before_anybody_could_be_told_is_not_told(looking: Watch, post: MemoryPost) -> None:
    post.trouble = Unposted("down")
    looking.minutes(8)
    post.trouble = None
    looking.minutes(20, worker_runs=True)
    assert (post.letters, alarms()) == ([], [])


def test_a_process_that_died_while_it_told_leaves_it_to_another(looking: Watch, post: MemoryPost) -> None:
    post.trouble = Unposted("down")
    looking.minutes(8)
    with writing():
        (alarm,) = db.session.scalars(db.select(Alarm))
        alarm.locked_by, alarm.locked_until = "a process that died", looking.clock() + timedelta(minutes=10)
    post.trouble = None
    another = Watch(looking.clock, "another", looking.seen)
    another.minutes(9)
    assert post.letters == []
    another.minutes(1)
    assert subjects(post) == [SILENT]


def test_a_push_service_that_stopped_is_told_and_so_is_its_return(
    looking: Watch, cast: Cast, phone_of: PhoneOf, service: PushService, post: MemoryPost
) -> None:
    phone_of(cast.ana)
    service.tell(Told(403, '{"reason": "BadJwtToken"}'))
    tell(cast.ana, "note")
    push.deliver_now()
    looking.minutes(3, worker_runs=True)
    assert subjects(post) == ["A push service takes no notifications"]
    with writing():
        push.ask_again(service.origin)
    looking.minutes(30, worker_runs=True)
    assert len(post.letters) == 1, "whether it takes them again is not known yet"
    push.deliver_now()
    looking.minutes(15, worker_runs=True)
    assert subjects(post)[1:] == ["Notifications go out again"]


def test_an_old_backup_is_told_only_where_one_was_ever_made(looking: Watch, post: MemoryPost) -> None:
    looking.clock.move(days=10)
    looking.minutes(3, worker_runs=True)
    assert post.letters == []
    beat(health.BACKUP)
    looking.clock.move(days=3)
    looking.minutes(2, worker_runs=True)
    assert subjects(post) == ["The last backup is old"]
    beat(health.BACKUP)
    looking.minutes(15, worker_runs=True)
    assert subjects(post)[1:] == ["There is a new backup"]


@pytest.mark.own_app
def test_a_backup_that_was_asked_for_and_never_made_is_told(
    app: Flask, looking: Watch, post: MemoryPost, settings: Settings
) -> None:
    app.extensions["settings"] = replace(settings, backup_days=7)
    with writing():
        health.note_wish_for_backups(True)
    looking.clock.move(days=6, hours=23)
    looking.minutes(2, worker_runs=True)
    assert post.letters == []
    with writing():
        health.note_wish_for_backups(True)
    looking.minutes(65, worker_runs=True)
    assert subjects(post) == ["The last backup is old"]
    with writing():
        health.note_wish_for_backups(False)
    looking.minutes(15, worker_runs=True)
    assert len(post.letters) == 2


def test_days_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="BACKUP_DAYS"):
        Settings.from_env({"FRIENDTOR_DATA": str(tmp_path), "BACKUP_DAYS": "-1"})


@pytest.mark.slow
def test_three_processes_that_notice_at_once_send_one_letter(cast: Cast, clock: MovedClock, settings: Settings) -> None:
    clock.at = datetime.now(UTC) - timedelta(hours=1)
    beat()
    with mail_server() as mailbox, ExitStack() as stack:
        watching = [stack.enter_context(process(settings, mailbox, str(number))) for number in range(3)]
        assert {each.readline() for each, _ in watching} == {"here\n"}
        for _ in range(6):
            for _, tell_to in watching:
                tell_to("look\n")
            assert {each.readline() for each, _ in watching} == {"looked\n"}
    assert [message["Subject"] for message in mailbox.arrived] == [SILENT]
    assert [alarm.times_told for alarm in alarms()] == [1]


@contextmanager
def process(settings: Settings, mailbox: Mailbox, name: str) -> Iterator[tuple[Any, Callable[[str], Any]]]:
    """What a process that looks says, and the way to tell it something."""
    environ = os.environ | {
        "FRIENDTOR_DATA": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "PUBLIC_URL": settings.public_url,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mailbox.port),
        "SMTP_TLS": "none",
        "MAIL_FROM": "friendtor@example.org",
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.watch.looking", name],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert running.stdin is not None
    try:
        yield running.stdout, running.stdin.write
    finally:
        running.kill()
        running.communicate()


@pytest.mark.own_app
def test_a_thread_looks_without_any_request(
    app: Flask, cast: Cast, clock: MovedClock, post: MemoryPost, settings: Settings
) -> None:
    stop = threading.Event()
    app.extensions["settings"] = replace(settings, smtp_host="127.0.0.1", mail_from="friendtor@example.org")
    thread = keep_watch(app, stop, every=0.01)
    assert thread is not None
    until(lambda: subjects(post) == [SILENT], "a letter")
    stop.set()
    thread.join(timeout=10)
    assert not thread.is_alive()


def test_the_web_process_keeps_watch_where_mail_can_be_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web:"))
    assert f'"{serving.__name__}:{serving.served_app.__name__}()"' in web
    monkeypatch.setenv("FRIENDTOR_DATA", str(tmp_path))
    serving.served_app()
    assert "watch" not in {thread.name for thread in threading.enumerate()}
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("MAIL_FROM", "friendtor@example.org")
    app = serving.served_app()
    assert "watch" in {thread.name for thread in threading.enumerate()}
    app.extensions["stop_watch"].set()
