"""The one statement SQLAlchemy spells differently on the two databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from webapp.database.engine import db
from webapp.database.model import Model


def inserting(model: type[Model], **values: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can be given an `ON CONFLICT`."""
    insert = postgresql.Insert if db.engine.dialect.name == "postgresql" else sqlite.Insert
    return insert(model).values(**values)
