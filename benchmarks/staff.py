"""How long a staff list of 10,000 people takes, and how long nobody else can write meanwhile.

    python -m benchmarks.staff [--people 10000]

Everything runs in one process on SQLite with synchronous=FULL, as the worker runs it: reading, comparing, carrying out.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from tests.people import make_cast
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db, writing
from webapp.jobs import Job, Run, ask, work_once
from webapp.people import Person
from webapp.staff import IMPORT, ImportArguments
from webapp.staff.importing import bring_file, plan_of
from webapp.worker import KINDS

HEADINGS = "Staff number,Name,E-mail,Site,Unit,Role,Licence level,Line manager,Languages,Start date,Employer,Engagement"


def main() -> None:
    """Import a list, look at the same list again, and import one in which every fifth line differs."""
    options = argparse.ArgumentParser()
    options.add_argument("--people", type=int, default=10_000)
    people = options.parse_args().people
    with tempfile.TemporaryDirectory(prefix="friendtor-bench-") as folder:
        data = Path(folder)
        settings = Settings(data_dir=data, database_url=f"sqlite:///{data / 'friendtor.db'}")
        with create_app(settings).app_context():
            make_tables()
            admin = make_cast().admin
            print(f"{people:,} people, {len(a_list(people)) / 1e6:.1f} MB of CSV")
            carry_out(admin, a_list(people), "all new")
            carry_out(admin, a_list(people), "nothing new")
            carry_out(admin, a_list(people, changed=5), "every fifth changed")
            db.session.remove()
            db.engine.dispose()


def carry_out(admin: UUID, content: bytes, what: str) -> None:
    begun = time.perf_counter()
    with writing():
        brought = bring_file(db.session.get_one(Person, admin), content, "list.csv", everybody=True)
    taken = time.perf_counter()
    plan, _here = plan_of(brought)
    looked = time.perf_counter()
    print(f"\n{what}: {plan.counts}")
    print(f"  brought and kept    {taken - begun:6.2f} s\n  preview             {looked - taken:6.2f} s")
    if not plan.changes:
        return
    with writing():
        job_id = ask(IMPORT, admin, ImportArguments(brought=brought.id, digest=plan.digest))
    held: list[float] = []
    with measured(held):
        work_once(KINDS, "bench", threading.Event())
    done = time.perf_counter()
    assert db.session.get_one(Job, job_id, populate_existing=True).outcome == "done"
    print(f"  the worker's job    {done - looked:6.2f} s, of which others could not write for {held[0]:.2f} s")
    print(f"  together            {done - begun:6.2f} s")


@contextmanager
def measured(held: list[float]) -> Iterator[None]:
    """How long the transaction takes in which a job ends."""
    finishing = Run.finishing

    @contextmanager
    def timed(self: Run, **result: object) -> Iterator[dict[str, object]]:
        begun = time.perf_counter()
        with finishing(self, **result) as into:
            yield into
        held.append(time.perf_counter() - begun)

    Run.finishing = timed  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        Run.finishing = finishing  # type: ignore[method-assign]


def a_list(people: int, changed: int = 0) -> bytes:
    """A list with 200 units and a manager for everybody but the first."""
    dice = random.Random(1)
    lines = [HEADINGS]
    for number in range(people):
        unit, manager = dice.randrange(200), number // 12
        name = f"Person {number}" + (" Again" if changed and number % changed == 0 else "")
        role = dice.choice(("mentor", "mentee", ""))
        lines.append(
            f"S{number},{name},p{number}@example.org,Site {unit % 8},Unit {unit},{role},RN,"
            f'{f"S{manager}" if number else ""},"English, Spanish",2024-03-04,General Hospital,staff'
        )
    return "\n".join(lines).encode()


if __name__ == "__main__":
    main()
