"""What Mary and Ana keep on the page of their pair, for the tables of who may do what."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.ledger import Written
from webapp.pairings import NoFields
from webapp.pairings.goals.actions import add_step, review_skill, set_goal
from webapp.pairings.goals.fields import GoalFields, ReviewFields, StepFields
from webapp.pairings.introductions.actions import be_open, introduce
from webapp.pairings.introductions.fields import IntroduceFields, OpenFields
from webapp.pairings.page.actions import agree_on_next_contact, share_contact, write_shared_note
from webapp.pairings.page.fields import ContactCardFields, NextContactFields, SharedNoteFields
from webapp.pairings.partings.swapping import ask_for_swap
from webapp.people import Person


def write_what_they_share(things: dict[str, str]) -> dict[str, str]:
    """Say most of it as Mary; the ids of what can be changed, by name."""
    pair = UUID(things["Mary's pair"])
    with writing():
        mary = db.session.get_one(Person, UUID(things["Mary"]))
        remembered = _written()
        write_shared_note(mary, remembered, pair, SharedNoteFields(words="vermilion"))
        agree_on_next_contact(mary, _written(), pair, NextContactFields(on=date(2099, 3, 12), place="lilac"))
        share_contact(mary, _written(), pair, ContactCardFields(reach="teal4711"))
        goal, step = _written(), _written()
        set_goal(mary, goal, pair, GoalFields(kind="practical", words="cerise"))
        db.session.flush()
        add_step(mary, step, pair, StepFields(goal=goal.entity, words="Ask Tom."))
        ana = db.session.get_one(Person, UUID(things["Ana"]))
        wish = _written()
        ask_for_swap(ana, wish, pair, NoFields())
        omar = db.session.scalars(db.select(Person).where(Person.name == "Omar Aziz")).one()
        be_open(omar, OpenFields(about="mahogany", minutes=10))
        db.session.flush()
        asked = _written()
        introduce(ana, asked, pair, IntroduceFields(person=omar.id, why="celadon"))
        review_skill(ana, _written(goal.entity), pair, ReviewFields(words="sienna"))
    return {
        "what Mary remembers": str(remembered.entity),
        "skill of Mary": str(goal.entity),
        "step of Mary": str(step.entity),
        "wish of Ana": str(wish.entity),
        "an introduction to Omar": str(asked.entity),
    }


def _written(entity: UUID | None = None) -> Written:
    return Written(entity=entity or uuid7(), op=uuid7(), at=now(), zone="Europe/London")
