"""The page on which each of the two chooses: to go on, to stay in touch outside the programme, or to end."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.pairings.actions.pairs import end_pair
from webapp.pairings.in_line.actions import choose
from webapp.pairings.models import Pairing
from webapp.pairings.partings.staying import answer_by
from webapp.pairings.reads import pairing_or_404
from webapp.pairings.views.room import room
from webapp.people import Person, current_person
from webapp.web import RoomForm


@room.route("/pair/<uuid:pairing_id>/line", methods=["GET", "POST"])
def in_line(pairing_id: UUID) -> ResponseReturnValue:
    """Go on, stay in touch outside the programme, or end; nobody sees what the other one said."""
    person = current_person()
    pairing = held_pairing_or_404(person, pairing_id)
    if request.method == "GET":
        said, until = _said(person, pairing), answer_by(pairing, person)
        partner = pairing.partner_of(person)
        return render_template("pairings/in_line.html", pairing=pairing, partner=partner, said=said, until=until)
    choice = request.form.get("choice")
    if not RoomForm().validate_on_submit() or choice not in ("go_on", "stay", "end"):
        abort(400)
    with writing():
        held = held_pairing_or_404(current_person(), pairing_id)
        if choice == "end":
            end_pair(current_person(), held)
        else:
            choose(current_person(), held, stays=choice == "stay")
        flash(_what_became_of(held))
    return redirect("/", 303)


def held_pairing_or_404(person: Person, pairing_id: UUID) -> Pairing:
    """One's own pair while it waits for the two people's word."""
    pairing = pairing_or_404(person, pairing_id)
    if not pairing.is_held or pairing.ended_at is not None:
        abort(404)
    return pairing


def _said(person: Person, pairing: Pairing) -> str | None:
    """What this person has chosen: "go_on", "stay" or nothing yet."""
    line, is_mentee = pairing.in_line, person.id == pairing.mentee_id
    if line is None:
        return None
    if line.mentee_stays_at if is_mentee else line.mentor_stays_at:
        return "stay"
    return "go_on" if (line.mentee_goes_on_at if is_mentee else line.mentor_goes_on_at) else None


def _what_became_of(pairing: Pairing) -> str:
    if pairing.over_since is not None:
        said = _("The pair has ended. Both can read what they wrote for a year.")
    elif pairing.is_friends:
        said = _("You stay in touch, outside the programme.")
    elif pairing.is_active():
        said = _("You go on together.")
    else:
        said = _("Kept. You share again once you have both chosen.")
    return str(said)
