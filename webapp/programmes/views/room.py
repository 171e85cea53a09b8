"""The blueprint, and what its views share."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from webapp.web import RoomForm, needs_role

room = Blueprint("programmes", __name__)
keepers_only = needs_role("coordinator", "administrator")


def back_to_set_up(programme_id: UUID) -> Response:
    """To the checklist, where the next step is."""
    return redirect(url_for("programmes.set_up", programme_id=programme_id), 303)


def one_button_or_400() -> None:
    """For forms that are nothing but a button."""
    if not RoomForm().validate_on_submit():
        abort(400)
