"""Rows that are inserted many at once read back as if the session had written them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import DateTime, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

from tests.people import Cast
from webapp.audit import AuditRow
from webapp.database import UtcDateTime, db, insert_rows, uuid7, writing
from webapp.feed import FeedRow
from webapp.push.models import PushMessage

NOON_IN_DELHI = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def test_each_value_reads_back_and_what_is_left_out_gets_its_default(cast: Cast) -> None:
    said = {"at": NOON_IN_DELHI, "event": "test.ran", "subject_kind": "", "facts": {"words": "naïve", "count": 2}}
    with writing():
        insert_rows(db.session.connection(), AuditRow, [said, said | {"actor_id": cast.mary}])
    ran = select(AuditRow).where(AuditRow.event == "test.ran").order_by(AuditRow.actor_id.is_not(None))
    nobody, mary = db.session.scalars(ran)
    assert (nobody.at, nobody.facts, nobody.actor_id) == (NOON_IN_DELHI, said["facts"], None)
    assert mary.actor_id == cast.mary
    assert nobody.id != mary.id


def test_a_row_that_is_there_stays_or_takes_over_what_is_named(cast: Cast) -> None:
    key = {"person_id": cast.mary, "kind": "note", "entity_id": cast.pairing}
    found_by = ("person_id", "kind", "entity_id")
    with writing():
        connection = db.session.connection()
        insert_rows(connection, FeedRow, [key | {"rev": 1}], found_by=found_by)
        insert_rows(connection, FeedRow, [key | {"rev": 2, "gone": True}], found_by=found_by)
        insert_rows(connection, FeedRow, [key | {"rev": 3, "gone": True}], found_by=found_by, replacing=("rev",))
    row = db.session.scalars(select(FeedRow).where(FeedRow.person_id == cast.mary)).one()
    assert (row.rev, row.gone) == (3, False)


def test_what_the_database_refuses_is_the_same_error_as_from_the_session(cast: Cast) -> None:
    message = {"person_id": uuid7(), "kind": "note", "dedup_key": "one", "navigate": "/"}
    times = dict.fromkeys(("created_at", "due_at", "expires_at"), NOON_IN_DELHI)
    with pytest.raises(IntegrityError), writing():
        insert_rows(db.session.connection(), PushMessage, [message | times])


def test_a_moment_is_written_for_sqlite_as_sqlalchemy_writes_it() -> None:
    dialect = sqlite.dialect()
    ours, theirs = UtcDateTime().bind_processor(dialect), DateTime().dialect_impl(dialect).bind_processor(dialect)
    assert ours is not None
    assert theirs is not None
    for moment in (
        NOON_IN_DELHI,
        datetime(987, 1, 2, 3, 4, 5, 6, UTC),
        datetime(2026, 12, 31, 23, 59, 59, 999_999, UTC),
    ):
        assert ours(moment) == theirs(moment.astimezone(UTC).replace(tzinfo=None))
    assert ours(None) is None
    with pytest.raises(ValueError, match="zone"):
        ours(datetime(2026, 3, 1, 12))
