"""What machines ask, is it well; and the same for an administrator, with what to do."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from webapp import push
from webapp.config import current_settings
from webapp.database import writing
from webapp.watch.reads import signs
from webapp.watch.rules import WELL
from webapp.watch.state import state_of_things
from webapp.web import RoomForm, needs_role, public

room = Blueprint("watch", __name__)
UNKNOWN = {"worker": "unknown", "push": "unknown", "push_services": "unknown", "letters": "unknown"}


@room.get("/healthz")
@public
def healthz() -> tuple[Response, int]:
    """200 when all is well, else 503; `status` says in one word what to look at first, `parts` how each part is.

    Anybody may ask: it says nothing of persons, neither how many nor when one of them was written to.
    """
    try:
        found = signs()
    except SQLAlchemyError:
        return _said("database_unreachable", {"database": "unreachable", **UNKNOWN}, None), 503
    answer = _said(found.status, {"database": "ok", **found.parts}, found.worker_beat)
    return answer, 200 if found.status in WELL else 503


@room.get("/state")
@needs_role("administrator")
def state() -> str:
    """How everything stands, what asks for attention first, and what to do about it."""
    found = state_of_things()
    megabytes = format_decimal(found.database_bytes / 1e6, format="#,##0.0")
    return render_template("watch/state.html", state=found, megabytes=megabytes, version=current_settings().version)


@room.post("/state/try-again")
@needs_role("administrator")
def try_again() -> ResponseReturnValue:
    """Have what waits for a push service tried again at once."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        push.ask_again(request.form.get("origin", "")[:280])
    flash(_("It is being tried again. Look here in a minute."))
    return redirect("/state", 303)


def _said(status: str, parts: dict[str, str], beat: datetime | None) -> Response:
    return jsonify(
        status=status,
        version=current_settings().version,
        database=parts["database"],
        worker_last_beat=beat.isoformat() if beat else None,
        parts=parts,
    )
