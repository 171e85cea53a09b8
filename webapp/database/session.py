"""A session that finds rows by their id in the middle of a batch of writes.

A batch is flushed once, so a row that was added a moment ago is not in the database yet; and asking the database for
each new id whether it is there already costs more than everything else. So `get` knows what was added, and what
`look_ahead` found to be absent.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any
from uuid import UUID

from flask_sqlalchemy.session import Session
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.attributes import instance_state

from webapp.database.away import is_away

WRITING, ADDED, ABSENT, AHEAD, LATER = "writing", "added", "absent", "ahead", "later"  # what stands in `info`


class BatchSession(Session):
    """The app's session. What it remembers beside its rows stands in `info` and goes with the transaction."""

    def get(self, entity: Any, ident: Any, **options: Any) -> Any:
        """A row by its key: also one that was added and is not flushed yet."""
        if self.info.get(WRITING) and isinstance(ident, UUID) and not any(options.values()):
            key = (entity, ident)
            added = self.info.get(ADDED, {}).get(key)
            if added is not None and added in self:
                return added
            if key in self.info.get(ABSENT, ()):
                return None
            loaded = self.identity_map.get(inspect(entity).identity_key_from_primary_key((ident,)))
            if loaded is not None and not instance_state(loaded).expired:
                return loaded  # what `super` would find after a tenth of a millisecond
        return super().get(entity, ident, **options)

    def close(self) -> None:
        """Also when the database went away meanwhile: nothing is left to undo, and an answer that was made stands."""
        try:
            super().close()
        except DBAPIError as error:
            if not is_away(error):
                raise
            self.invalidate()


def note_added(session: Session, row: Any) -> None:
    """Remember a row that was added to a write transaction."""
    name = key_name(type(row))  # type: ignore[arg-type]
    if name and session.info.get(WRITING):
        session.info.setdefault(ADDED, {})[(type(row), getattr(row, name))] = row


@cache
def key_name(model: Hashable) -> str | None:
    """The attribute that is a model's whole key, or None where the key has several columns."""
    columns: Any = inspect(model).primary_key
    return str(columns[0].key) if len(columns) == 1 else None
