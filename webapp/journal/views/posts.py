"""What the journal's forms do when they are posted, as if a phone had sent an op."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from pydantic import BaseModel

from webapp.database import writing
from webapp.journal.actions import amend_entry, write_entry
from webapp.journal.forms import EntryForm
from webapp.journal.reads import own_entry_or_404
from webapp.ledger import Conflict, FormFields, Gone, Refused, Written, form_write
from webapp.people import Person, current_person
from webapp.web import RoomForm, unfinished

Action = Callable[[Person, Written, Any], None]


def save_text(form: EntryForm, hidden: FormFields, action: str) -> ResponseReturnValue:
    """Write or change an entry; then its page, or the trash when it was deleted meanwhile, or both versions."""
    act = write_entry if action == "write" else amend_entry
    try:
        came_late = _once(hidden, action, act, form.fields())
    except Conflict:
        return _both_versions(form, hidden.entity)
    except Refused:
        abort(404)
    if came_late:
        flash(_("You had deleted this on another phone. Your words are in the trash."))
        return redirect(url_for("journal.trash"), 303)
    flash(_("Kept in your journal."))
    return redirect(url_for("journal.journal"), 303)


def post_op(entry_id: UUID, action: str, act: Action, fields: BaseModel) -> bool:
    """Do what a form of one button says to an own entry; whether it is deleted meanwhile. 404 for others'; Refused."""
    own_entry_or_404(current_person(), entry_id)
    hidden = FormFields.posted(request.form)
    if not RoomForm().validate_on_submit() or hidden.entity != entry_id:
        abort(400)
    return _once(hidden, action, act, fields)


def _once(hidden: FormFields, action: str, act: Action, fields: BaseModel) -> bool:
    """Whether this came after the entry was deleted: then words are in the trash, and that is committed."""
    with writing():
        author = current_person()
        written = form_write(author.id, author.zone, hidden, "entry", action, fields.model_dump(mode="json"))
        try:
            if written:
                act(author, written, fields)
        except Gone:
            return True
    return False


def _both_versions(form: EntryForm, entry_id: UUID) -> ResponseReturnValue:
    """Nothing is overwritten: the other version stands beside the words just typed, which may be saved over it."""
    entry = own_entry_or_404(current_person(), entry_id)
    form.text.errors = [_("You changed this on another phone. Both versions are here. Save the one you want to keep.")]
    hidden = FormFields.fresh(entry.id, entry.head)
    return unfinished("journal/form.html", form, hidden=hidden, changing=True, other=entry)
