"""What could not be done, sent once more by its author: as it is, or with other words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import ValidationError

from webapp.ledger import Conflict, FormFields, Gone, Refused, form_write
from webapp.people import Person
from webapp.sync.held import discard_held
from webapp.sync.models import HeldOp
from webapp.sync.opening import NOBODY, TOO_LONG, without_nulls
from webapp.sync.ops import Op
from webapp.sync.said import Said, said_in
from webapp.sync.table import MIRRORS, OPS

FIRST = ("record", "write", "give")


class CannotResend(Exception):
    """It cannot be done like this; `reason` is one of the codes in docs/sync-protocol.md."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def can_be_resent(held: HeldOp) -> bool:
    """Whether there is such a thing to do at all."""
    return _op_of(held) is not None and held.entity_id != NOBODY


def words_to_change(held: HeldOp) -> str | None:
    """The words that its author may change; None where it has no place for words."""
    fields = held.fields
    body = fields.get("body")
    words = body.get("text") if isinstance(body, dict) else fields.get("words")
    return words if isinstance(words, str) else None


def standing(author: Person, held: HeldOp) -> tuple[UUID | None, Said | None]:
    """The last op and the words of what stands in its place now, where something does."""
    mirror = MIRRORS.get(held.kind)
    seen = mirror(author, [held.entity_id]).get(held.entity_id) if mirror else None
    return (seen[0], said_in(held.kind, held.action, seen[1])) if seen else (None, None)


def hidden_fields(author: Person, held: HeldOp) -> FormFields:
    """For the form that sends it again: what follows on what stands, or a thing of its own where that was not meant."""
    head, there = standing(author, held)
    if there is not None and held.action in FIRST:
        return FormFields.fresh()
    return FormFields.fresh(held.entity_id, head)


def resend(author: Person, held: HeldOp, hidden: FormFields, words: str | None) -> str:
    """Do what it says and let the held one go, inside a write transaction. What became of it: applied or deleted.

    Raises `CannotResend`; then nothing of the transaction may be kept.
    """
    op = _op_of(held)
    if op is None:
        raise CannotResend("unknown_kind")
    fields = _with_words(held.fields, words)
    try:
        model = op.fields.model_validate(without_nulls(fields))
    except ValidationError as error:
        only_too_long = all(each["type"] in TOO_LONG for each in error.errors(include_url=False, include_context=False))
        raise CannotResend("too_long" if only_too_long else "invalid") from None
    became = "applied"
    written = form_write(author.id, author.zone, hidden, held.kind, held.action, fields)
    if written is not None:
        try:
            op.act(author, written, model)
        except Gone:
            became = "deleted"
        except Refused as refused:
            raise CannotResend(refused.reason) from None
        except Conflict:
            raise CannotResend("conflict") from None
    discard_held(author, held.id)
    return became


def _op_of(held: HeldOp) -> Op | None:
    return OPS.get((held.kind, held.action))


def _with_words(fields: dict[str, Any], words: str | None) -> dict[str, Any]:
    if words is None:
        return fields
    body = fields.get("body")
    if isinstance(body, dict):
        return {**fields, "body": {**body, "text": words}}
    return {**fields, "words": words}
