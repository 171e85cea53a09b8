"""Looking for a mentor oneself: who has room, one mentor, and asking."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.clock import now
from webapp.database import db, writing
from webapp.ledger import FormFields
from webapp.matching.offers.actions.asking import CannotAsk, ask_mentor
from webapp.matching.offers.directory import Listed, find, has_said_what, listed_mentors
from webapp.matching.offers.forms import AskForm
from webapp.matching.offers.reads.requests import Search, ended_requests_by, requests_by, searches_of
from webapp.matching.offers.rules import MOST_OF_A_MENTEE
from webapp.matching.offers.views.room import room
from webapp.people import Person, current_person
from webapp.web import unfinished

LONGEST_SEARCH = 60
SHOWN_FIRST = 20


@room.get("/mentors")
def directory() -> str:
    """The mentors who have room and whom the rules allow, or why there are none to see."""
    person = current_person()
    searches = searches_of(person)
    search = _chosen(searches)
    said = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    ready = search is not None and has_said_what(search)
    mentors = listed_mentors(search) if search is not None and ready else []
    return render_template(
        "offers/directory.html",
        searches=searches,
        search=search,
        ready=ready,
        said=said,
        mentors=find(mentors, said),
        any_there=bool(mentors),
        shown=len(mentors) if "all" in request.args else SHOWN_FIRST,
        asking=requests_by(person),
        ended=ended_requests_by(person, now()),
        most=MOST_OF_A_MENTEE,
    )


@room.route("/mentors/<uuid:enrolment_id>", methods=["GET", "POST"])
def one_mentor(enrolment_id: UUID) -> ResponseReturnValue:
    """One mentor of the directory: what they show, why they may fit, and the line to ask them with."""
    search, mentor = _listed_or_404(enrolment_id)
    form = AskForm()
    hidden = FormFields.posted(request.form) if request.method == "POST" else FormFields.fresh()
    shown = {"search": search, "mentor": mentor, "hidden": hidden}
    shown["asked"] = next((each for each in requests_by(current_person()) if each.mentor_id == mentor.person.id), None)
    if request.method == "GET":
        return render_template("offers/one_mentor.html", form=form, **shown)
    if not form.validate():
        return unfinished("offers/one_mentor.html", form, **shown)
    try:
        with writing():
            mentor_row = db.session.get_one(Person, mentor.person.id)
            ask_mentor(current_person(), search.programme, mentor_row, form.words.data, hidden.entity)
    except CannotAsk as cannot:
        form.words.errors = [_why(cannot.reason)]
        return unfinished("offers/one_mentor.html", form, **shown)
    flash(_("Asked. You will see the answer here, within seven days."))
    return redirect(url_for("offers.directory", programme=search.programme.id), 303)


def _chosen(searches: list[Search]) -> Search | None:
    said = request.args.get("programme")
    return next((each for each in searches if said in (None, str(each.programme.id))), None)


def _listed_or_404(enrolment_id: UUID) -> tuple[Search, Listed]:
    """A mentor whom this person may ask; who is not listed for her is not found, whatever the reason."""
    ready = [each for each in searches_of(current_person()) if has_said_what(each)]
    found = [(search, each) for search in ready for each in listed_mentors(search) if each.part_id == enrolment_id]
    if not found:
        abort(404)
    return found[0]


def _why(reason: str) -> str:
    said = {
        "too_many": _("You ask two mentors already. Wait for an answer, or take one back."),
        "asked": _("You have asked this mentor already. You will see the answer on Today."),
        "has_mentor": _("You have a mentor in this programme already."),
        "has_offer": _("You are being asked about a mentor already. Answer that first."),
        "closed": _("In this programme the coordinators propose mentors now."),
    }
    return str(said.get(reason, _("This mentor has no room any more. Please choose somebody else.")))
