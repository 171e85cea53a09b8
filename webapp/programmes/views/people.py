"""Who takes part in a programme, for how many mentees each mentor has time, and the cohorts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.database import db, writing
from webapp.people import Person, current_person
from webapp.programmes.actions.cohorts import add_cohort, remove_cohort
from webapp.programmes.actions.enrolments import change_capacity, enrol, let_leave
from webapp.programmes.forms.people import CohortForm, EnrolForm, EnrolmentForm
from webapp.programmes.models import Cohort, Enrolment, Programme
from webapp.programmes.reads import cohorts_of, enrolled_in, people_with_role, programme_to_change_or_404, sight_of
from webapp.programmes.views.room import back_to_set_up, keepers_only, one_button_or_400, room
from webapp.web import unfinished


@room.route("/programme/<uuid:programme_id>/people", methods=["GET", "POST"])
@keepers_only
def people(programme_id: UUID) -> ResponseReturnValue:
    """Who takes part, and the form to take more people in."""
    programme = programme_to_fill_or_404(current_person(), programme_id)
    known = _people_for(programme)
    form = EnrolForm(role=request.args.get("role"))
    form.offer(known, cohorts_of(programme))
    if request.method == "GET":
        return render_template("programmes/people.html", form=form, **_shown(programme))
    if not form.validate():
        return unfinished("programmes/people.html", form, **_shown(programme))
    chosen = [each.id for each in form.chosen(known)]
    if not chosen:
        form.who.errors = [_("Nobody there has this role.")]
        return unfinished("programmes/people.html", form, **_shown(programme))
    with writing():
        again = programme_to_fill_or_404(current_person(), programme_id)
        cohort = _cohort_or_404(again, form.cohort_id) if form.cohort_id else None
        for each in chosen:
            enrol(current_person(), again, db.session.get_one(Person, each), form.role.data, cohort)
    flash(_("Taken in: %(count)s.", count=len(chosen)))
    return _back_to_people(programme_id)


@room.route("/programme/<uuid:programme_id>/people/<uuid:enrolment_id>", methods=["GET", "POST"])
@keepers_only
def enrolment(programme_id: UUID, enrolment_id: UUID) -> ResponseReturnValue:
    """One person's part."""
    programme, standing = _both_or_404(programme_id, enrolment_id)
    form = EnrolmentForm(obj=standing)
    form.offer(standing, cohorts_of(programme))
    if request.method == "GET":
        form.cohort.data = str(standing.cohort_id or "")
        return render_template("programmes/enrolment.html", form=form, programme=programme, enrolment=standing)
    if not form.validate():
        return unfinished("programmes/enrolment.html", form, programme=programme, enrolment=standing)
    with writing():
        programme, standing = _both_or_404(programme_id, enrolment_id)
        standing.cohort = _cohort_or_404(programme, form.cohort_id) if form.cohort_id else None
        if "capacity" in form:
            change_capacity(current_person(), standing, form.capacity.data)
    flash(_("Saved."))
    return _back_to_people(programme_id)


@room.post("/programme/<uuid:programme_id>/people/<uuid:enrolment_id>/leave")
@keepers_only
def leave(programme_id: UUID, enrolment_id: UUID) -> ResponseReturnValue:
    """This person takes part no more."""
    _both_or_404(programme_id, enrolment_id)
    one_button_or_400()
    with writing():
        let_leave(current_person(), _both_or_404(programme_id, enrolment_id)[1])
    flash(_("This person takes part no more. A pair they are in stays."))
    return _back_to_people(programme_id)


@room.route("/programme/<uuid:programme_id>/cohorts", methods=["GET", "POST"])
@keepers_only
def cohorts(programme_id: UUID) -> ResponseReturnValue:
    """Its cohorts, and the form for one more."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    form = CohortForm()
    shown = {"programme": programme, "cohorts": cohorts_of(programme)}
    if request.method == "GET":
        return render_template("programmes/cohorts.html", form=form, **shown)
    if not form.validate():
        return unfinished("programmes/cohorts.html", form, **shown)
    with writing():
        again = programme_to_change_or_404(current_person(), programme_id)
        add_cohort(current_person(), again, form.name.data, form.starts_on.data, form.ends_on.data)
    flash(_("Saved."))
    return redirect(url_for("programmes.cohorts", programme_id=programme_id), 303)


@room.post("/programme/<uuid:programme_id>/cohorts/<uuid:cohort_id>/remove")
@keepers_only
def drop_cohort(programme_id: UUID, cohort_id: UUID) -> ResponseReturnValue:
    """Take a cohort away, and nobody with it."""
    _cohort_or_404(programme_to_change_or_404(current_person(), programme_id), cohort_id)
    one_button_or_400()
    with writing():
        programme = programme_to_change_or_404(current_person(), programme_id)
        remove_cohort(current_person(), _cohort_or_404(programme, cohort_id))
    flash(_("Removed."))
    return back_to_set_up(programme_id)


def programme_to_fill_or_404(person: Person, programme_id: UUID) -> Programme:
    """A programme for whoever coordinates it, on one site too, and for an administrator."""
    programme = db.session.get(Programme, programme_id)
    if programme is None or not ("administrator" in person.roles or programme.is_coordinated_by(person)):
        abort(404)
    return programme


def _people_for(programme: Programme) -> list[Person]:
    """Who may be taken in by whoever looks: those whom she may see."""
    known = {each.id: each for role in ("mentee", "mentor") for each in people_with_role(role)}
    hers = filter(_sight(programme), known.values())
    return sorted(hers, key=lambda each: each.name)


def _sight(programme: Programme) -> Callable[[Person], bool]:
    """Whom the person signed in may see: an administrator everybody, whose accounts she looks after anyhow."""
    person = current_person()
    return (lambda _participant: True) if "administrator" in person.roles else sight_of(programme, person)


def _shown(programme: Programme) -> dict[str, object]:
    sees = _sight(programme)
    standing = [each for each in enrolled_in(programme) if sees(each.person)]
    return {
        "programme": programme,
        "mentees": [each for each in standing if each.role == "mentee"],
        "mentors": [each for each in standing if each.role == "mentor"],
        "sees_pairs": programme.is_coordinated_by(current_person()),
        "may_change": programme.is_seen_whole_by(current_person()) or "administrator" in current_person().roles,
    }


def _both_or_404(programme_id: UUID, enrolment_id: UUID) -> tuple[Programme, Enrolment]:
    programme = programme_to_fill_or_404(current_person(), programme_id)
    standing = db.session.get(Enrolment, enrolment_id)
    if standing is None or standing.programme_id != programme.id or not _sight(programme)(standing.person):
        abort(404)
    return programme, standing


def _cohort_or_404(programme: Programme, cohort_id: UUID) -> Cohort:
    cohort = db.session.get(Cohort, cohort_id)
    if cohort is None or cohort.programme_id != programme.id:
        abort(404)
    return cohort


def _back_to_people(programme_id: UUID) -> Response:
    return redirect(url_for("programmes.people", programme_id=programme_id), 303)
