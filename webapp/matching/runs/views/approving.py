"""Approving proposals: both people are asked, and nobody is paired by it."""

from __future__ import annotations

from uuid import UUID

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.database import writing
from webapp.matching.fitting import still_allowed
from webapp.matching.gathering import gather
from webapp.matching.offers import OfferWanted, make_offers
from webapp.matching.runs.draft import Draft, Line
from webapp.matching.runs.reads import last_run_of
from webapp.matching.runs.views.room import (
    back_to_draft,
    coordinators_only,
    draft_or_404,
    one_button_or_400,
    room,
)
from webapp.people import current_person
from webapp.programmes import Programme


@room.post("/programme/<uuid:programme_id>/matching/runs/<uuid:run_id>/approve")
@coordinators_only
def approve(programme_id: UUID, run_id: UUID) -> ResponseReturnValue:
    """Ask both people of each pair that is ticked, or of all; those of other coordinators are left alone.

    Whom a rule of the run keeps apart by now, since something changed, is not asked.
    """
    allowed = _allowed_now(*draft_or_404(programme_id, run_id))
    one_button_or_400()
    with writing():
        programme, drawn = draft_or_404(programme_id, run_id)
        last = last_run_of(programme)
        if last is None or last.id != run_id:
            flash(_("There is a newer run. Look at its proposals first."))
            return back_to_draft(programme_id, run_id)
        chosen = _chosen(drawn)
        wanted = [
            OfferWanted(line.mentee.id, line.mentor.id, run_id, line.why)
            for line in chosen
            if line.mentor is not None and _both(line) in allowed
        ]
        called = {line.mentee.id: line.mentee.name for line in chosen}
        offered = make_offers(programme, wanted, current_person())
        asked = {each.mentee_id for each in offered.made}
        made, names = len(asked), [name for mentee_id, name in called.items() if mentee_id not in asked]
    if not chosen:
        flash(_("Tick somebody first."))
    if made:
        flash(ngettext("%(num)d pair is asked now.", "%(num)d pairs are asked now.", made))
    if names:
        flash(_("Something changed for these, so they are not asked: %(names)s.", names=", ".join(names)))
    return back_to_draft(programme_id, run_id)


def _allowed_now(programme: Programme, drawn: Draft) -> set[tuple[str, str]]:
    """Looked at before the write transaction, because it reads everybody; what matters most is looked at there too."""
    pairs = [_both(line) for line in _chosen(drawn)]
    return still_allowed(gather(programme), drawn.run.settings, pairs) if pairs else set()


def _both(line: Line) -> tuple[str, str]:
    return str(line.mentee.id), str(line.mentor.id) if line.mentor else ""


def _chosen(drawn: Draft) -> list[Line]:
    ticked, everybody = set(request.form.getlist("mentee")), request.form.get("all") == "yes"
    return [line for line in drawn.lines if line.can_be_approved and (everybody or str(line.mentee.id) in ticked)]
