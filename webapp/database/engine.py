"""The engine: SQLite in WAL with full durability, or PostgreSQL, behind one code path."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, event

from webapp.config import Settings
from webapp.database.model import Model
from webapp.database.queue import WriteQueue
from webapp.database.session import BatchSession, note_added

WRITE = "friendtor_write"
# Each connection to SQLite keeps its own copy of the schema, its statements and its pages: 2 MB that sixteen
# threads would have sixteen times, although they take turns at the interpreter and hardly ever ask at once.
SQLITE_CONNECTIONS = 6
# A statement that SQLite keeps prepared takes 30 KB of each connection, and Python would keep 128 of them. What phones
# send needs some 25 again and again; a page prepares its own anew, each in about a tenth of a millisecond.
PREPARED_STATEMENTS = 32

db = SQLAlchemy(model_class=Model, session_options={"expire_on_commit": False, "class_": BatchSession})
event.listen(db.session, "transient_to_pending", note_added)


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the app to its database and set the rules that both kinds keep."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    db.init_app(app)
    app.extensions["before_commit"] = []
    app.extensions["write_queue"] = WriteQueue(settings.data_dir / "write.lock") if settings.on_sqlite else None
    with app.app_context():
        _set_rules(db.engine)


def _engine_options(settings: Settings) -> dict[str, Any]:
    if settings.on_sqlite:
        pool = {"pool_size": SQLITE_CONNECTIONS, "max_overflow": 0, "pool_timeout": 10}
        kept: dict[str, Any] = {"timeout": 10, "isolation_level": None, "cached_statements": PREPARED_STATEMENTS}
        return {"connect_args": kept, "hide_parameters": True, **pool}
    options: dict[str, Any] = {"pool_pre_ping": True, "pool_size": 10, "hide_parameters": True}
    if settings.database_schema:
        options["connect_args"] = {"options": f"-csearch_path={settings.database_schema}"}
    return options


def _set_rules(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    if cursor.execute("PRAGMA synchronous").fetchone()[0] != 2:  # anything less may lose an acknowledged commit
        raise RuntimeError("SQLite must run with synchronous=FULL.")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITE):
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.read_only = not connection.get_execution_options().get(WRITE)
