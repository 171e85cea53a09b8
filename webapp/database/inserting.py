"""The one statement SQLAlchemy spells differently on the two databases."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from webapp.database.engine import db
from webapp.database.model import Model


def inserting(model: type[Model], **values: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into a model's table that can be given an `ON CONFLICT`; the session knows nothing of its row."""
    insert = postgresql.Insert if db.engine.dialect.name == "postgresql" else sqlite.Insert
    return insert(cast(Table, model.__table__)).values(**values)
