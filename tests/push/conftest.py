"""A push service on loopback, and phones that have subscribed there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.conftest import new_postgres_database
from tests.doubles.push_service import Browser as PushBrowser
from tests.doubles.push_service import PushService
from tests.kept import DATABASE, KeptApp, kept_app
from webapp import push
from webapp.database import db, writing
from webapp.people import Person, SignIn

ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture(scope="session")
def standing_service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


@pytest.fixture
def service(standing_service: PushService) -> PushService:
    """The push service, which knows nothing of the last test."""
    standing_service.forget()
    return standing_service


@pytest.fixture(scope="session")
def kept_on_sqlite(tmp_path_factory: pytest.TempPathFactory, standing_service: PushService) -> Iterator[KeptApp]:
    folder = tmp_path_factory.mktemp("push-sqlite")
    with kept_app(folder, f"sqlite:///{folder / DATABASE}", push_extra_origins=(standing_service.origin,)) as kept:
        yield kept


@pytest.fixture(scope="session")
def kept_on_postgres(
    tmp_path_factory: pytest.TempPathFactory, postgres_url: str, standing_service: PushService
) -> Iterator[KeptApp]:
    folder, origins = tmp_path_factory.mktemp("push-postgres"), (standing_service.origin,)
    with new_postgres_database(postgres_url) as url, kept_app(folder, url, push_extra_origins=origins) as kept:
        yield kept


@dataclass
class Phone:
    """A signed-in browser and its side of the push service."""

    browser: Browser
    push: PushBrowser
    person_id: UUID

    def turn_on(self, **changes: object) -> TestResponse:
        """Post the subscription, as the page does at every load."""
        key = push.public_key()
        assert key is not None
        given = self.push.subscription() | {"key_id": key["key_id"]} | changes
        return self.browser.client.post("/push/subscriptions", json=given, headers=ORIGIN)

    def turn_off(self) -> TestResponse:
        given = {"endpoint": self.push.endpoint}
        return self.browser.client.delete("/push/subscriptions", json=given, headers=ORIGIN)

    @property
    def sign_in(self) -> SignIn:
        """Its newest sign-in."""
        newest = db.select(SignIn).where(SignIn.person_id == self.person_id).order_by(SignIn.created_at.desc())
        return db.session.scalars(newest).first() or pytest.fail("nobody is signed in")


@pytest.fixture
def phone_of(app: Flask, service: PushService) -> Callable[..., Phone]:
    """Makes a phone on which a person is signed in and, unless told otherwise, has push on."""

    def make(person_id: UUID, kind: str = "own", push_on: bool = True) -> Phone:
        phone = Phone(Browser(app).sign_in(person_id, kind), service.browser(), person_id)
        if push_on:
            assert phone.turn_on().status_code == 201
        return phone

    return make


def tell(person_id: UUID, kind: str, key: str = "1", navigate: str = "/") -> bool:
    """Tell a person something in a transaction of its own."""
    with writing():
        return push.tell(db.session.get_one(Person, person_id), push.Message(kind, key, navigate))
