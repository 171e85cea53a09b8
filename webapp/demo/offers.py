"""What is asked now in the invented hospital: an offer that a mentor said yes to, and one mentee's own question."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from webapp.database import db, uuid7
from webapp.demo.cast import Cast
from webapp.demo.timeline import Timeline
from webapp.matching.offers import OfferWanted, make_offers, open_directory
from webapp.matching.offers.actions.answering import accept
from webapp.matching.offers.actions.asking import ask_mentor
from webapp.matching.offers.choosing import mentors_for
from webapp.people import Person

OFFERED, ASKS = "Aisha Bello", "Ebony Clarke"
LINE = "I start on the ward in ten days. May I learn from you?"


def ask_around(cast: Cast, timeline: Timeline) -> None:
    """Open the directory, offer Aisha the mentor who fits her best, and have Ebony ask one herself."""
    timeline.go_to(timeline.today - timedelta(days=2))
    programme, coordinator = cast.programme, cast.coordinator
    open_directory(coordinator, programme, unconfirmed=False)
    offered, asks = (db.session.scalars(select(Person).where(Person.name == name)).one() for name in (OFFERED, ASKS))
    best = mentors_for(programme, offered.id)[0]
    wanted = OfferWanted(offered.id, best.mentor_id, reasons=best.explanation)
    offer = make_offers(programme, [wanted], coordinator).made[0]
    timeline.go_to(timeline.later(hours=9))
    accept(offer.mentor, offer)
    mentor = db.session.get_one(Person, mentors_for(programme, asks.id)[0].mentor_id)
    ask_mentor(asks, programme, mentor, LINE, uuid7())
