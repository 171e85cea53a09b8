"""Writes go one at a time, in turn, and only through writing()."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event, select, text
from sqlalchemy.exc import DBAPIError

from tests.harness.waiting import until
from tests.people import Cast
from webapp.database import Busy, db, writing
from webapp.database.engine import PREPARED_STATEMENTS, SQLITE_CONNECTIONS
from webapp.database.queue import MOST_LET_PASS, WriteQueue
from webapp.feed import FeedRow, touch
from webapp.people import Person


def test_a_write_outside_writing_is_refused(cast: Cast) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE person SET name = 'x'"))
    db.session.rollback()


def test_what_fails_inside_writing_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        db.session.get_one(Person, cast.mary).name = "Somebody else"
        raise ZeroDivisionError
    assert db.session.get_one(Person, cast.mary).name == "Mary Okafor"


def test_a_view_commits_once(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="commits once"), writing(), writing():
        pass


def test_the_feed_numbers_each_readers_rows_in_order(cast: Cast) -> None:
    with writing():
        touch(cast.mary, "note", cast.pairing)
        touch(cast.mary, "pairing", cast.pairing)
        touch(cast.ana, "note", cast.pairing)
    with writing():
        touch(cast.mary, "note", cast.pairing, gone=True)
    rows = db.session.scalars(select(FeedRow).where(FeedRow.person_id == cast.mary).order_by(FeedRow.rev)).all()
    assert [(row.kind, row.rev, row.gone) for row in rows] == [("pairing", 2, False), ("note", 3, True)]


def test_a_rolled_back_touch_is_forgotten(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        touch(cast.mary, "note", cast.pairing)
        raise ZeroDivisionError
    with writing():
        pass
    assert db.session.scalars(select(FeedRow)).all() == []


def test_many_threads_write_one_after_another(app: Flask, cast: Cast) -> None:
    def add_a_letter() -> None:
        with app.app_context(), writing(wait=30):
            person = db.session.get_one(Person, cast.mary, with_for_update={"of": Person})
            person.name += "x"

    threads = [threading.Thread(target=add_a_letter) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    assert db.session.get_one(Person, cast.mary).name == "Mary Okafor" + "x" * 12


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_more_readers_than_connections_wait_for_one_and_all_get_an_answer(app: Flask, cast: Cast) -> None:
    opened, names, together = [], [], threading.Barrier(3 * SQLITE_CONNECTIONS)

    def read() -> None:
        with app.app_context():
            together.wait()
            names.append(db.session.get_one(Person, cast.mary).name)
            db.session.remove()

    def note(connection: object, _record: object) -> None:
        opened.append(connection)

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", note)
    threads = [threading.Thread(target=read) for _ in range(together.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    event.remove(db.engine, "connect", note)
    assert names == ["Mary Okafor"] * together.parties
    assert len(opened) <= SQLITE_CONNECTIONS


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_a_connection_keeps_few_statements_prepared(app: Flask) -> None:
    before = prepared_statements()
    for number in range(3 * PREPARED_STATEMENTS):
        db.session.execute(text(f"SELECT {number}")).all()
    assert 0 < len(prepared_statements() - before) <= PREPARED_STATEMENTS


def prepared_statements() -> set[int]:
    """By their addresses, all that Python has in this process; no older one goes while nothing else runs."""
    gc.collect()
    return {id(each) for each in gc.get_objects() if type(each).__name__ == "Statement"}


def test_a_turn_that_never_comes_is_busy_and_leaves_the_line(tmp_path: Path) -> None:
    here, elsewhere = WriteQueue(tmp_path / "lock"), WriteQueue(tmp_path / "lock")  # two processes' lines
    with here.turn(1):
        with pytest.raises(Busy), elsewhere.turn(0.05):
            pass
        with pytest.raises(Busy), here.turn(0.05):
            pass
    with elsewhere.turn(1):
        pass


def test_a_line_is_served_in_order(tmp_path: Path) -> None:
    here, elsewhere = WriteQueue(tmp_path / "lock"), WriteQueue(tmp_path / "lock")
    served: list[str] = []
    standing = threading.Event()

    def wait_for_a_turn() -> None:
        standing.set()
        with elsewhere.turn(10):
            served.append("the one who waited")

    with here.turn(1):
        thread = threading.Thread(target=wait_for_a_turn)
        thread.start()
        standing.wait(5)
        while not elsewhere._line:
            pass
    thread.join()
    with here.turn(1):
        served.append("the next")
    assert served == ["the one who waited", "the next"]


def test_who_has_little_to_write_passes_who_has_much_but_not_for_ever(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "lock")
    served: list[str] = []
    threads: list[threading.Thread] = []

    def write(name: str, is_long: bool) -> None:
        with queue.turn(30, is_long):
            served.append(name)

    def stand(name: str, is_long: bool = False) -> None:
        threads.append(threading.Thread(target=write, args=(name, is_long)))
        threads[-1].start()
        until(lambda: len(queue._line) == 1 + len(threads), f"{name} in the line")

    short = [f"short {number}" for number in range(MOST_LET_PASS + 2)]
    with queue.turn(30, is_long=True):
        stand("long 1", is_long=True)
        for name in short[:2]:
            stand(name)
        stand("long 2", is_long=True)
        for name in short[2:]:
            stand(name)
    for thread in threads:
        thread.join()
    first, rest = short[:MOST_LET_PASS], short[MOST_LET_PASS:]
    assert served == [*first, "long 1", *rest, "long 2"]
