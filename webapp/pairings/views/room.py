"""The blueprint, and what its views share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request
from pydantic import BaseModel

from webapp.clock import now
from webapp.database import writing
from webapp.ledger import FormFields, Written, form_write
from webapp.pairings.forms import NoteForm, TalkForm
from webapp.pairings.models import Pairing
from webapp.pairings.reads import active_pairings_of, pairing_or_404
from webapp.pairings.words import stage_words
from webapp.people import Person, current_person

room = Blueprint("pairings", __name__)

Action = Callable[[Person, Written, Any], None]


def write(kind: str, action: str, do: Action, fields: BaseModel) -> FormFields:
    """Do what a posted form says, once, as if a phone had sent it. Raises Refused, Conflict or Gone."""
    hidden = FormFields.posted(request.form)
    said = fields.model_dump(mode="json")
    with writing():
        author = current_person()
        written = form_write(author.id, author.zone, hidden, kind, action, said)
        if written:
            do(author, written, fields)
    return hidden


def chosen_pairing() -> Pairing | None:
    """The pairing that the address names, or the person's only one; None when there is none or more than one."""
    person = current_person()
    if said := request.args.get("pairing"):
        return pairing_or_404(person, uuid_or_404(said))
    active = active_pairings_of(person)
    return active[0] if len(active) == 1 else None


def uuid_or_404(text: str | None) -> UUID:
    """An id from a form or an address."""
    try:
        return UUID(text or "")
    except ValueError:
        abort(404)


@room.app_template_global()
def note_form(pairing: Pairing | None = None, reply_to: UUID | None = None, words: str | None = None) -> NoteForm:
    """A new note form for templates; without a pairing it is a shell's, and the phone fills it in."""
    begun = {"pairing": pairing and pairing.id, "reply_to": reply_to, "words": words}
    return NoteForm(formdata=None, meta={"csrf": False}, data=begun)


room.add_app_template_global(stage_words)


@room.app_template_global()
def is_let_go_of(pairing: Pairing) -> bool:
    """Whether the year is over in which the two could read what they wrote."""
    return pairing.kept_until is not None and pairing.kept_until <= now()


@room.app_template_global()
def talk_form(pairing: Pairing | None = None) -> TalkForm:
    """An empty talk form for templates."""
    return TalkForm(formdata=None, meta={"csrf": False}, data={"pairing": pairing and pairing.id, "day": "today"})


@room.app_template_global()
def fresh_op(entity: UUID | None = None, parent: UUID | None = None) -> FormFields:
    """The hidden fields of a form that a template shows for the first time."""
    return FormFields.fresh(entity, parent)
