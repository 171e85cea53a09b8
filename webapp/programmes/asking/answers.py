"""The answer to somebody who asked, under the code they got: of somebody without an account nothing else is known."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from webapp.database import db
from webapp.people import tidy_code
from webapp.programmes.asking.rules import ANSWERED_KEPT
from webapp.programmes.models import JoinRequest


@dataclass(frozen=True, slots=True)
class Answer:
    """What a coordinator decided, and from which day one may ask again after a no."""

    accepted: bool
    again_on: date


def hash_of_answer_code(code: str) -> str:
    """What is kept of a code: sixty random bits need no key."""
    return hashlib.sha256(tidy_code(code).encode()).hexdigest()


def answer_under(code: str) -> Answer | None:
    """What was decided on the request with this code; None for one that waits, and for a code that nobody has alike."""
    request = db.session.scalar(select(JoinRequest).where(JoinRequest.answer_hash == hash_of_answer_code(code)))
    if request is None or request.decided_at is None:
        return None
    let_go_on = (request.decided_at + ANSWERED_KEPT).date()
    return Answer(request.accepted_at is not None, again_on=let_go_on + timedelta(days=1))
