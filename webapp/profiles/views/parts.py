"""What somebody says for one programme: goals and how much they matter, what must be so, whom they wish for."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.database import writing
from webapp.people import current_person
from webapp.profiles.actions import say
from webapp.profiles.choosable import people_to_choose
from webapp.profiles.fields import Background, Choices, Goals, Languages, Musts
from webapp.profiles.forms import ChoicesForm, GoalsForm, MustsForm, PrioritiesForm
from webapp.profiles.path import more_topics
from webapp.profiles.reads import own_part_or_404, said_by
from webapp.profiles.seen import all_as_seen_by
from webapp.profiles.views.own import page_of
from webapp.profiles.views.room import go_on, next_address, room
from webapp.profiles.vocabulary import vocabulary
from webapp.programmes import Enrolment
from webapp.web import unfinished
from webapp.web.languages import chosen_language


@room.route("/profile/in/<uuid:enrolment_id>/<any(goals, musts, choices):topic>", methods=["GET", "POST"])
def part_topic(enrolment_id: UUID, topic: str) -> ResponseReturnValue:
    """One topic for one programme."""
    part = own_part_or_404(current_person(), enrolment_id)
    if topic != "goals" and topic not in more_topics(part.role):
        abort(404)
    return {"goals": _goals, "musts": _musts, "choices": _choices}[topic](part)


@room.route("/profile/in/<uuid:enrolment_id>/priorities", methods=["GET", "POST"])
def priorities(enrolment_id: UUID) -> ResponseReturnValue:
    """How much each goal matters to a mentee."""
    part = own_part_or_404(current_person(), enrolment_id)
    said = said_by(part.person, Goals, part)
    if len(said.goals) < 2:
        return go_on(next_address("goals", part.id))
    form = PrioritiesForm()
    shown = {**page_of("goals", part.id), "goals": said.goals, "words": vocabulary(), "lang": chosen_language()}
    if request.method == "GET":
        return render_template("profiles/priorities.html", form=form, **shown)
    if not form.validate():
        return unfinished("profiles/priorities.html", form, **shown)
    with writing():
        part = own_part_or_404(current_person(), enrolment_id)
        say(part.person, form.weighted(said_by(part.person, Goals, part)), part)
    return go_on(next_address("goals", part.id))


def _goals(part: Enrolment) -> ResponseReturnValue:
    said = said_by(part.person, Goals, part)
    form = GoalsForm()
    form.offer(said, part.role)
    shown = page_of("goals", part.id)
    if part.role == "mentee":
        shown["then"] = url_for("profiles.priorities", enrolment_id=part.id)
    if request.method == "GET":
        form.show(said)
        return render_template("profiles/goals.html", form=form, **shown)
    if not form.validate():
        return unfinished("profiles/goals.html", form, **shown)
    with writing():
        say(current_person(), form.said(), own_part_or_404(current_person(), part.id))
    return go_on(shown["then"])


def _musts(part: Enrolment) -> ResponseReturnValue:
    person, form = part.person, MustsForm()
    goals, languages, background = said_by(person, Goals, part), said_by(person, Languages), said_by(person, Background)
    form.offer_from(goals, languages, background)
    shown = page_of("musts", part.id)
    if request.method == "GET":
        form.show(said_by(person, Musts, part))
        return render_template("profiles/musts.html", form=form, **shown)
    if not form.validate():
        return unfinished("profiles/musts.html", form, **shown)
    with writing():
        say(current_person(), form.said(), own_part_or_404(current_person(), part.id))
    return go_on(shown["then"])


def _choices(part: Enrolment) -> ResponseReturnValue:
    before = said_by(part.person, Choices, part)
    form = ChoicesForm()
    search = (request.args.get("q") or "")[:80]
    people = people_to_choose(part, before, search)
    form.offer_people([each.person for each in people], before, part.role == "mentee")
    shown = {**page_of("choices", part.id), "people": people, "search": search}
    shown["seen"] = all_as_seen_by("member", people)
    if request.method == "GET":
        return render_template("profiles/choices.html", form=form, **shown)
    if not form.validate():
        return unfinished("profiles/choices.html", form, **shown)
    with writing():
        say(current_person(), form.said(), own_part_or_404(current_person(), part.id))
    return go_on(shown["then"])
