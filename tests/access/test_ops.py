"""Every op that a phone may send, tried by everybody, on their own things and on others': as the table says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.access.hospital import PEOPLE, Hospital, Member
from tests.access.table import NAMED, PAGE, Row, rows_under
from webapp.sync.table import OPS

HEADING = "Ops"
CHECKIN = {"audience": "self", "face": 3}
TALK = {"contact": "call", "on": "2026-03-09", "minutes": 5}
FIELDS: dict[str, dict[str, Any]] = {
    "checkin.record": CHECKIN,
    "checkin.amend": CHECKIN,
    "note.write": {"words": "Hello."},
    "talk.record": TALK,
    "talk.amend": TALK,
    "entry.write": {"body": {"text": "Today."}},
    "entry.amend": {"body": {"text": "Today, again."}},
    "feedback.give": {"helps": 3, "act": False},
    "feedback.amend": {"helps": 3, "act": False},
    "draft.save": {"form": "journal", "fields": {"text": "Half a"}},
}


@pytest.mark.parametrize("row", rows_under(HEADING), ids=str)
def test_an_op_is_answered_as_the_table_says(hospital: Hospital, row: Row) -> None:
    said = {name: answer_of(hospital, row, hospital.people[name]) for name in PEOPLE}
    assert said == row.answers, f"{row}: put the room or {PAGE.name} right"


def test_every_op_has_a_row() -> None:
    missing = {".".join(op) for op in OPS} - {row.where.split()[0] for row in rows_under(HEADING)}
    assert not missing, f"add to {PAGE.name} who may send these: {sorted(missing)}"


def test_an_op_in_anothers_name_is_turned_away(hospital: Hospital) -> None:
    mary, charlie = hospital.people["mentee"], hospital.people["stranger"]
    assert mary.phone is not None and charlie.phone is not None
    with hospital.undone(charlie):
        kept = charlie.phone.save("checkin", "record", CHECKIN, person=str(mary.id))
        _, answer = charlie.phone.send([kept])
        charlie.phone.outbox.remove(kept)
    assert answer["results"][0]["reason"] == "foreign_owner"


def test_a_phone_of_a_closed_account_is_told_nothing(hospital: Hospital) -> None:
    phone = hospital.people["closed account"].phone
    assert phone is not None
    assert phone.transport.get("/sync/session")[0] == 401
    assert phone.transport.get("/sync/feed")[0] == 401


def answer_of(hospital: Hospital, row: Row, member: Member) -> str:
    """What the server answers this person's phone. Nobody's has nothing to seal with: its delivery is empty."""
    if member.phone is None:
        empty = {"proto": 1, "sent_at": "2026-03-10T10:00:00Z", "ops": []}
        sent = member.client.post("/sync", json=empty, headers={"Origin": "http://localhost"})
        return "sign in" if sent.status_code == 401 else f"status {sent.status_code}"
    kind, _, action = row.where.split()[0].partition(".")
    entity, fields = said_by(hospital, row, member)
    with hospital.undone(member):
        kept = member.phone.save(kind, action, fields, entity, parent=None)
        member.phone.outbox.remove(kept)
        status, answer = member.phone.send([kept])
    if status == 401:
        return "sign in"
    result = answer["results"][0]
    assert result["status"] in ("applied", "conflict", "rejected"), result
    assert result["reason"] not in ("invalid", "too_long", "unknown_kind", "forged"), result
    return "no" if result["status"] == "rejected" else "yes"


def said_by(hospital: Hospital, row: Row, member: Member) -> tuple[str | None, dict[str, Any]]:
    """The entity and the fields of an op, from its row: "… of {entity} in {pair}"."""
    fields = dict(FIELDS.get(row.where.split()[0], {}))
    things = {word: hospital.thing(name, member) for word, name in re.findall(r"(\w+) \{([^}]+)\}", row.where)}
    assert len(things) == len(NAMED.findall(row.where)), row.where
    own = next((own for own in row.things if own.startswith("own ")), "")
    if "in" in things:
        fields["pairing"] = things["in"]
        if "audience" in fields:
            fields["audience"] = "mentor"
    elif own in ("own talk", "own feedback"):
        fields["pairing"] = hospital.things["Nina and Omar" if member.name == "another mentor" else "Mary's pair"]
    elif row.where.startswith(("note", "talk", "feedback")):
        fields["pairing"] = hospital.things["Mary's pair"]
    for what in ("checkin", "note"):
        if what in things and row.where.startswith("read.mark"):
            return None, {"what": what, "id": things[what]}
    return things.get("of") or things.get("over"), fields
