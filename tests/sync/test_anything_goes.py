"""POST /sync under Hypothesis: whatever comes, in whatever order, and however often an answer is lost.

The oracle is the promise: each text that was typed is exactly once in the server's rows, in what it holds, or still in
the outbox; nothing is doubled, nothing is lost, and no request ends in a 500.
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast, make_cast, person
from tests.phone import Phone
from tests.tables import make_tables
from webapp.app import create_app
from webapp.checkins import Checkin
from webapp.clock import now
from webapp.config import Settings
from webapp.database import db, uuid7, writing
from webapp.journal import Entry
from webapp.pairings import Note, Pairing
from webapp.sync.models import HeldOp, QuarantinedOp
from webapp.sync.table import OPS

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
OURS = {"Origin": "http://localhost", "Content-Type": "application/json"}

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.uuids().map(str)
junk = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
named = st.dictionaries(
    st.sampled_from(
        ["pairing", "words", "face", "body", "text", "prompt", "what", "id", "on", "form", "fields", "shift"]
    ),
    junk,
    max_size=6,
)


@given(body=st.binary(max_size=400) | junk.map(lambda value: json.dumps(value).encode()))
@SLOW
def test_a_request_of_any_bytes_gets_a_problem_and_never_a_500(app: Flask, cast: Cast, body: bytes) -> None:
    browser = Browser(app).sign_in(cast.mary)
    response = browser.client.post("/sync", data=body, headers=OURS)
    assert response.status_code in (400, 413, 426)
    assert response.mimetype == "application/problem+json"


def held_among(phone: Phone) -> set[str]:
    """The ops of this phone that the server holds for their author (the database serves many examples)."""
    sent = {op.header.op_id for op in phone.outbox}
    return {held["op"] for held in phone.rows("held").values()} & sent


@given(ops=st.lists(st.tuples(st.sampled_from(sorted(OPS)), named), min_size=1, max_size=8))
@SLOW
def test_ops_of_any_fields_are_done_or_held(app: Flask, cast: Cast, ops: list[tuple[Any, dict[str, Any]]]) -> None:
    phone = Phone.of(app, cast.mary)
    for (kind, action), fields in ops:
        fields = {"pairing": str(cast.pairing), **fields}
        phone.save(kind, action, fields)
    results = phone.flush()
    assert len(results) == len(ops)
    assert {r["status"] for r in results} <= {"applied", "rejected"}
    assert all(r["reason"] for r in results if r["status"] == "rejected")
    assert {r["op_id"] for r in results if r["status"] == "rejected"} == held_among(phone)


IN_A_BODY = [
    "schema",
    "person",
    "device",
    "sign_in",
    "sync_key",
    "kind",
    "action",
    "entity",
    "parent",
    "written_at",
    "zone",
    "clock_changed",
    "fields",
    "op_id",
    "seq",
]


@given(changes=st.dictionaries(st.sampled_from(IN_A_BODY), junk, max_size=4))
@SLOW
def test_a_body_of_any_shape_is_acknowledged_and_kept(app: Flask, cast: Cast, changes: dict[str, Any]) -> None:
    phone = Phone.of(app, cast.mary)
    op = phone.entry("Under a strange body")
    op.sealed = phone.seal(op.header, json.dumps({**op.body, **changes}).encode())
    [result] = phone.flush()
    kept = len(db.session.scalars(select(QuarantinedOp).where(QuarantinedOp.op_id == op_id(op))).all())
    held = len(db.session.scalars(select(HeldOp).where(HeldOp.op_id == op_id(op))).all())
    if result["status"] == "rejected" and result["reason"] != "foreign_owner":
        assert kept + held == 1
    else:
        assert kept + held == 0
        assert result["status"] in ("applied", "retry", "rejected")
    again = phone.send([op])[1]["results"][0]
    assert again["status"] in ("duplicate" if result["status"] == "applied" else result["status"],)


def op_id(op: Any) -> Any:
    return QuarantinedOp.op_id.type.python_type(op.header.op_id)


@given(data=st.data(), count=st.integers(1, 12))
@SLOW
def test_any_order_any_replay_any_cut_makes_each_op_once(
    app: Flask, cast: Cast, data: st.DataObject, count: int
) -> None:
    phone = Phone.of(app, cast.mary)
    tag = str(uuid7())
    entities: list[str] = []
    for number in range(count):
        entity = data.draw(st.sampled_from([None, *entities]))
        entities.append(phone.entry(f"{tag} {number}", entity).body["entity"])
    last = {op.body["entity"]: op.body["fields"]["body"]["text"] for op in phone.outbox}
    for _ in range(data.draw(st.integers(0, 4))):
        phone.send(data.draw(st.lists(st.sampled_from(phone.outbox), max_size=10)))
    for _ in range(count):
        phone.flush()
    assert not phone.waiting()
    assert {kept.status for kept in phone.outbox} <= {"applied", "duplicate"}
    mine = {str(entry.id): entry.text for entry in db.session.scalars(select(Entry)) if entry.text.startswith(tag)}
    assert mine == last


WRITINGS = ("entry", "note", "check-in", "check-in of a foreign pair")
afterwards = st.sampled_from(["flush", "flush after lost answers", "lose the answer to a part", "nothing"])


@cache
def one_server() -> tuple[Flask, MovedClock, UUID]:
    """The same server for every run of the machine, with a programme; each run brings its own pair."""
    path = Path(tempfile.mkdtemp())
    database = f"sqlite:///{path / 'f.db'}"
    app = create_app(Settings(data_dir=path, database_url=database, public_url="http://localhost"))
    clock = MovedClock()
    app.testing = True
    app.extensions["clock"] = clock
    with app.app_context():
        make_tables()
        return app, clock, make_cast().programme


def a_new_pair(programme: UUID) -> Pairing:
    """A mentee and a mentor whom nobody has met in another run."""
    with writing():
        mentee, mentor = (person(f"{role}{uuid7().hex} X", {role}) for role in ("mentee", "mentor"))
        db.session.flush()
        pairing = Pairing(
            id=uuid7(),
            programme_id=programme,
            mentee_id=mentee.id,
            mentor_id=mentor.id,
            made_by_id=mentor.id,
            made_at=now(),
        )
        db.session.add(pairing)
    return pairing


class Wards(RuleBasedStateMachine):
    """A mentee's phone and tablet, her mentor's phone, and a line that breaks: the promise holds after every step."""

    @initialize()
    def begin(self) -> None:
        self.app, self.clock, programme = one_server()
        self.context = self.app.app_context()
        self.context.push()
        pairing = a_new_pair(programme)
        self.pairing, self.owners = str(pairing.id), (pairing.mentee_id, pairing.mentee_id, pairing.mentor_id)
        self.phones = [Phone.of(self.app, owner) for owner in self.owners]
        self.typed: list[str] = []

    def text(self) -> str:
        self.typed.append(f"These are words {len(self.typed)}.")
        return self.typed[-1]

    @rule(
        who=st.integers(0, 2), what=st.sampled_from(["entry", "note", "check-in", "foreign check-in"]), then=afterwards
    )
    def write(self, who: int, what: str, then: str) -> None:
        phone = self.phones[who]
        if what == "entry":
            phone.entry(self.text())
        elif what == "note":
            phone.save("note", "write", {"pairing": self.pairing, "words": self.text()})
        else:
            pairing = self.pairing if what == "check-in" else str(uuid7())
            phone.save("checkin", "record", {"pairing": pairing, "audience": "self", "words": self.text()})
        self.then(phone, then)

    @rule(who=st.integers(0, 2), pick=st.integers(0, 50), what=st.sampled_from(["amend", "delete"]), then=afterwards)
    def change(self, who: int, pick: int, what: str, then: str) -> None:
        phone = self.phones[who]
        waiting = [op.body["entity"] for op in phone.waiting() if op.body["kind"] == "entry"]
        if known := sorted(phone.rows("entry")) + waiting:
            entity = known[pick % len(known)]
            phone.entry(self.text(), entity) if what == "amend" else phone.save("entry", "delete", entity=entity)
        self.then(phone, then)

    @rule(pick=st.integers(0, 50), what=st.sampled_from(["amend", "delete"]), then=afterwards)
    def change_one_entry_on_two_phones(self, pick: int, what: str, then: str) -> None:
        one, other = self.phones[:2]
        one.entry(self.text())
        one.flush()
        other.flush()
        if known := sorted(set(one.rows("entry")) & set(other.rows("entry"))):
            entity = known[pick % len(known)]
            one.entry(self.text(), entity) if what == "amend" else one.save("entry", "delete", entity=entity)
            other.entry(self.text(), entity)
        for phone in (one, other):
            self.then(phone, then)

    @rule(minutes=st.integers(1, 3000), who=st.integers(0, 2), days=st.integers(-3, 3))
    def let_time_pass_and_set_a_clock_wrong(self, minutes: int, who: int, days: int) -> None:
        self.clock.move(minutes=minutes)
        self.phones[who].off = timedelta(days=days)

    @rule(who=st.integers(0, 2))
    def sign_in_again(self, who: int) -> None:
        old, fresh = self.phones[who], Phone.of(self.app, self.owners[who])
        fresh.outbox, fresh._seq, fresh.heads = old.outbox, old._seq, old.heads
        self.phones[who] = fresh

    def then(self, phone: Phone, then: str) -> None:
        if then == "flush":
            phone.flush()
        elif then == "flush after lost answers":
            phone.flush(lose_answers=2)
        elif then == "lose the answer to a part":
            phone.send(phone.waiting()[-3:])

    @invariant()
    def each_text_is_somewhere_and_nothing_is_doubled(self) -> None:
        if not hasattr(self, "phones"):
            return
        db.session.rollback()
        kept = Counter(self.on_the_server())
        assert all(count == 1 for count in kept.values()), kept
        waiting = {words(op.body) for phone in self.phones for op in phone.waiting()}
        followed = self.followed()
        for text in self.typed:
            assert text in kept or text in waiting or text in followed, text

    def on_the_server(self) -> Iterator[str]:
        def of(model: Any, who: Any) -> Any:
            return db.session.scalars(select(model).where(who.in_(self.owners)))

        yield from (entry.text for entry in of(Entry, Entry.author_id) if entry.body)
        yield from (note.words for note in of(Note, Note.author_id))
        yield from (checkin.words for checkin in of(Checkin, Checkin.author_id) if checkin.words)
        yield from (words({"fields": held.fields}) for held in of(HeldOp, HeldOp.person_id))

    def followed(self) -> set[str]:
        """Texts that their author's next words on that entry replaced, knowingly: those came right after them."""
        by_id = {op.header.op_id: op for phone in self.phones for op in phone.outbox}
        followed = set()
        for op in by_id.values():
            before = by_id.get(op.body["parent"])
            if before is not None and op.body["action"] == "amend":
                if before.body["action"] == "delete":
                    before = by_id.get(before.body["parent"], before)
                followed.add(words(before.body))
        return followed

    def teardown(self) -> None:
        if hasattr(self, "context"):
            db.session.remove()
            self.context.pop()


def words(body: dict[str, Any]) -> str:
    fields = body["fields"]
    return str(fields.get("words") or (fields.get("body") or {}).get("text") or "")


TestWards = pytest.mark.slow(Wards.TestCase)
TestWards.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


@pytest.mark.parametrize("size", [1, 49, 50])
def test_envelopes_of_random_bytes_are_kept_and_never_break(app: Flask, cast: Cast, size: int) -> None:
    phone = Phone.of(app, cast.mary)
    for number in range(size):
        op = phone.entry("x")
        op.sealed = base64.urlsafe_b64encode(bytes([number]) * (number * 3)).decode()
    assert {(r["status"], r["reason"]) for r in phone.flush()} == {("rejected", "unreadable")}
    assert len(db.session.scalars(select(QuarantinedOp)).all()) == size
