"""What machines ask: is it well?"""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from webapp.config import current_settings
from webapp.watch.reads import signs
from webapp.watch.rules import WELL
from webapp.web import public

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


def _said(status: str, parts: dict[str, str], beat: datetime | None) -> Response:
    return jsonify(
        status=status,
        version=current_settings().version,
        database=parts["database"],
        worker_last_beat=beat.isoformat() if beat else None,
        parts=parts,
    )
