"""A thread of each web process and of each worker that looks once a minute, never in anybody's request."""

from __future__ import annotations

import os
import socket
import threading
from uuid import uuid4

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from webapp.config import Settings
from webapp.database import Busy, db
from webapp.watch.alarms import look

LOOKS_EVERY = 60.0


def keep_watch(app: Flask, stop: threading.Event, every: float = LOOKS_EVERY) -> threading.Thread | None:
    """Begin to look every so many seconds, until `stop`; None where no mail could tell anybody."""
    settings: Settings = app.extensions["settings"]
    if not settings.smtp_host:
        return None
    thread = threading.Thread(target=_go_round, args=(app, stop, every), name="watch", daemon=True)
    thread.start()
    return thread


def _go_round(app: Flask, stop: threading.Event, every: float) -> None:
    name = f"{socket.gethostname()[:40]}:{os.getpid()}:{uuid4().hex[:8]}"
    seen: frozenset[str] = frozenset()
    with app.app_context():
        while not stop.wait(every):
            try:
                seen = look(name, seen)
            except (Busy, SQLAlchemyError):
                app.logger.warning("The watch could not look: the database does not answer.")
            except Exception:
                app.logger.exception("The watch met trouble and goes on.")
            finally:
                db.session.remove()
