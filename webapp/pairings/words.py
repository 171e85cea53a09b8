"""How a pair stands, in neutral words."""

from __future__ import annotations

from flask_babel import gettext as _


def stage_words(stage: str) -> str:
    """A stage of `facts.PairFacts`, or "silent" for the three that ask for attention."""
    words: dict[str, str] = {
        "silent": _("All who are not in touch"),
        "in_line": _("One is now above the other at work"),
        "left": _("One of them has left"),
        "joining": _("Somebody has not joined yet"),
        "away": _("One of them is away"),
        "new": _("Getting to know each other"),
        "no_hello": _("No hello yet"),
        "no_first_talk": _("No first talk yet"),
        "not_in_touch": _("Not in touch lately"),
        "in_touch": _("In touch"),
        "paused": _("They have a pause"),
        "ending": _("Ending: both are asked whether they stay in touch"),
        "ended": _("Ended"),
    }
    return words[stage]
