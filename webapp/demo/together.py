"""What the pairs of the demonstration keep on their page: agreement, goals, the next day, staying in touch."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from webapp.database import db
from webapp.demo.timeline import Timeline
from webapp.ledger import Written
from webapp.pairings import NoFields, Pairing
from webapp.pairings.agreeing.actions import SignFields, sign_agreement
from webapp.pairings.goals.actions import add_step, practise, reach_goal, review_skill, set_goal, tick_step
from webapp.pairings.goals.fields import (
    GoalFields,
    GoalOnlyFields,
    ReachedFields,
    ReviewFields,
    StepFields,
    TickFields,
)
from webapp.pairings.page.actions import agree_on_next_contact, share_contact, write_shared_note
from webapp.pairings.page.fields import ContactCardFields, NextContactFields, SharedNoteFields
from webapp.pairings.partings.staying import StayFields, answer_stay, finish
from webapp.people import Person
from webapp.programmes import agreement_of

Do = Callable[[Person, Written, UUID, Any], None]


def begin_together(plan: dict[str, Any], pairing: Pairing, timeline: Timeline) -> None:
    """Both sign, and the mentee sets her goal."""
    version = agreement_of(pairing.programme).version
    for person in (pairing.mentee, pairing.mentor):
        write_together(timeline, person, "agreement", "sign", sign_agreement, pairing, SignFields(version=version))
    if "goal" in plan:
        plan["goal"]["ids"] = _aim(plan["goal"], pairing, timeline)


def keep_together(plan: dict[str, Any], pairing: Pairing, timeline: Timeline) -> None:
    """What became of the goal, and what the two keep by now."""
    if "goal" in plan:
        _reach(plan["goal"], pairing, timeline, *plan["goal"]["ids"])
    if "remember" in plan:
        words = SharedNoteFields(words=plan["remember"])
        write_together(timeline, pairing.mentor, "shared_note", "write", write_shared_note, pairing, words)
    if "next" in plan:
        on = (timeline.today + timedelta(days=3)).astimezone(ZoneInfo(pairing.mentee.zone)).date()
        said = NextContactFields(on=on, at=time(15), place=plan["next"])
        write_together(timeline, pairing.mentee, "next_contact", "set", agree_on_next_contact, pairing, said)
    if "stays" in plan:
        _stay_in_touch(plan["stays"], pairing, timeline)


def write_together(
    timeline: Timeline,
    author: Person,
    kind: str,
    action: str,
    do: Do,
    pairing: Pairing,
    fields: BaseModel,
    entity: UUID | None = None,
) -> UUID:
    """Do it as its author does, through the ledger; the id of what it is about."""
    written = timeline.write(author, kind, action, fields, entity)
    do(author, written, pairing.id, fields)
    db.session.flush()
    return written.entity


def _aim(goal: dict[str, Any], pairing: Pairing, timeline: Timeline) -> tuple[UUID, UUID]:
    """The ids of the goal and of its first step."""
    mentee, steps = pairing.mentee, []
    fields = GoalFields(kind=goal["kind"], words=goal["words"], before=goal["before"])
    aimed = write_together(timeline, mentee, "goal", "set", set_goal, pairing, fields)
    for words in goal["steps"]:
        timeline.go_to(timeline.later(minutes=2))
        said = StepFields(goal=aimed, words=words)
        steps.append(write_together(timeline, mentee, "goal_step", "add", add_step, pairing, said))
    return aimed, steps[0]


def _reach(goal: dict[str, Any], pairing: Pairing, timeline: Timeline, aimed: UUID, step: UUID) -> None:
    mentee, mentor = pairing.mentee, pairing.mentor
    done = TickFields(goal=aimed, done=True)
    write_together(timeline, mentee, "goal_step", "tick", tick_step, pairing, done, step)
    if "review" in goal:
        write_together(timeline, mentee, "goal", "practise", practise, pairing, GoalOnlyFields(goal=aimed), aimed)
        write_together(
            timeline, mentor, "goal", "review", review_skill, pairing, ReviewFields(words=goal["review"]), aimed
        )
    if "after" in goal:
        reached = ReachedFields(reached=True, after=goal["after"])
        write_together(timeline, mentee, "goal", "reach", reach_goal, pairing, reached, aimed)


def _stay_in_touch(cards: list[dict[str, str]], pairing: Pairing, timeline: Timeline) -> None:
    """They have finished, both say yes, and each says how and when they are reached."""
    write_together(timeline, pairing.mentee, "pair", "finish", finish, pairing, NoFields())
    for person, card in zip((pairing.mentee, pairing.mentor), cards, strict=True):
        write_together(timeline, person, "contact_card", "share", share_contact, pairing, ContactCardFields(**card))
        write_together(timeline, person, "stay", "answer", answer_stay, pairing, StayFields(stays=True))
