"""Being open to it, introducing, answering, taking back, what it led to, and letting it lapse."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.ledger import Refused, Written
from webapp.pairings.fields import NoFields
from webapp.pairings.introductions.fields import AnswerFields, IntroduceFields, LedToFields, OpenFields
from webapp.pairings.introductions.models import Introduction, OpenToIntroduction
from webapp.pairings.introductions.reads import can_be_answered, can_introduce, may_meet, openness_of, people_open_for
from webapp.pairings.introductions.rules import OPEN_FOR
from webapp.pairings.models import Pairing
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person
from webapp.push import Message, take_back, tell

ASK, NEWS = "to_decide", "pair_news"


def be_open(person: Person, fields: OpenFields) -> None:
    """Say that one is open to being introduced, or change what about. Inside a write transaction."""
    openness = openness_of(person)
    if openness is None:
        openness = OpenToIntroduction(person_id=person.id, since=now())
        db.session.add(openness)
    openness.say(fields.about, fields.minutes)
    audit.record(person.id, "pairings.open_to_introduction", "person", person.id)


def be_open_no_more(person: Person) -> None:
    """Nobody is shown it from now on; what one was asked already stays. A second time changes nothing."""
    openness = openness_of(person)
    if openness is not None:
        db.session.delete(openness)
        audit.record(person.id, "pairings.not_open_to_introduction", "person", person.id)


def introduce(author: Person, written: Written, pairing_id: UUID, fields: IntroduceFields) -> None:
    """Ask the mentee and somebody who is open to it. Only the mentor does.

    Raises Refused: "not_now" in a pause, "not_open" when that person may not be asked (any more), and as
    `open_pairing_of` does.
    """
    pairing = open_pairing_of(author, pairing_id)
    if author.id != pairing.mentor_id or db.session.get(Introduction, written.entity) is not None:
        raise Refused("not_allowed")
    if not can_introduce(pairing, written.at):
        raise Refused("not_now")
    chosen = next((each for each in people_open_for(pairing, written.at) if each.person_id == fields.person), None)
    if chosen is None:
        raise Refused("not_open")
    introduction = Introduction(
        id=written.entity, pairing=pairing, person=chosen.person, proposed_at=written.at, minutes=chosen.minutes
    )
    introduction.write(fields.why)
    db.session.add(introduction)
    audit.record(author.id, "pairings.proposed_introduction", "introduction", introduction.id)
    for person in _the_two(introduction):
        tell(person, Message(ASK, f"introduction:{introduction.id}", _page(introduction)))


def answer_introduction(author: Person, written: Written, _pairing_id: UUID, fields: AnswerFields) -> None:
    """One of the two says yes or "not this time". The second yes introduces them.

    Not even the audit says whose a no was. Raises Refused: "not_found" for everybody else, "over" when it is too late.
    """
    introduction = _held(written.entity)
    if introduction is None or not introduction.asks(author):
        raise Refused("not_found")
    if not can_be_answered(introduction, written.at):
        raise Refused("over")
    take_back(author, ASK, f"introduction:{introduction.id}")
    audit.record(None, "pairings.answered_introduction", "introduction", introduction.id)
    if not fields.wants:
        _close(introduction, written.at)
        return
    introduction.agree(author, written.at)
    if introduction.mentee_agreed_at and introduction.person_agreed_at:
        _bring_together(introduction, written.at)


def take_introduction_back(author: Person, written: Written, pairing_id: UUID, _fields: NoFields) -> None:
    """The mentor takes it back while it is open: the line is wiped. A second time changes nothing. Raises Refused."""
    introduction = _held(written.entity)
    if introduction is None or introduction.pairing_id != pairing_id or author.id != introduction.pairing.mentor_id:
        raise Refused("not_found")
    if introduction.taken_back_at is not None:
        return
    if not introduction.is_open(written.at):
        raise Refused("over")
    introduction.taken_back_at = written.at
    introduction.write("")
    _close(introduction, written.at)
    audit.record(author.id, "pairings.took_introduction_back", "introduction", introduction.id)


def say_what_it_led_to(author: Person, written: Written, pairing_id: UUID, fields: LedToFields) -> None:
    """The mentee says what it led to, or skips it; nobody asks again. Raises Refused."""
    introduction = _held(written.entity)
    if introduction is None or introduction.pairing_id != pairing_id or author.id != introduction.pairing.mentee_id:
        raise Refused("not_found")
    if not introduction.asks_what_it_led_to(written.at):
        raise Refused("over")
    introduction.say_what_it_led_to(list(fields.codes), fields.line, written.at)
    audit.record(author.id, "pairings.said_what_introduction_led_to", "introduction", introduction.id)


def lapse_introductions(at: datetime) -> None:
    """Close those that nobody can answer any more; inside a write transaction."""
    over = or_(Introduction.proposed_at <= at - OPEN_FOR, Pairing.ended_at.is_not(None))
    unsettled = (Introduction.closed_at.is_(None), Introduction.introduced_at.is_(None))
    lapsed = select(Introduction).join(Introduction.pairing).where(over, *unsettled)
    for introduction in db.session.scalars(lapsed.order_by(Introduction.id)).all():
        _close(introduction, at)


def _bring_together(introduction: Introduction, at: datetime) -> None:
    if not may_meet(introduction):
        _close(introduction, at)
        return
    introduction.introduced_at = at
    audit.record(None, "pairings.introduced", "introduction", introduction.id)
    for person in (*_the_two(introduction), introduction.mentor):
        tell(person, Message(NEWS, f"introduction:{introduction.id}", _page(introduction)))


def _close(introduction: Introduction, at: datetime) -> None:
    introduction.close(at)
    audit.record(None, "pairings.closed_introduction", "introduction", introduction.id)
    for person in _the_two(introduction):
        take_back(person, ASK, f"introduction:{introduction.id}")


def _held(introduction_id: UUID) -> Introduction | None:
    """Held until the transaction ends: of two answers at once the later one sees the first."""
    found = select(Introduction).where(Introduction.id == introduction_id).with_for_update(of=Introduction)
    return db.session.scalars(found.execution_options(populate_existing=True)).one_or_none()


def _the_two(introduction: Introduction) -> tuple[Person, Person]:
    return introduction.mentee, introduction.person


def _page(introduction: Introduction) -> str:
    return f"/introductions/{introduction.id}"
