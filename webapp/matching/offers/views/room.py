"""The blueprint, and what its views and other pages share."""

from __future__ import annotations

from flask import Blueprint, abort

from webapp.clock import now
from webapp.matching.offers.models import Offer
from webapp.matching.offers.reads import news_for, offers_for
from webapp.matching.offers.words import reasons_for
from webapp.people import current_person
from webapp.web import RoomForm

room = Blueprint("offers", __name__)


def one_button_or_400() -> None:
    """For forms that are nothing but a button."""
    if not RoomForm().validate_on_submit():
        abort(400)


@room.app_template_global()
def my_offers() -> list[Offer]:
    """What whoever is signed in is asked now."""
    return offers_for(current_person())


@room.app_template_global()
def news_of_offers() -> Offer | None:
    """An offer to whoever is signed in that ended not long ago."""
    return news_for(current_person(), now())


room.app_template_global()(reasons_for)
