"""What is offered to Charlie and what he asks mentors himself, for the tables of who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from webapp.database import db, uuid7, writing
from webapp.matching.offers import OfferWanted, make_offers, open_directory
from webapp.matching.offers.actions.answering import decline, say_why
from webapp.matching.offers.actions.asking import ask_mentor
from webapp.matching.offers.actions.closing import close
from webapp.matching.offers.actions.requests import accept_request
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.profiles.actions import say
from webapp.profiles.fields import Interests
from webapp.programmes import Programme, enrol


def offer_and_ask(things: Mapping[str, str], ids: Mapping[str, UUID]) -> dict[str, str]:
    """In Carol's programme Ana said no and why, and Omar is asked; in Cleo's Charlie asks both himself."""
    with writing():
        offers = _offer(UUID(things["her programme"]), ids)
    with writing():
        requests = _ask(UUID(things["another programme"]), ids)
    return offers | requests


def _offer(programme_id: UUID, ids: Mapping[str, UUID]) -> dict[str, str]:
    programme = db.session.get_one(Programme, programme_id)
    carol, ana, omar = (_person(ids, name) for name in ("coordinator", "her mentor", "another mentor"))
    enrol(carol, programme, omar, "mentor", capacity=2)
    said_no = make_offers(programme, [OfferWanted(ids["stranger"], ana.id, why="They fit.")], carol).made[0]
    decline(ana, said_no)
    say_why(ana, said_no, "burgundy")
    close(said_no, "declined", None)
    db.session.flush()
    asked = make_offers(programme, [OfferWanted(ids["stranger"], omar.id, why="periwinkle")], carol).made[0]
    return {"an offer Ana said no to": str(said_no.id), "an offer to Omar": str(asked.id)}


def _ask(programme_id: UUID, ids: Mapping[str, UUID]) -> dict[str, str]:
    programme = db.session.get_one(Programme, programme_id)
    cleo, ana, omar = (_person(ids, name) for name in ("another coordinator", "her mentor", "another mentor"))
    charlie = _person(ids, "stranger")
    uma = db.session.scalars(select(Pairing).where(Pairing.programme_id == programme_id)).one().mentor
    enrol(cleo, programme, charlie, "mentee")
    say(charlie, Interests(words=("running",)))
    for mentor in (ana, omar):
        enrol(cleo, programme, mentor, "mentor")
    part = enrol(cleo, programme, uma, "mentor", capacity=2)
    open_directory(cleo, programme, unconfirmed=False)
    db.session.flush()
    to_omar = ask_mentor(charlie, programme, omar, "amaranth", uuid7())
    to_ana = ask_mentor(charlie, programme, ana, "May I learn from you?", uuid7())
    accept_request(ana, to_ana)
    return {
        "Charlie's question to Omar": str(to_omar.id),
        "what Ana said yes to": str(to_ana.id),
        "Uma's part": str(part.id),
    }


def _person(ids: Mapping[str, UUID], name: str) -> Person:
    return db.session.get_one(Person, ids[name])
