"""Real envelopes, bent: whatever is changed, each op is answered, nothing of it is believed and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.fuzz.conftest import MANY, signed_in_phone
from tests.fuzz.words import HOSTILE
from tests.machine.hospital import Hospital
from tests.phone import Kept
from webapp.database import db
from webapp.journal import Entry
from webapp.sync.models import QuarantinedOp

pytestmark = pytest.mark.soaks

TEXT = "Under a bent envelope."
NAMES = ("op_id", "key_id", "device_id", "owner_tag", "seq", "sealed")
words = st.text(max_size=50) | st.sampled_from(HOSTILE) | st.uuids().map(str)
anything = words | st.none() | st.booleans() | st.integers()


@given(data=st.data())
@MANY
def test_a_real_envelope_with_something_changed(hospital: Hospital, data: st.DataObject) -> None:
    hospital.begin_again()
    mary = signed_in_phone(hospital.app, hospital, hospital.cast.mary)
    wire = bent(data, mary.entry(TEXT))
    sent_at = mary.now().isoformat()
    sent = json.dumps({"proto": 1, "sent_at": sent_at, "ops": [wire]}, ensure_ascii=True)
    client = mary.transport.browser.client  # type: ignore[attr-defined]
    headers = {"Origin": "http://localhost", "Content-Type": "application/json"}
    response = client.post("/sync", data=sent, headers=headers)
    if response.status_code == 200:
        [result] = response.get_json()["results"]
        assert (result["status"], result["reason"]) == ("rejected", "unreadable"), wire
        assert len(db.session.scalars(select(QuarantinedOp)).all()) == 1
    else:
        assert response.status_code in (400, 413, 426)
        assert response.mimetype == "application/problem+json"
    assert all(entry.text != TEXT for entry in db.session.scalars(select(Entry)))


def bent(data: st.DataObject, kept: Kept) -> dict[str, Any]:
    """The envelope with one field changed, left out, or one byte of its seal turned."""
    wire: dict[str, Any] = dict(kept.wire)
    name = data.draw(st.sampled_from(NAMES))
    before = wire[name]
    how = data.draw(st.sampled_from(("other", "gone", "turned")))
    if how == "gone":
        del wire[name]
    elif how == "turned" and name == "sealed":
        at = data.draw(st.integers(0, len(before) - 3))  # the last letters hold spare bits
        wire[name] = before[:at] + ("A" if before[at] != "A" else "B") + before[at + 1 :]
    else:
        wire[name] = data.draw(anything.filter(lambda value: value != before and str(value) != str(before)))
    return wire
