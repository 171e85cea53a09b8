"""The agreement: reading it, signing it, and a sheet of it for paper."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.ledger import Conflict, FormFields, Refused
from webapp.pairings.agreeing.actions import SignFields, sign_agreement
from webapp.pairings.agreeing.reads import agreement_for, agreement_signed, signatures_of
from webapp.pairings.page.reads import begun_pairing_or_404
from webapp.pairings.page.views.posting import about, keep, one_button_or_400
from webapp.pairings.views.room import room
from webapp.people import current_person


@room.get("/pair/<uuid:pairing_id>/agreement")
def our_agreement(pairing_id: UUID) -> str:
    """The words that count now, who signed them, and what was signed before."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    signed = agreement_for(pairing)
    older = [each for each in signatures_of(pairing) if each.version != signed.version]
    return render_template(
        "pairings/ours/agreement.html", signed=signed, older=older, hidden=FormFields.fresh(), **about(pairing)
    )


@room.post("/pair/<uuid:pairing_id>/agreement")
def sign(pairing_id: UUID) -> ResponseReturnValue:
    """Sign the version that was read."""
    begun_pairing_or_404(current_person(), pairing_id)
    one_button_or_400()
    version = request.form.get("version", type=int)
    if version is None:
        abort(400)
    try:
        keep("agreement", "sign", sign_agreement, pairing_id, SignFields(version=version))
        flash(_("Signed."))
    except Conflict:
        flash(_("The words changed a moment ago. Please read them again, then sign."))
    except Refused as refused:
        if refused.reason == "pairing_held":
            flash(_("You two have a pause until you both choose, so there is nothing to sign."))
        else:
            flash(_("This pair has ended. There is nothing to sign any more."))
    return redirect(url_for("pairings.our_agreement", pairing_id=pairing_id), 303)


@room.get("/pair/<uuid:pairing_id>/agreement/print")
def print_agreement(pairing_id: UUID) -> str:
    """One version on a sheet of paper, with its signatures; without a number the one that counts now."""
    pairing = begun_pairing_or_404(current_person(), pairing_id)
    version = request.args.get("version", type=int)
    signed = agreement_for(pairing) if version is None else agreement_signed(pairing, version)
    if signed is None:
        abort(404)
    return render_template("pairings/ours/agreement_print.html", signed=signed, **about(pairing))
