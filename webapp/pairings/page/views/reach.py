"""How the two reach each other: shown to neither before both have shared."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import FormFields, Refused
from webapp.pairings.page.actions import share_contact
from webapp.pairings.page.fields import ContactCardFields
from webapp.pairings.page.forms import ContactCardForm
from webapp.pairings.page.reads import begun_pairing_or_404, card_of, partners_card
from webapp.pairings.page.views.posting import about, keep, one_button_or_400, over, say_that_it_stands
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

PAGE = "pairings/ours/reach.html"


@room.route("/pair/<uuid:pairing_id>/reach", methods=["GET", "POST"])
def reach(pairing_id: UUID) -> ResponseReturnValue:
    """Say how one is reached, and see the other's."""
    person = current_person()
    pairing = begun_pairing_or_404(person, pairing_id)
    own = card_of(pairing, person)
    form = ContactCardForm()
    shown = {"own": own, "card": partners_card(pairing, person), **about(pairing)}
    if request.method == "GET":
        if own is not None:
            form.show(own)
        return render_template(PAGE, form=form, hidden=FormFields.fresh(), **shown)
    hidden = FormFields.posted(request.form)
    if not form.validate():
        return unfinished(PAGE, form, hidden=hidden, **shown)
    try:
        keep("contact_card", "share", share_contact, pairing_id, form.fields())
    except Refused as refused:
        form.reach.errors = [over(refused)]
        return unfinished(PAGE, form, hidden=hidden, **shown)
    flash(_("Kept. You see each other's once you have both shared."))
    return redirect(url_for("pairings.reach", pairing_id=pairing_id), 303)


@room.post("/pair/<uuid:pairing_id>/reach/take-back")
def take_reach_back(pairing_id: UUID) -> ResponseReturnValue:
    """Share it no longer: then neither sees the other's."""
    begun_pairing_or_404(current_person(), pairing_id)
    one_button_or_400()
    try:
        keep("contact_card", "take_back", share_contact, pairing_id, ContactCardFields())
    except Refused as refused:
        say_that_it_stands(refused)
        return redirect(url_for("pairings.reach", pairing_id=pairing_id), 303)
    flash(_("Taken back. Nobody can read it any more."))
    return redirect(url_for("pairings.reach", pairing_id=pairing_id), 303)
