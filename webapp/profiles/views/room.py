"""The blueprint, and what its views share."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from webapp.people import current_person
from webapp.profiles.path import path_of
from webapp.web import RoomForm, needs_role

room = Blueprint("profiles", __name__)
keepers_only = needs_role("coordinator", "administrator")


def one_button_or_400() -> None:
    """For forms that are nothing but a button."""
    if not RoomForm().validate_on_submit():
        abort(400)


def next_address(topic: str, part_id: UUID | None = None) -> str:
    """Where the path goes on from here: the next open topic, else the overview."""
    step = path_of(current_person()).after(topic, part_id)
    return step.address if step else url_for("profiles.overview")


def go_on(address: str) -> Response:
    return redirect(address, 303)
