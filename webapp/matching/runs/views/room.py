"""The blueprint, and what its views share."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from webapp.matching.retelling import reasons_in_words
from webapp.matching.runs.draft import Draft, Line, draft_of
from webapp.matching.runs.models import MatchRun
from webapp.matching.runs.reads import run_or_404
from webapp.matching.settings import FULL_MARKS
from webapp.people import current_person
from webapp.programmes import Programme, programme_or_404
from webapp.web import RoomForm, needs_role

room = Blueprint("matching", __name__)
coordinators_only = needs_role("coordinator")
room.add_app_template_global(reasons_in_words, "reasons_in_words")


@room.app_template_filter("of_100")
def of_100(points: int | None) -> int | None:
    """Points × 10⁶ as people read them: of a hundred."""
    return None if points is None else round(100 * points / FULL_MARKS)


def programme_and_run_or_404(programme_id: UUID, run_id: UUID) -> tuple[Programme, MatchRun]:
    """For a coordinator of the programme; for everybody else there is none."""
    programme = programme_or_404(current_person(), programme_id)
    return programme, run_or_404(programme, run_id)


def draft_or_404(programme_id: UUID, run_id: UUID) -> tuple[Programme, Draft]:
    """A run with what was decided over it, as the person signed in may see it."""
    programme, run = programme_and_run_or_404(programme_id, run_id)
    return programme, draft_of(run, programme, current_person())


def line_or_404(draft: Draft, mentee_id: UUID) -> Line:
    """One mentee of the draft; one whom another coordinator holds is not there."""
    line = draft.line(mentee_id)
    if line is None:
        abort(404)
    return line


def one_button_or_400() -> None:
    """A form that is one button: its token must be right."""
    if not RoomForm().validate_on_submit():
        abort(400)


def back_to_draft(programme_id: UUID, run_id: UUID) -> Response:
    return redirect(url_for("matching.draft", programme_id=programme_id, run_id=run_id), 303)
