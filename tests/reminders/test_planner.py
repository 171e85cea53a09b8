"""Reminders: each once, at its wall time, by one of any number of workers."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.pairings.writing_down import note
from tests.people import Cast, person
from webapp import pairings, reminders
from webapp.database import db, writing
from webapp.pairings import make_pair
from webapp.people import Person
from webapp.programmes import Programme
from webapp.push.models import PushMessage
from webapp.reminders.models import LastAsk, ReminderRule


@pytest.fixture(autouse=True)
def _rules_of_old(cast: Cast) -> None:
    """The first round only writes the rules down."""
    assert reminders.plan_due() == 0


def at(clock: MovedClock, day: int, hour: int, minute: int = 0, month: int = 3) -> None:
    clock.at = datetime(2026, month, day, hour, minute, tzinfo=UTC)


def told(person_id: UUID) -> list[str]:
    """What was planned for a person, oldest first."""
    db.session.rollback()
    theirs = select(PushMessage.kind).where(PushMessage.person_id == person_id).order_by(PushMessage.id)
    return list(db.session.scalars(theirs))


def test_there_is_a_rule_for_each_kind_and_each_zone_in_use(cast: Cast, clock: MovedClock) -> None:
    with writing():
        db.session.get_one(Person, cast.ana).zone = "Europe/Madrid"
    reminders.plan_due()
    rules = db.session.scalars(select(ReminderRule).order_by(ReminderRule.kind, ReminderRule.zone)).all()
    assert [(rule.kind, rule.zone) for rule in rules] == [
        ("checkin_ready", "Europe/London"),
        ("checkin_ready", "Europe/Madrid"),
        ("word_welcome", "Europe/London"),
        ("word_welcome", "Europe/Madrid"),
    ]
    assert {rule.next_due_at.hour for rule in rules if rule.kind == "checkin_ready"} == {17, 18}


def test_nothing_is_asked_before_a_weekly_check_in_is_due(cast: Cast, clock: MovedClock) -> None:
    at(clock, 16, 18)
    assert reminders.plan_due() == 0
    assert told(cast.mary) == told(cast.ana) == []


def test_the_mentee_is_told_in_the_evening_of_the_day_on_which_it_is_due(cast: Cast, clock: MovedClock) -> None:
    for day, hour, minute in ((16, 18, 0), (17, 17, 59)):
        at(clock, day, hour, minute)
        reminders.plan_due()
    assert told(cast.mary) == []
    at(clock, 17, 18)
    reminders.plan_due()
    assert told(cast.mary) == ["checkin_ready"]
    assert told(cast.charlie) == []
    row = db.session.scalars(select(PushMessage).where(PushMessage.person_id == cast.mary)).one()
    assert row.navigate == "/check-in"


def test_the_mentor_is_told_that_a_word_would_be_welcome(cast: Cast, clock: MovedClock) -> None:
    at(clock, 17, 12, 30)
    reminders.plan_due()
    assert told(cast.ana) == ["word_welcome"]


def test_a_mentor_who_wrote_lately_is_not_asked(cast: Cast, clock: MovedClock) -> None:
    at(clock, 14, 12)
    note(cast.ana, cast.pairing)
    at(clock, 17, 12, 30)
    reminders.plan_due()
    assert told(cast.ana) == []


def test_it_is_told_once_until_the_next_one_is_due(cast: Cast, clock: MovedClock) -> None:
    for day in (17, 18, 19, 23):
        at(clock, day, 18)
        reminders.plan_due()
    assert told(cast.mary) == ["checkin_ready"]
    at(clock, 24, 18)
    reminders.plan_due()
    assert told(cast.mary) == ["checkin_ready", "checkin_ready"]


def test_after_a_week_without_a_worker_what_was_missed_is_one(cast: Cast, clock: MovedClock) -> None:
    at(clock, 29, 3, 33)
    reminders.plan_due()
    reminders.plan_due()
    assert told(cast.mary) == ["checkin_ready"]
    assert told(cast.ana) == ["word_welcome"]


def test_beside_the_check_in_a_person_is_asked_once_in_fourteen_days(cast: Cast, clock: MovedClock) -> None:
    at(clock, 12, 12)
    with writing():
        nora = person("Nora Lind", {"mentee"})
        db.session.flush()
        ana, carol = db.session.get_one(Person, cast.ana), db.session.get_one(Person, cast.carol)
        make_pair(carol, db.session.get_one(Programme, cast.programme), nora, ana, "")
    for day in range(13, 31):
        at(clock, day, 12, 30)
        reminders.plan_due()
    assert told(cast.ana) == ["word_welcome"]
    assert db.session.scalars(select(LastAsk.asked_on)).one().day == 17
    at(clock, 31, 12, 30)
    reminders.plan_due()
    assert told(cast.ana) == ["word_welcome", "word_welcome"]


def test_four_workers_ask_each_person_once(app: Flask, cast: Cast, clock: MovedClock) -> None:
    at(clock, 17, 18)
    db.session.rollback()
    asked: list[int] = []
    together = threading.Barrier(4)

    def work() -> None:
        with app.app_context():
            together.wait(10)
            asked.append(reminders.plan_due())
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(asked) == [0, 0, 0, 2]
    assert told(cast.mary) == ["checkin_ready"]
    assert told(cast.ana) == ["word_welcome"]


def test_the_planner_agrees_with_what_pairings_say_is_due(cast: Cast, clock: MovedClock) -> None:
    clock.at += timedelta(days=8)
    due = {(ask.person.id, ask.kind) for ask in pairings.due_asks(clock())}
    reminders.plan_due()
    db.session.rollback()
    planned = db.session.execute(select(PushMessage.person_id, PushMessage.kind))
    assert {tuple(row) for row in planned} == due != set()
