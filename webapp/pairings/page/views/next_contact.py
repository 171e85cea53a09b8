"""When the two talk next."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import db
from webapp.ledger import Conflict, FormFields, Refused
from webapp.pairings.page.actions import agree_on_next_contact
from webapp.pairings.page.fields import NextContactFields
from webapp.pairings.page.forms import NextContactForm
from webapp.pairings.page.models import NextContact
from webapp.pairings.page.reads import begun_pairing_or_404, next_contact_of
from webapp.pairings.page.views.posting import about, back_to, keep, one_button_or_400, over, say_that_it_stands
from webapp.pairings.signs import today_of
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

PAGE = "pairings/ours/next_contact.html"


@room.route("/pair/<uuid:pairing_id>/next", methods=["GET", "POST"])
def next_contact(pairing_id: UUID) -> ResponseReturnValue:
    """Agree on the next contact."""
    person = current_person()
    pairing = begun_pairing_or_404(person, pairing_id)
    agreed = next_contact_of(pairing, person)
    form = NextContactForm(today_of(person))
    shown = {"agreed": agreed, **about(pairing)}
    if request.method == "GET":
        if agreed is not None:
            form.show(agreed)
        return render_template(PAGE, form=form, hidden=_hidden(pairing_id), **shown)
    hidden = FormFields.posted(request.form)
    if not form.validate():
        return unfinished(PAGE, form, hidden=hidden, **shown)
    try:
        keep("next_contact", "set", agree_on_next_contact, pairing_id, form.fields())
    except Conflict:
        form.on.errors = [_("The other one changed this a moment ago. Look at both, then save the one you want.")]
        standing = db.session.get(NextContact, pairing_id, populate_existing=True)
        return unfinished(PAGE, form, hidden=_hidden(pairing_id), meanwhile=standing, **shown)
    except Refused as refused:
        form.on.errors = [over(refused)]
        return unfinished(PAGE, form, hidden=hidden, **shown)
    flash(_("Kept. You both see it."))
    return back_to(pairing_id)


@room.post("/pair/<uuid:pairing_id>/next/clear")
def clear_next_contact(pairing_id: UUID) -> ResponseReturnValue:
    """There is no next contact any more."""
    begun_pairing_or_404(current_person(), pairing_id)
    one_button_or_400()
    try:
        keep("next_contact", "clear", agree_on_next_contact, pairing_id, NextContactFields(on=None))
        flash(_("Taken away. You can agree on another day."))
    except Conflict:
        flash(_("The other one changed this a moment ago. Please look again."))
    except Refused as refused:
        say_that_it_stands(refused)
    return back_to(pairing_id)


def _hidden(pairing_id: UUID) -> FormFields:
    """The form knows the day that stands now, also one that is over."""
    standing = db.session.get(NextContact, pairing_id)
    return FormFields.fresh(pairing_id, standing.head if standing else None)
