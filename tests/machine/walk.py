"""Where every walk begins and ends: one hospital, four devices, and what must be true when all of them are home."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from hypothesis.stateful import RuleBasedStateMachine, initialize
from sqlalchemy import select
from sqlalchemy.orm import lazyload

from tests.machine.decisions import asked, decide, look_through
from tests.machine.handset import Handset, expect
from tests.machine.hospital import Hospital, SignedIn
from tests.machine.reference import Reference, text_of, texts_of
from webapp.checkins import Checkin
from webapp.database import db
from webapp.feedback import Feedback
from webapp.journal import Entry
from webapp.ledger import LedgerRow
from webapp.pairings import Note
from webapp.sync.models import Draft, HeldOp

MARYS, PC, TABLET, ANAS, STRANGERS = range(5)


class Walk(RuleBasedStateMachine):
    """What a shift's rules act on. `typed` is every text and its author, `excused` what nobody could have kept."""

    def __init__(self, hospital: Hospital) -> None:
        super().__init__()
        self.hospital, self.cast = hospital, hospital.cast
        hospital.begin_again()
        self.mary, self.ana = str(self.cast.mary), str(self.cast.ana)
        self.reference = Reference(self.mary, self.ana)
        self.handsets = [self._handset(kind) for kind in ("own", "own", "shared", "own")]
        self.typed: dict[str, str] = {}
        self.excused: set[str] = set()
        self.backup: tuple[Any, Reference] | None = None
        self.restored = self.restored_once = False

    @initialize()
    def begin(self) -> None:
        for place, person in ((MARYS, "mary"), (PC, "mary"), (TABLET, "mary"), (ANAS, "ana")):
            self.handsets[place].sign_in(getattr(self.cast, person), self._at_first(place))

    def teardown(self) -> None:
        if not hasattr(self, "typed"):
            return
        try:
            self._bring_everything_home()
            self._nothing_is_lost_or_doubled()
            self._a_stranger_sees_nothing()
        finally:
            db.session.remove()

    def _bring_everything_home(self) -> None:
        """Signal everywhere; everybody signs in where they wrote. After eight days nobody waits for a parent."""
        for _ in range(2):
            for handset in self.handsets:
                handset.has_signal = True
                for person, phone in list(handset.phones.items()):
                    if phone.waiting() or (phone.outbox and self.restored):
                        self._flush_as(handset, person)
            self.restored = False
            self.hospital.clock.move(days=8)
            look_through()
            for author in asked():
                self._decide(author, yes=True)
        waiting = [kept for handset in self.handsets for phone in handset.phones.values() for kept in phone.waiting()]
        expect(not waiting, f"these never came home: {[kept.body for kept in waiting]}")

    def _nothing_is_lost_or_doubled(self) -> None:
        db.session.rollback()
        rows, expected = Counter(texts_in_rows()), self.reference.texts()
        expect(rows == expected, f"missing {expected - rows}, too much {rows - expected}")
        doubled = [text for (_, text), count in rows.items() if count > 1]
        expect(not doubled, f"doubled: {doubled}")
        where = {text: person for person, text in rows}
        for text, author in self.typed.items():
            known = text in where or text in self.reference.let_go or text in self.excused
            expect(known, f"lost: {text}")
            expect(where.get(text, author) == author, f"under somebody else: {text}")
        known_ops = db.session.execute(select(LedgerRow.person_id, LedgerRow.op_id))
        ledger = {(str(person), str(op)) for person, op in known_ops}
        expect(ledger == set(self.reference.ledger), "the ledger does not remember what was done")

    def _a_stranger_sees_nothing(self) -> None:
        stranger = self._handset("own")
        stranger.sign_in(self.cast.charlie, None if self.restored_once else self._at_first(STRANGERS))
        expect(stranger.flush(), "the stranger cannot sign in")
        expect(not stranger.phone.mirror, "a stranger sees something")

    def _decide(self, author: str, yes: bool) -> None:
        decide(self.reference, author, yes)

    def _flush_as(self, handset: Handset, person: UUID) -> None:
        if handset.owner != person or not handset.flush():
            expect(handset.sign_in_and_flush(person), "signed in, and yet nothing goes out")

    def _at_first(self, place: int) -> SignedIn:
        return copy.deepcopy(self.hospital.at_first[place])

    def _handset(self, kind: str) -> Handset:
        return Handset(self.hospital, self.reference, kind)

    def _kept_on_own_phones(self) -> set[str]:
        own = [handset for handset in self.handsets if handset.kind == "own"]
        return texts_of(kept.body for handset in own for phone in handset.phones.values() for kept in phone.outbox)


def texts_in_rows() -> Iterator[tuple[str, str]]:
    """(author, text) of every row of the database."""
    for model, author in ((Entry, "author_id"), (Checkin, "author_id"), (Note, "author_id"), (Feedback, "author_id")):
        for row in db.session.scalars(select(model).options(lazyload("*"))):
            if text := row.text if isinstance(row, Entry) else row.words:
                yield str(getattr(row, author)), text
    for held in db.session.scalars(select(HeldOp)):
        if text := text_of({"fields": held.fields}):
            yield str(held.person_id), text
    for draft in db.session.scalars(select(Draft)):
        if draft.fields:
            yield str(draft.person_id), str(draft.fields["text"])
