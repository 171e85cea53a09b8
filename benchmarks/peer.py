"""How POST /sync compares with a store that many offline apps write to: PouchDB's server, which keeps all in memory.

    python -m benchmarks.peer [--clients 8] [--batches 10] [--rounds 2] [--threads 16]

The same clients send the same number of batches of 50 to both, one server after the other, so many rounds. The peer
gets each op as the plain document that Friendtor finds inside the envelope: nothing is sealed, nothing is written to a
disk, nobody's authorship is checked, and no other record follows from a document.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from benchmarks.clients import Client, Measured, drive
from benchmarks.sync import BATCH, WORDS, client_of, gunicorn, make_people
from tests.harness.server import free_port
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db, uuid7

PEER, VERSION = "pouchdb-server", "4.2.0"
STORE = "bench"
STARTS_WITHIN = 20.0


class NoPeer(Exception):
    """The peer is not here and cannot be brought; one sentence that says why."""


def main() -> None:
    """Measure both, round by round, and print the ratio of the medians."""
    asked = _asked()
    try:
        program = installed_peer()
    except NoPeer as why:
        print(why)
        return
    folder = Path(tempfile.mkdtemp(prefix="friendtor-bench-"))
    try:
        own, peers = _measure(asked, folder, program)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    ours, theirs = median(_rate(each) for each in own), median(_rate(each) for each in peers)
    print(f"Friendtor does {ours / theirs:.0%} of what {PEER} {VERSION} --in-memory does (medians of {asked.rounds}).")


def installed_peer() -> Path:
    """The peer's program, brought by npm into a folder of its own beneath the user's cache. Raises `NoPeer`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise NoPeer(f"Not measured: {PEER} needs node and npm, and they are not on this machine.")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "friendtor-bench" / f"{PEER}-{VERSION}"
    program = folder / "node_modules" / ".bin" / PEER
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
        ended = subprocess.run([*command, f"{PEER}@{VERSION}"], cwd=folder, capture_output=True, text=True)
        if ended.returncode or not program.exists():
            raise NoPeer(f"Not measured: npm could not install {PEER} {VERSION}.\n{ended.stderr.strip()[-500:]}")
    return program


def _measure(asked: argparse.Namespace, folder: Path, program: Path) -> tuple[list[Measured], list[Measured]]:
    port = free_port()
    url, database_url = f"http://localhost:{port}", f"sqlite:///{folder / 'friendtor.db'}"
    app = create_app(Settings(data_dir=folder, database_url=database_url, public_url=url))
    with app.app_context():
        make_tables()
        people = make_people(app, asked.clients + 1)
        rounds = [[client_of(app, each, asked.batches, BATCH) for each in people[:-1]] for _ in range(asked.rounds)]
        warm = client_of(app, people[-1], 2, BATCH)
        db.session.remove()
        db.engine.dispose()
    own: list[Measured] = []
    peers: list[Measured] = []
    for clients in rounds:
        with gunicorn(folder, url, database_url, asked.threads):
            drive(port, [warm])  # of the second time on all are duplicates; what they warm is the same
            own.append(_said(drive(port, clients), "Friendtor", "applied"))
        with _peer(program, folder) as peer_port:
            drive(peer_port, [_documents_of(2)])
            peers.append(_said(drive(peer_port, [_documents_of(asked.batches) for _ in clients]), PEER, "kept"))
    return own, peers


def _said(measured: Measured, who: str, well: str) -> Measured:
    print(measured.line(f"{who}, batches of {BATCH}"), flush=True)
    assert set(measured.statuses) == {well}, measured.statuses
    return measured


def _rate(measured: Measured) -> float:
    return measured.ops / measured.seconds


def _documents_of(batches: int) -> Client:
    """One client's requests to the peer: its documents say what the ops of `client_of` say."""
    pairing = uuid7()
    documents = [_document(pairing, number) for number in range(batches * BATCH)]
    parts = [documents[at : at + BATCH] for at in range(0, len(documents), BATCH)]
    return Client("", [json.dumps({"docs": part}).encode() for part in parts], f"/{STORE}/_bulk_docs", _kept)


def _document(pairing: UUID, number: int) -> dict[str, Any]:
    """Seven check-ins, two notes and a journal entry in ten documents."""
    at = datetime.now(UTC)
    said: dict[str, Any] = {"_id": str(uuid7()), "written_at": at.isoformat(), "zone": "Europe/London"}
    if number % 10 in (3, 6):
        return said | {"kind": "note", "pairing": str(pairing), "words": WORDS, "reply_to": None}
    if number % 10 == 9:
        return said | {"kind": "entry", "body": WORDS * 5}
    said |= {"kind": "checkin", "pairing": str(pairing), "audience": "mentor", "about": "shift", "words": WORDS}
    return said | {"face": 1 + number % 5, "shift_date": at.date().isoformat(), "contact": "in_person", "minutes": 10}


def _kept(answer: Any) -> list[str]:
    return ["kept" if document.get("ok") else str(document.get("name")) for document in answer]


@contextmanager
def _peer(program: Path, folder: Path) -> Iterator[int]:
    """The peer with an empty store, in memory; it answers on the port that is given."""
    port, home = free_port(), Path(tempfile.mkdtemp(dir=folder))
    command = [str(program), "--in-memory", "--host", "127.0.0.1", "--port", str(port), "--no-stdout-logs"]
    process = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL)
    try:
        _wait_for_store(f"http://127.0.0.1:{port}/{STORE}")
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for_store(url: str) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(urllib.request.Request(url, method="PUT"), timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{PEER} makes no store: {error.code}") from error
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{PEER} did not start")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--batches", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=16)
    return parser.parse_args()


if __name__ == "__main__":
    main()
