"""Looking at every pair after the staff list changed, and the two people's word on going on."""

from __future__ import annotations

from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.pairings.actions.contacts import tell_both_phones
from webapp.pairings.in_line.rules import is_in_line
from webapp.pairings.models import InLine, Pairing
from webapp.pairings.partings.staying import stay_friends
from webapp.pairings.reads import hold_pair
from webapp.people import Person
from webapp.push import Message, tell
from webapp.staff import reporting_chains, staff_facts


def check_lines() -> None:
    """Stop the sharing of each pair in which one has come above the other, and tell both; inside a write transaction.

    Where a later list says that it is no longer so, the pair goes on by itself.
    """
    pairings = list(db.session.scalars(select(Pairing).where(Pairing.ended_at.is_(None)).order_by(Pairing.id)))
    people = {each for pairing in pairings for each in (pairing.mentor_id, pairing.mentee_id)}
    chains = reporting_chains(people)
    assessors = {person_id: facts.assessor for person_id, facts in staff_facts(people).items()}
    for pairing in pairings:
        _settle(pairing, is_in_line(pairing.mentor_id, pairing.mentee_id, chains, assessors))


def choose(person: Person, pairing: Pairing, stays: bool) -> None:
    """One of the two goes on, or `stays` in touch outside the programme. Inside a write transaction.

    Until the other one has chosen it can be changed. Two who go on share again as before; where one of them would
    rather stay in touch, that is what both have said yes to.
    """
    hold_pair(pairing)
    line = pairing.in_line
    if line is None or line.settled_at is not None:
        return
    goes_on_at, stays_at = (None, now()) if stays else (now(), None)
    if person.id == pairing.mentee_id:
        line.mentee_goes_on_at, line.mentee_stays_at = goes_on_at, stays_at
    else:
        line.mentor_goes_on_at, line.mentor_stays_at = goes_on_at, stays_at
    if line.mentee_goes_on_at and line.mentor_goes_on_at:
        line.settled_at = now()
        audit.record(None, "pairings.goes_on_in_line", "pairing", pairing.id)
        tell_both_phones(pairing)
    elif (line.mentee_goes_on_at or line.mentee_stays_at) and (line.mentor_goes_on_at or line.mentor_stays_at):
        line.settled_at = now()
        stay_friends(pairing)


def _settle(pairing: Pairing, stand_in_line: bool) -> None:
    if stand_in_line and pairing.in_line is None:
        pairing.in_line = InLine(pairing_id=pairing.id, since=now())
        audit.record(None, "pairings.came_in_line", "pairing", pairing.id)
        for person in (pairing.mentee, pairing.mentor):
            tell(person, Message("to_decide", f"line:{pairing.id}", f"/pair/{pairing.id}/line"))
        tell_both_phones(pairing)
    elif not stand_in_line and pairing.in_line is not None:
        pairing.in_line = None
        audit.record(None, "pairings.left_the_line", "pairing", pairing.id)
        tell_both_phones(pairing)
