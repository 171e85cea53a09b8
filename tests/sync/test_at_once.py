"""Many senders at the same time: three tabs of one phone, both sides of a pair, pullers in between."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.harness.waiting import until
from tests.people import Cast
from tests.phone import Kept, Phone
from webapp.checkins import Checkin
from webapp.database import db, writing
from webapp.database.queue import WriteQueue
from webapp.journal import Entry
from webapp.ledger import LedgerRow
from webapp.pairings import Note
from webapp.sync.batch import AT_LEAST


def at_once(app: Flask, *does: Callable[[], None]) -> None:
    """Each in a thread of its own, all let go together; what one of them raises is raised here."""
    gate, troubles = threading.Barrier(len(does)), []

    def run(do: Callable[[], None]) -> None:
        try:
            with app.app_context():
                gate.wait()
                do()
        except BaseException as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=run, args=(do,)) for do in does]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if troubles:
        raise troubles[0]
    db.session.rollback()  # what this test's own session read before is old now


def copy_of(app: Flask, phone: Phone) -> Phone:
    """Another tab of the same browser: the same session, the same outbox, a connection of its own."""
    tab = Phone.__new__(Phone)
    tab.__dict__.update(phone.__dict__)
    tab.transport = type(phone.transport)(phone.transport.browser)  # type: ignore[attr-defined, call-arg]
    tab.outbox = [Kept(kept.header, kept.sealed, kept.body) for kept in phone.outbox]
    return tab


def test_three_tabs_that_come_online_together_make_each_entry_once(app: Flask, cast: Cast) -> None:
    phone = Phone.of(app, cast.mary)
    for number in range(20):
        phone.entry(f"Entry {number}")
    tabs = [copy_of(app, phone) for _ in range(3)]
    answers: list[list[dict[str, Any]]] = []

    def send(tab: Phone) -> Callable[[], None]:
        def go() -> None:
            status, answer = tab.send(tab.waiting())
            assert status == 200, answer
            answers.append(answer["results"])

        return go

    at_once(app, *(send(tab) for tab in tabs))
    assert Counter(r["status"] for results in answers for r in results) == {"applied": 20, "duplicate": 40}
    assert len(db.session.scalars(select(Entry)).all()) == len(db.session.scalars(select(LedgerRow)).all()) == 20


def test_both_sides_of_a_pair_write_and_pull_at_once_and_miss_nothing(app: Flask, cast: Cast) -> None:
    mary, ana = Phone.of(app, cast.mary), Phone.of(app, cast.ana)
    rounds = 8

    def write(phone: Phone, name: str) -> Callable[[], None]:
        def go() -> None:
            for number in range(rounds):
                for _ in range(3):
                    phone.save("note", "write", {"pairing": str(cast.pairing), "words": f"{name} {number}"})
                if phone is mary:
                    fields = {"pairing": str(cast.pairing), "audience": "mentor", "face": 3, "need": "talk"}
                    phone.save("checkin", "record", fields)
                statuses = {r["status"] for r in phone.flush()}
                assert statuses == {"applied"}, statuses

        return go

    at_once(app, write(mary, "Mary"), write(ana, "Ana"))
    assert set(mary.transport.statuses + ana.transport.statuses) == {200}  # type: ignore[attr-defined]
    mary.pull()
    ana.pull()
    notes = {str(note.id) for note in db.session.scalars(select(Note))}
    checkins = {str(checkin.id) for checkin in db.session.scalars(select(Checkin))}
    assert len(notes) == rounds * 6 and len(checkins) == rounds
    for phone in (mary, ana):
        assert set(phone.rows("note")) == notes
        assert set(phone.rows("checkin")) == checkins


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)  # on PostgreSQL nobody stands in a line
def test_a_long_delivery_ends_early_for_a_form_and_goes_on_behind_it(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue: WriteQueue = app.extensions["write_queue"]
    monkeypatch.setattr("webapp.database.queue.MOST_LET_PASS", 0)  # else the form would pass before it begins
    phone, seen, answers = Phone.of(app, cast.mary), [], []
    for number in range(3 * AT_LEAST):
        phone.entry(f"Entry {number}")

    def post_a_form() -> None:
        with app.app_context(), writing(wait=30):
            seen.append(db.session.scalar(select(func.count()).select_from(LedgerRow)))

    def deliver() -> None:
        with app.app_context():
            answers.extend(phone.flush())

    long = threading.Thread(target=deliver)
    short = threading.Thread(target=post_a_form)
    with queue.turn(30):
        for place, thread in enumerate((long, short), start=2):
            thread.start()
            until(lambda place=place: len(queue._line) == place, "a place in the line")
    for thread in (long, short):
        thread.join()
    db.session.rollback()
    assert seen == [AT_LEAST]
    assert [answer["status"] for answer in answers] == ["applied"] * 3 * AT_LEAST
    assert [answer["op_id"] for answer in answers] == [kept.header.op_id for kept in phone.outbox]
    assert db.session.scalar(select(func.count()).select_from(LedgerRow)) == 3 * AT_LEAST
