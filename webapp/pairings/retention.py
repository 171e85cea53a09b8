"""How long it is kept what two had together: as long as they are a pair or stay in touch, and a year after."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Delete, Table, delete, select

from webapp import feed
from webapp.database import Model, db
from webapp.pairings.agreeing.models import Signature
from webapp.pairings.apart.actions import forget_old as forget_kept_apart
from webapp.pairings.desk.models import LastNudge
from webapp.pairings.goals.models import Goal
from webapp.pairings.introductions.models import Introduction, OpenToIntroduction
from webapp.pairings.models import InLine, Note, Pairing
from webapp.pairings.page.models import ContactCard, NextContact, SharedNote
from webapp.pairings.partings.models import StayAnswer, SwapRequest
from webapp.pairings.rules import KEPT_AFTER_THE_END
from webapp.people import Person

AT_ONCE = 500  # notes or check-ins in one transaction: others write meanwhile
KEPT_AFTER_LEAVING = timedelta(days=60)
OF_A_PAIR: tuple[type[Model], ...] = (
    Signature,
    Goal,  # with its steps and when a skill was practised
    SharedNote,
    NextContact,
    ContactCard,
    Introduction,
    StayAnswer,
    SwapRequest,
    LastNudge,
    InLine,
)


def forget_old(at: datetime) -> None:
    """Let go of what the two had on their page a year after the end, inside a write transaction.

    The pair itself, and the days of its talks, stay: figures are counted from them. A wish for somebody else goes a
    year after it was settled; "open to being introduced" and who is kept apart, 60 days after an account was closed.
    """
    long_over = select(Pairing.id).where(Pairing.is_over_since(at - KEPT_AFTER_THE_END))
    for table in (cast(Table, model.__table__) for model in OF_A_PAIR):
        db.session.execute(delete(table).where(table.c.pairing_id.in_(long_over)))
    _forget(delete(SwapRequest).where(SwapRequest.over_at <= at - KEPT_AFTER_THE_END))
    gone = select(Person.id).where(Person.closed_at <= at - KEPT_AFTER_LEAVING)
    _forget(delete(OpenToIntroduction).where(OpenToIntroduction.person_id.in_(gone)))
    forget_kept_apart(at)


def forget_old_notes(at: datetime) -> int:
    """Let go of notes a year after their pair's end, a bundle inside a write transaction, and tell both phones.

    Returns how many; there may be more.
    """
    long_over = Pairing.is_over_since(at - KEPT_AFTER_THE_END)
    old = db.session.execute(
        select(Note.id, Pairing.mentor_id, Pairing.mentee_id).join(Note.pairing).where(long_over).limit(AT_ONCE)
    ).all()
    for note_id, *two in old:
        for person_id in two:
            feed.touch(person_id, "note", note_id, gone=True)
    _forget(delete(Note).where(Note.id.in_([note_id for note_id, *_ in old])))
    return len(old)


def _forget(what: Delete) -> None:
    db.session.execute(what.execution_options(synchronize_session=False))
