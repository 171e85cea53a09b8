"""Talks of the two: logging one, changing it, taking it back. One side's log counts for both."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import Gone, Refused
from webapp.pairings.actions.talks import amend_talk, record_talk, take_talk_back
from webapp.pairings.fields import NoFields
from webapp.pairings.forms import TalkForm
from webapp.pairings.models import Pairing
from webapp.pairings.reads import active_pairings_of, own_talk_or_404, pairing_or_404, talks_of
from webapp.pairings.signs import today_of
from webapp.pairings.views.room import chosen_pairing, room, uuid_or_404, write
from webapp.people import current_person
from webapp.web import RoomForm, unfinished


@room.get("/talks")
def talks() -> ResponseReturnValue:
    """The talks of one pair, and the form to log one; with several partners, first which."""
    pairing = chosen_pairing()
    if pairing is None:
        return render_template("pairings/whose.html", pairings=active_pairings_of(current_person()), page="talks")
    return render_template("pairings/talks.html", **_page(pairing))


@room.post("/talks")
def log() -> ResponseReturnValue:
    """Log a talk."""
    form = TalkForm(today_of(current_person()))
    pairing = pairing_or_404(current_person(), uuid_or_404(form.pairing.data))
    if not form.validate():
        return unfinished("pairings/talks.html", form, **_page(pairing))
    try:
        write("talk", "record", record_talk, form.fields())
    except Refused as refused:
        held = refused.reason == "pairing_held"
        form.contact.errors = [
            _("You two have a pause until you both choose, so no new talk can be kept.")
            if held
            else _("This pair has ended, so no new talk can be kept.")
        ]
        return unfinished("pairings/talks.html", form, **_page(pairing))
    except Gone:
        abort(404)
    flash(_("Kept. It counts for you both."))
    return redirect(url_for("pairings.talks", pairing=pairing.id) if request.form.get("_back") == "talks" else "/", 303)


@room.route("/talks/<uuid:talk_id>", methods=["GET", "POST"])
def change_talk(talk_id: UUID) -> ResponseReturnValue:
    """Change a talk that one logged."""
    person = current_person()
    talk = own_talk_or_404(person, talk_id)
    if talk.by_coordinator:
        abort(404)
    form = TalkForm(today_of(person))
    if request.method == "GET":
        form.show(talk)
        return render_template("pairings/talk.html", form=form, talk=talk, partner=talk.pairing.partner_of(person))
    form.pairing.data = str(talk.pairing_id)
    partner = talk.pairing.partner_of(person)
    if not form.validate():
        return unfinished("pairings/talk.html", form, talk=talk, partner=partner)
    pairing_id = talk.pairing_id
    try:
        write("talk", "amend", amend_talk, form.fields())
    except (Refused, Gone):
        abort(404)
    flash(_("Changed."))
    return redirect(url_for("pairings.talks", pairing=pairing_id), 303)


@room.post("/talks/take-back")
def take_talk() -> ResponseReturnValue:
    """Take a talk back; the hidden field `entity` says which."""
    if not RoomForm().validate_on_submit():
        abort(400)
    try:
        write("talk", "take_back", take_talk_back, NoFields())
    except Refused:
        abort(404)
    flash(_("Taken back. It does not count any more."))
    pairing_id = request.form.get("_pairing")
    return redirect(url_for("pairings.talks", pairing=pairing_id) if pairing_id else "/", 303)


def _page(pairing: Pairing) -> dict[str, object]:
    person = current_person()
    return {"pairing": pairing, "partner": pairing.partner_of(person), "talks": talks_of(pairing)}
