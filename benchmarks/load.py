"""Many phones at once: simulated phones that write, send and pull over loopback for a while.

    python -m benchmarks.load [--phones 500] [--seconds 60] [--pause 2] [--database-url …] [--processes 1]

Each phone is one person with a connection of its own. It writes one to three ops, asks who is signed in, sends, pulls,
and pauses; it starts at a moment of its own. A 503 is waited out as its Retry-After says. At the end every phone sends
what still waits, and the database is asked what became of it all.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import func, select

from benchmarks.sync import make_people, phone_of, save_something
from tests.harness.server import Server
from tests.phone import MOST_OPS, Phone
from webapp.database import db
from webapp.ledger import LedgerRow

PATIENCE = 60.0  # seconds for one answer
LAST_ROUNDS = 20
SAMPLE_EVERY = 2.0


@dataclass(frozen=True)
class Outage:
    """The database goes away for a while, `after` so many seconds."""

    after: float
    seconds: float
    stop: Callable[[], object]
    start: Callable[[], object]

    async def happen(self) -> None:
        await asyncio.sleep(self.after)
        await asyncio.to_thread(self.stop)
        await asyncio.sleep(self.seconds)
        await asyncio.to_thread(self.start)


@dataclass
class Figures:
    """What came of it. `memory` are samples of web and worker together, in MB of proportional set size."""

    seconds: float = 0.0
    written: int = 0
    acknowledged: int = 0
    in_ledger: int = 0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    without_retry_after: int = 0
    memory: list[float] = field(default_factory=list)
    survivors: list[str] = field(default_factory=list)  # processes that ran to the end

    def lines(self) -> list[str]:
        """For people to read."""
        ordered = sorted(self.latencies) or [0.0]
        first, last, most = self.memory[0], self.memory[-1], max(self.memory)
        p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * q))] * 1000 for q in (0.5, 0.99))
        return [
            f"ops        {self.written} written, {self.acknowledged} acknowledged, {self.in_ledger} in the ledger",
            f"requests   {len(self.latencies)} in {self.seconds:.0f} s = {len(self.latencies) / self.seconds:.0f}/s",
            f"latency    p50 {p50:.0f} ms   p99 {p99:.0f} ms   max {ordered[-1] * 1000:.0f} ms",
            f"statuses   {dict(self.statuses)}; ops {dict(self.outcomes)}",
            f"memory     {first:.0f} MB at first, {last:.0f} MB at last, {most:.0f} MB at most",
        ]


class Caller:
    """One phone on the line."""

    def __init__(self, phone: Phone, cookie: str, pairing: Any, session: aiohttp.ClientSession, url: str) -> None:
        self.phone, self._pairing, self._session, self._url = phone, pairing, session, url
        self._headers = {"Cookie": cookie, "Origin": url}
        self._written = 0

    async def live(self, until: float, pause: float, figures: Figures) -> None:
        """Write, send, pull, pause, until the time is over."""
        await asyncio.sleep(random.uniform(0, pause))
        while time.monotonic() < until:
            for _ in range(random.randint(1, 3)):
                save_something(self.phone, self._pairing, self._written)
                self._written += 1
                figures.written += 1
            await self.flush(figures)
            await asyncio.sleep(random.uniform(0, 2 * pause))

    async def flush(self, figures: Figures) -> None:
        """As a phone does; what is not acknowledged goes on waiting."""
        if await self._ask("GET", "/sync/session", figures) is None:
            return
        rows = [kept.wire for kept in self.phone.waiting()[:MOST_OPS]]
        body = {"proto": 1, "sent_at": self.phone.now().isoformat(), "ops": rows}
        answer = await self._ask("POST", "/sync", figures, body)
        if answer is None:
            return
        for result in self.phone.take(answer["results"]):
            figures.outcomes[result["status"]] += 1
        figures.acknowledged += sum(1 for kept in self.phone.outbox if kept.state != "waiting")
        self.phone.outbox = self.phone.waiting()
        rev, epoch = self.phone.feed
        pulled = await self._ask("GET", f"/sync/feed?since={rev}&epoch={epoch}", figures)
        if pulled is not None:
            self.phone.feed = (pulled["rev"], pulled["epoch"])

    async def _ask(self, method: str, path: str, figures: Figures, body: object = None) -> Any:
        """The parsed answer of a 200; None for anything else, after the pause that a 503 asks for."""
        began = time.perf_counter()
        try:
            call = self._session.request(method, self._url + path, json=body, headers=self._headers)
            async with call as response:
                answer = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError) as trouble:
            figures.statuses[type(trouble).__name__] += 1
            return None
        figures.latencies.append(time.perf_counter() - began)
        figures.statuses[str(response.status)] += 1
        if response.status == 503:
            figures.without_retry_after += "Retry-After" not in response.headers
            await asyncio.sleep(float(response.headers.get("Retry-After", 1)))
        return answer if response.status == 200 else None


def load(server: Server, phones: int, seconds: float, pause: float, outage: Outage | None = None) -> Figures:
    """Start the server, let so many phones live for so long, and count."""
    server.prepare()
    figures = Figures()
    with server.inside() as app:
        people = [(*phone_of(app, mentee), pairing) for mentee, pairing in make_people(app, phones)]
    server.start()
    try:
        asyncio.run(_all_live(server, people, seconds, pause, figures, outage))
        figures.survivors = server.running()
    finally:
        server.stop()
    with server.inside():
        figures.in_ledger = db.session.scalar(select(func.count()).select_from(LedgerRow)) or 0
    return figures


async def _all_live(
    server: Server,
    people: list[tuple[Phone, str, Any]],
    seconds: float,
    pause: float,
    figures: Figures,
    outage: Outage | None,
) -> None:
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        callers = [Caller(phone, cookie, pairing, session, server.url) for phone, cookie, pairing in people]
        began = time.monotonic()
        watching = asyncio.create_task(_watch(server, figures))
        lives = [caller.live(began + seconds, pause, figures) for caller in callers]
        await asyncio.gather(*lives, *([outage.happen()] if outage else []))
        for _ in range(LAST_ROUNDS):
            late = [caller for caller in callers if caller.phone.waiting()]
            await asyncio.gather(*(caller.flush(figures) for caller in late))
        figures.seconds = time.monotonic() - began
        watching.cancel()


async def _watch(server: Server, figures: Figures) -> None:
    while True:
        figures.memory.append(server.memory())
        await asyncio.sleep(SAMPLE_EVERY)


def main() -> None:
    parser = argparse.ArgumentParser(description="Many phones at once.")
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=2, help="mean seconds between two rounds of a phone")
    parser.add_argument("--database-url", default="")
    parser.add_argument("--processes", type=int, default=1, help="of web and of worker, each")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="friendtor-load-"))
    server = Server(folder / "data", options.database_url, processes=options.processes)
    server.data.mkdir()
    try:
        figures = load(server, options.phones, options.seconds, options.pause)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(*figures.lines(), sep="\n")


if __name__ == "__main__":
    main()
