"""Each room's ops through the wire: what one phone writes, the other one reads, and a foreign pair is refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.people import Cast
from tests.phone import Phone
from webapp.database import db, uuid7, writing
from webapp.feed import FeedCounter
from webapp.ledger import LedgerRow
from webapp.pairings import Contact, Pairing
from webapp.pairings.models import InLine
from webapp.push.models import PushMessage
from webapp.sync.models import HeldOp
from webapp.sync.table import MIRRORS, OPS


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Phone:
    return Phone.of(app, cast.mary)


@pytest.fixture
def ana(app: Flask, cast: Cast) -> Phone:
    return Phone.of(app, cast.ana)


def checkin(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"pairing": str(cast.pairing), "audience": "mentor", "about": "shift", "face": 2, **more}


def test_a_checkin_reaches_the_mentors_phone_and_the_answer_comes_back(cast: Cast, mary: Phone, ana: Phone) -> None:
    entity = mary.save("checkin", "record", checkin(cast, words="Two arrests in one night.")).body["entity"]
    assert [r["status"] for r in mary.flush()] == ["applied"]
    ana.pull()
    assert ana.rows("checkin")[entity]["words"] == "Two arrests in one night."
    ana.save("read", "mark", {"what": "checkin", "id": entity})
    fields = {"pairing": str(cast.pairing), "words": "Coffee after your shift?", "reply_to": entity}
    note = ana.save("note", "write", fields).body["entity"]
    assert [r["status"] for r in ana.flush()] == ["applied", "applied"]
    mary.pull()
    assert mary.rows("note")[note]["words"] == "Coffee after your shift?"
    assert mary.rows("checkin")[entity]["read_at"] is not None
    mary.save("read", "mark", {"what": "note", "id": note})
    assert [r["status"] for r in mary.flush()] == ["applied"]


def test_a_talk_counts_for_both(cast: Cast, mary: Phone, ana: Phone) -> None:
    fields = {"pairing": str(cast.pairing), "contact": "call", "on": "2026-03-09", "minutes": 10}
    talk = ana.save("talk", "record", fields).body["entity"]
    ana.flush()
    mary.pull()
    assert mary.rows("talk")[talk]["mine"] is False
    assert mary.rows("pairing")[str(cast.pairing)]["last_talk_on"] == "2026-03-09"
    ana.save("talk", "amend", {**fields, "minutes": 15}, talk)
    ana.save("talk", "take_back", {}, talk)
    assert [r["status"] for r in ana.flush()] == ["applied", "applied"]
    mary.pull()
    assert talk not in mary.rows("talk")


def test_feedback_is_its_authors_alone(cast: Cast, mary: Phone, ana: Phone) -> None:
    op = mary.save("feedback", "give", {"pairing": str(cast.pairing), "helps": 4, "words": None, "act": False})
    assert [r["status"] for r in mary.flush()] == ["applied"]
    assert mary.rows("feedback")[op.body["entity"]]["helps"] == 4
    ana.pull()
    assert ana.rows("feedback") == {}


def test_making_changing_and_taking_back_in_one_delivery(cast: Cast, mary: Phone, ana: Phone) -> None:
    first = mary.save("checkin", "record", checkin(cast, words="One", contact="call", minutes=5)).body["entity"]
    second = mary.save("checkin", "record", checkin(cast, words="Two")).body["entity"]
    mary.save("checkin", "amend", checkin(cast, words="One more"), second)
    mary.save("checkin", "take_back", {}, first)
    assert [r["status"] for r in mary.flush()] == ["applied"] * 4
    ana.pull()
    assert {id_: row["words"] for id_, row in ana.rows("checkin").items()} == {second: "One more"}
    assert all(contact.taken_back_at for contact in db.session.scalars(select(Contact)))
    waiting = db.session.scalars(select(PushMessage).where(PushMessage.kind == "checkins_to_read")).all()
    assert len(waiting) == 1  # the second one still waits to be read


@pytest.mark.parametrize(
    ("kind", "action", "fields"),
    [
        ("checkin", "record", {"audience": "mentor", "face": 1}),
        ("note", "write", {"words": "Hello"}),
        ("talk", "record", {"contact": "call", "on": "2026-03-09"}),
        ("feedback", "give", {"helps": 1}),
    ],
)
def test_a_pair_of_others_is_refused_and_the_words_are_kept(
    app: Flask, cast: Cast, kind: str, action: str, fields: dict[str, Any]
) -> None:
    charlie = Phone.of(app, cast.charlie)
    charlie.save(kind, action, {**fields, "pairing": str(cast.pairing)})
    assert [(r["status"], r["reason"]) for r in charlie.flush()] == [("rejected", "not_your_pairing")]
    assert [held["kind"] for held in charlie.rows("held").values()] == [kind]


def test_while_two_have_a_pause_nothing_is_said_to_have_ended(cast: Cast, mary: Phone) -> None:
    """One came above the other at work; a code that a phone does not know yet is told in the words for any other."""
    mary.save("note", "write", {"pairing": str(cast.pairing), "words": "Congratulations!"})
    sent = mary.save("checkin", "record", checkin(cast, words="A long night.")).body["entity"]
    kept = mary.save("checkin", "record", checkin(cast, audience="self", words="For me.")).body["entity"]
    mary.save("checkin", "amend", checkin(cast, words="For Ana after all."), kept)
    with writing():
        db.session.add(InLine(pairing_id=cast.pairing, since=db.session.get_one(Pairing, cast.pairing).made_at))
    refused = ("rejected", "pairing_held")
    assert [(r["status"], r["reason"]) for r in mary.flush()] == [refused, refused, ("applied", None), refused]
    assert {held["reason"] for held in mary.rows("held").values()} == {"pairing_held"}
    assert set(mary.rows("checkin")) == {kept} and sent not in mary.rows("checkin")
    with writing():
        db.session.get_one(Pairing, cast.pairing).ended_at = db.session.get_one(Pairing, cast.pairing).made_at
    mary.save("note", "write", {"pairing": str(cast.pairing), "words": "Too late."})
    assert [(r["status"], r["reason"]) for r in mary.flush()] == [("rejected", "pairing_ended")]


def test_what_was_written_without_signal_before_the_pair_ended_is_kept_under_its_author(
    cast: Cast, mary: Phone
) -> None:
    mary.save("note", "write", {"pairing": str(cast.pairing), "words": "Thank you for everything"})
    with writing():
        pairing = db.session.get_one(Pairing, cast.pairing)
        pairing.ended_at = pairing.made_at
    assert [(r["status"], r["reason"]) for r in mary.flush()] == [("rejected", "pairing_ended")]
    [held] = mary.rows("held").values()
    assert held["fields"]["words"] == "Thank you for everything"


def test_a_failing_op_leaves_nothing_of_itself_behind(
    app: Flask, cast: Cast, mary: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It breaks after it wrote and touched: its neighbours are done, the phone keeps it, nothing of it stays."""
    from webapp import feed
    from webapp.pairings import Note

    table = dict(OPS)
    write = OPS[("note", "write")]

    def write_and_break(author: Any, written: Any, fields: Any) -> None:
        write.act(author, written, fields)
        feed.touch(cast.carol, "note", written.entity)
        if fields.words == "breaks":
            raise KeyError("a bug")

    table[("note", "write")] = type(write)(write.fields, write_and_break, write.tables)
    monkeypatch.setattr("webapp.sync.opening.OPS", table)
    app.logger.disabled = True
    for words in ("before", "breaks", "after"):
        mary.save("note", "write", {"pairing": str(cast.pairing), "words": words})
    _, answer = mary.send(mary.waiting())
    app.logger.disabled = False
    assert [r["status"] for r in answer["results"]] == ["applied", "retry", "applied"]
    assert {note.words for note in db.session.scalars(select(Note))} == {"before", "after"}
    assert len(db.session.scalars(select(LedgerRow)).all()) == 2
    assert len(db.session.scalars(select(PushMessage)).all()) == 2
    assert db.session.get_one(FeedCounter, cast.carol).rev == 2
    assert db.session.scalars(select(HeldOp)).all() == []


def test_every_kind_that_is_written_is_also_mirrored() -> None:
    assert {kind for kind, _ in OPS} - {"read"} <= set(MIRRORS)


@pytest.mark.parametrize("op", sorted(OPS))
def test_every_op_answers_junk_with_a_reason(mary: Phone, op: tuple[str, str]) -> None:
    junk: list[Any] = [{}, {"pairing": "x", "words": [], "id": 7, "body": {}}, {"words": None, "pairing": str(uuid7())}]
    for fields in junk:
        mary.save(*op, fields)
    statuses = {(r["status"], r["reason"] is not None) for r in mary.flush()}
    assert statuses <= {("rejected", True), ("applied", False)}
