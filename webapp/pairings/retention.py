"""How long it is kept what two had together: as long as they are a pair or stay in touch, and a year after."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Delete, Table, delete, select

from webapp.database import Model, db
from webapp.pairings.agreeing.models import Signature
from webapp.pairings.apart.actions import forget_old as forget_kept_apart
from webapp.pairings.desk.models import LastNudge
from webapp.pairings.goals.models import Goal
from webapp.pairings.introductions.models import Introduction, OpenToIntroduction
from webapp.pairings.models import InLine, Pairing
from webapp.pairings.page.models import ContactCard, NextContact, SharedNote
from webapp.pairings.partings.models import StayAnswer, SwapRequest
from webapp.people import Person

KEPT_AFTER_THE_END = timedelta(days=365)
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


def _forget(what: Delete) -> None:
    db.session.execute(what.execution_options(synchronize_session=False))
