"""Asking the coordinator for a change: one tap, for her alone, and nobody's fault."""

from __future__ import annotations

from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db
from webapp.ledger import Refused, Written
from webapp.pairings.fields import NoFields
from webapp.pairings.models import Pairing
from webapp.pairings.partings.models import SwapRequest
from webapp.pairings.reads import open_pairing_of
from webapp.people import Person
from webapp.programmes import programmes_of
from webapp.push import Message, tell
from webapp.staff import hidden_from

_IS_OPEN = SwapRequest.over_at.is_(None)


def ask_for_swap(author: Person, written: Written, pairing_id: UUID, _fields: NoFields) -> None:
    """Ask; who asked already has asked. Her coordinators are told that there is something to decide. Raises Refused."""
    pairing = open_pairing_of(author, pairing_id)
    if pairing.ended_at is not None:
        raise Refused("pairing_ended")
    if own_swap_request(pairing, author) is not None:
        return
    request = SwapRequest(id=written.entity, pairing=pairing, asked_by=author, asked_at=written.at)
    db.session.add(request)
    audit.record(author.id, "pairings.asked_for_swap", "pairing", pairing.id)
    for row in pairing.programme.coordinators:
        if _may_see(row.person, request):
            tell(row.person, Message("to_decide", f"swap:{request.id}", "/programme/feedback"))


def take_swap_back(author: Person, written: Written, pairing_id: UUID, _fields: NoFields) -> None:
    """The author wants no change after all. Without a request nothing changes."""
    pairing = open_pairing_of(author, pairing_id)
    request = own_swap_request(pairing, author)
    if request is not None:
        _close(request, author)


def settle_swap(coordinator: Person, request: SwapRequest) -> None:
    """The coordinator has done what was to do. Once is enough; inside a write transaction."""
    if request.over_at is None:
        _close(request, coordinator)


def settle_swaps_of(pairing: Pairing, by: Person | None) -> None:
    """The pair ended: nothing is left to do."""
    for request in db.session.scalars(select(SwapRequest).where(SwapRequest.pairing_id == pairing.id, _IS_OPEN)):
        _close(request, by)


def own_swap_request(pairing: Pairing, person: Person) -> SwapRequest | None:
    """This person's own open request."""
    own = select(SwapRequest).where(SwapRequest.pairing_id == pairing.id, SwapRequest.asked_by_id == person.id)
    return db.session.scalars(own.where(_IS_OPEN)).one_or_none()


def open_swaps(coordinator: Person) -> list[SwapRequest]:
    """What people of her programmes and sites ask, oldest first; never about a pair of her own or her reports."""
    mine = [each.id for each in programmes_of(coordinator)]
    wanted = select(SwapRequest).join(SwapRequest.pairing).where(_IS_OPEN, Pairing.programme_id.in_(mine))
    requests = db.session.scalars(wanted.order_by(SwapRequest.asked_at))
    return [each for each in requests if _may_see(coordinator, each)]


def swap_to_settle_or_404(coordinator: Person, request_id: UUID) -> SwapRequest:
    """A request that is this coordinator's to act on."""
    request = db.session.get(SwapRequest, request_id)
    if request is None or not _may_see(coordinator, request):
        abort(404)
    return request


def _may_see(coordinator: Person, request: SwapRequest) -> bool:
    pairing = request.pairing
    if pairing.includes(coordinator) or not pairing.programme.covers(coordinator, pairing.mentee):
        return False
    return hidden_from(coordinator).isdisjoint((pairing.mentee_id, pairing.mentor_id))


def _close(request: SwapRequest, by: Person | None) -> None:
    request.over_at, request.over_by_id = now(), by.id if by else None
    audit.record(by.id if by else None, "pairings.swap_over", "pairing", request.pairing_id)
