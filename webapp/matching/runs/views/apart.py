"""Not these two: a coordinator says whom nobody shall match, reads what was said, and undoes it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import db, writing
from webapp.matching.offers import ask_no_more
from webapp.matching.runs.apart_form import ApartForm
from webapp.matching.runs.reads import last_run_of
from webapp.matching.runs.sight import Sight
from webapp.matching.runs.views.room import coordinators_only, one_button_or_400, room
from webapp.pairings import keep_apart, kept_apart_in, kept_apart_or_404, undo_keeping_apart
from webapp.people import Person, current_person
from webapp.programmes import Programme, enrolled_in, programme_or_404
from webapp.web import unfinished

PAGE = "matching/apart.html"


@room.get("/programme/<uuid:programme_id>/matching/apart")
@coordinators_only
def apart(programme_id: UUID) -> str:
    """Who is kept apart here, and the form for two more; the two may be named in the address."""
    programme = programme_or_404(current_person(), programme_id)
    form = ApartForm(formdata=None, mentee=request.args.get("mentee"), mentor=request.args.get("mentor"))
    form.offer(*_sides(programme))
    return render_template(PAGE, form=form, **_shown(programme))


@room.post("/programme/<uuid:programme_id>/matching/apart")
@coordinators_only
def keep_two_apart(programme_id: UUID) -> ResponseReturnValue:
    """Have nobody match these two, and ask them no more about one another."""
    programme = programme_or_404(current_person(), programme_id)
    form = ApartForm()
    form.offer(*_sides(programme))
    if not form.validate():
        return unfinished(PAGE, form, **_shown(programme))
    with writing():
        person, programme = current_person(), programme_or_404(current_person(), programme_id)
        two = (db.session.get_one(Person, form.mentee_id), db.session.get_one(Person, form.mentor_id))
        keep_apart(person, programme, two, form.why.data)
        ask_no_more(person, two)
    flash(_("Kept. Nobody matches these two, and nobody else is told."))
    return redirect(url_for("matching.apart", programme_id=programme_id), 303)


@room.post("/programme/<uuid:programme_id>/matching/apart/<uuid:row_id>/undo")
@coordinators_only
def undo_apart(programme_id: UUID, row_id: UUID) -> ResponseReturnValue:
    """The two may be matched again."""
    kept_apart_or_404(current_person(), programme_id, row_id)
    one_button_or_400()
    with writing():
        undo_keeping_apart(current_person(), kept_apart_or_404(current_person(), programme_id, row_id))
    flash(_("Undone. They may be matched again."))
    return redirect(url_for("matching.apart", programme_id=programme_id), 303)


def _sides(programme: Programme) -> tuple[Collection[Person], Collection[Person]]:
    """The mentees and the mentors whom this coordinator sees, but not herself: her own no is in her profile."""
    sight, people = Sight(programme, current_person()), enrolled_in(programme)
    others = [each for each in people if each.person_id != current_person().id]
    mentees = [each.person for each in others if each.role == "mentee" and sight.of_mentee(each.person)]
    return mentees, [each.person for each in others if each.role == "mentor" and sight.of_mentor(each.person)]


def _shown(programme: Programme) -> dict[str, object]:
    return {
        "programme": programme,
        "kept": kept_apart_in(programme, current_person()),
        "run": last_run_of(programme),
    }
