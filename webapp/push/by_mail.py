"""Telling by mail whom no device can be told: a neutral letter, few of them, and nothing that a device was told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import exists, or_, select, update

from webapp.database import db, inserting
from webapp.mail import can_post, post_later
from webapp.people import Person, letter_to
from webapp.push.badges import has_looked_since
from webapp.push.kinds import KINDS
from webapp.push.models import Delivery, PushDay, PushMessage
from webapp.push.quiet import Quiet, next_decent_moment

LOST = frozenset({"gone", "needs_resubscribe", "no_device"})  # outcomes that end a browser, not the message
MAILED_KINDS = [name for name, kind in KINDS.items() if kind.by_mail]


def is_mailed(person: Person) -> bool:
    """Whether somebody is written to where no device of theirs can be told."""
    return can_post() and person.has_joined() and person.wants_mails()


def tell_by_mail(message: PushMessage, quiet: Quiet, at: datetime) -> None:
    """Settle a due message that has no browser to go to, or put it off to the next day. In a write transaction."""
    if not KINDS[message.kind].by_mail or not is_mailed(message.person):
        message.settle("no_device", at)
    elif has_looked_since(message.person_id, message.created_at):
        message.settle("seen", at)
    elif _take_the_days_place(message, quiet, at):
        letter = letter_to(message.person, "something_new", words=KINDS[message.kind].words)
        if letter is not None:
            post_later(letter, message.expires_at)
        message.settle("mailed", at)
    else:
        message.due_at = _tomorrow(quiet, at)  # where that is too late, the next look says so


def wish_mailed_at(person: Person, quiet: Quiet, at: datetime) -> datetime | None:
    """When a letter goes out, or went, about a wish to talk that was written at `at`; None when none will.

    A letter about another wish that went out since then tells of this one too; one from before it takes the day's
    place, and this one waits for the next.
    """
    if not is_mailed(person):
        return None
    moment = next_decent_moment(at, quiet)
    while (went := _wish_letter_on(person, moment.astimezone(quiet.zone).date())) is not None:
        if went >= at:
            return went
        moment = next_decent_moment(_tomorrow(quiet, moment), quiet)
    return moment


def release_anew(lost: Collection[UUID], at: datetime) -> None:
    """Have messages released once more that ended only at browsers which are no more, inside a write transaction."""
    theirs = select(Delivery.message_id).where(Delivery.id.in_(list(lost)))
    ended_otherwise = or_(Delivery.finished_at.is_(None), Delivery.outcome.not_in(LOST))
    db.session.execute(
        update(PushMessage)
        .where(
            PushMessage.id.in_(theirs),
            PushMessage.kind.in_(MAILED_KINDS),
            PushMessage.settled_how == "released",
            ~exists().where(Delivery.message_id == PushMessage.id, ended_otherwise),
        )
        .values(settled_at=None, settled_how=None, due_at=at)
        .execution_options(synchronize_session=False)
    )


def _take_the_days_place(message: PushMessage, quiet: Quiet, at: datetime) -> bool:
    """One letter a day for notes, none of them after one of a wish to talk; and one a day for wishes to talk."""
    day = at.astimezone(quiet.zone).date()
    opened = inserting(PushDay, person_id=message.person_id, day=day, used=0)
    db.session.execute(opened.on_conflict_do_nothing(index_elements=["person_id", "day"]))
    place = update(PushDay).where(
        PushDay.person_id == message.person_id, PushDay.day == day, PushDay.urgent_mailed_at.is_(None)
    )
    if KINDS[message.kind].urgency == "high":
        place = place.values(urgent_mailed_at=at)
    else:
        place = place.where(PushDay.mailed_at.is_(None)).values(mailed_at=at)
    taken = db.session.execute(place.returning(PushDay.day).execution_options(synchronize_session=False))
    return taken.first() is not None


def _wish_letter_on(person: Person, day: date) -> datetime | None:
    letters = select(PushDay.urgent_mailed_at).where(PushDay.person_id == person.id, PushDay.day == day)
    return db.session.scalar(letters)


def _tomorrow(quiet: Quiet, at: datetime) -> datetime:
    day = at.astimezone(quiet.zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), quiet.zone).astimezone(UTC)
