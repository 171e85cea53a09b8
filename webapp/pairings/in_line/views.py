"""The page on which each of the two says whether to go on."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.pairings.actions.pairs import end_pair
from webapp.pairings.in_line.actions import go_on
from webapp.pairings.models import Pairing
from webapp.pairings.reads import pairing_or_404
from webapp.pairings.views.room import room
from webapp.people import Person, current_person
from webapp.web import RoomForm


@room.route("/pair/<uuid:pairing_id>/line", methods=["GET", "POST"])
def in_line(pairing_id: UUID) -> ResponseReturnValue:
    """Go on, or end; nobody sees what the other one said."""
    person = current_person()
    pairing = held_pairing_or_404(person, pairing_id)
    if request.method == "GET":
        return render_template(
            "pairings/in_line.html", pairing=pairing, partner=pairing.partner_of(person), said=_said(person, pairing)
        )
    if not RoomForm().validate_on_submit() or request.form.get("choice") not in ("go_on", "end"):
        abort(400)
    ends = request.form["choice"] == "end"
    with writing():
        held = held_pairing_or_404(current_person(), pairing_id)
        (end_pair if ends else go_on)(current_person(), held)
        goes_on = held.is_active()
    if ends:
        flash(_("The pair has ended. Both keep what they wrote."))
    else:
        flash(_("You go on together.") if goes_on else _("Kept. You share again once you both want to go on."))
    return redirect("/", 303)


def held_pairing_or_404(person: Person, pairing_id: UUID) -> Pairing:
    """One's own pair while it waits for the two people's word."""
    pairing = pairing_or_404(person, pairing_id)
    if not pairing.is_held or pairing.ended_at is not None:
        abort(404)
    return pairing


def _said(person: Person, pairing: Pairing) -> bool:
    line = pairing.in_line
    own = line and (line.mentee_goes_on_at if person.id == pairing.mentee_id else line.mentor_goes_on_at)
    return own is not None
