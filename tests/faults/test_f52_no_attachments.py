"""F52: there are no attachments in this version. The protocol has no field for one, and one that comes is let pass."""

from __future__ import annotations

import re

from tests.harness.fixtures import NewPhone
from tests.harness.oracles import Witness, canary
from tests.people import Cast
from webapp.sync.schema import wire_schema

ATTACHED = re.compile(r"attach|upload|file|photo|image|picture|audio|video|blob|media|mime", re.IGNORECASE)
PHOTO = {"name": "ward.jpg", "type": "image/jpeg", "data": "/9j/4AAQSkZJRg=="}


def names_in(schema: object) -> set[str]:
    """The names of all fields that the wire knows."""
    if isinstance(schema, dict):
        found = set().union(*(names_in(inner) for inner in schema.values()), set())
        return found | set(schema.get("properties", ()))
    return set().union(*(names_in(inner) for inner in schema)) if isinstance(schema, list) else set()


def test_no_field_of_the_wire_carries_a_file() -> None:
    names = names_in(wire_schema())
    assert {"sealed", "words", "body"} <= names
    assert not [name for name in names if ATTACHED.search(name)]


def test_what_a_newer_phone_adds_is_let_pass_and_the_words_are_kept(
    people: Cast, new_phone: NewPhone, witness: Witness
) -> None:
    phone = new_phone(people.mary)
    words = witness.typed(people.mary, canary("with a picture"))
    fields = {"prompt": None, "body": {"scheme": "plain", "text": words}, "attachments": [PHOTO]}
    op = phone.save("entry", "write", fields, attachments=[PHOTO])
    assert [result["status"] for result in phone.flush()] == ["applied"]
    [entry] = phone.rows("entry").values()
    assert entry["body"] == {"scheme": "plain", "text": words}
    assert "attachments" not in entry
    [again] = phone.send([op])[1]["results"]
    assert again["status"] == "duplicate"
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)
