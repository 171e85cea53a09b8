"""One running hospital for thousands of walks: emptied, put back, backed up and restored in milliseconds."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import Engine, Row, Table, event

from tests.client import Browser, cookies_of
from tests.conftest import MovedClock
from tests.people import Cast, make_cast
from tests.phone import Phone, ThroughClient
from tests.tables import empty_tables, make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import Model, db, writing
from webapp.database.engine import WRITE
from webapp.pairings import Pairing, end_pair
from webapp.people import Organisation, Person, SignIn, end_sign_ins

IN_MEMORY = Path("/dev/shm")  # a disk that forgets costs no waiting; these databases need not outlive a power cut
STATEMENTS = 1_000  # that a connection keeps prepared
Rows = dict[Table, list[Row[Any]]]


@dataclass(frozen=True)
class SignedIn:
    """The cookies of a browser, and what its phone was told when somebody signed in there."""

    cookies: dict[str, str]
    session: dict[str, Any]


@dataclass
class Hospital:
    """The app, its clock, its people, and how everything stood in the beginning."""

    app: Flask
    clock: MovedClock
    cast: Cast
    pristine: Rows = field(default_factory=dict)
    morning: datetime = field(default_factory=lambda: MovedClock().at)
    at_first: dict[int, SignedIn] = field(default_factory=dict)

    def begin_again(self) -> None:
        """Everything as it was in the beginning."""
        self.clock.at = self.morning
        self.put_back(self.pristine)

    def copy(self) -> Rows:
        """Every row there is."""
        db.session.rollback()
        with db.engine.connect() as connection:
            found = {table: list(connection.execute(table.select())) for table in Model.metadata.tables.values()}
        return {table: rows for table, rows in found.items() if rows}

    def put_back(self, rows: Rows) -> None:
        """Exactly these rows and no others."""
        db.session.remove()
        with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
            empty_tables(connection)
            for table, kept in rows.items():
                connection.execute(table.insert(), [row._asdict() for row in kept])

    def restore(self, rows: Rows) -> None:
        """The same as a restored backup does: a new epoch, and everybody has to sign in again."""
        self.put_back(rows)
        with writing():
            db.session.get_one(Organisation, 1).epoch = uuid4()
            end_sign_ins(why="restored")

    def sign_in(self, person: UUID, kind: str, browser: str = "") -> SignedIn:
        """Be signed in on a browser, as after the sign-in form."""
        cookies = self.open_door(person, kind, browser)
        phone = Phone(through(self.app, cookies), self.clock)
        return SignedIn(cookies, phone.refresh())

    def open_door(self, person: UUID, kind: str, browser: str) -> dict[str, str]:
        """The cookies of a browser on which this person has just signed in."""
        db.session.rollback()
        return cookies_of(self.app, person, kind, "Test phone", browser)

    def expire(self, sign_in: str) -> None:
        """The server forgets this sign-in."""
        with writing():
            end_sign_ins(SignIn.id == UUID(sign_in), why="test")

    def end_the_pairing(self) -> None:
        with writing():
            end_pair(db.session.get_one(Person, self.cast.carol), db.session.get_one(Pairing, self.cast.pairing))


def through(app: Flask, cookies: dict[str, str]) -> ThroughClient:
    """A line from a browser with these cookies."""
    browser = Browser(app)
    for name, value in cookies.items():
        browser.client.set_cookie(name, value)
    return ThroughClient(browser)


@contextmanager
def open_hospital(database_url: str = "") -> Iterator[Hospital]:
    """An app on this database ("" is SQLite in memory) with its people, inside an app context."""
    place = Path(tempfile.mkdtemp(prefix="friendtor-walks-", dir=IN_MEMORY if IN_MEMORY.is_dir() else None))
    url = database_url or f"sqlite:///{place / 'friendtor.db'}"
    app = create_app(Settings(data_dir=place, database_url=url, public_url="http://localhost"))
    app.testing = True
    clock = MovedClock()
    app.extensions["clock"] = clock
    with app.app_context():
        _remember_statements(db.engine)
        make_tables()
        yield Hospital(app, clock, make_cast())
        db.session.remove()
        db.engine.dispose()
    shutil.rmtree(place)


def _remember_statements(engine: Engine) -> None:
    """Each walk says the same few hundred statements, more than the drivers keep in mind unless told."""

    @event.listens_for(engine, "do_connect")
    def before(_dialect: Any, _record: Any, _args: Any, parameters: dict[str, Any]) -> None:
        if engine.dialect.name == "sqlite":
            parameters["cached_statements"] = STATEMENTS

    @event.listens_for(engine, "connect")
    def after(connection: Any, _record: Any) -> None:
        if engine.dialect.name == "postgresql":
            connection.prepared_max = STATEMENTS

    engine.dispose()  # one that is open from before does not know yet
