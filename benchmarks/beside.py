"""How long one op takes while two clients send batches of 50 without a pause.

    python -m benchmarks.beside [--ops 300] [--threads 16] [--database-url …]

The server and the clients are those of `bin/bench sync`. Only what was asked while both others were sending counts.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.clients import Client, drive
from benchmarks.sync import BATCH, client_of, gunicorn, make_people
from tests.harness.server import free_port
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db

BATCHERS = 2
PAUSE = 0.02  # seconds between two single ops


@dataclass
class Sent:
    """When each request of one client began, and how many seconds it took."""

    name: str
    requests: list[tuple[float, float]]

    @property
    def ended(self) -> float:
        return max(began + took for began, took in self.requests)


def main() -> None:
    asked = _asked()
    folder, port = Path(tempfile.mkdtemp(prefix="friendtor-bench-")), free_port()
    url = f"http://localhost:{port}"
    database_url = asked.database_url or f"sqlite:///{folder / 'friendtor.db'}"
    app = create_app(Settings(data_dir=folder, database_url=database_url, public_url=url))
    with app.app_context():
        make_tables()
        people = make_people(app, BATCHERS + 2)
        batchers = [client_of(app, each, asked.ops // 4, BATCH) for each in people[:BATCHERS]]
        single, warm = client_of(app, people[-2], asked.ops, 1), client_of(app, people[-1], 3, BATCH)
        alone = client_of(app, people[-1], asked.ops // 4, 1)
        db.session.remove()
        db.engine.dispose()
    with gunicorn(folder, url, database_url, asked.threads):
        drive(port, [warm])
        print(_line("one op, nobody else", [took for _, took in _all_at_once(port, [], alone)[0].requests]))
        *batches, ones = _all_at_once(port, batchers, single)
        until = min(each.ended for each in batches)
        print(_line(f"one op beside {BATCHERS} clients", [took for began, took in ones.requests if began < until]))
        print(_line(f"their batches of {BATCH}", [took for each in batches for _, took in each.requests]))
    shutil.rmtree(folder)


def _all_at_once(port: int, batchers: list[Client], single: Client) -> list[Sent]:
    """What each sent, the single one last."""
    context = multiprocessing.get_context("fork")
    start, results = context.Event(), context.Queue()
    clients = [(str(number), client, 0.0) for number, client in enumerate(batchers)] + [("single", single, PAUSE)]
    workers = [context.Process(target=_run, args=(port, *client, start, results)) for client in clients]
    for worker in workers:
        worker.start()
    start.set()
    sent = [results.get() for _ in workers]
    for worker in workers:
        worker.join()
    return sorted(sent, key=lambda each: each.name)  # digits come before letters


def _run(port: int, name: str, client: Client, pause: float, start: Any, results: Any) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port)
    headers = {"Content-Type": "application/json", "Origin": f"http://localhost:{port}", "Cookie": client.cookie}
    headers["Host"] = f"localhost:{port}"
    requests: list[tuple[float, float]] = []
    start.wait()
    for body in client.bodies:
        began = time.perf_counter()
        connection.request("POST", "/sync", body, headers)
        answers = json.loads(connection.getresponse().read())["results"]
        requests.append((began, time.perf_counter() - began))
        assert {each["status"] for each in answers} == {"applied"}, answers
        time.sleep(pause)
    results.put(Sent(name, requests))


def _line(what: str, seconds: list[float]) -> str:
    ordered = sorted(seconds)
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * q))] * 1000 for q in (0.5, 0.99))
    most = ordered[-1] * 1000
    return f"{what:<30} {len(ordered):5} requests   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   max {most:6.1f} ms"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ops", type=int, default=300)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--database-url", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
