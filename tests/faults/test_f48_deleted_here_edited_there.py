"""F48: deleted on one phone, changed on another. The text is kept as a recovered copy, in the author's trash."""

from __future__ import annotations

import pytest

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.people import Cast
from tests.phone import Phone


def texts_in_trash(phone: Phone) -> dict[str, bool]:
    """Each text in the trash, and whether it is a recovered copy."""
    entries = phone.rows("entry").values()
    return {entry["body"]["text"]: entry["recovered"] for entry in entries if entry["trashed_at"]}


def test_a_change_that_comes_after_the_deletion_is_kept(people: Cast, new_phone: NewPhone, witness: Witness) -> None:
    phone, tablet = new_phone(people.mary), new_phone(people.mary)
    entity = phone.entry(witness.typed(people.mary, canary("at first"))).body["entity"]
    phone.flush()
    tablet.flush()
    changed = witness.typed(people.mary, canary("changed on the tablet"))
    tablet.entry(changed, entity)
    phone.save("entry", "delete", entity=entity)
    assert phone.flush()[0]["status"] == "applied"
    assert tablet.flush()[0]["status"] == "deleted"
    assert texts_in_trash(tablet) == {witness.words()[0]: False, changed: True}
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)
    witness.assert_private(reader=people.charlie)


def test_a_deletion_that_comes_after_the_change_takes_the_change_with_it(
    people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    phone, tablet = new_phone(people.mary), new_phone(people.mary)
    entity = phone.entry(canary("at first")).body["entity"]
    phone.flush()
    tablet.flush()
    changed = witness.typed(people.mary, canary("changed on the tablet"))
    tablet.entry(changed, entity)
    phone.save("entry", "delete", entity=entity)
    assert tablet.flush()[0]["status"] == "applied"
    assert phone.flush()[0]["status"] == "applied"
    assert list(texts_in_trash(phone)) == [changed]
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


@pytest.mark.parametrize("lost", [0, 2])
def test_a_deletion_that_overtakes_the_first_text_leaves_it_in_the_trash(
    lost: int, people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary)
    written = phone.entry(witness.typed(people.mary, canary("still on its way")))
    phone.save("entry", "delete", entity=written.body["entity"])
    _, answer = phone.send(phone.outbox[1:])
    assert [result["status"] for result in phone.take(answer["results"])] == ["applied"]
    assert [result["status"] for result in phone.flush(lose_answers=lost)] == ["deleted"]
    assert list(texts_in_trash(phone)) == witness.words()
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
