"""The statements that SQLAlchemy spells differently on the two databases, and many rows at once, spelled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Column, Connection, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

from webapp.database.engine import db
from webapp.database.model import Model

Processor = Callable[[Any], Any]
Default = Callable[[], Any]


def inserting(model: type[Model], **values: Any) -> postgresql.Insert | sqlite.Insert:
    """An INSERT into a model's table that can be given an `ON CONFLICT`; the session knows nothing of its row."""
    insert = postgresql.Insert if db.engine.dialect.name == "postgresql" else sqlite.Insert
    return insert(cast(Table, model.__table__)).values(**values)


def insert_rows(
    connection: Connection,
    model: type[Model],
    rows: Iterable[Mapping[str, Any]],
    *,
    found_by: tuple[str, ...] = (),
    replacing: tuple[str, ...] = (),
) -> None:
    """Insert rows, each a mapping of attributes, in one statement; what a row leaves out gets its column's default.

    A row that is there already, `found_by` these unique columns, stays as it is, or takes over what `replacing` names.
    """
    spelled = _spelled(model, connection.dialect, found_by, replacing)
    connection.exec_driver_sql(spelled.sql, [spelled.parameters(row) for row in rows])


@dataclass(frozen=True, slots=True)
class _Spelled:
    """An INSERT in a database's own words, with its parameters in their order, or by name."""

    sql: str
    places: Sequence[tuple[str, Default, Processor | None]]
    by_name: bool

    def parameters(self, row: Mapping[str, Any]) -> Any:
        said = []
        for name, default, process in self.places:
            value = row[name] if name in row else default()
            said.append(value if process is None else process(value))
        return (
            {place[0]: value for place, value in zip(self.places, said, strict=True)} if self.by_name else tuple(said)
        )


@lru_cache(maxsize=64)
def _spelled(model: type[Model], dialect: Dialect, found_by: tuple[str, ...], replacing: tuple[str, ...]) -> _Spelled:
    """SQLAlchemy's own spelling: compiling it, and finding each value's type, costs more than the rows."""
    insert = inserting(model)
    if replacing:
        taken = {name: insert.excluded[name] for name in replacing}
        insert = insert.on_conflict_do_update(index_elements=found_by, set_=taken)
    elif found_by:
        insert = insert.on_conflict_do_nothing(index_elements=found_by)
    columns = {column.key: column for column in cast(Table, model.__table__).columns}
    compiled = insert.compile(dialect=dialect, column_keys=list(columns))
    order = compiled.positiontup
    places = [_place(columns[name], dialect) for name in (columns if order is None else order)]
    return _Spelled(str(compiled), places, by_name=order is None)


def _place(column: Column[Any], dialect: Dialect) -> tuple[str, Default, Processor | None]:
    """What stands there unless a row says it, and how it is written down."""
    default: Any = column.default
    if default is None:
        unsaid: Default = _nothing
    else:
        unsaid = (lambda: default.arg(None)) if default.is_callable else (lambda: default.arg)
    return column.key, unsaid, column.type.dialect_impl(dialect).bind_processor(dialect)


def _nothing() -> None:
    return None
