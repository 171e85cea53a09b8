"""Notes between the two: reading them, writing one, taking one back, saying that one was read."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import Gone, Refused
from webapp.pairings.actions.notes import mark_note_read, take_note_back, write_note
from webapp.pairings.fields import NoFields, NoteReadFields
from webapp.pairings.forms import NoteForm
from webapp.pairings.models import Pairing
from webapp.pairings.reads import active_pairings_of, notes_between, pairing_or_404
from webapp.pairings.views.room import chosen_pairing, room, uuid_or_404, write
from webapp.people import current_person
from webapp.web import RoomForm, unfinished


@room.get("/notes")
def notes() -> ResponseReturnValue:
    """The notes of one pair, and the form for a new one; with several partners, first which."""
    pairing = chosen_pairing()
    if pairing is None:
        return render_template("pairings/whose.html", pairings=active_pairings_of(current_person()), page="notes")
    return render_template("pairings/notes.html", **_page(pairing))


@room.post("/notes")
def write_one() -> ResponseReturnValue:
    """Write to the partner."""
    form = NoteForm()
    pairing = pairing_or_404(current_person(), uuid_or_404(form.pairing.data))
    if not form.validate():
        return unfinished("pairings/notes.html", form, **_page(pairing))
    try:
        write("note", "write", write_note, form.fields())
    except Refused as refused:
        form.words.errors = [_why_not(refused)]
        return unfinished("pairings/notes.html", form, **_page(pairing))
    except Gone:
        abort(404)
    flash(_("Sent to %(name)s.", name=pairing.partner_of(current_person()).first_name))
    return redirect(_back_to(pairing), 303)


@room.post("/notes/take-back")
def take_back() -> ResponseReturnValue:
    """Take a note back; the hidden field `entity` says which."""
    _one_button_or_400()
    try:
        write("note", "take_back", take_note_back, NoFields())
    except Refused:
        abort(404)
    flash(_("Taken back. Nobody can read it any more."))
    return redirect(_back(), 303)


@room.post("/notes/read")
def read() -> ResponseReturnValue:
    """Say "I read this"."""
    _one_button_or_400()
    try:
        write("read", "mark", mark_note_read, NoteReadFields(what="note", id=uuid_or_404(request.form.get("id"))))
    except Refused:
        abort(404)
    flash(_("They can see that you read it."))
    return redirect(_back(), 303)


def _page(pairing: Pairing) -> dict[str, object]:
    person = current_person()
    return {"pairing": pairing, "partner": pairing.partner_of(person), "notes": notes_between(pairing)}


def _back_to(pairing: Pairing) -> str:
    return url_for("pairings.notes", pairing=pairing.id) if request.form.get("_back") == "notes" else "/"


def _back() -> str:
    pairing_id = request.form.get("_pairing")
    return url_for("pairings.notes", pairing=pairing_id) if request.form.get("_back") == "notes" and pairing_id else "/"


def _one_button_or_400() -> None:
    if not RoomForm().validate_on_submit():
        abort(400)


def _why_not(refused: Refused) -> str:
    if refused.reason == "pairing_held":
        return str(
            _("You two have a pause until you both choose, so this cannot be sent. Your words are still here to copy.")
        )
    return str(_("This pair has ended, so this cannot be sent. Your words are still here to copy."))
