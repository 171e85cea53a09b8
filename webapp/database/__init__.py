"""The database: one connection string, UTC times, UUIDv7 ids, and one way to write.

Reads are read-only transactions. `with writing():` is the only door for a write: it takes its turn in the fair
queue, begins at once, and commits once at the end.
"""

from webapp.database.away import is_away
from webapp.database.engine import db, init_app
from webapp.database.ids import uuid7
from webapp.database.inserting import insert_rows, inserting
from webapp.database.migrating import (
    bring_tables_up_to_date,
    known_migrations,
    newest_migrations_seen,
    offer_migrations,
)
from webapp.database.model import Model, UtcDateTime
from webapp.database.names import Named, plain_name
from webapp.database.queue import Busy
from webapp.database.transactions import (
    before_commit,
    forget_ahead,
    insert_later,
    keep_loaded,
    look_ahead,
    short_one_waits,
    write_later_rows,
    writing,
)

__all__ = [
    "Busy",
    "Model",
    "Named",
    "UtcDateTime",
    "before_commit",
    "bring_tables_up_to_date",
    "db",
    "forget_ahead",
    "init_app",
    "insert_later",
    "insert_rows",
    "inserting",
    "is_away",
    "keep_loaded",
    "known_migrations",
    "look_ahead",
    "newest_migrations_seen",
    "offer_migrations",
    "plain_name",
    "short_one_waits",
    "uuid7",
    "write_later_rows",
    "writing",
]
