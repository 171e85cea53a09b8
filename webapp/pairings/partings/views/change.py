"""A pause, a change or the end: what each of the two may do by themselves."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.clock import now
from webapp.ledger import FormFields, Refused
from webapp.pairings.fields import NoFields
from webapp.pairings.models import Pairing
from webapp.pairings.page.reads import begun_pairing_or_404
from webapp.pairings.page.views.posting import PairAction, about, back_to, keep, one_button_or_400, over
from webapp.pairings.partings.forms import PauseForm
from webapp.pairings.partings.pausing import pause, resume
from webapp.pairings.partings.staying import finish
from webapp.pairings.partings.swapping import ask_for_swap, own_swap_request, take_swap_back
from webapp.pairings.signs import today_of
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

PAGE = "pairings/ours/change.html"


@room.get("/pair/<uuid:pairing_id>/change")
def change_pair(pairing_id: UUID) -> ResponseReturnValue:
    """The three ways, each with what it does and who learns of it."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    if not pairing.is_active():
        return back_to(pairing_id)
    return render_template(
        PAGE, form=PauseForm(today_of(current_person())), hidden=FormFields.fresh(), **_shown(pairing)
    )


@room.post("/pair/<uuid:pairing_id>/pause")
def pause_pair(pairing_id: UUID) -> ResponseReturnValue:
    """Pause until a day."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    form = PauseForm(today_of(current_person()))
    hidden = FormFields.posted(request.form)
    if not form.validate():
        return unfinished(PAGE, form, hidden=hidden, **_shown(pairing))
    try:
        keep("pause", "begin", pause, pairing_id, form.fields())
    except Refused as refused:
        form.until.errors = [over(refused)]
        return unfinished(PAGE, form, hidden=hidden, **_shown(pairing))
    flash(_("You two have a pause now. Nobody is reminded of anything."))
    return back_to(pairing_id)


@room.post("/pair/<uuid:pairing_id>/resume")
def resume_pair(pairing_id: UUID) -> ResponseReturnValue:
    """Go on from today."""
    _do("pause", "end", resume, pairing_id)
    flash(_("You two go on."))
    return back_to(pairing_id)


@room.post("/pair/<uuid:pairing_id>/swap")
def ask_swap(pairing_id: UUID) -> ResponseReturnValue:
    """Ask the coordinator for a change: one tap."""
    _do("swap", "ask", ask_for_swap, pairing_id)
    flash(_("Your coordinator knows. Nobody else does."))
    return _to_change(pairing_id)


@room.post("/pair/<uuid:pairing_id>/swap/take-back")
def take_back_swap(pairing_id: UUID) -> ResponseReturnValue:
    """No change after all."""
    _do("swap", "take_back", take_swap_back, pairing_id)
    flash(_("Taken back. All stays as it is."))
    return _to_change(pairing_id)


@room.post("/pair/<uuid:pairing_id>/finish")
def finish_pair(pairing_id: UUID) -> ResponseReturnValue:
    """We have finished: both are asked whether they stay in touch; friend-tors part."""
    _do("pair", "finish", finish, pairing_id)
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    if pairing.is_active():
        return redirect(url_for("pairings.stay", pairing_id=pairing_id), 303)
    flash(_("It has ended. Thank you for the time you gave each other."))
    return back_to(pairing_id)


def _do(kind: str, action: str, do: PairAction, pairing_id: UUID) -> None:
    begun_pairing_or_404(current_person(), pairing_id)
    one_button_or_400()
    try:
        keep(kind, action, do, pairing_id, NoFields())
    except Refused:
        abort(404)


def _shown(pairing: Pairing) -> dict[str, object]:
    request_of_mine = own_swap_request(pairing, current_person())
    return {"swap": request_of_mine, "paused": pairing.is_paused(now()), **about(pairing)}


def _to_change(pairing_id: UUID) -> Response:
    return redirect(url_for("pairings.change_pair", pairing_id=pairing_id), 303)
