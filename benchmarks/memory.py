"""How much memory Friendtor keeps: gunicorn's master, one web process and the worker, in the invented hospital.

    python -m benchmarks.memory [--rounds 3]

Proportional set size, in which pages that several processes share count in part: after the start, and after each round
in which every person of the demonstration opens their pages, sixteen at once.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from tests.client import cookies_of
from tests.harness.server import ROOT, Server
from webapp.database import db
from webapp.people import Person

AT_ONCE = 16
PAGES = (
    "/",
    "/check-in",
    "/check-ins",
    "/journal",
    "/feedback",
    "/pairs",
    "/figures",
    "/programme",
    "/staff",
    "/people",
)
PAGES += ("/people", "/sync/session", "/sync/feed?since=0", "/settings", "/help-now")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    folder = Path(tempfile.mkdtemp(prefix="friendtor-memory-"))
    server = Server(folder, root=ROOT, FRIENDTOR_DEMO="1", WEB_THREADS=str(AT_ONCE))
    try:
        server.prepare()
        with server.inside() as app:
            people = db.session.scalars(select(Person.id).where(Person.joined_at.is_not(None))).all()
            cookies = [cookies_of(app, each) for each in people]
        server.start()
        print(f"after the start                    {_said(server.memory_of_each())}", flush=True)
        wanted = [(each, page) for each in cookies for page in PAGES]
        for number in range(1, rounds + 1):
            with ThreadPoolExecutor(AT_ONCE) as pool:
                answers = Counter(pool.map(lambda one: _status(server.url, *one), wanted))
            so_many = f"after {number * len(wanted):6} requests of {len(people):3} people"
            print(f"{so_many} {_said(server.memory_of_each())}   {dict(answers)}", flush=True)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _said(each: list[float]) -> str:
    """All of it, then master, web and worker."""
    return f"{sum(each):6.1f} MB ({', '.join(f'{one:.1f}' for one in each)})"


def _status(url: str, cookies: dict[str, str], page: str) -> int:
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    try:
        with urllib.request.urlopen(urllib.request.Request(url + page, headers={"Cookie": cookie})) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


if __name__ == "__main__":
    main()
