"""The page where people decide about what the server keeps for them, with scripts or without."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.exc import IntegrityError, OperationalError

from webapp.database import Busy, writing
from webapp.people import Person, current_person
from webapp.sync import dropped
from webapp.sync.held import held_of
from webapp.sync.said import said_in
from webapp.sync.views.room import room
from webapp.sync.wire import Result
from webapp.web import RoomForm

DONE = ("applied", "duplicate")


@room.get("/to-decide")
def to_decide() -> str:
    """Everything that waits for this person's word, and what they refused lately."""
    author = current_person()
    return render_template(
        "sync/to_decide.html",
        waiting=dropped.waiting_for(author),
        held=[(each, said_in(each.kind, each.action, each.fields)) for each in held_of(author)],
        refused=dropped.refused_by(author),
    )


@room.post("/to-decide/dropped")
def answer() -> ResponseReturnValue:
    """Is this yours? The answer is about exactly the ops that stood on the page."""
    yes = {"yes": True, "no": False}.get(request.form.get("answer", ""))
    if yes is None or not RoomForm().validate_on_submit():
        abort(400)
    author, ids = current_person(), _ids(request.form.getlist("op"))
    try:
        with writing():
            said = _confirmed(author, ids) if yes else _refused(author, ids)
            known = bool(said) or dropped.is_settled(author, ids)
    except (OperationalError, IntegrityError):  # a phone of theirs delivers the same at this moment
        raise Busy from None
    if not known:
        abort(404)
    for words in said:
        flash(words)
    return redirect(url_for("sync.to_decide"), 303)


def _confirmed(author: Person, ids: Collection[UUID]) -> list[str]:
    results = dropped.confirm(author, ids)
    return list(_what_became(results))


def _what_became(results: Iterable[Result]) -> Iterable[str]:
    """One sentence for each thing that can have become of them."""
    statuses = [result.status for result in results]
    if done := sum(status in DONE for status in statuses):
        yield ngettext("It is in its place now.", "They are in their places now.", done)
    if "retry" in statuses:
        yield _("Something written before this has not come yet. Please try again tomorrow.")
    if any(status in ("rejected", "conflict", "op_reuse") for status in statuses):
        yield _("Something could not be done as it stands. Your words are safe.")
    if "deleted" in statuses:
        yield _("You had deleted this elsewhere. Your words are in the trash.")


def _refused(author: Person, ids: Collection[UUID]) -> list[str]:
    return [_("It stays here for 30 days, then it is deleted.")] if dropped.refuse(author, ids) else []


def _ids(texts: Iterable[str]) -> set[UUID]:
    try:
        return {UUID(text) for text in texts}
    except ValueError:
        abort(404)
