"""Taking one's journal along: as a file for machines, and as a page for paper."""

from __future__ import annotations

import json

from flask import Response, render_template

from webapp.clock import now
from webapp.database import db
from webapp.journal.mirror import moment
from webapp.journal.models import Entry
from webapp.journal.reads import entries_of, trash_of
from webapp.journal.views.room import room
from webapp.people import current_person


@room.get("/journal/export.json")
def export() -> Response:
    """Every entry of one's own, the trash included, as JSON."""
    author = current_person()
    entries = [*db.session.scalars(entries_of(author)), *db.session.scalars(trash_of(author))]
    content = {"journal_of": author.name, "exported_at": moment(now()), "entries": [_data(entry) for entry in entries]}
    return Response(
        json.dumps(content, ensure_ascii=False, indent=1),
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="journal.json"'},
    )


@room.get("/journal/print")
def print_all() -> str:
    """Every entry on one page, oldest first."""
    entries = list(db.session.scalars(entries_of(current_person())))[::-1]
    return render_template("journal/print.html", entries=entries)


def _data(entry: Entry) -> dict[str, object]:
    return {
        "id": str(entry.id),
        "prompt": entry.prompt,
        "text": entry.text,
        "written_at": moment(entry.written_at),
        "changed_at": moment(entry.changed_at),
        "shown_to": entry.shown_in.mentor.name if entry.shown_in else None,
        "deleted_at": moment(entry.trashed_at),
    }
