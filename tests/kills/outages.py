"""Power cuts: phones write, the worker pushes, and web, worker or both are killed in the middle of it."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import time
from uuid import UUID

from sqlalchemy import select

from tests.client import cookies_of
from tests.doubles.push_service import Browser, PushService
from tests.harness.server import Server
from tests.harness.transport import OverHttp
from tests.harness.waiting import until
from tests.people import Cast, make_cast
from tests.phone import MOST_OPS, LineBroke, Phone
from webapp.database import db, writing
from webapp.journal import Entry
from webapp.ledger import LedgerRow
from webapp.pairings import Note
from webapp.push.models import Delivery, PushMessage, QuietHours

PROCESSES = (("web",), ("worker",), ("web", "worker"))
LONGEST_WAIT = 0.15  # seconds into a delivery: before it is read, while it is written, after it is answered
AFTER_THE_LEASE = 10  # minutes


@dataclass
class Outages:
    """Mary writes notes to Ana and entries for herself. `acknowledged` is what her phone was told is held."""

    server: Server
    service: PushService
    seed: int
    notes: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    deaths: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)

    def begin(self) -> None:
        """Start everything, with Mary's phone and a browser of Ana's that takes pushes at any hour."""
        self.server.prepare()
        with self.server.inside():
            self.cast: Cast = make_cast()
            with writing():
                db.session.add(QuietHours(person_id=self.cast.ana, starts=time(), ends=time()))
        self.server.start()
        self.phone = self._phone(self.cast.mary)
        self.browser = self._browser_of(self._phone(self.cast.ana))

    def die(self) -> None:
        """One delivery under way, one kill at a moment that chance picks, one start."""
        names = self._chance.choice(PROCESSES)
        for _ in range(self._chance.randint(1, 6)):
            self._write()
        delivery = threading.Thread(target=self._deliver)
        delivery.start()
        delivery.join(timeout=self._chance.uniform(0, LONGEST_WAIT))
        self.server.kill(*names)
        delivery.join()
        self.server.start(*names)
        self.deaths["+".join(names)] += 1

    def come_to_rest(self) -> None:
        """All that waits goes out; what a dead worker had claimed is free again after its lease."""
        until(self._all_sent, "the last delivery", within=60)
        self.server.move_clock(minutes=AFTER_THE_LEASE)
        until(self._all_pushed, "the last push", within=60)

    def assert_nothing_lost_or_doubled(self) -> None:
        """Every op once, each acknowledged one among them, and every note's push accepted by the push service."""
        with self.server.inside():
            ledger = Counter(str(row.op_id) for row in db.session.scalars(select(LedgerRow)))
            notes = Counter(note.words for note in db.session.scalars(select(Note)))
            entries = Counter(entry.text for entry in db.session.scalars(select(Entry)))
            outcomes = Counter(db.session.scalars(select(Delivery.outcome)))
            messages = len(db.session.scalars(select(PushMessage.id)).all())
        assert notes == Counter(self.notes), self._about(notes, self.notes)
        assert entries == Counter(self.entries), self._about(entries, self.entries)
        assert set(ledger.values()) == {1}
        assert self.acknowledged <= set(ledger), "acknowledged, and yet not there"
        assert len(ledger) == len(self.notes) + len(self.entries)
        assert messages == len(self.notes)
        assert outcomes == {"accepted": len(self.notes)}

    def assert_repeats_replace(self) -> None:
        """What a killed worker sent a second time has the tag and topic of the first, so that it takes its place."""
        shown = self.service.to(self.browser)
        assert len(shown) >= len(self.notes), f"{len(self.notes) - len(shown)} pushes are lost"
        assert {message["notification"]["tag"] for message in shown} == {"note"}
        assert len({got.headers["topic"] for got in self.service.received}) == 1
        assert self.service.refused == []

    def _write(self) -> None:
        if self._chance.random() < 0.5:
            self.notes.append(f"Note {len(self.notes)}")
            fields = {"pairing": str(self.cast.pairing), "words": self.notes[-1]}
            self.phone.save("note", "write", fields)
        else:
            self.entries.append(f"Entry {len(self.entries)}")
            self.phone.entry(self.entries[-1])

    def _deliver(self) -> None:
        """Send once; whatever does not come back is sent again another time."""
        batch = self.phone.waiting()[:MOST_OPS]
        try:
            status, answer = self.phone.send(batch)
        except LineBroke:
            return
        if status == 200:
            results = self.phone.take(answer["results"])
            self.acknowledged |= {result["op_id"] for result in results if result["status"] != "retry"}

    def _all_sent(self) -> bool:
        self._deliver()
        return not self.phone.waiting()

    def _all_pushed(self) -> bool:
        with self.server.inside():
            undone = select(PushMessage.id).where(PushMessage.settled_at.is_(None)).limit(1)
            unfinished = select(Delivery.id).where(Delivery.finished_at.is_(None)).limit(1)
            return db.session.scalar(undone) is None and db.session.scalar(unfinished) is None

    def _phone(self, person: UUID) -> Phone:
        with self.server.inside() as app:
            phone = Phone(OverHttp(self.server.url, cookies_of(app, person)))
        phone.refresh()
        return phone

    def _browser_of(self, phone: Phone) -> Browser:
        key = phone.session["push_key"]
        browser = self.service.browser(key["public_key"])
        given = browser.subscription() | {"key_id": key["key_id"]}
        status, answer = phone.transport.post("/push/subscriptions", given)
        assert status < 300, (status, answer)
        return browser

    @staticmethod
    def _about(found: Counter[str], typed: list[str]) -> str:
        expected = Counter(typed)
        return f"missing {expected - found}, too much {found - expected}"
