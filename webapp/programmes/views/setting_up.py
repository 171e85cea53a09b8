"""The short path that sets a programme up, its start and its end."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from webapp.clock import now
from webapp.database import db, writing
from webapp.people import Site, current_person
from webapp.programmes.actions.agreements import reword_agreement
from webapp.programmes.actions.programmes import (
    CannotStart,
    change_terms,
    describe_programme,
    end_programme,
    let_coordinate,
    make_programme,
    repeat_programme,
    start_programme,
)
from webapp.programmes.agreements import agreement_of
from webapp.programmes.checklist import checklist_of
from webapp.programmes.forms.programmes import (
    AboutForm,
    AgreementForm,
    CoordinatorsForm,
    NewProgrammeForm,
    RepeatForm,
    TermsForm,
)
from webapp.programmes.reads import possible_coordinators, programme_to_change_or_404
from webapp.programmes.views.room import back_to_set_up, keepers_only, one_button_or_400, room
from webapp.web import needs_role, unfinished

PROGRAMMES = "/programme"


@room.route("/programme/new", methods=["GET", "POST"])
@needs_role("administrator")
def new_programme() -> ResponseReturnValue:
    """Make a draft."""
    form = NewProgrammeForm()
    form.offer(possible_coordinators())
    if request.method == "GET":
        return render_template("programmes/new.html", form=form)
    if not form.validate():
        return unfinished("programmes/new.html", form)
    today = now().astimezone(ZoneInfo(current_person().zone)).date()
    with writing():
        programme = make_programme(current_person(), form.outline, form.chosen, form.preset.data, today)
        programme_id = programme.id
    flash(_("Kept as a draft. These steps are next."))
    return back_to_set_up(programme_id)


@room.get("/programme/<uuid:programme_id>/set-up")
@keepers_only
def set_up(programme_id: UUID) -> str:
    """What is there and what is missing, each with its page."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    sites = {site.id: site.name for site in _sites()}
    return render_template(
        "programmes/set_up.html", programme=programme, checklist=checklist_of(programme), sites=sites
    )


@room.route("/programme/<uuid:programme_id>/edit", methods=["GET", "POST"])
@keepers_only
def edit_programme(programme_id: UUID) -> ResponseReturnValue:
    """Change a programme's name, purpose or dates."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    form = AboutForm(obj=programme)
    if request.method == "GET":
        return render_template("programmes/about.html", form=form, programme=programme)
    if not form.validate():
        return unfinished("programmes/about.html", form, programme=programme)
    with writing():
        describe_programme(current_person(), programme_to_change_or_404(current_person(), programme_id), form.outline)
    flash(_("Saved."))
    return back_to_set_up(programme_id)


@room.route("/programme/<uuid:programme_id>/rhythm", methods=["GET", "POST"])
@keepers_only
def edit_terms(programme_id: UUID) -> ResponseReturnValue:
    """Change how often, and how much time people get."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    form = TermsForm()
    if request.method == "GET":
        form.show(programme)
        return render_template("programmes/rhythm.html", form=form, programme=programme)
    if not form.validate():
        return unfinished("programmes/rhythm.html", form, programme=programme)
    with writing():
        change_terms(current_person(), programme_to_change_or_404(current_person(), programme_id), form.terms)
    flash(_("Saved."))
    return back_to_set_up(programme_id)


@room.route("/programme/<uuid:programme_id>/coordinators", methods=["GET", "POST"])
@keepers_only
def edit_coordinators(programme_id: UUID) -> ResponseReturnValue:
    """Say who coordinates, and on which sites."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    people, sites = possible_coordinators(), _sites()
    form = CoordinatorsForm()
    form.offer(people, sites)
    shown = {"programme": programme, "people": people, "sites": sites}
    if request.method == "GET":
        form.show(programme)
        return render_template("programmes/coordinators.html", form=form, **shown)
    if not form.validate():
        return unfinished("programmes/coordinators.html", form, **shown)
    with writing():
        let_coordinate(current_person(), programme_to_change_or_404(current_person(), programme_id), form.chosen)
        still_mine = programme.is_seen_whole_by(current_person()) or "administrator" in current_person().roles
    flash(_("Saved."))
    return back_to_set_up(programme_id) if still_mine else redirect(PROGRAMMES, 303)


@room.route("/programme/<uuid:programme_id>/agreement", methods=["GET", "POST"])
@keepers_only
def edit_agreement(programme_id: UUID) -> ResponseReturnValue:
    """Word what pairs agree on."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    agreement = agreement_of(programme)
    form = AgreementForm(data=agreement.words)
    shown = {"programme": programme, "agreement": agreement}
    if request.method == "GET":
        return render_template("programmes/agreement.html", form=form, **shown)
    if not form.validate():
        return unfinished("programmes/agreement.html", form, **shown)
    with writing():
        again = programme_to_change_or_404(current_person(), programme_id)
        version = reword_agreement(current_person(), again, form.words)
    flash(_("Saved as version %(number)s.", number=version))
    return back_to_set_up(programme_id)


@room.post("/programme/<uuid:programme_id>/start")
@keepers_only
def start(programme_id: UUID) -> ResponseReturnValue:
    """Let it run."""
    programme_to_change_or_404(current_person(), programme_id)
    one_button_or_400()
    try:
        with writing():
            start_programme(current_person(), programme_to_change_or_404(current_person(), programme_id))
    except CannotStart:
        flash(_("It cannot start yet. People must know whom to ring."))
        return back_to_set_up(programme_id)
    flash(_("The programme runs. You can make pairs now."))
    return redirect(PROGRAMMES, 303)


@room.route("/programme/<uuid:programme_id>/end", methods=["GET", "POST"])
@keepers_only
def end(programme_id: UUID) -> ResponseReturnValue:
    """Ask first, then end it."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    if request.method == "GET":
        return render_template("programmes/end.html", programme=programme)
    one_button_or_400()
    with writing():
        end_programme(current_person(), programme_to_change_or_404(current_person(), programme_id))
    flash(_("The programme has ended. Pairs that stand go on."))
    return redirect(PROGRAMMES, 303)


@room.route("/programme/<uuid:programme_id>/repeat", methods=["GET", "POST"])
@keepers_only
def repeat(programme_id: UUID) -> ResponseReturnValue:
    """Make a draft like this programme, a year on, without its people."""
    last = programme_to_change_or_404(current_person(), programme_id)
    form = RepeatForm(name=last.name, starts_on=_a_year_on(last.starts_on))
    if request.method == "GET":
        return render_template("programmes/repeat.html", form=form, programme=last)
    if not form.validate():
        return unfinished("programmes/repeat.html", form, programme=last)
    with writing():
        again = programme_to_change_or_404(current_person(), programme_id)
        new_id = repeat_programme(current_person(), again, form.name.data, form.starts_on.data).id
    flash(_("Kept as a draft. Look at the dates and the objectives."))
    return redirect(url_for("programmes.set_up", programme_id=new_id), 303)


def _a_year_on(day: date | None) -> date | None:
    return day and day + timedelta(weeks=52)


def _sites() -> list[Site]:
    return list(db.session.scalars(select(Site).order_by(Site.name)))
