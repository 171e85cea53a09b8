"""A plain form's post passes through the same memory as a phone's op: once, and no words are lost with Back."""

from __future__ import annotations

from uuid import UUID

import pytest
from werkzeug.datastructures import MultiDict

from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.ledger import FormFields, LedgerRow, Written, form_write, look_up, says_the_same
from webapp.sealing import add_key, current_keys, load_keys


def post(cast: Cast, hidden: FormFields, words: str) -> Written | None:
    with writing():
        return form_write(cast.mary, "Europe/London", hidden, "note", "write", {"words": words})


def test_the_same_post_twice_is_written_once(cast: Cast) -> None:
    hidden = FormFields.fresh()
    written = post(cast, hidden, "Hello")
    assert written is not None
    assert (written.op, written.entity, written.parent) == (hidden.op_id, hidden.entity, None)
    assert post(cast, hidden, "Hello") is None


def test_a_new_entity_sent_again_with_other_words_becomes_a_second_one(cast: Cast) -> None:
    """Saved, Back, edited, saved: both texts are there."""
    hidden = FormFields.fresh()
    first, second = post(cast, hidden, "Hello"), post(cast, hidden, "Hello again")
    assert first is not None and second is not None
    assert second.entity != first.entity
    assert second.op != first.op
    assert post(cast, hidden, "Hello again") is None
    assert post(cast, hidden, "Hello") is None


def test_a_change_sent_again_with_other_words_follows_the_first_change(cast: Cast) -> None:
    hidden = FormFields.fresh(entity=uuid7(), parent=uuid7())
    post(cast, hidden, "Better")
    second = post(cast, hidden, "Better still")
    assert second is not None
    assert (second.entity, second.parent) == (hidden.entity, hidden.op_id)
    assert post(cast, hidden, "Better still") is None


def test_the_same_id_of_two_people_is_two_ops(cast: Cast) -> None:
    hidden = FormFields.fresh()
    with writing():
        assert form_write(cast.mary, "Europe/London", hidden, "note", "write", {"words": "x"})
    with writing():
        assert form_write(cast.ana, "Europe/London", hidden, "note", "write", {"words": "x"})


def test_what_fails_is_not_remembered(cast: Cast) -> None:
    hidden = FormFields.fresh()
    with pytest.raises(ZeroDivisionError), writing():
        form_write(cast.mary, "Europe/London", hidden, "note", "write", {"words": "x"})
        raise ZeroDivisionError
    assert look_up(cast.mary, [hidden.op_id]) == {}


def test_hidden_fields_that_were_tampered_with_turn_nothing_away() -> None:
    posted = FormFields.posted(MultiDict({"op_id": "junk", "entity": "", "parent": "12"}))
    assert isinstance(posted.op_id, UUID)
    assert isinstance(posted.entity, UUID)
    assert posted.parent is None


def test_the_ledger_holds_no_words(cast: Cast) -> None:
    hidden = FormFields.fresh()
    post(cast, hidden, "canary")
    row = db.session.get_one(LedgerRow, (cast.mary, hidden.op_id))
    assert "canary" not in repr(vars(row))


def test_a_fingerprint_is_known_again_after_a_new_sync_key_took_over(cast: Cast) -> None:
    hidden = FormFields.fresh()
    post(cast, hidden, "Hello")
    from webapp.config import current_settings

    add_key(current_settings(), "sync")
    current_keys().secrets["sync"].update(load_keys(current_settings()).secrets["sync"])
    assert post(cast, hidden, "Hello") is None


def test_without_the_key_nobody_can_say_it_is_the_same(cast: Cast) -> None:
    hidden = FormFields.fresh()
    post(cast, hidden, "Hello")
    row = look_up(cast.mary, [hidden.op_id])[hidden.op_id]
    keys = current_keys().secrets["sync"]
    kept = dict(keys)
    keys.clear()
    assert not says_the_same(row, b"Hello")
    keys.update(kept)
