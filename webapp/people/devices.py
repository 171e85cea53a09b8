"""Where a person is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask import abort, request
from sqlalchemy import delete, or_, select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.people.models import OWN, SHARED, Device, Person, SignIn
from webapp.people.rules import browser_name, looks_like_a_phone
from webapp.people.second_factor import forget_devices
from webapp.people.sessions import SHARED_IDLE, end_sign_ins, this_browser

KEPT_AFTER_THE_END = timedelta(days=90)  # so long a browser left open may bring words typed under it


def signed_in_devices(person: Person) -> Sequence[SignIn]:
    """The sign-ins of this person that are open now, the one used last first. Each has its `device`."""
    rows = db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person.id, SignIn.revoked_at.is_(None), SignIn.expires_at > now())
        .order_by(SignIn.last_human_at.desc())
    )
    return [row for row in rows if not row.is_over(now(), SHARED_IDLE if row.shared else None)]


def sign_in_or_404(person: Person, sign_in_id: UUID) -> SignIn:
    """One of this person's own open sign-ins."""
    return next((row for row in signed_in_devices(person) if row.id == sign_in_id), None) or abort(404)


def sign_out_device(person: Person, sign_in: SignIn) -> None:
    """End one sign-in from another, inside a write transaction."""
    end_sign_ins(SignIn.id == sign_in.id, why="signed out from another device")
    sign_in.device.second_step_at = None
    audit.record(person.id, "people.device_signed_out", "device", sign_in.device_id)


def sign_out_everywhere_else(person: Person, here: SignIn) -> int:
    """End every sign-in of this person but the one here, inside a write transaction. Returns how many."""
    ended = end_sign_ins(SignIn.person_id == person.id, SignIn.id != here.id, why="signed out everywhere else")
    forget_devices(person.id, but=here.device_id)
    audit.record(person.id, "people.signed_out_everywhere_else", "person", person.id, ended=ended)
    return ended


def forget_old_sign_ins(at: datetime) -> int:
    """Delete the rows of sign-ins that ended 90 days ago, inside a write transaction. Returns how many."""
    long_ago = at - KEPT_AFTER_THE_END
    ended = or_(SignIn.revoked_at <= long_ago, SignIn.expires_at <= long_ago)
    return len(db.session.execute(delete(SignIn).where(ended).returning(SignIn.id)).all())


def name_of_this_device() -> str:
    """What the devices page will call this browser."""
    return browser_name(request.user_agent.string)


def likely_kind() -> str:
    """ "own" or "shared": as this browser was used last, else own on a phone and shared elsewhere."""
    browser = this_browser()
    if browser is not None:
        used = select(Device.kind).join(SignIn).where(Device.browser == browser).order_by(SignIn.created_at.desc())
        if last := db.session.scalar(used.limit(1)):
            return last
    is_phone = looks_like_a_phone(request.user_agent.string, request.headers.get("Sec-CH-UA-Mobile"))
    return OWN if is_phone else SHARED


def knows_this_browser(person: Person | None) -> bool:
    """Whether this person signed in here before."""
    browser = this_browser()
    if person is None or browser is None:
        return False
    here = select(Device.id).where(Device.browser == browser, Device.person_id == person.id)
    return db.session.scalar(here) is not None


def last_person_here() -> UUID | None:
    """Who signed in last in this browser."""
    browser = this_browser()
    if browser is None:
        return None
    used = select(SignIn.person_id).join(Device, SignIn.device_id == Device.id).where(Device.browser == browser)
    return db.session.scalar(used.order_by(SignIn.created_at.desc()).limit(1))
