"""One's own profile: the overview, the topics that are said once, and what others see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.database import writing
from webapp.people import current_person
from webapp.profiles.actions import ask_no_more, say
from webapp.profiles.fields import TOPICS
from webapp.profiles.forms import (
    AboutForm,
    BackgroundForm,
    InterestsForm,
    LanguagesForm,
    StyleForm,
    TopicForm,
    WeekForm,
)
from webapp.profiles.path import path_of
from webapp.profiles.reads import parts_of, said_by
from webapp.profiles.seen import SHOWN, as_seen_by
from webapp.profiles.views.room import go_on, next_address, one_button_or_400, room
from webapp.profiles.words import group_names, style_ends
from webapp.programmes import enrolments_of
from webapp.web import unfinished

FORMS: dict[str, type[TopicForm]] = {
    "interests": InterestsForm,
    "languages": LanguagesForm,
    "style": StyleForm,
    "week": WeekForm,
    "about": AboutForm,
    "background": BackgroundForm,
}


@room.get("/profile")
def overview() -> str:
    """How far it is, and every topic to tap."""
    return render_template("profiles/overview.html", path=path_of(current_person()))


@room.route("/profile/<any(interests, languages, style, week, about, background):topic>", methods=["GET", "POST"])
def topic(topic: str) -> ResponseReturnValue:
    """One topic that is said once for all programmes. Saving goes on to the next one that is open."""
    person, template = current_person(), f"profiles/{topic}.html"
    said = said_by(person, TOPICS[topic])
    form = FORMS[topic]()
    form.offer(said, _role())
    shown = page_of(topic)
    if request.method == "GET":
        form.show(said)
        return render_template(template, form=form, **shown)
    if not form.validate():
        return unfinished(template, form, **shown)
    with writing():
        say(current_person(), form.said())
    return go_on(shown["then"])


@room.get("/profile/as-seen")
def as_seen() -> str:
    """What the partner, the coordinator and others of the programme see, from the function that shows it to them."""
    seen = [
        (programme, [(reader, as_seen_by(reader, part)) for reader in SHOWN])
        for part, programme in parts_of(current_person())
    ]
    return render_template("profiles/as_seen.html", seen=seen)


@room.post("/profile/later")
def later() -> ResponseReturnValue:
    """Today offers the profile no more."""
    one_button_or_400()
    with writing():
        ask_no_more(current_person())
    return go_on("/")


def page_of(topic: str, part_id: UUID | None = None) -> dict[str, Any]:
    """What the page of a topic shows beside its form: where on the path it is, and where the path goes on."""
    path = path_of(current_person())
    step = next((each for each in path.steps if (each.topic, each.part and each.part.id) == (topic, part_id)), None)
    return {
        "step": step,
        "number": path.number_of(topic, part_id),
        "of": len(path.counted),
        "then": next_address(topic, part_id),
        "skip_to": _skip_to(path.number_of(topic, part_id)),
        "role": step.part.role if step and step.part else _role(),
        "questions": style_ends(),
        "groups": group_names(),
    }


def _skip_to(number: int) -> str:
    """The topic behind this one, answered or not."""
    counted = path_of(current_person()).counted
    return counted[number].address if 0 < number < len(counted) else url_for("profiles.overview")


def _role() -> str:
    """Whether to speak of "your mentor" or "your mentee" where somebody may be both."""
    roles = {part.role for part in enrolments_of(current_person())} or current_person().roles
    return "mentee" if "mentee" in roles else "mentor" if "mentor" in roles else ""
