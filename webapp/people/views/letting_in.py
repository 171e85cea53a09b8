"""Letting somebody in who gave a password: counted, checked in the same time for everybody, then signed in."""

from __future__ import annotations

from webapp.database import db, writing
from webapp.people import passwords, second_factor, throttle
from webapp.people.devices import knows_this_browser, name_of_this_device
from webapp.people.forms import NewPasswordForm
from webapp.people.half_way import CodeNeeded, HalfWay, sign_in_or_ask
from webapp.people.kept import open_kept
from webapp.people.models import Person
from webapp.people.sessions import current_sign_in, sign_in_here, this_browser


class SomebodyElses(Exception):
    """The words kept in the page are another person's."""


def let_in(identifier: str, password: str, kind: str, kept: str = "") -> Person | None:
    """Sign in whoever this is, or None. Raises `TooManyTries`, `SomebodyElses`, and `CodeNeeded`."""
    person = Person.by_identifier(identifier)
    known_browser = str(this_browser()) if knows_this_browser(person) else ""
    counted = throttle.count_a_try("sign-in", identifier.strip().casefold(), known_browser)
    person = Person.by_identifier(identifier)
    if not passwords.is_password_of(person, password) or person is None:
        return None
    if kept and open_kept(kept, person) is None:
        raise SomebodyElses
    newer = passwords.newer_hash(person, password)
    device = name_of_this_device()
    with writing():
        throttle.forgive(counted)
        person = db.session.get_one(Person, person.id)
        person.password_hash = newer or person.password_hash
        ticket = sign_in_or_ask(person, kind, device)
    if ticket:
        raise CodeNeeded(ticket)
    return person


def let_in_with_code(waiting: HalfWay, typed: str) -> Person | None:
    """Sign in whoever gave the password and now shows a code, or None. Raises `TooManyTries`."""
    person_id, device = waiting.person.id, name_of_this_device()
    counted = count_a_code(waiting.person)
    with writing():
        person = db.session.get_one(Person, person_id)
        right = person.is_active and second_factor.use_code(person, typed)
        if right:
            throttle.forgive(counted)
            second_factor.remember_device(sign_in_here(person, waiting.kind, device).device)
    return person if right else None


def count_a_code(person: Person) -> throttle.Try:
    """Twenty wrong codes a day: whoever knows the password guesses one in 16,000 so. Raises `TooManyTries`."""
    known_browser = str(this_browser()) if knows_this_browser(person) else ""
    return throttle.count_a_try("second-step", str(person.id), known_browser, throttle.CODES_A_DAY)


def is_second_tap(identifier: str, form: NewPasswordForm) -> bool:
    """Whether the button that chose a password was tapped twice: the first tap did it, the password proves it.

    Whoever it is stands signed in afterwards.
    """
    if current_sign_in() is not None:
        return True
    try:
        by_password = bool(identifier) and form.validate()
        return by_password and let_in(identifier, form.password.data, form.kind.data) is not None
    except throttle.TooManyTries:
        return False
