"""Every status and reason of the sync protocol, as a phone meets it."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import MovedClock
from tests.people import Cast
from tests.phone import Phone
from webapp.database import db, uuid7, writing
from webapp.journal import Entry
from webapp.ledger import LedgerRow
from webapp.pairings import Pairing
from webapp.sync.models import HeldOp, QuarantinedOp


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Phone:
    return Phone.of(app, cast.mary)


def test_a_written_entry_is_applied_and_comes_back_in_the_feed(mary: Phone) -> None:
    op = mary.entry("A long night.")
    [result] = mary.flush()
    assert result == {
        "op_id": op.header.op_id,
        "status": "applied",
        "entity": op.body["entity"],
        "head": op.header.op_id,
        "rev": 1,
        "reason": None,
        "errors": [],
    }
    assert mary.rows("entry")[op.body["entity"]]["body"] == {"scheme": "plain", "text": "A long night."}


def test_a_replay_is_a_duplicate_and_makes_nothing_twice(mary: Phone) -> None:
    mary.entry("Only once.")
    assert [r["status"] for r in mary.flush(lose_answers=5)] == ["duplicate"]
    assert len(db.session.scalars(select(Entry)).all()) == 1


def test_the_same_op_twice_in_one_delivery_is_done_once(mary: Phone) -> None:
    op = mary.entry("Only once.")
    _, answer = mary.send([op, op])
    assert [r["status"] for r in answer["results"]] == ["applied", "duplicate"]


def test_a_chain_made_offline_is_applied_in_order_even_when_answers_are_lost(mary: Phone) -> None:
    first = mary.entry("One")
    mary.entry("One, two", first.body["entity"])
    mary.entry("One, two, three", first.body["entity"])
    assert [r["status"] for r in mary.flush(lose_answers=3)] == ["duplicate"] * 3
    [entry] = db.session.scalars(select(Entry)).all()
    assert entry.text == "One, two, three"
    assert not mary.rows("held")


def test_ops_that_arrive_in_any_order_are_done_in_the_order_of_writing(mary: Phone) -> None:
    first = mary.entry("One")
    second = mary.entry("Two", first.body["entity"])
    _, answer = mary.send([second, first])
    assert [r["status"] for r in answer["results"]] == ["applied", "applied"]
    assert [r["op_id"] for r in answer["results"]] == [second.header.op_id, first.header.op_id]


def test_a_child_without_its_parent_waits_on_the_phone(mary: Phone) -> None:
    first = mary.entry("One")
    second = mary.entry("Two", first.body["entity"])
    _, answer = mary.send([second])
    assert [r["status"] for r in answer["results"]] == ["retry"]
    assert db.session.scalars(select(LedgerRow)).all() == []
    assert [r["status"] for r in mary.flush()] == ["applied", "applied"]


def test_a_parent_that_never_comes_is_taken_as_lost_after_a_week(mary: Phone, clock: MovedClock) -> None:
    mary.entry("What I had", str(uuid7()), parent=str(uuid7()))
    assert [r["status"] for r in mary.flush()] == ["retry"]
    clock.move(days=8)
    assert [r["status"] for r in mary.flush()] == ["applied"]


def test_other_words_under_a_used_id_are_kept_beside_the_first(mary: Phone) -> None:
    first = mary.entry("The first words")
    mary.flush()
    other = mary.seal(first.header, {**first.body, "fields": {"body": {"scheme": "plain", "text": "Other words"}}})
    first.sealed = other
    for _ in range(2):
        _, answer = mary.send([first])
        assert answer["results"][0]["status"] == "op_reuse"
    mary.pull()
    [held] = mary.rows("held").values()
    assert held["reason"] == "op_reuse"
    assert held["fields"]["body"]["text"] == "Other words"
    assert db.session.scalars(select(Entry)).one().text == "The first words"


def test_two_phones_that_change_one_entry_keep_both(app: Flask, cast: Cast, mary: Phone) -> None:
    entity = mary.entry("Before").body["entity"]
    mary.flush()
    tablet = Phone.of(app, cast.mary)
    tablet.pull()
    mary.entry("From the phone", entity)
    tablet.entry("From the tablet", entity)
    mary.flush()
    assert [r["status"] for r in tablet.flush()] == ["conflict"]
    [held] = tablet.rows("held").values()
    assert held["fields"]["body"]["text"] == "From the tablet"
    assert held["theirs"]["body"]["text"] == "From the phone"
    assert [r["status"] for r in tablet.flush(lose_answers=1)] == []


def test_two_phones_that_write_the_same_do_not_conflict(app: Flask, cast: Cast, mary: Phone) -> None:
    entity = mary.entry("Before").body["entity"]
    mary.flush()
    tablet = Phone.of(app, cast.mary)
    tablet.pull()
    mary.entry("The same", entity)
    tablet.entry("The same", entity)
    assert [r["status"] for r in mary.flush() + tablet.flush()] == ["applied", "applied"]


def test_a_conflict_is_settled_by_writing_again_and_letting_the_held_one_go(
    app: Flask, cast: Cast, mary: Phone
) -> None:
    entity = mary.entry("Before").body["entity"]
    mary.flush()
    tablet = Phone.of(app, cast.mary)
    tablet.pull()
    mary.entry("Mine", entity)
    mary.flush()
    tablet.entry("Theirs", entity)
    tablet.flush()
    [held] = tablet.rows("held")
    tablet.entry("Mine and theirs", entity)
    tablet.save("held", "discard", entity=held)
    assert [r["status"] for r in tablet.flush()] == ["applied", "applied"]
    assert tablet.rows("held") == {}
    mary.pull()
    assert mary.rows("entry")[entity]["body"]["text"] == "Mine and theirs"


def test_a_change_to_a_deleted_entry_goes_to_the_trash(app: Flask, cast: Cast, mary: Phone) -> None:
    entity = mary.entry("Before").body["entity"]
    mary.flush()
    tablet = Phone.of(app, cast.mary)
    tablet.pull()
    mary.save("entry", "delete", entity=entity)
    mary.flush()
    late = tablet.entry("Late words", entity)
    assert [r["status"] for r in tablet.flush()] == ["deleted"]
    copy = tablet.rows("entry")[late.header.op_id]
    assert (copy["body"]["text"], copy["recovered"]) == ("Late words", True)
    assert copy["trashed_at"] is not None


def test_a_delete_that_comes_before_its_entry_wins(mary: Phone) -> None:
    written = mary.entry("Gone before it came")
    deleted = mary.save("entry", "delete", entity=written.body["entity"])
    _, answer = mary.send([deleted])
    assert answer["results"][0]["status"] == "applied"
    _, answer = mary.send([written])
    assert answer["results"][0]["status"] == "deleted"
    mary.pull()
    [row] = mary.rows("entry").values()
    assert row["body"]["text"] == "Gone before it came"
    assert row["trashed_at"] is not None


@pytest.mark.parametrize(
    ("kind", "action", "fields", "reason"),
    [
        ("riddle", "ask", {}, "unknown_kind"),
        ("entry", "explode", {}, "unknown_kind"),
        ("entry", "write", {"body": {"scheme": "plain"}}, "invalid"),
        ("entry", "write", {"body": 7, "prompt": ["x"]}, "invalid"),
        ("entry", "write", {"body": {"scheme": "plain", "text": "x" * 20_001}}, "too_long"),
        ("entry", "show", {"pairing": str(uuid7())}, "not_found"),
        ("entry", "restore", {}, "not_found"),
    ],
)
def test_what_cannot_be_done_is_held_under_its_author_with_a_reason(
    mary: Phone, kind: str, action: str, fields: dict[str, object], reason: str
) -> None:
    op = mary.save(kind, action, fields)
    for _ in range(2):
        _, answer = mary.send([op])
        assert (answer["results"][0]["status"], answer["results"][0]["reason"]) == ("rejected", reason)
    mary.pull()
    [held] = mary.rows("held").values()
    assert (held["kind"], held["action"], held["reason"], held["fields"]) == (kind, action, reason, fields)


def test_invalid_fields_are_named(mary: Phone) -> None:
    mary.save("entry", "write", {"body": {"scheme": "plain"}})
    [result] = mary.flush()
    assert result["errors"] == [{"field": "body.text", "message": "missing"}]


def test_the_pairing_decides_who_can_be_shown_an_entry(app: Flask, cast: Cast, mary: Phone) -> None:
    entity = mary.entry("For Ana").body["entity"]
    mary.save("entry", "show", {"pairing": str(uuid7())}, entity)
    mary.save("entry", "show", {"pairing": str(cast.pairing)}, entity)
    assert [(r["status"], r["reason"]) for r in mary.flush()] == [
        ("applied", None),
        ("rejected", "not_your_pairing"),
        ("applied", None),
    ]
    with writing():
        pairing = db.session.get_one(Pairing, cast.pairing)
        pairing.ended_at = pairing.made_at
    other = mary.entry("Too late").body["entity"]
    mary.save("entry", "show", {"pairing": str(cast.pairing)}, other)
    assert [(r["status"], r["reason"]) for r in mary.flush()][-1] == ("rejected", "pairing_ended")
    ana = Phone.of(app, cast.ana)
    mine = ana.entry("Ana's own").body["entity"]
    ana.save("entry", "show", {"pairing": str(cast.pairing)}, mine)
    assert [(r["status"], r["reason"]) for r in ana.flush()][-1] == ("rejected", "not_allowed")


def test_one_bad_op_among_twenty_does_not_stop_the_others(mary: Phone) -> None:
    for number in range(10):
        mary.entry(f"Before {number}")
    mary.save("entry", "show", {"pairing": str(uuid7())}, str(uuid7()))
    for number in range(10):
        mary.entry(f"After {number}")
    statuses = [r["status"] for r in mary.flush()]
    assert statuses == ["applied"] * 10 + ["rejected"] + ["applied"] * 10
    assert len(mary.rows("entry")) == 20
    assert len(mary.rows("held")) == 1


def test_somebody_elses_entity_cannot_be_changed(app: Flask, cast: Cast, mary: Phone) -> None:
    entity = mary.entry("Mary's own").body["entity"]
    mary.flush()
    charlie = Phone.of(app, cast.charlie)
    charlie.entry("Charlie was here", entity, parent=None)
    charlie.save("entry", "delete", entity=entity, parent=None)
    assert [(r["status"], r["reason"]) for r in charlie.flush()] == [("rejected", "not_allowed")] * 2
    assert db.session.get_one(Entry, Entry.id.type.python_type(entity)).text == "Mary's own"
    assert charlie.rows("entry") == {}


def test_an_op_of_another_person_is_sent_back_and_not_kept(app: Flask, cast: Cast, mary: Phone) -> None:
    mary.entry("Mary's own words")
    charlie = Phone.of(app, cast.charlie)
    charlie.outbox = mary.outbox
    [result] = charlie.flush()
    assert (result["status"], result["reason"]) == ("rejected", "foreign_owner")
    for table in (Entry, HeldOp, QuarantinedOp, LedgerRow):
        assert db.session.scalars(select(table)).all() == []
    assert [r["status"] for r in mary.flush()] == ["applied"]


def test_what_cannot_be_opened_is_kept_as_ciphertext(mary: Phone) -> None:
    broken = mary.entry("Broken on the way")
    broken.sealed = broken.sealed[:-6] + "AAAAAA"
    other_key = mary.entry("Sealed to a key that nobody has")
    object.__setattr__(other_key.header, "key_id", "gone")
    rubbish = mary.entry("Not even base64")
    rubbish.sealed = "!"
    no_json = mary.entry("No JSON inside")
    no_json.sealed = mary.seal(no_json.header, b"\xff\xfe")
    for _ in range(2):
        _, answer = mary.send([broken, other_key, rubbish, no_json])
        assert [(r["status"], r["reason"]) for r in answer["results"]] == [("rejected", "unreadable")] * 4
    kept = db.session.scalars(select(QuarantinedOp)).all()
    assert {json.loads(row.envelope)["sealed"] for row in kept} == {
        each.sealed for each in (broken, other_key, rubbish, no_json)
    }
    assert db.session.scalars(select(HeldOp)).all() == []


def test_a_forged_op_is_kept_and_shown_to_nobody(app: Flask, cast: Cast, mary: Phone) -> None:
    """B, who has the tablet after A, can put rows into A's outbox, but has not A's secret."""
    planted = mary.entry("I hate it here")
    planted.sealed = mary.seal(planted.header, planted.body, secret=b"\0" * 32)
    [result] = mary.flush()
    assert (result["status"], result["reason"]) == ("rejected", "forged")
    assert [row.reason for row in db.session.scalars(select(QuarantinedOp))] == ["forged"]
    for person in (cast.mary, cast.ana, cast.carol, cast.admin):
        phone = Phone.of(app, person)
        phone.pull()
        assert not phone.rows("entry") and not phone.rows("held")


def test_a_planted_op_does_not_take_the_place_of_the_true_one(mary: Phone) -> None:
    op = mary.entry("The true words")
    true = op.sealed
    op.sealed = mary.seal(op.header, op.body, secret=b"\0" * 32)
    mary.send([op])
    op.sealed = true
    assert [r["status"] for r in mary.flush()] == ["applied"]


def test_the_outside_of_an_envelope_cannot_be_changed(mary: Phone) -> None:
    op = mary.entry("Sealed under this number")
    object.__setattr__(op.header, "seq", 77)
    [result] = mary.flush()
    assert result["reason"] == "unreadable"


def test_an_envelope_that_contradicts_itself_is_held(mary: Phone) -> None:
    op = mary.entry("Under two numbers", seq=99)
    [result] = mary.flush()
    assert result["reason"] == "invalid"
    assert [held["fields"] for held in mary.rows("held").values()] == [op.body["fields"]]


def test_a_body_of_an_unknown_shape_is_held_whole(mary: Phone) -> None:
    op = mary.entry("From a far future")
    op.sealed = mary.seal(op.header, {**op.body, "schema": 9, "entity": ["not", "an", "id"]})
    [result] = mary.flush()
    assert result["reason"] == "invalid"
    [held] = mary.rows("held").values()
    assert held["fields"]["fields"] == op.body["fields"]


def test_the_writers_secret_holds_after_signing_out_and_signing_in_again(app: Flask, cast: Cast, mary: Phone) -> None:
    mary.entry("Before I left")
    again = Phone.of(app, cast.mary)
    again.outbox = mary.outbox
    assert [r["status"] for r in again.flush()] == ["applied"]


def test_the_writers_secret_of_another_sign_in_proves_nothing(app: Flask, cast: Cast, mary: Phone) -> None:
    charlie = Phone.of(app, cast.charlie)
    forged = charlie.entry("As if by Mary", person=mary.session["person"], sign_in=mary.session["sign_in"])
    mary.outbox = [forged]
    [result] = mary.flush()
    assert result["reason"] == "forged"


def test_words_with_null_characters_and_broken_unicode_lose_nothing(mary: Phone) -> None:
    mary.entry("null \x00 here")
    odd = mary.entry("x")
    odd.sealed = mary.seal(odd.header, json.dumps({**odd.body, "fields": {"body": {"text": "\ud800"}}}).encode())
    assert [r["status"] for r in mary.flush()] == ["applied", "rejected"]


def test_the_answer_is_kept_nowhere(mary: Phone) -> None:
    for path in ("/sync/session", "/sync/feed"):
        response = mary.transport.browser.client.get(path)  # type: ignore[attr-defined]
        assert response.headers["Cache-Control"] == "no-store"
    body = {"proto": 1, "sent_at": "2026-03-10T10:00:00Z", "ops": []}
    response = mary.transport.browser.client.post(  # type: ignore[attr-defined]
        "/sync", json=body, headers={"Origin": "http://localhost"}
    )
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
