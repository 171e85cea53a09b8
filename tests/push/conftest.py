"""A push service on loopback, and phones that have subscribed there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.doubles.push_service import Browser as PushBrowser
from tests.doubles.push_service import PushService
from webapp import push
from webapp.config import Settings
from webapp.database import db, writing
from webapp.people import Person, SignIn

ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, database_url: str, service: PushService) -> Settings:
    return Settings(
        data_dir=tmp_path,
        database_url=database_url,
        public_url="http://localhost",
        push_extra_origins=(service.origin,),
    )


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
