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
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast, make_cast
from tests.phone import Phone
from tests.tables import make_tables
from webapp.app import create_app
from webapp.checkins import Checkin
from webapp.config import Settings
from webapp.database import db, uuid7
from webapp.journal import Entry
from webapp.pairings import Note
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


class Wards(RuleBasedStateMachine):
    """Mary's phone and tablet and Ana's phone, and a line that breaks: the promise holds after every step."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name)
        database = f"sqlite:///{path / 'f.db'}"
        self.app = create_app(Settings(data_dir=path, database_url=database, public_url="http://localhost"))
        self.clock = MovedClock()
        self.app.testing = True
        self.app.extensions["clock"] = self.clock
        self.context = self.app.app_context()
        self.context.push()
        make_tables()
        self.cast = make_cast()
        self.phones = [Phone.of(self.app, who) for who in (self.cast.mary, self.cast.mary, self.cast.ana)]
        self.typed: dict[str, int] = {}
        self.number = 0

    def text(self, who: int) -> str:
        self.number += 1
        text = f"text {self.number} of {who // 2}."
        self.typed[text] = who
        return text

    @rule(who=st.integers(0, 2))
    def write_an_entry(self, who: int) -> None:
        self.phones[who].entry(self.text(who))

    @rule(who=st.integers(0, 2), pick=st.integers(0, 50))
    def change_an_entry(self, who: int, pick: int) -> None:
        phone = self.phones[who]
        waiting = [op.body["entity"] for op in phone.waiting() if op.body["kind"] == "entry"]
        if known := sorted(phone.rows("entry")) + waiting:
            phone.entry(self.text(who), known[pick % len(known)])

    @rule(who=st.integers(0, 2), pick=st.integers(0, 50))
    def delete_an_entry(self, who: int, pick: int) -> None:
        phone = self.phones[who]
        known = sorted(phone.rows("entry"))
        if known:
            phone.save("entry", "delete", entity=known[pick % len(known)])

    @rule(who=st.integers(0, 2))
    def write_a_note(self, who: int) -> None:
        fields = {"pairing": str(self.cast.pairing), "words": self.text(who)}
        self.phones[who].save("note", "write", fields)

    @rule(who=st.integers(0, 1), bad=st.booleans())
    def check_in(self, who: int, bad: bool) -> None:
        fields = {"pairing": str(uuid7() if bad else self.cast.pairing), "audience": "self", "words": self.text(who)}
        self.phones[who].save("checkin", "record", fields)

    @rule(who=st.integers(0, 2), lost=st.integers(0, 2))
    def flush(self, who: int, lost: int) -> None:
        self.phones[who].flush(lose_answers=lost)

    @rule(who=st.integers(0, 2), cut=st.integers(1, 5))
    def send_a_part_and_lose_the_answer(self, who: int, cut: int) -> None:
        phone = self.phones[who]
        phone.send(phone.waiting()[-cut:])

    @rule(minutes=st.integers(1, 3000))
    def wait(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @rule(who=st.integers(0, 2), days=st.integers(-3, 3))
    def set_a_clock_wrong(self, who: int, days: int) -> None:
        self.phones[who].off = timedelta(days=days)

    @rule(who=st.integers(0, 2))
    def sign_in_again(self, who: int) -> None:
        old = self.phones[who]
        fresh = Phone.of(self.app, (self.cast.mary, self.cast.mary, self.cast.ana)[who])
        fresh.outbox, fresh._seq, fresh.heads = old.outbox, old._seq, old.heads
        self.phones[who] = fresh

    @invariant()
    def each_text_is_somewhere_and_nothing_is_doubled(self) -> None:
        if not hasattr(self, "phones"):
            return
        db.session.rollback()
        kept = Counter(self.on_the_server())
        assert all(count == 1 for count in kept.values()), kept
        waiting = {words(op.body) for phone in self.phones for op in phone.waiting()}
        overwritten = self.followed()
        for text in self.typed:
            assert text in kept or text in waiting or text in overwritten, text

    def on_the_server(self) -> Iterator[str]:
        yield from (entry.text for entry in db.session.scalars(select(Entry)) if entry.body)
        yield from (note.words for note in db.session.scalars(select(Note)))
        yield from (checkin.words for checkin in db.session.scalars(select(Checkin)) if checkin.words)
        yield from (words({"fields": held.fields}) for held in db.session.scalars(select(HeldOp)))

    def followed(self) -> set[str]:
        """Texts that their own author's next op on that entry replaced, knowingly: its parent was the op before."""
        ops = [op for phone in self.phones for op in phone.outbox]
        by_id = {op.header.op_id: op for op in ops}
        parents = {op.body["parent"] for op in ops if op.body["action"] == "amend"}
        direct = {words(by_id[parent].body) for parent in parents if parent in by_id}
        through = {
            words(by_id[by_id[parent].body["parent"]].body)
            for parent in parents
            if parent in by_id and by_id[parent].body["action"] == "delete" and by_id[parent].body["parent"] in by_id
        }
        return direct | through

    def teardown(self) -> None:
        if hasattr(self, "context"):
            db.session.remove()
            db.engine.dispose()
            self.context.pop()
            self.folder.cleanup()


def words(body: dict[str, Any]) -> str:
    fields = body["fields"]
    return str(fields.get("words") or (fields.get("body") or {}).get("text") or "")


TestWards = Wards.TestCase
TestWards.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)


@pytest.mark.parametrize("size", [1, 49, 50])
def test_envelopes_of_random_bytes_are_kept_and_never_break(app: Flask, cast: Cast, size: int) -> None:
    phone = Phone.of(app, cast.mary)
    for number in range(size):
        op = phone.entry("x")
        op.sealed = base64.urlsafe_b64encode(bytes([number]) * (number * 3)).decode()
    assert {(r["status"], r["reason"]) for r in phone.flush()} == {("rejected", "unreadable")}
    assert len(db.session.scalars(select(QuarantinedOp)).all()) == size
