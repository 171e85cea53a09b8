"""What a coordinator may do now: short, each with the page where it is done, and gone once it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.feedback import to_act_on
from webapp.insight.reads import today_here
from webapp.matching import offers
from webapp.pairings import Pairing, facts_of_programmes, open_swaps
from webapp.people import Person, without_invitation
from webapp.programmes import Programme, contacts_missing, enrolled_in, plan_of, requests_for
from webapp.safety import all_contacts

PLANNED_AHEAD = timedelta(days=7)
LET_GO_AFTER = timedelta(weeks=4)
BY_NAME = 5  # lines of one kind; of more people one line says how many


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `kind` says what, `name` about whom, `target` is the id of its page's thing."""

    kind: str
    name: str = ""
    target: UUID | None = None
    due_on: date | None = None
    code: str = ""


def tasks_of(programme: Programme, coordinator: Person) -> list[Task]:
    """In this order: safety, people who asked, pairs, mentees who wait, people who cannot join, the plan."""
    if programme.state == "ended":
        return []
    running = [each for ask in (_asks, _requests, _pairs, _mentors_found) for each in ask(programme, coordinator)]
    return [
        *_contacts(programme),
        *(running if programme.is_running else []),
        *_not_invited(programme, coordinator),
        *_planned(programme),
    ]


def _contacts(programme: Programme) -> list[Task]:
    missing = [
        Task("contact_missing", code=kind) for kind in dict.fromkeys(c.kind for c in contacts_missing(programme))
    ]
    old = [each for each in all_contacts() if each.wants_confirming(today_here())]
    return [*missing, *(Task("contact_old", each.label, each.id) for each in old)]


def _asks(programme: Programme, coordinator: Person) -> list[Task]:
    wishes = [each for each in to_act_on(coordinator) if each.pairing and each.pairing.programme_id == programme.id]
    swaps = [each for each in open_swaps(coordinator) if each.pairing.programme_id == programme.id]
    return [
        *(Task("swap", each.asked_by.name, each.id) for each in swaps),
        *(Task("ask", each.author.name, each.id) for each in wishes),
    ]


def _requests(programme: Programme, coordinator: Person) -> list[Task]:
    waiting = requests_for(programme, coordinator)
    return [Task("request", waiting[0].name, code=str(len(waiting)))] if waiting else []


def _pairs(programme: Programme, coordinator: Person) -> list[Task]:
    asking = [each for each in facts_of_programmes([programme], coordinator) if each.needs_her]
    return [
        Task("pair", f"{each.mentee} · {each.mentor}", each.id, code=each.stage)
        for each in sorted(asking, key=lambda each: each.mentee)
    ]


def _mentors_found(programme: Programme, coordinator: Person) -> list[Task]:
    """Pairs to confirm, offers that wait for their people, and mentees whom nobody is asked about."""
    standing = offers.standing_of(programme, coordinator)
    counted = (("to_confirm", len(standing.to_confirm)), ("offers_wait", len(standing.waiting)))
    return [
        *(Task(kind, code=str(count)) for kind, count in counted if count),
        *_without_mentor(programme, coordinator, standing),
    ]


def _without_mentor(programme: Programme, coordinator: Person, standing: offers.Standing) -> list[Task]:
    pairs = select(Pairing.mentee_id).where(Pairing.programme_id == programme.id, Pairing.ended_at.is_(None))
    looked_after = standing.looked_after.union(db.session.scalars(pairs))
    people = enrolled_in(programme, coordinator)
    alone = [each for each in people if each.role == "mentee" and each.person_id not in looked_after]
    again = {each.mentee_id for each in standing.to_do}
    anew = [Task("offer_again", each.person.name, each.person_id) for each in alone if each.person_id in again]
    never = [Task("no_mentor", each.person.name, each.person_id) for each in alone if each.person_id not in again]
    return [*anew, *_few_or_how_many(never)]


def _not_invited(programme: Programme, coordinator: Person) -> list[Task]:
    people = {each.person_id: each.person for each in enrolled_in(programme, coordinator)}
    return _few_or_how_many([Task("not_invited", each.name, each.id) for each in without_invitation(people.values())])


def _few_or_how_many(tasks: list[Task]) -> list[Task]:
    """Many of a kind are done together, on a page that does them together."""
    return tasks if len(tasks) <= BY_NAME else [Task(f"many_{tasks[0].kind}", code=str(len(tasks)))]


def _planned(programme: Programme) -> list[Task]:
    """Steps of the next days and the last weeks: what nobody ticked for longer is on the plan alone."""
    first, soon = today_here() - LET_GO_AFTER, today_here() + PLANNED_AHEAD
    steps = [each for each in plan_of(programme) if not each.is_done]
    return [
        Task("plan", due_on=each.due_on, code=each.code)
        for each in steps
        if each.due_on and first <= each.due_on <= soon
    ]
