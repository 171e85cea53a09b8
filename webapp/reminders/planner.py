"""Turns what is due into messages, in the transaction that moves the rule on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from webapp import pairings
from webapp.clock import now
from webapp.database import db, inserting, uuid7, writing
from webapp.people import Person
from webapp.push import Message, take_back, tell
from webapp.reminders.models import LastAsk, ReminderRule
from webapp.reminders.rules import ASKED_EVERY, CHECKIN, OPENS, WALL_TIMES, next_occurrence


def plan_due() -> int:
    """Write the messages of all rules whose time has come, in one transaction of its own; returns how many are new.

    After a time without workers, what was missed becomes one occurrence.
    """
    at = now()
    missing, due = _missing_rules(), _due_rules(at)
    db.session.rollback()
    if not missing and not due:
        return 0
    with writing():
        for kind, zone in missing:
            _begin_rule(kind, zone, at)
        won = {(rule.kind, rule.zone) for rule in due if _move_on(rule.id, rule.next_due_at, at)}
        return _ask_all(won, at) if won else 0


def _missing_rules() -> list[tuple[str, str]]:
    zones = set(db.session.scalars(select(Person.zone).where(Person.closed_at.is_(None)).distinct()))
    known = {tuple(row) for row in db.session.execute(select(ReminderRule.kind, ReminderRule.zone))}
    return sorted({(kind, zone) for kind in WALL_TIMES for zone in zones} - known)


def _due_rules(at: datetime) -> list[ReminderRule]:
    due = select(ReminderRule).where(ReminderRule.next_due_at <= at)
    rules = list(db.session.scalars(due.order_by(ReminderRule.id)))
    db.session.expunge_all()  # what was read is compared with below, not read again
    return rules


def _begin_rule(kind: str, zone: str, at: datetime) -> None:
    wall = WALL_TIMES[kind]
    rule = inserting(
        ReminderRule,
        id=uuid7(),
        kind=kind,
        zone=zone,
        wall_time=wall,
        next_due_at=next_occurrence(wall, ZoneInfo(zone), at),
    )
    db.session.execute(rule.on_conflict_do_nothing(index_elements=["kind", "zone"]))


def _move_on(rule_id: UUID, seen: datetime, at: datetime) -> bool:
    """Take this occurrence: of all workers that saw it one moves the rule on, and only that one asks."""
    rule = db.session.get_one(ReminderRule, rule_id)
    moved = (
        update(ReminderRule)
        .where(ReminderRule.id == rule_id, ReminderRule.next_due_at == seen)
        .values(next_due_at=next_occurrence(rule.wall_time, ZoneInfo(rule.zone), at))
        .returning(ReminderRule.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(moved).first() is not None


def _ask_all(won: set[tuple[str, str]], at: datetime) -> int:
    asked = 0
    for ask in pairings.due_asks(at):
        if (ask.kind, ask.person.zone) in won:
            asked += _ask(ask.person, ask.kind, ask.key, at)
    return asked


def _ask(person: Person, kind: str, key: str, at: datetime) -> bool:
    if not tell(person, Message(kind, key, OPENS[kind])):
        return False
    if kind == CHECKIN or _take_turn(person, kind, at):
        return True
    take_back(person, kind, key)
    return False


def _take_turn(person: Person, kind: str, at: datetime) -> bool:
    """Use the one ask that a person may get in 14 days; False when it is used already."""
    today = at.astimezone(ZoneInfo(person.zone)).date()
    turn = inserting(LastAsk, person_id=person.id, asked_on=today, kind=kind)
    taken = turn.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"asked_on": today, "kind": kind},
        where=LastAsk.asked_on <= today - ASKED_EVERY,
    ).returning(LastAsk.person_id)
    return db.session.execute(taken).first() is not None
