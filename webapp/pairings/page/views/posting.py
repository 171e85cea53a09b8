"""What the pages of a pair share: doing what a form says once, and what every such page says of the pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from pydantic import BaseModel
from werkzeug.wrappers import Response

from webapp.database import writing
from webapp.ledger import FormFields, Refused, Written, form_write
from webapp.pairings.models import Pairing
from webapp.people import Person, current_person
from webapp.web import RoomForm

PairAction = Callable[[Person, Written, UUID, Any], None]


def keep(
    kind: str, action: str, do: PairAction, pairing_id: UUID, fields: BaseModel, entity: UUID | None = None
) -> None:
    """Do what a posted form of this pair says, once. Raises Refused, Conflict or Gone."""
    hidden = FormFields.posted(request.form)
    if entity is not None:
        hidden = FormFields(hidden.op_id, entity, hidden.parent)
    said = {"pairing": str(pairing_id), **fields.model_dump(mode="json")}
    with writing():
        author = current_person()
        written = form_write(author.id, author.zone, hidden, kind, action, said)
        if written:
            do(author, written, pairing_id, fields)


def about(pairing: Pairing) -> dict[str, Any]:
    """What every page of a pair says of it."""
    person = current_person()
    return {"pairing": pairing, "partner": pairing.partner_of(person), "role": pairing.role_of(person)}


def back_to(pairing_id: UUID) -> Response:
    """To the page of the pair."""
    return redirect(url_for("pairings.our_pair", pairing_id=pairing_id), 303)


def over(refused: Refused) -> str:
    """What is said of words that came after the end, or while the two share nothing."""
    if refused.reason == "pairing_held":
        return str(
            _("You two have a pause until you both choose, so this cannot be kept. Your words are still here to copy.")
        )
    return str(_("This pair has ended, so this cannot be kept. Your words are still here to copy."))


def say_that_it_stands(refused: Refused) -> None:
    """Of a button that came too late: why nothing changed, and what stands. A foreign or unknown thing is a 404."""
    if refused.reason == "pairing_held":
        flash(_("You two have a pause until you both choose, so nothing was changed. All stays as it was."))
    elif refused.reason == "pairing_ended":
        flash(_("This pair has ended, so nothing was changed. All stays as it was, for you both to read."))
    else:
        abort(404)


def one_button_or_400() -> None:
    """For forms that are nothing but a button."""
    if not RoomForm().validate_on_submit():
        abort(400)
