"""How long offers and requests are kept: a year after they ended, and those that made a pair as long as it stands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, exists, or_
from sqlalchemy.sql.elements import ColumnElement

from webapp.database import db
from webapp.matching.offers.models import MentorRequest, Offer, OfferAnswer
from webapp.matching.offers.rules import KEPT_FOR
from webapp.pairings import Pairing


def forget_old(at: datetime) -> None:
    """Let go of what is old, inside a write transaction."""
    old = _is_old(Offer, at)
    answers = exists().where(Offer.id == OfferAnswer.offer_id, old)
    db.session.execute(delete(OfferAnswer).where(answers).execution_options(synchronize_session=False))
    for model in (Offer, MentorRequest):
        db.session.execute(delete(model).where(_is_old(model, at)).execution_options(synchronize_session=False))


def _is_old(model: type[Offer] | type[MentorRequest], at: datetime) -> ColumnElement[bool]:
    ended = exists().where(Pairing.id == model.pairing_id, Pairing.ended_at <= at - KEPT_FOR)
    return and_(model.closed_at <= at - KEPT_FOR, or_(model.pairing_id.is_(None), ended))
