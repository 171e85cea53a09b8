"""After a new rest key every older text is sealed anew, and nothing that people see changes."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, Uuid, select, update

from tests.client import Browser
from tests.people import Cast
from tests.phone import Phone
from tests.upkeep.rotating import newest, rotate
from webapp import demo
from webapp.database import Model, db, writing
from webapp.journal.models import Entry
from webapp.sealing import anew, current_keys, left_under_older_keys, seal_anew, seal_text
from webapp.sealing.anew import bound_to
from webapp.sealing.rest import head_of, open_text

pytestmark = pytest.mark.own_app  # key files are made

SEALED = [
    (table, column)
    for table in Model.metadata.sorted_tables
    for column in table.columns
    if column.name.endswith("_sealed")
]


def everything() -> dict[tuple[str, str, UUID], str]:
    """What every sealed column says, by table, column and row."""
    db.session.rollback()
    return {
        (table.name, column.name, row): open_text(sealed, f"{table.name}.{column.name.removesuffix('_sealed')}", row)
        for table, column in SEALED
        for row, sealed in db.session.execute(select(bound_to(table), column).where(column.is_not(None)))
    }


def seal_all_anew(most: int) -> int:
    rounds = 0
    while seal_anew(most):
        rounds += 1
    return rounds


def test_every_sealed_column_is_found_by_its_name_and_one_key() -> None:
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            bytes_of_unknown_length = isinstance(column.type, LargeBinary) and column.type.length is None
            assert bytes_of_unknown_length == column.name.endswith("_sealed"), f"{table.name}.{column.name}"
    for table, _ in SEALED:
        assert isinstance(bound_to(table).type, Uuid), table.name
        assert "id" in table.primary_key.columns or len(table.primary_key.columns) == 1, table.name


@pytest.mark.slow
def test_a_whole_hospital_reads_as_before_without_the_old_key(app: Flask) -> None:
    demo.fill()
    before = everything()
    assert {"entry", "checkin", "note"} <= {table for table, _, _ in before}
    assert (seal_anew(), left_under_older_keys()) == (0, 0), "there is one key"
    old = newest("rest")
    rotate(app, "rest")
    assert left_under_older_keys() == len(before)
    assert seal_all_anew(most=50) >= len(before) // 50
    assert left_under_older_keys() == 0
    del current_keys().secrets["rest"][old]
    assert everything() == before


def test_words_that_change_meanwhile_stay_as_their_author_left_them(app: Flask, cast: Cast) -> None:
    entry = written(app, cast, "Before.")
    rotate(app, "rest")
    really = anew.writing

    def somebody_writes_first() -> object:
        with really():
            newer = seal_text('{"scheme": "plain", "text": "Newer."}', "entry.body", entry)
            db.session.execute(update(Entry).where(Entry.id == entry).values(body_sealed=newer))
        return really()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anew, "writing", somebody_writes_first)
        seal_anew()
    db.session.rollback()
    assert db.session.get_one(Entry, entry).text == "Newer."


def test_what_cannot_be_opened_is_left_alone_and_holds_up_nothing(app: Flask, cast: Cast) -> None:
    broken, whole = written(app, cast, "One."), written(app, cast, "Another.")
    with writing():
        foreign = seal_text("moved from elsewhere", "note.words", broken)
        db.session.execute(update(Entry).where(Entry.id == broken).values(body_sealed=foreign))
    rotate(app, "rest")
    seal_all_anew(most=50)
    db.session.rollback()
    assert db.session.get_one(Entry, broken).body_sealed == foreign
    assert db.session.get_one(Entry, whole).body_sealed.startswith(head_of(newest("rest")))  # type: ignore[union-attr]
    assert left_under_older_keys() == 1


def test_an_administrator_sees_how_many_wait(app: Flask, cast: Cast, browser: Browser) -> None:
    written(app, cast, "One.")
    words = "Texts that wait to be sealed with the new key"
    browser.sign_in(cast.admin)
    assert words not in browser.get("/state").text
    rotate(app, "rest")
    assert words in browser.get("/state").text


def written(app: Flask, cast: Cast, text: str) -> UUID:
    """An entry of Mary's."""
    phone = Phone.of(app, cast.mary)
    kept = phone.entry(text)
    phone.flush()
    return UUID(kept.body["entity"])
