"""What mentees write for themselves, and what they show."""

from __future__ import annotations

from typing import Any

from webapp.demo.timeline import Timeline
from webapp.journal import EntryFields, ShowFields, show_entry, write_entry
from webapp.pairings import Pairing

PROMPTS = {"free": None, "learned": "learned", "why": "why"}


def write_in_the_journal(pairing: Pairing, words: dict[str, Any], timeline: Timeline) -> None:
    """Every third week or so the mentee writes an entry; now and then one is shown to the mentor."""
    if not timeline.chance(0.4):
        return
    mentee, about = pairing.mentee, timeline.one_of(("free", "free", "learned", "why"))
    body = {"scheme": "plain", "text": timeline.one_of(words["entry"][about])}
    fields = EntryFields.model_validate({"prompt": PROMPTS[about], "body": body})
    written = timeline.write(mentee, "entry", "write", fields)
    write_entry(mentee, written, fields)
    if about != "free" and timeline.chance(0.3):
        shown = ShowFields(pairing=pairing.id)
        again = timeline.write(mentee, "entry", "show", shown, entity=written.entity, parent=written.op)
        show_entry(mentee, again, shown)
