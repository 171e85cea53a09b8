"""POST /sync/drop: "received" and nothing else, the same for whatever was brought in, within limits of the bringer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.database.counting import statements
from tests.people import Cast
from tests.phone import Kept, Phone, ThroughClient
from tests.sync.test_requests import OURS, assert_problem, delivery
from webapp import sync
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.people import Person
from webapp.sync import drop_box
from webapp.sync.models import DroppedEnvelope, DroppedOp
from webapp.sync.views.wire import DROPS
from webapp.sync.wire import MOST_BYTES


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Phone:
    """Mary on a ward tablet."""
    return Phone.of(app, cast.mary, "shared")


@pytest.fixture
def bob(app: Flask, cast: Cast) -> Phone:
    """Charlie, who signs in there after her."""
    return Phone.of(app, cast.charlie, "shared")


def true_op(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    return mary.entry("Truly hers")


def forged(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    op = mary.entry("As if by her")
    op.sealed = bob.seal(op.header, op.body)
    return op


def unreadable(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    op = mary.entry("Broken on the way")
    op.sealed = op.sealed[:-6] + "AAAAAA"
    return op


def of_nobody(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    return bob.entry("By a person who does not exist", person=str(uuid7()))


def of_a_member(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    return bob.entry("By a person who does", person=str(cast.ana))


def of_a_closed_account(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    op = mary.entry("Hers, before she left")
    with writing():
        db.session.get_one(Person, cast.mary).closed_at = now()
    return op


def brought_before(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    op = mary.entry("Twice")
    bob.drop([op])
    sync.look_through()
    return op


def done_before(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    op = mary.entry("Done already")
    mary.flush()
    return op


def turned_away_before(mary: Phone, bob: Phone, cast: Cast) -> Kept:
    op = forged(mary, bob, cast)
    bob.drop([op])
    sync.look_through()
    return op


Probe = Callable[[Phone, Phone, Cast], Kept]
PROBES: list[Probe] = [
    true_op,
    forged,
    unreadable,
    of_nobody,
    of_a_member,
    of_a_closed_account,
    brought_before,
    done_before,
    turned_away_before,
]


@pytest.mark.parametrize("probe", PROBES)
def test_answer_and_work_are_the_same_whatever_is_brought_in(mary: Phone, bob: Phone, cast: Cast, probe: Probe) -> None:
    plain = mary.entry("Something to compare with")
    with statements() as usual:
        _, expected = bob.drop([plain])
    op = probe(mary, bob, cast)
    with statements() as asked:
        status, answer = bob.drop([op])
    assert status == 200
    assert answer == {**expected, "results": [{"op_id": op.header.op_id, "status": "received"}]}
    assert asked == usual


def test_the_request_opens_nothing(mary: Phone, bob: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not computed cannot be timed."""
    opened: list[object] = []
    monkeypatch.setattr(drop_box, "unseal", lambda envelope: opened.append(envelope))
    bob.drop([mary.entry("Not looked at")])
    assert not opened
    assert sync.look_through() == 1
    assert len(opened) == 1


def test_it_takes_what_sync_takes(app: Flask, cast: Cast, mary: Phone) -> None:
    browser = Browser(app).sign_in(cast.charlie)

    def post(body: object, headers: dict[str, str] = OURS) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return browser.client.post("/sync/drop", data=content, headers=headers)

    assert_problem(post(delivery(), {**OURS, "Origin": "https://evil.example"}), 403, "foreign_origin")
    assert_problem(post(delivery(), {"Content-Type": "application/json"}), 403, "foreign_origin")
    assert_problem(post(delivery(), {**OURS, "Sec-Fetch-Site": "cross-site"}), 403, "foreign_origin")
    assert_problem(post(delivery(), {**OURS, "Content-Type": "text/plain"}), 415, "not_json")
    assert_problem(post(b" " * (MOST_BYTES + 1)), 413, "too_big")
    assert_problem(post(delivery(ops=[mary.entry(f"{n}").wire for n in range(51)])), 413, "too_many_ops")
    assert_problem(post(delivery(ops=[{}])), 400, "not_this_shape")
    assert_problem(post(delivery(proto=2)), 426, "other_protocol")
    assert post(delivery()).headers["Cache-Control"] == "no-store"
    assert browser.client.get("/sync/drop").status_code == 405


def test_nobody_signed_in_brings_in_nothing(app: Flask, mary: Phone) -> None:
    nobody = Phone(ThroughClient(Browser(app)))
    status, _ = nobody.drop([mary.entry("Not by nobody")])
    assert status == 401
    assert db.session.scalar(select(func.count(DroppedEnvelope.id))) == 0


def test_so_many_deliveries_in_a_quarter_of_an_hour(app: Flask, cast: Cast, mary: Phone, clock: MovedClock) -> None:
    op, ana = mary.entry("Again and again"), Phone.of(app, cast.ana)
    assert [ana.drop([op])[0] for _ in range(DROPS + 2)] == [200] * DROPS + [429] * 2
    clock.move(minutes=16)
    assert ana.drop([op])[0] == 200


def test_too_many_deliveries_say_when_to_come_back_and_hold_up_nobody_else(
    app: Flask, cast: Cast, mary: Phone, bob: Phone
) -> None:
    for _ in range(DROPS):
        bob.drop([])
    client = Browser(app).sign_in(cast.charlie).client
    answer = client.post("/sync/drop", json=delivery(), headers={"Origin": "http://localhost"})
    assert 0 < int(answer.headers["Retry-After"]) <= 900
    assert Phone.of(app, cast.ana).drop([mary.entry("By somebody else")])[0] == 200


def test_what_lies_unopened_is_limited_for_each_bringer(
    app: Flask, cast: Cast, mary: Phone, bob: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drop_box, "MOST_UNOPENED", 5)
    ops = [mary.entry(f"Number {number}") for number in range(6)]
    assert bob.drop(ops[:5])[0] == 200
    assert bob.drop(ops[5:])[0] == 503
    assert Phone.of(app, cast.ana).drop(ops[5:])[0] == 200
    while sync.look_through():
        pass
    assert bob.drop(ops[5:])[0] == 200
    assert db.session.scalar(select(func.count(DroppedOp.id))) == 6


def test_a_flood_of_forgeries_makes_room_only_among_its_own(
    app: Flask, cast: Cast, mary: Phone, bob: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drop_box, "MOST_TURNED_AWAY", 3)
    ana = Phone.of(app, cast.ana)
    hers = unreadable(mary, ana, cast)
    ana.drop([hers, mary.entry("True, and among the forgeries")])
    for _ in range(2):
        bob.drop([forged(mary, bob, cast) for _ in range(4)])
    while sync.look_through():
        pass
    kept = db.session.execute(select(DroppedEnvelope.brought_by_id, DroppedEnvelope.envelope)).all()
    assert sorted(by == cast.charlie for by, _ in kept) == [False, True, True, True]
    assert hers.sealed in {json.loads(envelope)["sealed"] for by, envelope in kept if by == cast.ana}
    assert db.session.scalar(select(func.count(DroppedOp.id))) == 1


def test_forgeries_are_limited_in_bytes_and_in_days(
    mary: Phone, bob: Phone, cast: Cast, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drop_box, "MOST_TURNED_AWAY_BYTES", 4_000)
    big = mary.entry("x" * 1_000)
    big.sealed = bob.seal(big.header, big.body)
    for _ in range(4):
        bob.drop([dataclasses.replace(big, sealed=bob.seal(big.header, big.body))])
    sync.look_through()
    sizes = db.session.scalars(select(func.length(DroppedEnvelope.envelope))).all()
    assert 0 < sum(sizes) <= 4_000
    assert len(sizes) < 4
    clock.move(days=91)
    with writing():
        sync.forget_old()
    assert db.session.scalar(select(func.count(DroppedEnvelope.id))) == 0


def test_the_same_forgery_is_kept_once(mary: Phone, bob: Phone, cast: Cast) -> None:
    op = forged(mary, bob, cast)
    for _ in range(3):
        bob.drop([op])
        sync.look_through()
    [row] = db.session.scalars(select(DroppedEnvelope)).all()
    assert (row.reason, row.brought_by_id) == ("forged", cast.charlie)


def test_one_that_cannot_be_settled_holds_up_nothing(
    mary: Phone, bob: Phone, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = mary.entry("Trouble"), mary.entry("No trouble")
    keep = drop_box.dropped.keep_for_author

    def troubled(unsealed: Any, *more: Any) -> bool:
        if unsealed.header.op_id == bad.header.op_id:
            raise RuntimeError("a fault of ours")
        return keep(unsealed, *more)

    monkeypatch.setattr(drop_box.dropped, "keep_for_author", troubled)
    bob.drop([bad, good])
    assert (sync.look_through(), sync.look_through()) == (2, 0)
    assert [row.reason for row in db.session.scalars(select(DroppedEnvelope))] == ["trouble"]
    assert db.session.scalars(select(DroppedOp.op_id)).all() == [UUID(good.header.op_id)]
