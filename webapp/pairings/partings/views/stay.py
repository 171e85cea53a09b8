"""Stay in touch? Each of the two is asked alone."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import FormFields, Refused
from webapp.pairings.page.reads import begun_pairing_or_404
from webapp.pairings.page.views.posting import about, back_to, keep, over
from webapp.pairings.partings.forms import StayForm
from webapp.pairings.partings.staying import answer_by, answer_of, answer_stay, is_asked_to_stay
from webapp.pairings.views.room import room
from webapp.people import current_person
from webapp.web import unfinished

PAGE = "pairings/ours/stay.html"


@room.route("/pair/<uuid:pairing_id>/stay", methods=["GET", "POST"])
def stay(pairing_id: UUID) -> ResponseReturnValue:
    """The question, or one's own answer while the other one's is not there yet."""
    person = current_person()
    pairing = begun_pairing_or_404(person, pairing_id)
    form = StayForm()
    if request.method == "GET":
        if not is_asked_to_stay(pairing) or not pairing.is_active():
            return back_to(pairing_id)
        own = answer_of(pairing, person)
        shown = {"own": own, "until": answer_by(pairing, person), **about(pairing)}
        if own is not None:
            form.stays.data = "yes" if own.stays else "no"
        return render_template(PAGE, form=form, hidden=FormFields.fresh(), **shown)
    hidden = FormFields.posted(request.form)
    shown = {"own": answer_of(pairing, person), "until": answer_by(pairing, person), **about(pairing)}
    if not form.validate():
        return unfinished(PAGE, form, hidden=hidden, **shown)
    try:
        keep("stay", "answer", answer_stay, pairing_id, form.fields())
    except Refused as refused:
        form.stays.errors = [over(refused)]
        return unfinished(PAGE, form, hidden=hidden, **shown)
    pairing = begun_pairing_or_404(person, pairing_id)
    if not is_asked_to_stay(pairing):
        return back_to(pairing_id)
    flash(_("Kept. Nobody sees your answer unless you both say yes."))
    return redirect(url_for("pairings.stay", pairing_id=pairing_id), 303)
