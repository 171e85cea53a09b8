"""A talk of a mentor with several mentees at once: logged in one form, kept as one talk of each pair."""

from __future__ import annotations

from uuid import uuid5

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.ledger import FormFields, form_write
from webapp.pairings.actions.talks import record_talk
from webapp.pairings.forms import GroupTalkForm
from webapp.pairings.models import Pairing
from webapp.pairings.reads import active_pairings_of
from webapp.pairings.signs import today_of
from webapp.pairings.views.room import room
from webapp.people import Person, current_person
from webapp.web import unfinished

PAGE = "pairings/group_talk.html"


@room.route("/talks/together", methods=["GET", "POST"])
def log_together() -> ResponseReturnValue:
    """Log a talk with some of one's mentees: who was there, how, when, how long."""
    mentor = current_person()
    group = {str(each.id): each for each in _mentored_by(mentor)}
    if len(group) < 2:
        abort(404)
    form = GroupTalkForm(today_of(mentor), **({"day": "today"} if request.method == "GET" else {}))
    form.offer((key, each.mentee.name) for key, each in group.items())
    if request.method == "GET":
        return render_template(PAGE, form=form)
    if not form.validate():
        return unfinished(PAGE, form, hidden=FormFields.posted(request.form))
    there = [group[key] for key in dict.fromkeys(form.there.data)]
    _keep(there, FormFields.posted(request.form), form)
    flash(_("Kept. It counts for everybody who was there."))
    return redirect("/", 303)


@room.app_template_global()
def has_a_group() -> bool:
    """Whether whoever is signed in has two mentees or more now."""
    return len(_mentored_by(current_person())) > 1


def _keep(there: list[Pairing], posted: FormFields, form: GroupTalkForm) -> None:
    """One op for each pair, whose id follows from the form's: a second post makes no second talk."""
    with writing():
        mentor = current_person()
        for pairing in there:
            fields = form.fields().model_copy(update={"pairing": pairing.id})
            hidden = FormFields(uuid5(posted.op_id, str(pairing.id)), uuid5(posted.entity, str(pairing.id)), None)
            written = form_write(mentor.id, mentor.zone, hidden, "talk", "record", fields.model_dump(mode="json"))
            if written:
                record_talk(mentor, written, fields)


def _mentored_by(person: Person) -> list[Pairing]:
    return [each for each in active_pairings_of(person) if each.mentor_id == person.id]
