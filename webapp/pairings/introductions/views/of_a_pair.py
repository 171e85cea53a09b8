"""The introductions of a pair; the mentor begins one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.clock import now
from webapp.ledger import FormFields, Refused
from webapp.pairings.introductions.actions import introduce
from webapp.pairings.introductions.forms import IntroduceForm
from webapp.pairings.introductions.models import OpenToIntroduction
from webapp.pairings.introductions.reads import can_introduce, introductions_of, people_open_for
from webapp.pairings.models import Pairing
from webapp.pairings.page.reads import begun_pairing_or_404
from webapp.pairings.page.views.posting import about, keep, over
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

PAGE = "pairings/introductions/of_a_pair.html"


@room.route("/pair/<uuid:pairing_id>/introductions", methods=["GET", "POST"])
def our_introductions(pairing_id: UUID) -> ResponseReturnValue:
    """What became of each; for the mentor also somebody to introduce the mentee to."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    form = IntroduceForm(_people(pairing))
    if request.method == "GET":
        return render_template(PAGE, form=form, hidden=FormFields.fresh(), **_shown(pairing))
    if current_person().id != pairing.mentor_id:
        abort(404)
    hidden = FormFields.posted(request.form)
    is_again = any(each.id == hidden.entity for each in introductions_of(pairing))  # the answer to the first got lost
    if not form.validate() and not is_again:
        return unfinished(PAGE, form, hidden=hidden, **_shown(pairing))
    try:
        if not is_again:
            keep("introduction", "propose", introduce, pairing_id, form.fields())
    except Refused as refused:
        form.person.errors = [_why_not(refused)]
        return unfinished(PAGE, form, hidden=FormFields.fresh(), **_shown(pairing))
    flash(_("Both are asked now, each alone."))
    return redirect(url_for("pairings.our_introductions", pairing_id=pairing_id), 303)


def _people(pairing: Pairing) -> list[OpenToIntroduction]:
    """For the mentor alone, and only while one can begin."""
    is_mentor = current_person().id == pairing.mentor_id
    return people_open_for(pairing, now()) if is_mentor and can_introduce(pairing, now()) else []


def _shown(pairing: Pairing) -> dict[str, Any]:
    return {
        "introductions": introductions_of(pairing),
        "can_introduce": can_introduce(pairing, now()),
        "at": now(),
        **about(pairing),
    }


def _why_not(refused: Refused) -> str:
    words = {
        "pairing_ended": over(refused),
        "pairing_held": over(refused),
        "not_now": _("You two have a pause. Afterwards you can introduce people again."),
        "not_open": _("This person cannot be asked now. Choose somebody else."),
    }
    return str(words.get(refused.reason, _("This was kept before. Look at the list above.")))
