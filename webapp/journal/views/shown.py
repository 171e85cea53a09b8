"""Showing an entry to the mentor, taking that back, and what the mentor reads meanwhile."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import db
from webapp.journal.actions import hide_entry, show_entry
from webapp.journal.fields import NoFields, ShowFields
from webapp.journal.reads import entries_shown_to, shown_entry_or_404
from webapp.journal.views.posts import post_op
from webapp.journal.views.room import room
from webapp.ledger import Refused
from webapp.people import current_person


@room.post("/journal/<uuid:entry_id>/show")
def show(entry_id: UUID) -> ResponseReturnValue:
    """Let the mentor read it."""
    try:
        deleted = post_op(entry_id, "show", show_entry, ShowFields(pairing=_uuid_or_404(request.form.get("pairing"))))
    except Refused as refused:
        if refused.reason == "pairing_held":
            flash(_("You two have a pause until you both choose, so nothing was shown."))
        else:
            flash(_("This pair has ended, so nothing was shown."))
    else:
        flash(_("This entry is in the trash.") if deleted else _("Your mentor can read this entry now."))
    return redirect(url_for("journal.one", entry_id=entry_id), 303)


@room.post("/journal/<uuid:entry_id>/hide")
def hide(entry_id: UUID) -> ResponseReturnValue:
    """Take the showing back."""
    post_op(entry_id, "hide", hide_entry, NoFields())
    flash(_("Only you read it now."))
    return redirect(url_for("journal.one", entry_id=entry_id), 303)


@room.get("/journal/shown")
def shown() -> str:
    """What mentees show this mentor."""
    entries = db.session.scalars(entries_shown_to(current_person())).all()
    return render_template("journal/shown.html", entries=entries)


@room.get("/journal/shown/<uuid:entry_id>")
def shown_one(entry_id: UUID) -> str:
    """One of them, as long as it is shown."""
    entry = shown_entry_or_404(current_person(), entry_id)
    return render_template("journal/shown_entry.html", entry=entry, pairing=entry.shown_in)


def _uuid_or_404(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        abort(404)
