"""How fast POST /sync is: eight clients with sealed batches of 50, one op alone, and the floor beneath both.

    python -m benchmarks.sync [--clients 8] [--batches 20] [--threads 16] [--database-url …]

The server is what `bin/serve` starts: one gunicorn process with threads, SQLite with synchronous=FULL. The clients are
processes of their own on the same machine; their ops are sealed before the clock starts. The floor opens the same
envelopes in a bare loop and runs the very SQL that the app ran, without the app.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import event

from benchmarks.clients import Client, drive
from tests.client import cookies_of
from tests.harness.server import group_of, processes
from tests.people import person
from tests.phone import Phone
from tests.tables import make_tables
from webapp.app import create_app
from webapp.clock import now
from webapp.config import Settings
from webapp.database import db, uuid7, writing
from webapp.pairings import Pairing
from webapp.people import Organisation, Site, Unit
from webapp.programmes import Programme
from webapp.sealing import Header, open_op

BATCH = 50
WORDS = "A long night with two admissions at once; I asked for help earlier than last week."


class OneSession:
    """A transport that only answers who is signed in, for phones that seal and never send."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self._answer = answer

    def get(self, path: str) -> tuple[int, Any]:
        return 200, self._answer

    def post(self, path: str, body: object) -> tuple[int, Any]:
        raise RuntimeError("this phone seals and never sends")


def make_people(app: Flask, count: int) -> list[tuple[UUID, UUID]]:
    """(mentee, pairing) for each client."""
    with writing():
        db.session.add(Organisation(id=1, name="Bench hospital", sender_name="Bench"))
        site = Site(name="Site")
        db.session.add(site)
        db.session.flush()
        unit = Unit(name="Ward", site_id=site.id)
        programme = Programme(name="Programme", created_at=now(), started_at=now())
        db.session.add_all([unit, programme])
        mentees = [person(f"Mentee{n} X", {"mentee"}, unit) for n in range(count)]
        mentors = [person(f"Mentor{n} X", {"mentor"}, unit) for n in range(count)]
        db.session.flush()
        pairings = [
            Pairing(
                id=uuid7(),
                programme_id=programme.id,
                mentee_id=mentee.id,
                mentor_id=mentor.id,
                made_by_id=mentor.id,
                made_at=now(),
            )
            for mentee, mentor in zip(mentees, mentors, strict=True)
        ]
        db.session.add_all(pairings)
    return [(pairing.mentee_id, pairing.id) for pairing in pairings]


def phone_of(app: Flask, mentee: UUID) -> tuple[Phone, str]:
    """A phone that seals for this person, and the cookie header of its browser."""
    cookie = "; ".join(f"{name}={value}" for name, value in cookies_of(app, mentee).items())
    answer = app.test_client(use_cookies=False).get("/sync/session", headers={"Cookie": cookie}).get_json()
    phone = Phone(OneSession(answer))
    phone.refresh()
    return phone, cookie


def save_something(phone: Phone, pairing: UUID, number: int) -> None:
    """Seven check-ins, two notes and a journal entry in ten ops."""
    if number % 10 in (3, 6):
        phone.save("note", "write", {"pairing": str(pairing), "words": WORDS, "reply_to": None})
    elif number % 10 == 9:
        phone.entry(WORDS * 5)
    else:
        fields = {
            "pairing": str(pairing),
            "audience": "mentor",
            "about": "shift",
            "face": 1 + number % 5,
            "words": WORDS,
        }
        fields |= {"shift_date": datetime.now(UTC).date().isoformat(), "contact": "in_person", "minutes": 10}
        phone.save("checkin", "record", fields)


def requests_of(phone: Phone, batches: int, size: int, pairing: UUID) -> list[bytes]:
    """Sealed requests, oldest ops first."""
    for number in range(batches * size):
        save_something(phone, pairing, number)
    rows, phone.outbox = [kept.wire for kept in phone.outbox], []
    sent_at = datetime.now(UTC).isoformat()
    parts = [rows[at : at + size] for at in range(0, len(rows), size)]
    return [json.dumps({"proto": 1, "sent_at": sent_at, "ops": part}).encode() for part in parts]


@contextmanager
def gunicorn(data: Path, url: str, database_url: str, threads: int) -> Iterator[int]:
    """The web process on this data; gives the id of its process group."""
    port = url.rsplit(":", 1)[1]
    environment = {**os.environ, "FRIENDTOR_DATA": str(data), "PUBLIC_URL": url, "DATABASE_URL": database_url}
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "webapp.serving:served_app()",
        "--worker-class",
        "gthread",
        "--workers",
        "1",
    ]
    command += ["--threads", str(threads), "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    process = subprocess.Popen([*command, "--no-control-socket"], env=environment, start_new_session=True)
    try:
        wait_for(int(port))
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def processor_seconds(group: int) -> float:
    """Seconds that the processes of this group have spent on a processor."""
    ticks = 0
    for pid in processes():
        with suppress(OSError):
            if group_of(pid) == group:
                after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(after_name[11]) + int(after_name[12])  # user and system, proc(5)
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status in (200, 503):  # no worker beats here
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise SystemExit("the server did not start")


def floor(app: Flask, data: Path, mentee: UUID, pairing: UUID, batches: int) -> tuple[float, float]:
    """Ops a second of opening envelopes alone, and of opening plus the app's own SQL on a copy of the database."""
    phone, cookie = phone_of(app, mentee)
    bodies = requests_of(phone, batches, BATCH, pairing)
    shutil.copy(data / "friendtor.db", data / "floor.db")
    runs = [recorded(app, cookie, body) for body in bodies]
    envelopes = [
        (Header(op["op_id"], op["key_id"], op["device_id"], op["owner_tag"], op["seq"]), op["sealed"])
        for body in bodies
        for op in json.loads(body)["ops"]
    ]
    began = time.perf_counter()
    for header, sealed in envelopes:
        open_op(header, sealed)
    opening = time.perf_counter() - began
    connection = sqlite3.connect(data / "floor.db", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON")
    began = time.perf_counter()
    for statements in runs:
        connection.execute("BEGIN IMMEDIATE")
        for sql, parameters, many in statements:
            (connection.executemany if many else connection.execute)(sql, parameters)
        connection.execute("COMMIT")
    writing_ = time.perf_counter() - began
    connection.close()
    return len(envelopes) / opening, len(envelopes) / (opening + writing_)


def recorded(app: Flask, cookie: str, body: bytes) -> list[tuple[str, Any, bool]]:
    """The SQL of one delivery, as the app ran it."""
    statements: list[tuple[str, Any, bool]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, _context: Any, many: bool) -> None:
        if not sql.startswith(("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE")):
            statements.append((sql, parameters, many))

    event.listen(db.engine, "before_cursor_execute", note)
    headers = {"Cookie": cookie, "Origin": app.extensions["settings"].public_url, "Content-Type": "application/json"}
    response = app.test_client(use_cookies=False).post("/sync", data=body, headers=headers)
    event.remove(db.engine, "before_cursor_execute", note)
    assert {result["status"] for result in response.get_json()["results"]} == {"applied"}, response.get_json()
    return statements


def main() -> None:
    options = read_options()
    folder = Path(tempfile.mkdtemp(prefix="friendtor-bench-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    database_url = options.database_url or f"sqlite:///{folder / 'friendtor.db'}"
    app = create_app(Settings(data_dir=folder, database_url=database_url, public_url=url))
    with app.app_context():
        make_tables()
        people = make_people(app, options.clients + 2)
        ready = [client_of(app, each, options.batches, BATCH) for each in people[: options.clients]]
        alone = client_of(app, people[-2], options.single, 1)
        db.session.remove()
        db.engine.dispose()
        with gunicorn(folder, url, database_url, options.threads) as group:
            drive(port, [client_of(app, people[-2], 2, BATCH)])  # the first request of a process is no measure
            before = processor_seconds(group)
            print(drive(port, ready).line(f"{options.clients} clients, batches of {BATCH}"), flush=True)
            spent = (processor_seconds(group) - before) / (options.clients * options.batches)
            print(f"{'of it the server on a processor':<34} {spent * 1000:8.1f} ms a batch", flush=True)
            print(drive(port, [alone]).line("one op a request, alone"), flush=True)
        if not options.database_url:
            opening, whole = floor(app, folder, *people[-1], options.batches)
            print(f"{'floor: opening envelopes':<34} {opening:8.0f} ops/s")
            print(f"{'floor: opening and the same SQL':<34} {whole:8.0f} ops/s")
    shutil.rmtree(folder)


def client_of(app: Flask, who: tuple[UUID, UUID], batches: int, size: int) -> Client:
    mentee, pairing = who
    phone, cookie = phone_of(app, mentee)
    return Client(cookie, requests_of(phone, batches, size, pairing))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--batches", type=int, default=20)
    parser.add_argument("--single", type=int, default=300)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--database-url", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
