"""The second step: setting it up, checking a code once, remembering a device, turning it off.

Everything that writes does so inside a write transaction of its caller.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select, update

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.mail import post_later
from webapp.people import totp
from webapp.people.codes import fresh_letters, hash_of_code, is_code
from webapp.people.letters import letter_to
from webapp.people.models import OWN, Device, Organisation, Person, PersonRole, RecoveryCode, SecondFactor
from webapp.people.rules import spaced, tidy_code
from webapp.people.sessions import this_browser

CODES = 10
REMEMBERED_FOR = timedelta(days=180)
ASKED_OF = frozenset({"coordinator", "administrator"})
ASKED_AGAIN_AFTER = timedelta(days=14)
GRACE = timedelta(days=14)


def is_on(person: Person) -> bool:
    """Whether this person is asked for a second step."""
    return confirmed_since(person) is not None


def confirmed_since(person: Person) -> datetime | None:
    row = db.session.get(SecondFactor, person.id)
    return row.confirmed_at if row else None


def is_wanted_of(person: Person) -> bool:
    """Whether to ask this person to set it up: they see other people's accounts, and said "not now" a while ago."""
    if not person.roles & ASKED_OF or is_on(person):
        return False
    later = person.second_step_later_at
    return later is None or now() - later >= ASKED_AGAIN_AFTER


def required_from() -> datetime | None:
    """When it is required of coordinators and administrators; None where it is not."""
    organisation = db.session.get(Organisation, 1)
    return organisation.second_step_required_from if organisation else None


def is_missing(person: Person) -> bool:
    """Whether the pages of this person's roles stay shut until it is set up."""
    since = required_from()
    return since is not None and now() >= since and bool(person.roles & ASKED_OF) and not is_on(person)


def held_at_the_desk() -> list[tuple[Person, datetime | None]]:
    """Coordinators and administrators by name, each with the moment since when they have one."""
    theirs = (
        select(Person, SecondFactor.confirmed_at)
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .where(Person.role_rows.any(PersonRole.role.in_(ASKED_OF)), Person.closed_at.is_(None))
        .order_by(Person.name)
    )
    return [(person, since) for person, since in db.session.execute(theirs)]


def require(by: Person, required: bool) -> None:
    """Require it from in 14 days, so that nobody is shut out today; or only ask for it."""
    organisation = db.session.get_one(Organisation, 1)
    if required != (organisation.second_step_required_from is not None):
        organisation.second_step_required_from = now() + GRACE if required else None
        audit.record(by.id, "people.second_step_required" if required else "people.second_step_asked_for")


def begin(person: Person) -> str:
    """A new secret, which counts for nothing until `confirm`. What is on already stays: returns "" then."""
    row = db.session.get(SecondFactor, person.id)
    if row is not None and row.confirmed_at is not None:
        return ""
    row = row or SecondFactor(person_id=person.id)
    secret = totp.fresh_secret()
    row.keep(secret)
    row.made_at = now()
    db.session.add(row)
    return secret


def begun_secret(person: Person) -> str | None:
    """The secret that waits to be confirmed."""
    row = db.session.get(SecondFactor, person.id)
    return row.secret if row is not None and row.confirmed_at is None else None


def confirm(person: Person, typed: str) -> list[str] | None:
    """Turn it on when the app shows the right code; the recovery codes, to show this once. None when it is wrong."""
    row = db.session.get(SecondFactor, person.id)
    step = totp.fitting_step(row.secret, typed, now()) if row is not None and row.confirmed_at is None else None
    if row is None or step is None:
        return None
    row.confirmed_at, row.last_step = now(), step
    audit.record(person.id, "people.second_step_on", "person", person.id)
    return new_recovery_codes(person)


def new_recovery_codes(person: Person) -> list[str]:
    """Ten new ones; the old ones open nothing any more."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [fresh_letters() for _ in range(CODES)]
    db.session.add_all(RecoveryCode(person_id=person.id, code_hash=hash_of_code(code, person.id)) for code in codes)
    audit.record(person.id, "people.recovery_codes_made", "person", person.id)
    return [spaced(code) for code in codes]


def recovery_codes_left(person: Person) -> int:
    unused = select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(unused) or 0


def use_code(person: Person, typed: str) -> bool:
    """Whether this is the app's code, or a recovery code; each is good once, however many try it together."""
    row = db.session.get(SecondFactor, person.id)
    if row is None or row.confirmed_at is None:
        return False
    step = totp.fitting_step(row.secret, typed, now())
    if step is None:
        return _use_recovery_code(person, typed)
    unused = or_(SecondFactor.last_step.is_(None), SecondFactor.last_step < step)
    taking = update(SecondFactor).where(SecondFactor.person_id == person.id, unused).values(last_step=step)
    return db.session.scalar(taking.returning(SecondFactor.person_id)) is not None


def turn_off(by: Person | None, person: Person) -> bool:
    """No second step from now on; the person is told by mail. False when there was none. `by` None: the command."""
    gone = delete(SecondFactor).where(SecondFactor.person_id == person.id).returning(SecondFactor.person_id)
    if db.session.scalar(gone) is None:
        return False
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    forget_devices(person.id)
    audit.record(by.id if by else None, "people.second_step_off", "person", person.id)
    letter = letter_to(person, "second_step_off")
    if letter is not None:
        post_later(letter)
    return True


def is_needed_here(person: Person, kind: str) -> bool:
    """Whether a sign-in on this browser must show a code: one's own phone, once it has, is remembered."""
    since = confirmed_since(person)
    if since is None:
        return False
    if kind != OWN:
        return True
    here = select(Device.second_step_at).where(
        Device.browser == this_browser(), Device.person_id == person.id, Device.kind == OWN
    )
    passed = db.session.scalar(here)
    return passed is None or passed < since or now() - passed >= REMEMBERED_FOR


def remember_device(device: Device) -> None:
    """The code was shown here; a shared device is asked each time."""
    device.second_step_at = now() if device.kind == OWN else None


def forget_devices(person_id: UUID, but: UUID | None = None) -> None:
    """Ask again on every device of this person, but one."""
    theirs = update(Device).where(Device.person_id == person_id)
    if but is not None:
        theirs = theirs.where(Device.id != but)
    db.session.execute(theirs.values(second_step_at=None))


def _use_recovery_code(person: Person, typed: str) -> bool:
    if len(tidy_code(typed)) < 12:
        return False
    unused = select(RecoveryCode).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
    fitting = next((row.id for row in db.session.scalars(unused) if is_code(typed, row.code_hash, person.id)), None)
    if fitting is None:
        return False
    taking = update(RecoveryCode).where(RecoveryCode.id == fitting, RecoveryCode.used_at.is_(None))
    used = db.session.scalar(taking.values(used_at=now()).returning(RecoveryCode.id)) is not None
    if used:
        audit.record(person.id, "people.recovery_code_used", "person", person.id)
    return used
