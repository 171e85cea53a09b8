"""F49: two phones change one entry without signal. Both texts are kept."""

from __future__ import annotations

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.people import Cast


def test_both_changes_are_kept(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    phone, tablet = new_phone(people.mary), new_phone(people.mary)
    entity = phone.entry(canary("at first")).body["entity"]
    phone.flush()
    tablet.flush()
    phone.entry(witness.typed(people.mary, canary("on the phone")), entity)
    tablet.entry(witness.typed(people.mary, canary("on the tablet")), entity)
    assert phone.flush()[0]["status"] == "applied"
    assert tablet.flush()[0]["status"] == "conflict"
    [held] = tablet.rows("held").values()
    assert "on the tablet" in str(held["fields"])
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)


def test_the_same_words_are_no_conflict(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    phone, tablet = new_phone(people.mary), new_phone(people.mary)
    entity = phone.entry(canary("at first")).body["entity"]
    phone.flush()
    tablet.flush()
    words = witness.typed(people.mary, canary("the same"))
    phone.entry(words, entity)
    tablet.entry(words, entity)
    phone.flush()
    assert tablet.flush()[0]["status"] != "conflict"
    assert tablet.rows("held") == {}
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
