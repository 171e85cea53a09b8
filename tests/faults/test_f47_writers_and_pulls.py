"""F47: both sides of a pair write from several phones while others pull. No row of the feed is skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.harness.fixtures import NewPhone, running
from tests.harness.oracles import Witness, canary
from tests.harness.server import Server
from tests.people import Cast
from tests.phone import Phone
from webapp.database import db
from webapp.feed import FeedRow

ROUNDS = 6


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def server(request: pytest.FixtureRequest, prepared: Path, tmp_path: Path) -> Iterator[Server]:
    """The same on both databases."""
    if request.param == "sqlite":
        shutil.copytree(prepared, tmp_path / "data")
        yield from running(Server(tmp_path / "data"))
    else:
        from tests.conftest import new_postgres_database

        with new_postgres_database(request.getfixturevalue("postgres_url")) as url:
            yield from running(Server(tmp_path / "data", url))


class Pulling:
    """A phone that pulls while others write, and remembers what it was told, and at which revision."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.told: dict[str, int] = {}
        self.revisions = [0]

    def until(self, over: Event) -> None:
        """Go on pulling, and once more when the writing is over."""
        while not over.is_set():
            self.pull()
        self.pull()

    def pull(self) -> None:
        rev, epoch = self.phone.feed
        status, answer = self.phone.transport.get(f"/sync/feed?since={rev}&epoch={epoch}")
        assert status == 200, answer
        for item in answer["items"]:
            assert item["rev"] > rev
            self.told[item["id"]] = item["rev"]
        self.phone.feed = (answer["rev"], answer["epoch"])
        self.revisions.append(answer["rev"])


def test_who_pulls_while_others_write_misses_nothing(
    server: Server, people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    writers = [new_phone(person) for person in (people.mary, people.mary, people.ana)]
    pullers = [Pulling(new_phone(person)) for person in (people.mary, people.ana)]
    owners = [people.mary, people.mary, people.ana]
    over = Event()
    with ThreadPoolExecutor(len(writers) + len(pullers)) as threads:
        pulling = [threads.submit(puller.until, over) for puller in pullers]
        writing = [threads.submit(write, *each, people, witness) for each in zip(writers, owners, strict=True)]
        try:
            for each in writing:
                each.result()
        finally:
            over.set()
        for each in pulling:
            each.result()
    for puller, reader in zip(pullers, (people.mary, people.ana), strict=True):
        assert puller.told == feed_of(server, reader)
        assert puller.revisions == sorted(puller.revisions)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def write(phone: Phone, author: UUID, people: Cast, witness: Witness) -> None:
    """Notes that touch both feeds and entries that touch one, a delivery of three each time."""
    for number in range(ROUNDS):
        for _ in range(2):
            words = witness.typed(author, canary(f"note {number}"))
            phone.save("note", "write", {"pairing": str(people.pairing), "words": words})
        phone.entry(witness.typed(author, canary(f"entry {number}")))
        status, answer = phone.send(phone.waiting())
        assert status == 200, answer
        assert {result["status"] for result in phone.take(answer["results"])} == {"applied"}


def feed_of(server: Server, reader: UUID) -> dict[str, int]:
    """Every entity of a feed and its newest revision, as the database has them."""
    with server.inside():
        rows = db.session.scalars(select(FeedRow).where(FeedRow.person_id == reader))
        return {str(row.entity_id): row.rev for row in rows}
