"""What the topics of a profile are called on the screen, in the language of whoever reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.profiles.rules import PATTERNS

BOTH = 2


def group_names() -> dict[str, str]:
    return {
        "clinical": _("At the bedside"),
        "people": _("With people"),
        "coping": _("Staying well"),
        "work": _("Getting through the work"),
        "path": _("My path"),
        "interests": _("Interests"),
    }


def topic_names(role: str) -> dict[str, str]:
    """The topics as a heading over what was said; goals are named by the role."""
    return {
        "goals": _("Can help with") if role == "mentor" else _("Wants to learn"),
        "interests": _("Likes"),
        "languages": _("Speaks"),
        "style": _("How they like to work"),
        "week": _("Usual week"),
        "about": _("In their own words"),
    }


def own_topic_names(role: str) -> dict[str, str]:
    """The topics as the person who fills them in reads them."""
    return {
        "goals": _("What I can help with") if role == "mentor" else _("What I want to learn"),
        "interests": _("What I like"),
        "languages": _("Languages I speak"),
        "style": _("How I like to work"),
        "week": _("My usual week"),
        "about": _("A few words about me"),
        "background": _("My background"),
        "musts": _("What must be so"),
        "choices": _("Mentees I say no to") if role == "mentor" else _("Mentors I wish for"),
    }


def style_ends() -> dict[str, tuple[str, str]]:
    """Each question of style with its two ends."""
    return {
        "plan": (_("I plan ahead"), _("I take it as it comes")),
        "feedback": (_("I like gentle feedback"), _("I like straight feedback")),
        "learn": (_("I watch first, then do"), _("I try first, then ask")),
        "meet": (_("I like fixed times"), _("I like to talk when it suits")),
    }


def pattern_names() -> dict[str, str]:
    """Kinds of shifts, with the hours they are counted as."""
    names = {
        "days": _("Days"),
        "long_days": _("Long days"),
        "evenings": _("Evenings"),
        "nights": _("Nights"),
        "rotating": _("Days and nights by turns"),
    }
    return {
        each: f"{names[each]} ({_hours(*PATTERNS[each][0])})" if each != "rotating" else names[each] for each in names
    }


def background_names() -> dict[str, str]:
    return {
        "abroad": _("I trained or worked in another country"),
        "second_career": _("I had another job before"),
        "first_in_family": _("I am the first in my family to study"),
        "carer": _("I look after children or somebody at home"),
        "faith": _("My faith matters to me"),
        "lgbt": _("I am LGBTQ+"),
        "minority": _("I belong to an ethnic minority"),
        "disability": _("I live with a disability or an illness"),
    }


def weekday_names(width: Literal["wide", "abbreviated"] = "wide") -> list[str]:
    """From Monday to Sunday, as the language writes them: "Monday", "lunes"."""
    names = get_day_names(width, context="stand-alone", locale=get_locale() or "en")
    return [names[day] for day in range(7)]


def style_in_words(question: str, value: int) -> str:
    """Where somebody stands on a question, as a sentence."""
    first, second = style_ends()[question]
    if value == BOTH:
        return str(_("%(first)s, or: %(second)s", first=first, second=second))
    return first if value < BOTH else second


def week_in_words(patterns: Iterable[str], days: Iterable[int]) -> list[str]:
    """The kinds of shifts, then the days, if any were said."""
    names, weekdays = pattern_names(), weekday_names()
    on = [weekdays[day] for day in sorted(set(days))]
    return [*(names[each] for each in PATTERNS if each in set(patterns)), *([", ".join(on)] if on else [])]


def _hours(start: int, minutes: int) -> str:
    return f"{_clock(start)}–{_clock(start + minutes)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
