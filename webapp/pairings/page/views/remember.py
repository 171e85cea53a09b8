"""What the two want to remember: both read it, its author changes it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.ledger import Conflict, FormFields, Gone, Refused
from webapp.pairings.fields import NoFields
from webapp.pairings.page.actions import take_shared_note_back, write_shared_note
from webapp.pairings.page.forms import SharedNoteForm
from webapp.pairings.page.reads import begun_pairing_or_404, own_shared_note_or_404, shared_notes_of
from webapp.pairings.page.views.posting import about, keep, one_button_or_400, over
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

ALL, ONE = "pairings/ours/remember.html", "pairings/ours/change_shared_note.html"


@room.route("/pair/<uuid:pairing_id>/remember", methods=["GET", "POST"])
def remember(pairing_id: UUID) -> ResponseReturnValue:
    """What both want to remember, and one more."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    form = SharedNoteForm()
    shown = {"shared": shared_notes_of(pairing), **about(pairing)}
    if request.method == "GET":
        return render_template(ALL, form=form, hidden=FormFields.fresh(), **shown)
    hidden = FormFields.posted(request.form)
    if not form.validate():
        return unfinished(ALL, form, hidden=hidden, **shown)
    try:
        keep("shared_note", "write", write_shared_note, pairing_id, form.fields())
    except Refused as refused:
        form.words.errors = [over(refused)]
        return unfinished(ALL, form, hidden=hidden, **shown)
    except (Conflict, Gone):
        form.words.errors = [_("This was kept before, in other words. Save once more to keep these words too.")]
        return unfinished(ALL, form, hidden=FormFields.fresh(), **shown)
    flash(_("Kept. You both see it."))
    return _back(pairing_id)


@room.route("/pair/<uuid:pairing_id>/remember/<uuid:note_id>", methods=["GET", "POST"])
def change_shared_note(pairing_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Change what one wrote for both."""
    person = current_person()
    pairing, note = begun_pairing_or_404(person, pairing_id), own_shared_note_or_404(person, pairing_id, note_id)
    form = SharedNoteForm()
    shown = {"note": note, **about(pairing)}
    if request.method == "GET":
        form.show(note)
        return render_template(ONE, form=form, hidden=FormFields.fresh(note.id, note.head), **shown)
    hidden = FormFields.posted(request.form)
    if not form.validate():
        return unfinished(ONE, form, hidden=hidden, **shown)
    try:
        keep("shared_note", "amend", write_shared_note, pairing_id, form.fields(), note_id)
    except Conflict:
        other = own_shared_note_or_404(person, pairing_id, note_id)
        form.words.errors = [
            _("You changed this on another phone. Both versions are here. Save the one you want to keep.")
        ]
        hidden = FormFields.fresh(note_id, other.head)
        return unfinished(ONE, form, hidden=hidden, meanwhile=other, **shown)
    except Refused as refused:
        form.words.errors = [over(refused)]
        return unfinished(ONE, form, hidden=hidden, **shown)
    except Gone:
        abort(404)
    flash(_("Changed."))
    return _back(pairing_id)


@room.post("/pair/<uuid:pairing_id>/remember/<uuid:note_id>/take-back")
def take_remembered_back(pairing_id: UUID, note_id: UUID) -> ResponseReturnValue:
    """Take back what one wrote for both."""
    own_shared_note_or_404(current_person(), pairing_id, note_id)
    one_button_or_400()
    keep("shared_note", "take_back", take_shared_note_back, pairing_id, NoFields(), note_id)
    flash(_("Taken back. Nobody can read it any more."))
    return _back(pairing_id)


def _back(pairing_id: UUID) -> Response:
    return redirect(url_for("pairings.remember", pairing_id=pairing_id), 303)
