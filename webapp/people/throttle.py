"""Slowing down whoever tries doors, counted in the database, so that every process counts along.

An account has few tries, an address many: a hospital stands behind one. A browser in which the person signed in before
counts apart, so that a stranger who tries the account cannot lock its owner out.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app, request
from sqlalchemy import case, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from webapp.clock import now
from webapp.database import db, writing
from webapp.people.models import Tries

WINDOW = timedelta(minutes=15)
TRIES_OF_AN_ACCOUNT = 10
TRIES_FROM_AN_ADDRESS = 200
FORGOTTEN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many tries of an account within which time."""

    tries: int
    window: timedelta


USUAL = Allowance(TRIES_OF_AN_ACCOUNT, WINDOW)
CODES_A_DAY = Allowance(20, FORGOTTEN)


class TooManyTries(Exception):
    """The door stays shut for `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait

    @property
    def seconds(self) -> int:
        return max(1, round(self.wait.total_seconds()))

    @property
    def minutes(self) -> int:
        return -(-self.seconds // 60)


@dataclass(frozen=True, slots=True)
class Try:
    """One try that was counted."""

    account: str
    address: str


def count_a_try(door: str, account: str, known_browser: str = "", allowed: Allowance = USUAL) -> Try:
    """Count before looking, in a transaction of its own. Raises `TooManyTries`."""
    this = Try(_key(door, "account", account, known_browser), _key(door, "address", _network()))
    at = now()
    with writing():
        db.session.execute(delete(Tries).where(Tries.began_at < at - FORGOTTEN))
        waits = [
            _count(this.account, allowed, at),
            _count(this.address, Allowance(TRIES_FROM_AN_ADDRESS, WINDOW), at),
        ]
    longest = max(waits)
    if longest > timedelta(0):
        raise TooManyTries(longest)
    return this


def count_towards(door: str, person_id: UUID, most: int) -> None:
    """Count one more of at most `most` in a quarter of an hour, inside the write transaction that does it.

    Raises `TooManyTries`; nothing of the transaction is kept then, the count neither.
    """
    wait = _count(_key(door, "person", str(person_id)), Allowance(most, WINDOW), now())
    if wait > timedelta(0):
        raise TooManyTries(wait)


def forgive(this: Try) -> None:
    """The try was right: forget it, inside the write transaction that opens the door."""
    db.session.execute(delete(Tries).where(Tries.key == this.account))
    db.session.execute(update(Tries).where(Tries.key == this.address).values(count=Tries.count - 1))


def _count(key: str, allowed: Allowance, at: datetime) -> timedelta:
    insert = postgresql.Insert if db.engine.dialect.name == "postgresql" else sqlite.Insert
    is_old = Tries.began_at <= at - allowed.window
    statement = (
        insert(Tries)
        .values(key=key, began_at=at, count=1)
        .on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((is_old, 1), else_=Tries.count + 1),
                "began_at": case((is_old, at), else_=Tries.began_at),
            },
        )
        .returning(Tries.count, Tries.began_at)
    )
    count, began_at = db.session.execute(statement).one()
    return began_at + allowed.window - at if count > allowed.tries else timedelta(0)


def _key(*parts: str) -> str:
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, "|".join(parts).encode(), hashlib.sha256).hexdigest()


def _network() -> str:
    """The address, or for IPv6 the network of one household."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
