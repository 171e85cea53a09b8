"""Before a run: what is there, what is not known, what shall count; then the job."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import jobs
from webapp.database import writing
from webapp.matching.cohort import Cohort
from webapp.matching.gathering import gather
from webapp.matching.runs.before import Before, before
from webapp.matching.runs.forms import SettingsForm
from webapp.matching.runs.plain import settings_as_data
from webapp.matching.runs.reads import people_by_id, runs_of, settings_of
from webapp.matching.runs.sight import Sight
from webapp.matching.runs.solving_job import MATCH, MatchArguments
from webapp.matching.runs.views.room import coordinators_only, room
from webapp.people import current_person
from webapp.programmes import Programme, cohorts_of, programme_or_404
from webapp.web import unfinished

PAGE = "matching/start.html"


@room.get("/programme/<uuid:programme_id>/matching")
@coordinators_only
def start(programme_id: UUID) -> str:
    """What a run would begin with, and the runs so far."""
    programme = programme_or_404(current_person(), programme_id)
    settings = settings_of(programme)
    form = SettingsForm(formdata=None)
    form.offer(cohorts_of(programme))
    form.show(settings)
    return render_template(PAGE, form=form, **_shown(programme, before(gather(programme), settings)))


@room.post("/programme/<uuid:programme_id>/matching")
@coordinators_only
def run(programme_id: UUID) -> ResponseReturnValue:
    """Have the worker do a run under these settings."""
    programme = programme_or_404(current_person(), programme_id)
    form = SettingsForm()
    form.offer(cohorts_of(programme))
    valid = form.validate()
    settings = form.settings if valid else settings_of(programme)
    cohort = gather(programme, form.intake_id if valid else None)
    known = before(cohort, settings)
    if not valid or not _can_be(form, cohort, known):
        return unfinished(PAGE, form, **_shown(programme, known))
    arguments = MatchArguments(programme=programme_id, settings=settings_as_data(settings), intake=form.intake_id)
    return ask_for_it(arguments)


def ask_for_it(arguments: MatchArguments) -> ResponseReturnValue:
    """Ask for a run and show how far it is; of one programme one at a time."""
    with writing():
        job_id = jobs.ask(MATCH, current_person().id, arguments, arguments.programme)
        mine = (there := jobs.unfinished_job(MATCH, arguments.programme)) and there.asked_by_id == current_person().id
    if mine:
        return redirect(f"/jobs/{job_id}", 303)
    flash(_("Another coordinator has begun a run for this programme. Look again in a moment."))
    return redirect(url_for("matching.start", programme_id=arguments.programme), 303)


def _can_be(form: SettingsForm, cohort: Cohort, known: Before) -> bool:
    """Whether there is anything to do; if not, the form says why."""
    errors = []
    if not known.to_match:
        errors.append(_("No mentee waits for a mentor. Take mentees in first."))
    if not known.mentors:
        errors.append(_("Nobody is there as a mentor yet. Take mentors in first, or ask a partner hospital."))
    elif not known.places:
        errors.append(_("No mentor has a place left. Ask for more mentors or more places first."))
    if any(fault.code == "too_many" for fault in cohort.faults(form.settings)):
        errors.append(_("These are too many people for one run. Match one cohort after the other."))
    form.intake.errors = errors
    return not errors


def _shown(programme: Programme, known: Before) -> dict[str, object]:
    sight = Sight(programme, current_person())
    people = people_by_id([UUID(each) for circle in known.circles for each in circle])
    seen = [[people[UUID(each)] for each in circle if UUID(each) in people] for circle in known.circles]
    return {
        "programme": programme,
        "before": known,
        "circles": [[each.name for each in circle] for circle in seen if all(map(sight.of_mentor, circle))],
        "runs": runs_of(programme),
        "open": request.method == "POST",
    }
