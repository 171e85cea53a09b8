"""Making a pair by hand and ending one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app
from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.pairings.actions.contacts import tell_both_phones
from webapp.pairings.apart.reads import are_kept_apart
from webapp.pairings.models import Pairing
from webapp.pairings.partings.swapping import settle_swaps_of
from webapp.people import Person
from webapp.programmes import Programme, enrol

Listener = Callable[[Pairing], None]
Ask = Callable[[Person, Programme, Person, Person, str], None]  # by whom, where, mentee, mentor, why
PLACE, ASKING = "pairings_ended", "pairings_ask_both"


class CannotPair(Exception):
    """The two cannot be paired, or not be asked.

    `reason` is "same_person", "has_mentor", "not_mentee", "not_mentor", "left", "not_running" (the programme) or
    "not_available" (the two are kept apart, or one of them said no: which of these is not told); who is asked first
    may also stand in "in_line" with the other, or there is "has_offer" already, or "no_room".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def make_pair(by: Person, programme: Programme, mentee: Person, mentor: Person, why: str) -> Pairing:
    """Pair two people in a programme that runs: active at once when both have joined, else when they have.

    Both take part in the programme from now on, if they did not before. Raises CannotPair.
    """
    _check(programme, mentee, mentor)
    pairing = Pairing(
        id=uuid7(), programme=programme, mentee=mentee, mentor=mentor, made_by_id=by.id, made_at=now(), why=why
    )
    db.session.add(pairing)
    db.session.flush()
    enrol(by, programme, mentee, "mentee")
    enrol(by, programme, mentor, "mentor")
    audit.record(by.id, "pairings.made", "pairing", pairing.id, programme=str(programme.id))
    tell_both_phones(pairing)
    return pairing


def ask_both(by: Person, programme: Programme, mentee: Person, mentor: Person, why: str) -> None:
    """Have both asked before they are a pair. Raises CannotPair."""
    ask: Ask = current_app.extensions[ASKING]
    ask(by, programme, mentee, mentor, why)


def ask_both_by(app: Flask, ask: Ask) -> None:
    """How both are asked: a room above this one knows."""
    app.extensions[ASKING] = ask


def end_pair(by: Person | None, pairing: Pairing, for_change: bool = False) -> None:
    """End a pairing for both, or their staying in touch after it. What they wrote stays theirs to read; nothing new can
    be sent. Once is enough.

    `for_change`: somebody changes, which both are told in the same kind words. Nobody did it when `by` is None.
    """
    if pairing.over_since is not None:
        return
    actor = by.id if by else None
    if pairing.is_friends:
        pairing.friends_until = now()
    else:
        pairing.ended_at, pairing.ended_by_id, pairing.ended_for_change = now(), actor, for_change
    pairing.talk_wanted_since = pairing.talk_wanted_checkin = None
    audit.record(actor, "pairings.ended", "pairing", pairing.id)
    settle_swaps_of(pairing, by)
    tell_both_phones(pairing)
    listeners: tuple[Listener, ...] = current_app.extensions.get(PLACE, ())
    for listener in listeners:
        listener(pairing)


def tell_of_ends(app: Flask, *listeners: Listener) -> None:
    """Have these called when a pairing ends, in the same transaction: rooms above lent it something to read."""
    app.extensions[PLACE] = listeners


def has_mentor(programme: Programme, mentee: Person) -> bool:
    """Whether the mentee has a mentor in this programme, joined or not."""
    theirs = select(Pairing.id).where(
        Pairing.programme_id == programme.id, Pairing.mentee_id == mentee.id, Pairing.ended_at.is_(None)
    )
    return db.session.scalar(theirs.limit(1)) is not None


def _check(programme: Programme, mentee: Person, mentor: Person) -> None:
    if not programme.is_running:
        raise CannotPair("not_running")
    if mentee.id == mentor.id:
        raise CannotPair("same_person")
    if not mentee.is_active or not mentor.is_active:
        raise CannotPair("left")
    if "mentee" not in mentee.roles:
        raise CannotPair("not_mentee")
    if "mentor" not in mentor.roles:
        raise CannotPair("not_mentor")
    if has_mentor(programme, mentee):
        raise CannotPair("has_mentor")
    if are_kept_apart(mentee.id, mentor.id):
        raise CannotPair("not_available")
