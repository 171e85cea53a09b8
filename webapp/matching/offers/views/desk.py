"""The coordinator's list of offers."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.matching.offers.actions.closing import withdraw
from webapp.matching.offers.places import pairs_of_mentees
from webapp.matching.offers.reads import coordinated_offer_or_404, offers_of, waiting_for_another
from webapp.matching.offers.views.room import one_button_or_400, room
from webapp.people import current_person
from webapp.programmes import programme_or_404
from webapp.web import needs_role

coordinators_only = needs_role("coordinator")
SHOWN_PAST = 50


@room.get("/programme/<uuid:programme_id>/offers")
@coordinators_only
def listed(programme_id: UUID) -> str:
    """Who needs a new proposal, who is asked, and how the last ones ended."""
    programme = programme_or_404(current_person(), programme_id)
    offers = offers_of(programme, current_person())
    return render_template(
        "offers/listed.html",
        programme=programme,
        to_do=waiting_for_another(offers, programme, pairs_of_mentees(programme.id)),
        waiting=[each for each in offers if each.is_open],
        past=[each for each in offers if not each.is_open][:SHOWN_PAST],
    )


@room.post("/programme/<uuid:programme_id>/offers/<uuid:offer_id>/withdraw")
@coordinators_only
def take_back(programme_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    """Ask the two no more."""
    coordinated_offer_or_404(current_person(), programme_id, offer_id)
    one_button_or_400()
    with writing():
        person = current_person()
        withdraw(person, coordinated_offer_or_404(person, programme_id, offer_id))
    flash(_("They are not asked any more."))
    return redirect(url_for("offers.listed", programme_id=programme_id), 303)
