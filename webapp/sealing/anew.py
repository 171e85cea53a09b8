"""Texts under a retired key are sealed anew under the one that is used now, a few at a time, while everything runs."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import current_app
from sqlalchemy import ColumnElement, Table, func, or_, select, update

from webapp.database import Model, db, writing
from webapp.sealing.keys import current_keys
from webapp.sealing.rest import head_of, open_text, seal_text

SUFFIX = "_sealed"
A_FEW = 200


def seal_anew(most: int = A_FEW) -> int:
    """Up to `most` texts of older keys, in one write transaction; how many, so that 0 says that none is left.

    A text that its author changes meanwhile stays as the author left it. One that cannot be opened is left alone.
    """
    older = _older_keys()
    for table, column in _sealed_columns() if older else ():
        key = bound_to(table)
        found = db.session.execute(select(key, column).where(_is_under(column, older)).order_by(key).limit(most)).all()
        anew = [(row, sealed, fresh) for row, sealed in found if (fresh := _sealed_anew(table, column, row, sealed))]
        if anew:
            with writing():
                for row, sealed, fresh in anew:  # what was sealed says whose row it is, where two share an id
                    same = update(table).where(key == row, column == sealed)
                    db.session.execute(same.values({column: fresh}))
            return len(anew)
    return 0


def left_under_older_keys() -> int:
    """How many texts a retired key seals still."""
    older = _older_keys()
    counts = [select(func.count()).where(_is_under(column, older)) for _, column in _sealed_columns() if older]
    return sum(db.session.scalar(count) or 0 for count in counts)


def bound_to(table: Table) -> ColumnElement[UUID]:
    """The key that a table's texts are sealed for: `id`, or the only one there is."""
    keys = table.primary_key.columns
    return keys["id"] if "id" in keys else keys.values()[0]


def _older_keys() -> list[str]:
    ring = current_keys()
    return sorted(set(ring.secrets["rest"]) - {ring.newest_secret("rest")[0]})


def _sealed_columns() -> Iterator[tuple[Table, ColumnElement[bytes]]]:
    """By their names: `note.words_sealed` is what `seal_text(…, "note.words", key of the row)` made."""
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            if column.name.endswith(SUFFIX):
                yield table, column


def _is_under(column: ColumnElement[bytes], keys: list[str]) -> ColumnElement[bool]:
    heads = [head_of(key_id) for key_id in keys]
    return or_(*(func.substr(column, 1, len(head)) == head for head in heads))


def _sealed_anew(table: Table, column: ColumnElement[bytes], row: UUID, sealed: bytes) -> bytes | None:
    place = f"{table.name}.{str(column.key).removesuffix(SUFFIX)}"
    try:
        return seal_text(open_text(sealed, place, row), place, row)
    except ValueError:
        current_app.logger.exception("A text of %s cannot be opened, and stays as it is.", place)
        return None
