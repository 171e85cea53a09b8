"""How long the coordinator's list of pairs takes, and who reports to whom in a large hospital.

    python -m benchmarks.pairs [--pairs 2000] [--staff 10000]

The whole page, as the browser gets it, in one process on SQLite: each pair with ten contacts and ten notes.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert

from tests.client import Browser
from tests.people import Cast, make_cast
from tests.tables import make_tables
from webapp.app import create_app
from webapp.clock import now
from webapp.config import Settings
from webapp.database import db, uuid7, writing
from webapp.pairings import Contact, Note, Pairing
from webapp.people import Person
from webapp.staff import StaffRecord, reports_of

TIMES = 9


def main() -> None:
    """Fill a hospital and open the list again and again."""
    options = argparse.ArgumentParser()
    options.add_argument("--pairs", type=int, default=2_000)
    options.add_argument("--staff", type=int, default=10_000)
    said = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="friendtor-bench-") as folder:
        data = Path(folder)
        settings = Settings(
            data_dir=data, database_url=f"sqlite:///{data / 'friendtor.db'}", public_url="http://localhost"
        )
        app = create_app(settings)
        with app.app_context():
            make_tables()
            cast = make_cast()
            fill(cast, said.pairs, said.staff)
            browser = Browser(app).sign_in(cast.carol)
            print(f"{said.pairs:,} pairs, {said.staff:,} in the staff list; median of {TIMES}")
            for path in ("/programme/pairs", "/programme/pairs?stage=silent", "/programme/pairs.csv", "/programme"):
                print(f"  {path:32} {median(lambda path=path: browser.client.get(path)):7.0f} ms")
            print(f"  {'who reports to her':32} {median(lambda: reports_of(cast.carol)):7.1f} ms")
            db.session.remove()
            db.engine.dispose()


def median(do: Callable[[], object]) -> float:
    """Milliseconds, after one time that does not count."""
    do()
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        do()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def fill(cast: Cast, pairs: int, staff: int) -> None:
    """People two by two, with what they did in the last weeks; every seventh in the list reports to the coordinator."""
    at = now()
    people = [uuid7() for _ in range(max(staff, 2 * pairs))]
    with writing():
        common = {"invited_at": at, "joined_at": at - timedelta(days=60), "lang": "en", "zone": "Europe/London"}
        rows = [{"id": each, "name": f"Person {n:05}", **common} for n, each in enumerate(people)]
        db.session.execute(insert(Person), rows)
        made = [_pair(cast, *people[2 * n : 2 * n + 2]) for n in range(pairs)]
        db.session.execute(insert(Pairing), made)
        for table, make in ((Contact, _contact), (Note, _note)):
            db.session.execute(insert(table), [make(each, n) for each in made for n in range(10)])
        listed = people[len(people) - staff :]
        records = [
            {"person_id": each, "languages": [], "manager_id": cast.carol if n % 7 == 0 and n > 2 * pairs else None}
            for n, each in enumerate(listed)
        ]
        db.session.execute(insert(StaffRecord), records)


def _pair(cast: Cast, mentee: UUID, mentor: UUID) -> dict[str, object]:
    who = {"programme_id": cast.programme, "mentee_id": mentee, "mentor_id": mentor, "made_by_id": cast.carol}
    return {"id": uuid7(), "made_at": now() - timedelta(days=59), "why": "They fit.", **who}


def _contact(pair: dict[str, object], number: int) -> dict[str, object]:
    at = now() - timedelta(days=5 * number + 1)
    what = {"means": "call", "minutes": 10, "happened_on": at.date(), "recorded_at": at}
    return {"id": uuid7(), "pairing_id": pair["id"], "recorded_by_id": pair["mentor_id"], "head": uuid7(), **what}


def _note(pair: dict[str, object], number: int) -> dict[str, object]:
    at = now() - timedelta(days=5 * number + 3)
    what = {"author_id": pair["mentee_id"], "words_sealed": b"-", "head": uuid7()}
    return {"id": uuid7(), "pairing_id": pair["id"], "written_at": at, **what}


if __name__ == "__main__":
    main()
