"""Deleting an entry, bringing it back, deleting it for ever."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.clock import now
from webapp.database import db, writing
from webapp.journal.actions import delete_entry, erase_entry, restore_entry
from webapp.journal.fields import NoFields
from webapp.journal.reads import own_entry_or_404, trash_of
from webapp.journal.rules import trash_ends
from webapp.journal.views.posts import post_op
from webapp.journal.views.room import room
from webapp.people import current_person
from webapp.web import RoomForm


@room.get("/journal/trash")
def trash() -> str:
    """What was deleted in the last 30 days."""
    entries = db.session.scalars(trash_of(current_person())).all()
    return render_template("journal/trash.html", entries=entries, trash_ends=trash_ends)


@room.post("/journal/<uuid:entry_id>/delete")
def delete(entry_id: UUID) -> ResponseReturnValue:
    """Into the trash, for 30 days."""
    post_op(entry_id, "delete", delete_entry, NoFields())
    flash(_("Deleted. It is in the trash for 30 days."))
    return redirect(url_for("journal.journal"), 303)


@room.post("/journal/<uuid:entry_id>/restore")
def restore(entry_id: UUID) -> ResponseReturnValue:
    """Out of the trash."""
    post_op(entry_id, "restore", restore_entry, NoFields())
    flash(_("It is back in your journal. Only you read it."))
    return redirect(url_for("journal.one", entry_id=entry_id), 303)


@room.post("/journal/<uuid:entry_id>/erase")
def erase(entry_id: UUID) -> ResponseReturnValue:
    """Delete for ever, out of the trash."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        author = current_person()
        entry = own_entry_or_404(author, entry_id)
        if entry.trashed_at is None:
            abort(404)
        erase_entry(author, entry, now())
    flash(_("Deleted for ever."))
    return redirect(url_for("journal.trash"), 303)
