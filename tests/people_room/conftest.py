"""What the tests of this room share: passwords, a mail server in memory, a second browser."""

from __future__ import annotations

from uuid import UUID

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from tests.client import Browser
from tests.page_linter import forms_of
from tests.people import PASSWORD, Cast
from webapp.database import db, writing
from webapp.mail import MemoryPost, OutgoingMail
from webapp.people import Person, SignIn, passwords

CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
PASSWORD_HASH = CHEAP.hash(PASSWORD)
IDENTIFIER = "mary@example.org"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same argon2, with parameters that a test can wait for."""
    monkeypatch.setattr(passwords, "HASHER", CHEAP)


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Everybody has the same password here."""
    with writing():
        db.session.execute(update(Person).values(password_hash=PASSWORD_HASH))
    return cast


@pytest.fixture
def other(app: Flask) -> Browser:
    """Another browser, somewhere else."""
    return Browser(app)


@pytest.fixture
def post(app: Flask) -> MemoryPost:
    """A mail server is set."""
    app.extensions["post"] = MemoryPost()
    return app.extensions["post"]


def letters() -> list[OutgoingMail]:
    """What waits for the worker."""
    db.session.expire_all()
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def load(person_id: UUID) -> Person:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Person, person_id)


def open_sign_ins(person_id: UUID) -> list[SignIn]:
    db.session.rollback()
    db.session.expire_all()
    rows = select(SignIn).where(SignIn.person_id == person_id, SignIn.revoked_at.is_(None))
    return list(db.session.scalars(rows.order_by(SignIn.created_at, SignIn.id)))


def sign_in(
    browser: Browser, identifier: str = IDENTIFIER, password: str = PASSWORD, kind: str = "own", **more: object
):
    """Fill in the sign-in form."""
    said = {"identifier": identifier, "password": password, "kind": kind, **more}
    return browser.fill_in("/sign-in", said, action="/sign-in")


def is_signed_in(browser: Browser) -> bool:
    return browser.get("/settings").status_code == 200


def token_on(browser: Browser, path: str = "/settings") -> dict[str, object]:
    """The token of the forms on a page, for a button that another page draws."""
    tokens = [form.values["csrf_token"] for form in forms_of(browser.get(path).text) if "csrf_token" in form.values]
    return {"csrf_token": tokens[0]}
