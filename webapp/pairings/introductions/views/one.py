"""One introduction: the question to each of the two, the mentor's sight of it, who met, and what it led to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.clock import now
from webapp.ledger import FormFields, Refused
from webapp.pairings.fields import NoFields
from webapp.pairings.introductions.actions import answer_introduction, say_what_it_led_to, take_introduction_back
from webapp.pairings.introductions.fields import LedToFields
from webapp.pairings.introductions.forms import AnswerForm, LedToForm
from webapp.pairings.introductions.models import Introduction
from webapp.pairings.introductions.reads import can_be_answered, introduction_or_404, openness_of
from webapp.pairings.page.views.posting import keep, one_button_or_400
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import RoomForm, unfinished

PAGE = "pairings/introductions/one.html"


@room.get("/introductions/<uuid:introduction_id>")
def introduction(introduction_id: UUID) -> str:
    """As the one who reads may see it."""
    one = introduction_or_404(current_person(), introduction_id)
    return render_template(PAGE, **_shown(one))


@room.post("/introductions/<uuid:introduction_id>/answer")
def answer(introduction_id: UUID) -> ResponseReturnValue:
    """Yes, or not this time."""
    one = introduction_or_404(current_person(), introduction_id)
    if not one.asks(current_person()):
        abort(404)
    form = AnswerForm()
    if not form.validate():
        return unfinished(PAGE, form, **_shown(one, form))
    try:
        keep("introduction", "answer", answer_introduction, one.pairing_id, form.fields(), introduction_id)
    except Refused:
        flash(_("This is over already."))
        return _to(introduction_id)
    flash(_("Kept. Only two yeses are shown to anybody."))
    return _to(introduction_id)


@room.post("/introductions/<uuid:introduction_id>/take-back")
def take_one_back(introduction_id: UUID) -> ResponseReturnValue:
    """The mentor takes it back while it is open."""
    one = introduction_or_404(current_person(), introduction_id)
    if one.pairing.mentor_id != current_person().id:
        abort(404)
    one_button_or_400()
    try:
        keep("introduction", "take_back", take_introduction_back, one.pairing_id, NoFields(), introduction_id)
    except Refused:
        flash(_("This is over already."))
        return _to(introduction_id)
    flash(_("Taken back. Nobody can read it any more."))
    return redirect(url_for("pairings.our_introductions", pairing_id=one.pairing_id), 303)


@room.post("/introductions/<uuid:introduction_id>/led-to")
def led_to(introduction_id: UUID) -> ResponseReturnValue:
    """The mentee says what it led to, or skips it (`skip`)."""
    one = introduction_or_404(current_person(), introduction_id)
    if one.pairing.mentee_id != current_person().id:
        abort(404)
    is_skipped = "skip" in request.form
    form = RoomForm() if is_skipped else LedToForm()
    if not form.validate():
        return unfinished(PAGE, form, **_shown(one, form))
    fields = form.fields() if isinstance(form, LedToForm) else LedToFields()
    try:
        keep("introduction", "led_to", say_what_it_led_to, one.pairing_id, fields, introduction_id)
    except Refused:
        flash(_("This is over already."))
        return _to(introduction_id)
    flash(_("Skipped. Nobody asks again.") if is_skipped else _("Kept. You both see it."))
    return redirect(url_for("pairings.our_pair", pairing_id=one.pairing_id), 303)


def _shown(one: Introduction, form: RoomForm | None = None) -> dict[str, Any]:
    """Whom one meets is there once both said yes, the line while they may still meet, and for the pair always."""
    person, at = current_person(), now()
    is_mentor = one.pairing.mentor_id == person.id
    is_of_the_pair = one.pairing.includes(person)
    is_standing = one.introduced_at is not None or one.is_open(at)
    other = (one.person if is_of_the_pair else one.mentee) if is_mentor or one.introduced_at else None
    return {
        "one": one,
        "other": other,
        "is_mentor": is_mentor,
        "is_of_the_pair": is_of_the_pair,
        "is_open": one.is_open(at),
        "can_answer": not is_mentor and can_be_answered(one, at),
        "has_agreed": one.agreed_at(person) is not None and one.introduced_at is None,
        "why": one.why if is_standing or is_of_the_pair else "",
        "openness": openness_of(one.person) if is_mentor else None,
        "answer_form": form if isinstance(form, AnswerForm) else AnswerForm(formdata=None),
        "led_form": form if isinstance(form, LedToForm) else LedToForm(formdata=None),
        "asks_what_it_led_to": person.id == one.pairing.mentee_id and one.asks_what_it_led_to(at),
        "hidden": FormFields.fresh(one.id),
    }


def _to(introduction_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("pairings.introduction", introduction_id=introduction_id), 303)
