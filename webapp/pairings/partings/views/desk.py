"""The coordinator's side: marking a wish for a change as done."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import writing
from webapp.pairings.page.views.posting import one_button_or_400
from webapp.pairings.partings.swapping import settle_swap, swap_to_settle_or_404
from webapp.pairings.views.pairs import coordinators_only
from webapp.pairings.views.room import room
from webapp.people import current_person


@room.post("/programme/swaps/<uuid:request_id>/done")
@coordinators_only
def swap_done(request_id: UUID) -> ResponseReturnValue:
    """She has done what was to do: it leaves her list, and who asked may ask again."""
    swap_to_settle_or_404(current_person(), request_id)
    one_button_or_400()
    with writing():
        settle_swap(current_person(), swap_to_settle_or_404(current_person(), request_id))
    flash(_("Marked as done."))
    return redirect("/programme/feedback", 303)
