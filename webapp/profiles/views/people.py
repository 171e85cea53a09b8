"""How much of a profile each person in a programme has filled in: facts for its coordinator, and what she may read."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template

from webapp.database import db
from webapp.people import current_person
from webapp.profiles.reads import progress_of
from webapp.profiles.seen import as_seen_by
from webapp.profiles.views.room import room
from webapp.programmes import Enrolment, enrolled_in, programme_or_404
from webapp.web import needs_role


@room.get("/programme/<uuid:programme_id>/profiles")
@needs_role("coordinator")
def of_programme(programme_id: UUID) -> str:
    """Everybody whom this coordinator may see, and how far each profile is; those with least first."""
    programme = programme_or_404(current_person(), programme_id)
    parts = enrolled_in(programme, current_person())
    progress = progress_of(parts)
    parts.sort(key=lambda part: progress[part.id].answered)
    return render_template("profiles/of_programme.html", programme=programme, parts=parts, progress=progress)


@room.get("/programme/<uuid:programme_id>/profiles/<uuid:enrolment_id>")
@needs_role("coordinator")
def of_person(programme_id: UUID, enrolment_id: UUID) -> str:
    """What the coordinator reads of one person."""
    programme = programme_or_404(current_person(), programme_id)
    part = db.session.get(Enrolment, enrolment_id)
    if part is None or part.id not in {each.id for each in enrolled_in(programme, current_person())}:
        abort(404)
    seen = as_seen_by("coordinator", part)
    return render_template(
        "profiles/of_person.html", programme=programme, seen=seen, progress=progress_of([part])[part.id]
    )
