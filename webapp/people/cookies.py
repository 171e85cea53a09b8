"""The session cookie's signature: it changes keys while people are signed in and forms are open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from webapp.config import Settings
from webapp.sealing import KeyRing, current_keys, made_at

SIGNS_AFTER = timedelta(minutes=1)


class RotatingCookies(SecureCookieSessionInterface):
    """Signs with the newest key and takes every older one that is still kept; forms' tokens likewise."""

    def __init__(self, settings: Settings) -> None:
        self._fixed = settings.session_secret

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if not self._fixed:
            use_session_keys(app, signing_keys(current_keys(), datetime.now(UTC)))
        return super().get_signing_serializer(app)


def use_session_keys(app: Flask, keys: list[str]) -> None:
    """Have Flask and Flask-WTF sign with the last of these and take them all."""
    app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"] = keys[-1], keys[:-1]
    app.config["WTF_CSRF_SECRET_KEY"] = keys


def signing_keys(ring: KeyRing, at: datetime) -> list[str]:
    """All of them, the one that signs last: the newest that every process has had the time to read."""
    ids = sorted(ring.secrets["session"])
    settled = [key_id for key_id in ids if at - made_at(key_id) >= SIGNS_AFTER]
    signs = settled[-1] if settled else ids[0]
    return [ring.secrets["session"][key_id].hex() for key_id in (*(i for i in ids if i != signs), signs)]
