"""The tables of a test's database, straight from the models (a test compares the migrations with them)."""

from webapp.database import Model, db
from webapp.database.engine import WRITE


def make_tables() -> None:
    """Create every table in the app's database."""
    with db.engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        Model.metadata.create_all(connection)
