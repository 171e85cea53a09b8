"""The tables of a test's database, straight from the models (a test compares the migrations with them)."""

from sqlalchemy import Connection, text

from webapp.database import Model, db
from webapp.database.engine import WRITE

UNCHECKED = {"sqlite": "PRAGMA defer_foreign_keys = ON", "postgresql": "SET LOCAL session_replication_role = replica"}


def make_tables() -> None:
    """Create every table in the app's database."""
    with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        Model.metadata.create_all(connection)


def empty_tables(connection: Connection) -> None:
    """Take every row out; until the transaction ends nothing asks what points where."""
    connection.execute(text(UNCHECKED[connection.dialect.name]))
    cursor = connection.connection.cursor()  # the driver's own: sixty statements before each test
    all_of_them = [f'DELETE FROM "{name}"' for name in Model.metadata.tables]
    for statement in all_of_them if connection.dialect.name == "sqlite" else [";".join(all_of_them)]:
        cursor.execute(statement)
