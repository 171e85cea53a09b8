"""Writing an entry, reading one's own, changing one."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.database import db
from webapp.journal.forms import EntryForm
from webapp.journal.reads import entries_of, mentor_pairings_of, own_entry_or_404
from webapp.journal.rules import PROMPTS, trash_ends
from webapp.journal.views.posts import save_text
from webapp.journal.views.room import room
from webapp.ledger import FormFields
from webapp.people import current_person
from webapp.web import unfinished

A_PAGE = 30


@room.get("/journal")
def journal() -> str:
    """A box to write in on top, then the entries, newest first, folded."""
    after = max(0, request.args.get("after", 0, type=int))
    entries = db.session.scalars(entries_of(current_person()).offset(after).limit(A_PAGE + 1)).all()
    return render_template(
        "journal/journal.html",
        form=EntryForm(),
        hidden=FormFields.fresh(),
        entries=entries[:A_PAGE],
        older=after + A_PAGE if len(entries) > A_PAGE else None,
    )


@room.get("/journal/new")
def new() -> str:
    """A new entry. `?prompt=` begins one from a prompt."""
    form = EntryForm()
    if request.args.get("prompt") in PROMPTS:
        form.prompt.data = request.args["prompt"]
    return render_template("journal/form.html", form=form, hidden=FormFields.fresh())


@room.post("/journal")
def create() -> ResponseReturnValue:
    """Keep a new entry."""
    form, hidden = EntryForm(), FormFields.posted(request.form)
    if not form.validate():
        return unfinished("journal/form.html", form, hidden=hidden)
    return save_text(form, hidden, "write")


@room.get("/journal/<uuid:entry_id>")
def one(entry_id: UUID) -> str:
    """One entry, for its author."""
    author = current_person()
    entry = own_entry_or_404(author, entry_id)
    ends = trash_ends(entry.trashed_at) if entry.trashed_at else None
    return render_template("journal/entry.html", entry=entry, ends=ends, pairings=mentor_pairings_of(author))


@room.get("/journal/<uuid:entry_id>/change")
def change(entry_id: UUID) -> ResponseReturnValue:
    """The same form, over what was written."""
    entry = own_entry_or_404(current_person(), entry_id)
    if not entry.is_kept():
        return redirect(url_for("journal.one", entry_id=entry_id), 303)
    form = EntryForm()
    form.show(entry)
    return render_template("journal/form.html", form=form, hidden=FormFields.fresh(entry.id, entry.head), changing=True)


@room.post("/journal/<uuid:entry_id>/change")
def amend(entry_id: UUID) -> ResponseReturnValue:
    """Write it anew. Where another phone changed it meanwhile, both are shown and the author decides."""
    own_entry_or_404(current_person(), entry_id)
    form, hidden = EntryForm(), FormFields.posted(request.form)
    if hidden.entity != entry_id:
        abort(400)
    if not form.validate():
        return unfinished("journal/form.html", form, hidden=hidden, changing=True)
    return save_text(form, hidden, "amend")
