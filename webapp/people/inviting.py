"""Inviting many people by e-mail, as a job: in portions, and each person once, whatever happens to a worker."""

from __future__ import annotations

from uuid import UUID

from flask_babel import lazy_gettext as _
from pydantic import BaseModel
from sqlalchemy import select

from webapp.database import db, writing
from webapp.jobs import CANCELLED, Job, Run, Words
from webapp.people.directory import may_see
from webapp.people.invitations import renew_invitation
from webapp.people.models import Invitation, Person

INVITE = "invite"
PORTION = 25
INVITE_WORDS = Words(
    _("Sending invitations"),
    lambda _job: "/people/invitations?state=invited",
    {"inviting": _("Writing the invitations.")},
    ended={CANCELLED: _("It was stopped. Who was invited before stays invited.")},
)


class InviteArguments(BaseModel):
    """Whom to invite."""

    people: list[UUID]


def invite_many(run: Run, arguments: InviteArguments) -> None:
    """The job. Who has joined meanwhile, has no e-mail or may not be invited by whoever asked is left out."""
    since = db.session.get_one(Job, run.job_id).asked_at
    invited = 0
    for at in range(0, len(arguments.people), PORTION):
        run.say("inviting", at, len(arguments.people))
        with writing(wait=30):
            by = db.session.get(Person, run.asked_by) if run.asked_by else None
            some = select(Person).where(Person.id.in_(arguments.people[at : at + PORTION]), Person.email.is_not(None))
            already = select(Invitation.person_id).where(Invitation.made_at >= since)
            waiting = some.where(Person.joined_at.is_(None), Person.closed_at.is_(None), Person.id.not_in(already))
            for person in db.session.scalars(waiting.order_by(Person.id)).all():
                if by is not None and may_see(by, person):
                    renew_invitation(by, person)
                    invited += 1
    with run.finishing(invited=invited):
        run.say("inviting", len(arguments.people), len(arguments.people))
