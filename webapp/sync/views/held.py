"""What the server holds because it could not be done: read, changed and sent again, or let go, without scripts too."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.ledger import FormFields
from webapp.people import current_person
from webapp.sync import resending
from webapp.sync.held import discard_held, held_or_404
from webapp.sync.models import HeldOp
from webapp.sync.resending import CannotResend
from webapp.sync.said import said_in
from webapp.sync.views.room import room
from webapp.web import RoomForm


@room.get("/to-decide/held/<uuid:held_id>")
def held(held_id: UUID) -> str:
    """One of them whole, beside what stands in its place, and its words in a box to change."""
    author = current_person()
    return _page(held_or_404(author, held_id), resending.hidden_fields(author, held_or_404(author, held_id)))


@room.post("/to-decide/held/<uuid:held_id>")
def send_again(held_id: UUID) -> ResponseReturnValue:
    """Do what it says, with the words as they stand in the box."""
    author = current_person()
    kept, hidden, words = held_or_404(author, held_id, settled=True), FormFields.posted(request.form), _words()
    if kept.discarded_at is not None:
        return redirect(url_for("sync.to_decide"), 303)
    if not RoomForm().validate_on_submit():
        return make_response(_page(kept, hidden, words, "token"), 422)
    try:
        with writing():
            became = resending.resend(author, held_or_404(author, held_id), hidden, words)
    except CannotResend as refused:
        kept = held_or_404(author, held_id)
        return make_response(_page(kept, resending.hidden_fields(author, kept), words, refused.reason), 422)
    gone = _("You had deleted this elsewhere. Your words are in the trash.")
    flash(gone if became == "deleted" else _("It is in its place now."))
    return redirect(url_for("sync.to_decide"), 303)


@room.get("/to-decide/held/<uuid:held_id>/discard")
def ask_to_discard(held_id: UUID) -> str:
    """The question before its words are gone."""
    kept = held_or_404(current_person(), held_id)
    return render_template("sync/discard.html", held=kept, said=said_in(kept.kind, kept.action, kept.fields))


@room.post("/to-decide/held/<uuid:held_id>/discard")
def discard(held_id: UUID) -> ResponseReturnValue:
    """Its author has decided: the words go."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        if not discard_held(current_person(), held_id):
            abort(404)
    flash(_("Deleted."))
    return redirect(url_for("sync.to_decide"), 303)


def _page(kept: HeldOp, hidden: FormFields, words: str | None = None, problem: str = "") -> str:
    return render_template(
        "sync/held.html",
        held=kept,
        hidden=hidden,
        said=said_in(kept.kind, kept.action, kept.fields),
        theirs=resending.standing(current_person(), kept)[1],
        can_be_resent=resending.can_be_resent(kept),
        words=resending.words_to_change(kept) if words is None else words,
        problem=problem,
    )


def _words() -> str | None:
    words = request.form.get("words")
    return None if words is None else words.replace("\x00", "").replace("\r\n", "\n").strip()
