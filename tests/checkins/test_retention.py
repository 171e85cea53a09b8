"""A year after a pair's end its check-ins and notes go, from both phones too; journals and what came later stay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.phone import Phone, ThroughClient
from webapp import pairings, worker
from webapp.checkins import Checkin, HelpedAnswer, retention
from webapp.database import db, writing
from webapp.insight.reads import records_of
from webapp.pairings import Note, Pairing
from webapp.people import Person
from webapp.programmes import Programme

YEAR = 365


def checkin(phone: Phone, cast: Cast, audience: str, **more: Any) -> str:
    fields = {"pairing": str(cast.pairing), "audience": audience, "about": "shift", "face": 2, **more}
    return str(phone.save("checkin", "record", fields).body["entity"])


def note(phone: Phone, cast: Cast, words: str) -> str:
    return str(phone.save("note", "write", {"pairing": str(cast.pairing), "words": words}).body["entity"])


def held_by(phone: Phone) -> set[str]:
    """What the phone can read of check-ins, notes and entries after it was brought up to date."""
    phone.pull()
    return {entity for kind in ("checkin", "note", "entry") for entity in phone.rows(kind)}


def end(cast: Cast) -> None:
    with writing():
        pairings.end_pair(db.session.get_one(Person, cast.carol), db.session.get_one(Pairing, cast.pairing))


def days_counted(cast: Cast) -> set[date]:
    """The days of check-ins that the figures of the pair are counted from."""
    db.session.rollback()
    programme, coordinator = db.session.get_one(Programme, cast.programme), db.session.get_one(Person, cast.carol)
    [pair] = records_of(programme, coordinator).pairs
    return set(pair.checked_in_on)


def go_by(app: Flask, clock: MovedClock, days: float, *phones: tuple[Phone, Any]) -> None:
    """Let that much time go by, and the worker come round; the phones sign in again, with all they hold."""
    clock.move(days=days)
    worker.tidy()
    for phone, person in phones:
        phone.transport = ThroughClient(Browser(app).sign_in(person))
        phone.refresh()


def rows(model: type[Checkin | Note | HelpedAnswer]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_year_after_the_end_what_two_wrote_is_gone_from_both_phones(
    app: Flask, cast: Cast, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 1)  # one bundle after the other, until nothing is left
    monkeypatch.setattr(pairings.retention, "AT_ONCE", 1)
    mary, ana = Phone.of(app, cast.mary), Phone.of(app, cast.ana)
    both = (mary, cast.mary), (ana, cast.ana)
    sent = checkin(mary, cast, "mentor", words="Two arrests.", contact="call", minutes=5, helped="yes")
    kept = checkin(mary, cast, "self", words="I cried.")
    taken = checkin(mary, cast, "self", words="Never mind.")
    mary.save("checkin", "take_back", {}, taken)
    hers, theirs = note(mary, cast, "Hello."), note(ana, cast, "Coffee?")
    entry = str(mary.entry("Mine.").body["entity"])
    mary.flush()
    ana.flush()
    clock.move(days=20)
    end(cast)
    counted = days_counted(cast)
    assert counted == {date(2026, 3, 10)}
    go_by(app, clock, YEAR - 1, *both)
    later = checkin(mary, cast, "self", words="A year on, for me alone.")
    mary.flush()
    assert held_by(mary) == {sent, kept, hers, theirs, entry, later}
    assert held_by(ana) == {sent, hers, theirs}
    go_by(app, clock, 1, *both)
    assert held_by(mary) == {entry, later}
    assert held_by(ana) == set()
    assert (rows(Checkin), rows(Note), rows(HelpedAnswer)) == (1, 0, 0)
    assert days_counted(cast) - {date(2027, 3, 29)} == counted, "the day of what went still counts"
    assert "gone" in Browser(app).sign_in(cast.ana).get(f"/notes?pairing={cast.pairing}").text


def test_friends_keep_what_they_wrote(app: Flask, cast: Cast, clock: MovedClock) -> None:
    mary = Phone.of(app, cast.mary)
    wrote = {checkin(mary, cast, "mentor"), note(mary, cast, "Hello.")}
    mary.flush()
    with writing():
        pairing = db.session.get_one(Pairing, cast.pairing)
        pairing.ended_at = pairing.friends_since = clock.at
    go_by(app, clock, 2 * YEAR, (mary, cast.mary))
    assert held_by(mary) == wrote
    with writing():
        db.session.get_one(Pairing, cast.pairing).friends_until = clock.at
    go_by(app, clock, YEAR, (mary, cast.mary))
    assert held_by(mary) == set()
