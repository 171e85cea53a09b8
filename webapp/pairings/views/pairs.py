"""The coordinator's pages: the pairs of her programmes as facts, a new pair, the end of one."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from webapp.database import db, writing
from webapp.pairings.actions.pairs import CannotPair, ask_both, end_pair, make_pair
from webapp.pairings.apart.reads import stand_apart
from webapp.pairings.desk.choosing import Choice
from webapp.pairings.facts import facts_of_pair, facts_of_programmes, minutes_of
from webapp.pairings.forms import PairForm
from webapp.pairings.models import Pairing
from webapp.pairings.partings.staying import ask_to_stay
from webapp.pairings.reads import talks_entered_for
from webapp.pairings.views.room import room, uuid_or_404
from webapp.people import Person, current_person
from webapp.programmes import (
    Programme,
    all_programmes,
    contacts_missing,
    enrolled_in,
    people_with_role,
    programme_or_404,
    programmes_of,
)
from webapp.staff import hidden_from
from webapp.web import RoomForm, needs_role, unfinished

coordinators_only = needs_role("coordinator")
ON_THE_FRONT = 12


@room.get("/programme")
@needs_role("coordinator", "administrator")
def programme() -> str:
    """The programmes that one coordinates, with their pairs as facts; an administrator finds the others by name."""
    person = current_person()
    mine = programmes_of(person)
    others = [each for each in all_programmes() if each not in mine] if "administrator" in person.roles else []
    pairs = Choice().narrow(facts_of_programmes(mine, person))
    theirs = {each.id: [pair for pair in pairs if pair.programme.id == each.id] for each in mine}
    first = [pair.id for some in theirs.values() for pair in some[:ON_THE_FRONT]]
    waiting = _without_mentor(person, mine)
    taking_part = {each.person_id for programme in mine for each in enrolled_in(programme) if each.role == "mentee"}
    return render_template(
        "pairings/programme.html",
        programmes=[(each, theirs[each.id]) for each in mine],
        on_the_front=ON_THE_FRONT,
        minutes=minutes_of(first, person),
        others=others,
        waiting=waiting,
        left_out=sum(1 for each in waiting if each.id not in taking_part),
        missing={each.id: contacts_missing(each) for each in mine},
    )


@room.route("/programme/pairs/new", methods=["GET", "POST"])
@coordinators_only
def new_pair() -> ResponseReturnValue:
    """Pair two people by hand."""
    form = PairForm(mentee=request.args.get("mentee"), programme=request.args.get("programme"))
    mine = [each for each in programmes_of(current_person()) if each.is_running]
    mentees = [
        each
        for each in _not_her_own(current_person(), "mentee")
        if any(one.covers(current_person(), each) for one in mine)
    ]
    form.offer([(each.id, each.name) for each in mine], mentees, _not_her_own(current_person(), "mentor"))
    drafts = [each for each in programmes_of(current_person()) if each.state == "draft"]
    if request.method == "GET" or not mine:
        return render_template("pairings/new_pair.html", form=form, drafts=drafts)
    if not form.validate():
        return unfinished("pairings/new_pair.html", form, drafts=drafts)
    try:
        with writing():
            said = _ask_both(form) if form.begin.data == "ask" else _pair(form)
    except (CannotPair, IntegrityError) as cannot:
        _say_why(form, cannot.reason if isinstance(cannot, CannotPair) else "has_mentor")
        return unfinished("pairings/new_pair.html", form, drafts=drafts)
    flash(said)
    asked = form.begin.data == "ask"
    where = url_for("offers.listed", programme_id=form.programme.data) if asked else url_for("pairings.programme")
    return redirect(where, 303)


@room.get("/programme/pairs/<uuid:pairing_id>")
@coordinators_only
def pair(pairing_id: UUID) -> str:
    """One pair as facts."""
    pairing = coordinated_pairing_or_404(current_person(), pairing_id)
    return render_template(
        "pairings/pair.html",
        pairing=pairing,
        facts=facts_of_pair(pairing, current_person()),
        minutes=minutes_of([pairing_id], current_person())[pairing_id],
        entered=talks_entered_for(pairing),
    )


@room.route("/programme/pairs/<uuid:pairing_id>/end", methods=["GET", "POST"])
@coordinators_only
def end(pairing_id: UUID) -> ResponseReturnValue:
    """Ask first; then ask the two whether they stay in touch, or end the pair now."""
    pairing = coordinated_pairing_or_404(current_person(), pairing_id)
    if request.method == "GET":
        return render_template("pairings/end_pair.html", pairing=pairing)
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        pairing = coordinated_pairing_or_404(current_person(), pairing_id)
        if request.form.get("how") == "ask":
            ask_to_stay(current_person(), pairing)
        else:
            end_pair(current_person(), pairing, for_change=request.form.get("how") == "change")
        has_ended, mentee = pairing.ended_at is not None, pairing.mentee_id
    if has_ended and request.form.get("how") == "change":
        flash(_("The pair has ended. Both can read what they wrote for a year. Now find somebody else for both."))
        return redirect(url_for("pairings.new_pair", mentee=mentee), 303)
    if has_ended:
        flash(_("The pair has ended. Both can read what they wrote for a year."))
    else:
        flash(_("Both are asked whether they stay in touch. The pair ends when they have answered, or in two weeks."))
    return redirect(url_for("pairings.programme"), 303)


def coordinated_pairing_or_404(coordinator: Person, pairing_id: UUID) -> Pairing:
    """A pairing of a programme and a site that this person coordinates, and of nobody who reports to them.

    For everybody else there is none.
    """
    pairing = db.session.get(Pairing, pairing_id)
    if pairing is None or not pairing.programme.covers(coordinator, pairing.mentee):
        abort(404)
    if pairing.friends_since is not None:  # what the two do after the programme is their own
        abort(404)
    if not hidden_from(coordinator).isdisjoint((pairing.mentee_id, pairing.mentor_id)):
        abort(404)
    return pairing


def _pair(form: PairForm) -> str:
    programme, mentee, mentor = _chosen(form)
    pairing = make_pair(current_person(), programme, mentee, mentor, form.why.data)
    if pairing.is_active():
        return str(_("%(name)s has a mentor now.", name=mentee.first_name))
    return str(_("Kept. The pair begins when both have joined."))


def _ask_both(form: PairForm) -> str:
    programme, mentee, mentor = _chosen(form)
    ask_both(current_person(), programme, mentee, mentor, form.why.data)
    return str(_("Both are asked now. You will see here what they say."))


def _chosen(form: PairForm) -> tuple[Programme, Person, Person]:
    mentee = db.session.get(Person, uuid_or_404(form.mentee.data))
    mentor = db.session.get(Person, uuid_or_404(form.mentor.data))
    if mentee is None or mentor is None:
        abort(404)
    programme = programme_or_404(current_person(), uuid_or_404(form.programme.data))
    if stand_apart(mentee.id, [mentor.id]):
        raise CannotPair("not_available")
    return programme, mentee, mentor


def _say_why(form: PairForm, reason: str) -> None:
    said = {
        "same_person": _("Nobody can be their own mentor. Choose two people."),
        "has_mentor": _("This mentee has a mentor in this programme already. End that pair first."),
        "not_mentee": _("This person is not a mentee."),
        "not_mentor": _("This person is not a mentor."),
        "left": _("One of the two has left."),
        "not_running": _("This programme does not run. Choose another one."),
        "has_offer": _("This mentee is being asked about somebody already. Wait, or take that back first."),
        "no_room": _("This mentor has no place left. Choose somebody else, or give them more mentees."),
        "not_available": _("These two cannot be a pair. Choose somebody else."),
        "in_line": _("One of the two works under the other, or is assessed by them. Choose somebody else."),
    }
    of_mentor = dict.fromkeys(("same_person", "not_mentor", "no_room", "in_line", "not_available"), form.mentor)
    places = {**of_mentor, "not_running": form.programme}
    places.get(reason, form.mentee).errors = [said[reason]]


def _without_mentor(coordinator: Person, mine: list[Programme]) -> list[Person]:
    paired = set(db.session.scalars(select(Pairing.mentee_id).where(Pairing.ended_at.is_(None))))
    alone = [person for person in _not_her_own(coordinator, "mentee") if person.id not in paired]
    return [person for person in alone if any(each.covers(coordinator, person) for each in mine)]


def _not_her_own(coordinator: Person, role: str) -> list[Person]:
    """Who holds a role and does not report to the coordinator: another coordinator pairs those."""
    hidden = hidden_from(coordinator)
    return [person for person in people_with_role(role) if person.id not in hidden]
