"""A mentee's own question to a mentor, for the two: what was asked, yes, not now, taking it back."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from webapp.database import writing
from webapp.matching.offers.actions.asking import withdraw_request
from webapp.matching.offers.actions.requests import accept_request, not_now
from webapp.matching.offers.models import MentorRequest
from webapp.matching.offers.reads.requests import own_request_or_404
from webapp.matching.offers.rules import PAIRED
from webapp.matching.offers.views.room import one_button_or_400, room
from webapp.people import current_person

TODAY = "/"


@room.get("/requests/<uuid:request_id>")
def asked(request_id: UUID) -> str:
    """What was asked, and what became of it."""
    return render_template("offers/request.html", request=own_request_or_404(current_person(), request_id))


@room.post("/requests/<uuid:request_id>/accept")
def say_yes_to_request(request_id: UUID) -> ResponseReturnValue:
    """The mentor's yes."""
    _to_me_or_404(request_id)
    one_button_or_400()
    try:
        ended = _accept(request_id)
    except IntegrityError:  # she got a mentor at the same moment; now it is there to be seen
        ended = _accept(request_id)
    if ended == PAIRED:
        flash(_("You two are a pair now."))
    elif ended:
        flash(_("This is not possible any more. You do not have to do anything."))
    else:
        flash(_("You said yes. A coordinator confirms it, then you two are a pair."))
    return redirect(TODAY, 303)


@room.post("/requests/<uuid:request_id>/not-now")
def say_not_now(request_id: UUID) -> ResponseReturnValue:
    """The mentor's not now."""
    _to_me_or_404(request_id)
    one_button_or_400()
    with writing():
        not_now(current_person(), _to_me_or_404(request_id))
    flash(_("That is all right. We tell them kindly that there is no room just now."))
    return redirect(TODAY, 303)


@room.post("/requests/<uuid:request_id>/take-back")
def stop_asking(request_id: UUID) -> ResponseReturnValue:
    """The mentee asks no more."""
    _by_me_or_404(request_id)
    one_button_or_400()
    with writing():
        withdraw_request(current_person(), _by_me_or_404(request_id))
    flash(_("Taken back. You can ask somebody else."))
    return redirect(TODAY, 303)


def _accept(request_id: UUID) -> str | None:
    with writing():
        request = _to_me_or_404(request_id)
        accept_request(current_person(), request)
        return request.closed_how


def _to_me_or_404(request_id: UUID) -> MentorRequest:
    request = own_request_or_404(current_person(), request_id)
    if request.mentor_id != current_person().id:
        abort(404)
    return request


def _by_me_or_404(request_id: UUID) -> MentorRequest:
    request = own_request_or_404(current_person(), request_id)
    if request.mentee_id != current_person().id:
        abort(404)
    return request
