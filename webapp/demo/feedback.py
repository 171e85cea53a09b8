"""What the two say of being paired, after a month."""

from __future__ import annotations

from typing import Any

from webapp.demo.timeline import Timeline
from webapp.feedback import FeedbackFields, give_feedback
from webapp.pairings import Pairing
from webapp.people import Person


def say_what_it_is_like(author: Person, pairing: Pairing, words: dict[str, Any], timeline: Timeline) -> None:
    """A few answers, sometimes words, and now and then "please act on this"."""
    texts = words["feedback"]
    act = bool(texts["act"]) and timeline.chance(0.2)
    said = {
        "pairing": pairing.id,
        "meeting_enough": timeline.one_of(("right", "right", "too_rare", None)),
        "helps": timeline.one_of((3, 4, 4, 5)),
        "safe_to_ask": timeline.one_of((4, 4, 5, 5)),
        "words": timeline.one_of(texts["act"] if act else texts["words"]) if act or timeline.chance(0.6) else "",
        "act": act,
    }
    fields = FeedbackFields.model_validate(said)
    give_feedback(author, timeline.write(author, "feedback", "give", fields), fields)
