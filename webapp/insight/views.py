"""The coordinator's figures."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template

from webapp.insight.places import places_of
from webapp.insight.progress import progress_of
from webapp.insight.week import tasks_of
from webapp.people import current_person
from webapp.programmes import programme_or_404
from webapp.web import needs_role

room = Blueprint("insight", __name__)
coordinators_only = needs_role("coordinator")


@room.get("/programme/<uuid:programme_id>/objectives")
@coordinators_only
def objectives(programme_id: UUID) -> str:
    """How far a programme is with what it wants to reach."""
    person = current_person()
    programme = programme_or_404(person, programme_id)
    return render_template(
        "insight/objectives.html",
        programme=programme,
        progress=progress_of(programme, person),
        may_change=programme.is_seen_whole_by(person) or "administrator" in person.roles,
    )


@room.get("/programme/<uuid:programme_id>/places")
@coordinators_only
def places(programme_id: UUID) -> str:
    """Places with mentors against mentees who have none."""
    programme = programme_or_404(current_person(), programme_id)
    return render_template("insight/places.html", programme=programme, places=places_of(programme, current_person()))


@room.get("/programme/<uuid:programme_id>/week")
@coordinators_only
def week(programme_id: UUID) -> str:
    """What to do now."""
    programme = programme_or_404(current_person(), programme_id)
    return render_template("insight/week.html", programme=programme, tasks=tasks_of(programme, current_person()))
