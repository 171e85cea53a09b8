"""The blueprint, and what the templates of other rooms may ask of it."""

from __future__ import annotations

from flask import Blueprint

from webapp.journal.models import Entry
from webapp.journal.reads import why_of
from webapp.people import current_person

room = Blueprint("journal", __name__)


@room.app_template_global()
def why_i_started() -> Entry | None:
    """The reader's own newest "Why I started", to be offered after a very hard shift; None where there is none."""
    return why_of(current_person())
