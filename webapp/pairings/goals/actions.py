"""Setting goals, taking steps, practising, reaching them, and the mentor's word on a skill."""

from __future__ import annotations

from uuid import UUID

from webapp import audit
from webapp.database import db
from webapp.ledger import Conflict, Gone, Refused, Written
from webapp.pairings.fields import NoFields
from webapp.pairings.goals.fields import (
    GoalFields,
    GoalOnlyFields,
    ReachedFields,
    ReviewFields,
    StepFields,
    TickFields,
)
from webapp.pairings.goals.models import Goal, GoalStep, Practice
from webapp.pairings.goals.reads import mentees_goal
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person


def set_goal(author: Person, written: Written, pairing_id: UUID, fields: GoalFields) -> None:
    """Set a goal or name a skill. Only the mentee does. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    if author.id != pairing.mentee_id or db.session.get(Goal, written.entity) is not None:
        raise Refused("not_allowed")
    goal = Goal(id=written.entity, pairing_id=pairing.id, set_at=written.at, head=written.op)
    goal.say(fields.kind, fields.words, fields.before)
    db.session.add(goal)
    audit.record(author.id, "pairings.set_goal", "goal", goal.id, kind=goal.kind)


def change_goal(author: Person, written: Written, pairing_id: UUID, fields: GoalFields) -> None:
    """Say it otherwise. Raises Refused, Conflict when another phone changed it since, or Gone once taken back."""
    goal = _standing(mentees_goal(author, pairing_id, written.entity))
    if written.parent != goal.head and goal.words != fields.words:
        raise Conflict
    goal.say(fields.kind, fields.words, fields.before)
    goal.changed_at, goal.head = written.at, written.op
    audit.record(author.id, "pairings.changed_goal", "goal", goal.id, kind=goal.kind)


def take_goal_back(author: Person, written: Written, pairing_id: UUID, _fields: NoFields) -> None:
    """It is wiped with its steps and its review, for both. A second time changes nothing. Raises Refused."""
    goal = mentees_goal(author, pairing_id, written.entity)
    if goal.taken_back_at is None:
        goal.wipe()
        goal.taken_back_at, goal.head = written.at, written.op
        audit.record(author.id, "pairings.took_goal_back", "goal", goal.id)


def add_step(author: Person, written: Written, pairing_id: UUID, fields: StepFields) -> None:
    """One more step on the way. Raises Refused, or Gone when the goal was taken back."""
    goal = _standing(mentees_goal(author, pairing_id, fields.goal))
    if db.session.get(GoalStep, written.entity) is not None:
        raise Refused("not_allowed")
    step = GoalStep(id=written.entity, added_at=written.at)
    step.write(fields.words)
    goal.steps.append(step)
    audit.record(author.id, "pairings.added_step", "goal", goal.id)


def tick_step(author: Person, written: Written, pairing_id: UUID, fields: TickFields) -> None:
    """The step is done, or it is not after all. Raises Refused."""
    _goal, step = _step(author, written, pairing_id, fields.goal)
    step.done_at = (step.done_at or written.at) if fields.done else None
    audit.record(author.id, "pairings.ticked_step", "goal", fields.goal, done=fields.done)


def take_step_back(author: Person, written: Written, pairing_id: UUID, fields: GoalOnlyFields) -> None:
    """The step goes for good. Raises Refused when there is none."""
    goal, step = _step(author, written, pairing_id, fields.goal)
    goal.steps.remove(step)
    audit.record(author.id, "pairings.took_step_back", "goal", fields.goal)


def practise(author: Person, written: Written, pairing_id: UUID, fields: GoalOnlyFields) -> None:
    """A skill was practised today; once a day counts. Raises Refused, or Gone."""
    goal = _standing(mentees_goal(author, pairing_id, fields.goal))
    if not goal.is_skill:
        raise Refused("not_allowed")
    if db.session.get(Practice, (goal.id, written.local_date)) is None:
        goal.practised.append(Practice(on=written.local_date))
        audit.record(author.id, "pairings.practised", "goal", goal.id)


def reach_goal(author: Person, written: Written, pairing_id: UUID, fields: ReachedFields) -> None:
    """It is reached, with how sure she feels now; or it is not after all. Raises Refused, or Gone."""
    goal = _standing(mentees_goal(author, pairing_id, written.entity))
    goal.reached_at = (goal.reached_at or written.at) if fields.reached else None
    goal.confidence_after = fields.after
    audit.record(author.id, "pairings.reached_goal", "goal", goal.id, reached=fields.reached)


def review_skill(author: Person, written: Written, pairing_id: UUID, fields: ReviewFields) -> None:
    """The mentor says what they saw of a skill, or takes that back. Raises Refused, Conflict or Gone."""
    pairing = open_pairing_of(author, pairing_id)
    goal = db.session.get(Goal, written.entity)
    if author.id != pairing.mentor_id or goal is None or goal.pairing_id != pairing_id or not goal.is_skill:
        raise Refused("not_found")
    _standing(goal)
    if written.parent != goal.review_head and goal.review not in ("", fields.words):
        raise Conflict
    goal.say_review(fields.words)
    goal.reviewed_at, goal.review_head = (written.at if fields.words else None), written.op
    audit.record(author.id, "pairings.reviewed_skill", "goal", goal.id)


def _standing(goal: Goal) -> Goal:
    if goal.taken_back_at is not None:
        raise Gone
    return goal


def _step(author: Person, written: Written, pairing_id: UUID, goal_id: UUID) -> tuple[Goal, GoalStep]:
    goal = mentees_goal(author, pairing_id, goal_id)
    step = next((each for each in goal.steps if each.id == written.entity), None)
    if step is None:
        raise Refused("not_found")
    return goal, step
