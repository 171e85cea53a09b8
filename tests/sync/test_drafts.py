"""Drafts of shared devices: one for each form, given back to their author anywhere, gone once they were saved."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.people import Cast
from tests.phone import Phone
from webapp.database import db, uuid7
from webapp.sync.models import Draft

FORM = str(uuid7())


def save(phone: Phone, text: str, form: str = "check-in", entity: str = FORM) -> None:
    values = [["words", text]]
    phone.save("draft", "save", {"form": form, "fields": {"values": values}}, entity, parent=None)


def texts(phone: Phone) -> list[str]:
    return [draft["fields"]["values"][0][1] for draft in phone.rows("draft").values()]


def test_a_draft_is_given_back_to_its_author_on_another_device(app: Flask, cast: Cast) -> None:
    tablet, phone = Phone.of(app, cast.mary, "shared"), Phone.of(app, cast.mary)
    save(tablet, "Half a sent")
    assert [result["status"] for result in tablet.flush()] == ["applied"]
    phone.pull()
    [draft] = phone.rows("draft").values()
    assert (draft["form"], texts(phone)) == ("check-in", ["Half a sent"])


def test_a_draft_is_replaced_in_place_and_an_older_one_that_comes_late_changes_nothing(
    app: Flask, cast: Cast, clock: MovedClock
) -> None:
    tablet = Phone.of(app, cast.mary, "shared")
    save(tablet, "First")
    older, tablet.outbox = tablet.outbox, []
    clock.move(minutes=1)
    save(tablet, "Second")
    tablet.flush()
    tablet.outbox = older
    assert [result["status"] for result in tablet.flush()] == ["applied"]
    assert texts(tablet) == ["Second"]
    assert len(db.session.scalars(select(Draft)).all()) == 1


def test_a_dropped_draft_is_gone_everywhere_and_no_late_save_brings_it_back(
    app: Flask, cast: Cast, clock: MovedClock
) -> None:
    tablet, phone = Phone.of(app, cast.mary, "shared"), Phone.of(app, cast.mary)
    save(tablet, "Typed")
    late, tablet.outbox = tablet.outbox, []
    save(tablet, "Typed again")
    tablet.flush()
    phone.pull()
    clock.move(seconds=5)
    tablet.save("draft", "drop", {}, FORM, parent=None)
    tablet.flush()
    tablet.outbox = late
    tablet.flush()
    phone.pull()
    assert texts(tablet) == texts(phone) == []
    assert db.session.scalars(select(Draft)).one().fields is None


def test_nobody_else_is_given_a_draft_and_the_same_id_is_not_the_same_draft(app: Flask, cast: Cast) -> None:
    mary, charlie = Phone.of(app, cast.mary, "shared"), Phone.of(app, cast.charlie, "shared")
    save(mary, "Mary's")
    save(charlie, "Charlie's")
    mary.flush()
    charlie.flush()
    assert (texts(mary), texts(charlie)) == (["Mary's"], ["Charlie's"])


def test_a_draft_is_sealed_at_rest(app: Flask, cast: Cast) -> None:
    tablet = Phone.of(app, cast.mary, "shared")
    save(tablet, "canary")
    tablet.flush()
    sealed = db.session.scalars(select(Draft)).one().fields_sealed
    assert sealed is not None and b"canary" not in sealed
