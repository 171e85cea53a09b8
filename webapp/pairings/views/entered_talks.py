"""Talks that a coordinator enters for a pair without a phone, and takes back when they were wrong."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import Gone, Refused
from webapp.pairings.actions.talks import enter_talk, take_talk_back
from webapp.pairings.fields import NoFields
from webapp.pairings.forms import EnteredTalkForm
from webapp.pairings.reads import own_talk_or_404
from webapp.pairings.signs import today_of
from webapp.pairings.views.pairs import coordinated_pairing_or_404, coordinators_only
from webapp.pairings.views.room import room, write
from webapp.people import current_person
from webapp.web import RoomForm, unfinished


@room.route("/programme/pairs/<uuid:pairing_id>/talks/new", methods=["GET", "POST"])
@coordinators_only
def enter(pairing_id: UUID) -> ResponseReturnValue:
    """Enter a talk for the two: the day, how, and the minutes."""
    coordinator = current_person()
    pairing = coordinated_pairing_or_404(coordinator, pairing_id)
    if not pairing.is_active():
        abort(404)
    form = EnteredTalkForm(today_of(coordinator), day="today", pairing=str(pairing_id))
    if request.method == "GET":
        return render_template("pairings/enter_talk.html", form=form, pairing=pairing)
    form.pairing.data = str(pairing_id)
    if not form.validate():
        return unfinished("pairings/enter_talk.html", form, pairing=pairing)
    try:
        write("talk", "enter", enter_talk, form.fields())
    except (Refused, Gone):
        abort(404)
    flash(_("Entered. It counts for them both, and both can see it."))
    return redirect(url_for("pairings.pair", pairing_id=pairing_id), 303)


@room.post("/programme/pairs/<uuid:pairing_id>/talks/<uuid:talk_id>/take-back")
@coordinators_only
def take_entered(pairing_id: UUID, talk_id: UUID) -> ResponseReturnValue:
    """Take back a talk that one entered for the two."""
    coordinator = current_person()
    coordinated_pairing_or_404(coordinator, pairing_id)
    if own_talk_or_404(coordinator, talk_id).pairing_id != pairing_id:
        abort(404)
    if not RoomForm().validate_on_submit() or request.form.get("entity") != str(talk_id):
        abort(400)
    write("talk", "take_back", take_talk_back, NoFields())
    flash(_("Taken back. It does not count any more."))
    return redirect(url_for("pairings.pair", pairing_id=pairing_id), 303)
