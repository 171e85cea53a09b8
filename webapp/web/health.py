"""Says to machines whether this installation works: the database answers and the worker has been heard lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify
from sqlalchemy import String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from webapp.clock import now
from webapp.config import current_settings
from webapp.database import Model, db
from webapp.web.access import public

SILENT_AFTER = timedelta(minutes=2)
WORKER = "worker"

room = Blueprint("health", __name__)


class Heartbeat(Model):
    """When a process was last heard."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime]


def beat(process: str = WORKER) -> None:
    """Note that a process is alive; inside a write transaction, about every half minute."""
    db.session.merge(Heartbeat(process=process, at=now()))


@room.get("/healthz")
@public
def healthz() -> tuple[Response, int]:
    """200 when all is well, else 503; `status` says in one word what is not."""
    try:
        heard = db.session.get(Heartbeat, WORKER)
        database = "ok"
    except SQLAlchemyError:
        heard, database = None, "unreachable"
    status = _status(database, heard.at if heard else None)
    answer = jsonify(
        status=status,
        version=current_settings().version,
        database=database,
        worker_last_beat=heard.at.isoformat() if heard else None,
    )
    return answer, 200 if status == "ok" else 503


def _status(database: str, last_beat: datetime | None) -> str:
    if database != "ok":
        return "database_unreachable"
    if last_beat is None or now() - last_beat > SILENT_AFTER:
        return "worker_silent"
    return "ok"
