"""What somebody is asked: the offer, yes, "not this time", and thinking again."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from webapp.clock import now
from webapp.database import writing
from webapp.matching.offers.actions.answering import accept, decline, say_why, think_again
from webapp.matching.offers.forms import BecauseForm
from webapp.matching.offers.models import Offer
from webapp.matching.offers.reads.offers import own_offer_or_404
from webapp.matching.offers.rules import PAIRED, can_undo
from webapp.matching.offers.views.room import one_button_or_400, room
from webapp.people import current_person
from webapp.web import unfinished

TODAY = "/"


@room.get("/offers/<uuid:offer_id>")
def one(offer_id: UUID) -> str:
    """One offer: who, why, and the two buttons; or what one answered."""
    offer = own_offer_or_404(current_person(), offer_id)
    answer = offer.answer_of(current_person().id)
    form = BecauseForm(data={"because": answer.because if answer else ""})
    return render_template("offers/one.html", form=form, **_shown(offer))


@room.post("/offers/<uuid:offer_id>/accept")
def say_yes(offer_id: UUID) -> ResponseReturnValue:
    """Yes."""
    own_offer_or_404(current_person(), offer_id)
    one_button_or_400()
    try:
        ended = _accept(offer_id)
    except IntegrityError:  # a pair of this mentee was made at the same moment; now it is there to be seen
        ended = _accept(offer_id)
    if ended == PAIRED:
        flash(_("You two are a pair now."))
    elif ended:
        flash(_("This is not possible any more. You do not have to do anything."))
    else:
        flash(_("You said yes. The other person is asked too."))
    return redirect(TODAY, 303)


@room.post("/offers/<uuid:offer_id>/decline")
def say_not_this_time(offer_id: UUID) -> ResponseReturnValue:
    """Not this time."""
    own_offer_or_404(current_person(), offer_id)
    one_button_or_400()
    with writing():
        person = current_person()
        decline(person, own_offer_or_404(person, offer_id))
    return _back_to(offer_id)


@room.post("/offers/<uuid:offer_id>/why")
def give_reason(offer_id: UUID) -> ResponseReturnValue:
    """Why not this time, for the coordinator."""
    offer = own_offer_or_404(current_person(), offer_id)
    form = BecauseForm()
    if not form.validate():
        return unfinished("offers/one.html", form, **_shown(offer))
    with writing():
        person = current_person()
        say_why(person, own_offer_or_404(person, offer_id), form.because.data or "")
    flash(_("Thank you. Only your coordinator reads it."))
    return redirect(TODAY, 303)


@room.post("/offers/<uuid:offer_id>/think-again")
def change_my_mind(offer_id: UUID) -> ResponseReturnValue:
    """Take "not this time" back."""
    own_offer_or_404(current_person(), offer_id)
    one_button_or_400()
    with writing():
        person = current_person()
        could = think_again(person, own_offer_or_404(person, offer_id))
    if not could:
        flash(_("This is not possible any more. You do not have to do anything."))
    return _back_to(offer_id)


def _accept(offer_id: UUID) -> str | None:
    with writing():
        person = current_person()
        offer = own_offer_or_404(person, offer_id)
        accept(person, offer)
        return offer.closed_how


def _shown(offer: Offer) -> dict[str, object]:
    person = current_person()
    answer = offer.answer_of(person.id)
    said_no = answer is not None and answer.declined_at is not None
    return {
        "offer": offer,
        "answer": answer,
        "may_think_again": offer.is_open and said_no and can_undo(answer.said_at, now()) if answer else False,
    }


def _back_to(offer_id: UUID) -> Response:
    return redirect(url_for("offers.one", offer_id=offer_id), 303)
