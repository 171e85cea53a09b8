"""The end of a pair: both are asked whether they stay in touch, and two yeses keep them as friend-tors."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import delete, select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.ledger import Refused, Written
from webapp.pairings.actions.contacts import tell_both_phones
from webapp.pairings.actions.pairs import end_pair
from webapp.pairings.fields import NoFields
from webapp.pairings.models import Pairing
from webapp.pairings.partings.models import StayAnswer
from webapp.pairings.partings.swapping import settle_swaps_of
from webapp.pairings.reads import hold_pair, open_pairing_of
from webapp.people import Person
from webapp.programmes import Programme
from webapp.push import Message, tell

ANSWERED_WITHIN = timedelta(days=14)


class StayFields(BaseModel):
    """One of the two's answer."""

    stays: bool


def ask_to_stay(by: Person | None, pairing: Pairing) -> None:
    """The time of this pair is over: ask both. Whoever cannot be asked is not: then the pair ends at once.

    Two who share nothing while one is above the other are asked where they choose what becomes of them.
    """
    if pairing.over_since is not None or pairing.is_friends or pairing.asked_to_stay_at is not None:
        return
    both = pairing.mentee.has_joined() and pairing.mentor.has_joined()
    if not pairing.is_active() and not (both and pairing.is_held):
        end_pair(by, pairing)
        return
    pairing.asked_to_stay_at = now()
    audit.record(by.id if by else None, "pairings.asked_to_stay", "pairing", pairing.id)
    page = "line" if pairing.is_held else "stay"
    for person in (pairing.mentee, pairing.mentor):
        tell(person, Message("to_decide", f"stay:{pairing.id}", f"/pair/{pairing.id}/{page}"))
    tell_both_phones(pairing)


def finish(author: Person, _written: Written, pairing_id: UUID, _fields: NoFields) -> None:
    """One of the two says that they have finished; who it was is said to nobody. Friend-tors part. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    if pairing.is_friends:
        end_pair(author, pairing)
    else:
        ask_to_stay(author, pairing)


def answer_stay(author: Person, written: Written, pairing_id: UUID, fields: StayFields) -> None:
    """Say yes or no, or change it while the other one has not answered. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    hold_pair(pairing)
    if pairing.over_since is not None or pairing.asked_to_stay_at is None or pairing.is_friends:
        raise Refused("not_found")
    answer = db.session.get(StayAnswer, (pairing.id, author.id))
    if answer is None:
        answer = StayAnswer(pairing_id=pairing.id, person_id=author.id)
        db.session.add(answer)
    answer.stays, answer.answered_at = fields.stays, written.at
    db.session.flush()
    audit.record(author.id, "pairings.answered_stay", "pairing", pairing.id)
    answers = list(db.session.scalars(select(StayAnswer).where(StayAnswer.pairing_id == pairing.id)))
    if len(answers) == len({pairing.mentee_id, pairing.mentor_id}):
        _settle(pairing, all(each.stays for each in answers))


def settle_endings(at: datetime) -> None:
    """Ask the pairs of programmes that have ended, and end those whose two weeks to answer are over."""
    standing = select(Pairing).where(Pairing.ended_at.is_(None))
    over = standing.join(Programme, Programme.id == Pairing.programme_id).where(Programme.ended_at.is_not(None))
    for pairing in db.session.scalars(over.where(Pairing.asked_to_stay_at.is_(None)).order_by(Pairing.id)):
        ask_to_stay(None, pairing)
    asked = Pairing.asked_to_stay_at <= at - ANSWERED_WITHIN
    for pairing in db.session.scalars(standing.where(asked).order_by(Pairing.id)).all():
        hold_pair(pairing)
        if pairing.ended_at is None:  # else both have said yes just now
            _settle(pairing, False)


def answer_of(pairing: Pairing, person: Person) -> StayAnswer | None:
    """This person's own answer."""
    return db.session.get(StayAnswer, (pairing.id, person.id))


def is_asked_to_stay(pairing: Pairing) -> bool:
    """Whether the two may answer now."""
    return pairing.asked_to_stay_at is not None and pairing.ended_at is None


def answer_by(pairing: Pairing, reader: Person) -> date | None:
    """The last day for an answer, on the reader's calendar."""
    asked = pairing.asked_to_stay_at
    return (asked + ANSWERED_WITHIN).astimezone(ZoneInfo(reader.zone)).date() if asked else None


def stay_friends(pairing: Pairing) -> None:
    """Both have said yes: for the programme the pair has ended, and the two stay in touch. Both are told."""
    pairing.ended_at = pairing.friends_since = now()
    audit.record(None, "pairings.stay_in_touch", "pairing", pairing.id)
    settle_swaps_of(pairing, None)
    tell_both_phones(pairing)
    _say_it_is_settled(pairing)


def _settle(pairing: Pairing, both_stay: bool) -> None:
    if both_stay:
        stay_friends(pairing)
    else:
        end_pair(None, pairing)
        _say_it_is_settled(pairing)


def _say_it_is_settled(pairing: Pairing) -> None:
    db.session.execute(delete(StayAnswer).where(StayAnswer.pairing_id == pairing.id))  # nobody needs to know any more
    for person in (pairing.mentee, pairing.mentor):
        tell(person, Message("pair_news", str(pairing.id), f"/pair/{pairing.id}"))
