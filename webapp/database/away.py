"""Whether an error means that the database is away for now, rather than that something of ours is wrong."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError

SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}
POSTGRESQL_AWAY = ("08", "53", "57P")  # connection exception, insufficient resources, shutting down or starting


def is_away(error: DBAPIError) -> bool:
    """True when the same request may do well in a minute: stopped, restarting, unreachable, full, locked."""
    if error.connection_invalidated:
        return True
    if not isinstance(error, OperationalError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return (error.orig.sqlite_errorcode & 0xFF) in SQLITE_AWAY  # the low byte: the rest says which kind of it
    state = getattr(error.orig, "sqlstate", None)
    return state is None or state.startswith(POSTGRESQL_AWAY)  # without one, no server has answered
