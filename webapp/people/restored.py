"""After a backup was brought back: a new epoch, nobody is signed in, no link opens, and what was revoked stays so."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from sqlalchemy import delete

from webapp import audit
from webapp.audit import Decision
from webapp.database import db
from webapp.people.models import Invitation, Person, PhoneCode, ResetLink, the_organisation
from webapp.people.presence import presence_changed
from webapp.people.sessions import end_sign_ins


def after_a_restore(decisions: Iterable[Decision]) -> int:
    """Do it inside one write transaction, before anybody is let in. Returns how many people the decisions changed."""
    organisation = the_organisation()
    if organisation is not None:
        organisation.epoch = uuid.uuid4()
    end_sign_ins(why="backup restored")
    for door in (Invitation, PhoneCode, ResetLink):
        db.session.execute(delete(door))
    last = {(decision.person, decision.what == audit.ROLES_CHANGED): decision for decision in decisions}
    changed = {decision.person for decision in last.values() if _hold(decision)}
    audit.record(None, "people.restored", decisions=len(changed))
    return len(changed)


def _hold(decision: Decision) -> bool:
    """Whether it changed anything: a person who came after the backup is not there."""
    person = db.session.get(Person, decision.person)
    if person is None:
        return False
    if decision.what == audit.ROLES_CHANGED:
        roles = frozenset(decision.more["roles"])
        changed = person.roles != roles
        person.give_roles(roles)
    else:
        closed = decision.what == audit.ACCOUNT_CLOSED
        changed = person.is_active == closed
        if changed:
            person.closed_at = decision.at if closed else None
            db.session.flush()
            presence_changed(person)
    return changed
