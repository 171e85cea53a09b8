"""What a profile may say, in plain values: topics, groups of words, questions of style, usual weeks. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import normalize

OF_A_PERSON = ("interests", "languages", "style", "week", "about", "background")
OF_A_PART = ("goals", "musts", "choices")
COUNTED = ("goals", "interests", "languages", "style", "week", "about")  # "4 of 6"; the rest is nobody's business

GROUPS = ("clinical", "people", "coping", "work", "path", "interests")
FOR_GOALS = GROUPS[:-1]
STYLE_QUESTIONS = ("plan", "feedback", "learn", "meet")
STEPS = (0, 1, 2, 3, 4)
LEANINGS = ("like", "different", "either")
PRIORITIES = (1, 2, 3)
BACKGROUNDS = ("abroad", "second_career", "first_in_family", "carer", "faith", "lgbt", "minority", "disability")
MUSTS = ("tag", "language", "same_site", "other_unit", "background")

MOST_WORDS, LONGEST_WORD = 12, 60
MOST_LANGUAGES = 10
LONGEST_ABOUT = 600
MOST_WISHES = MOST_VETOES = 5

PATTERNS: dict[str, tuple[tuple[int, int], ...]] = {  # begins, minutes after midnight, and lasts
    "days": ((7 * 60, 8 * 60),),
    "long_days": ((7 * 60 + 30, 12 * 60 + 30),),
    "evenings": ((14 * 60, 8 * 60),),
    "nights": ((19 * 60 + 30, 12 * 60 + 30),),
    "rotating": ((7 * 60 + 30, 12 * 60 + 30), (19 * 60 + 30, 12 * 60 + 30)),
}
WEEKDAYS = range(7)  # 0 is Monday


@dataclass(frozen=True, slots=True)
class UsualShift:
    """A shift of most weeks by the wall clock: it begins on `day` (0 is Monday) at `start` and lasts `minutes`."""

    day: int
    start: int
    minutes: int


def usual_shifts(patterns: Iterable[str], days: Iterable[int]) -> tuple[UsualShift, ...]:
    """The shifts of these patterns on these days; without a day said, on any. Rotating is days and nights by turns."""
    times = sorted({each for pattern in patterns for each in PATTERNS[pattern]})
    on = sorted(set(days)) or list(WEEKDAYS)
    return tuple(UsualShift(day, start, minutes) for day in on for start, minutes in times)


def one_spelling(word: str) -> str:
    """A word without capitals, accents' variants and doubled spaces: what makes two words the same."""
    return " ".join(normalize("NFKC", word).casefold().split())


def each_once(words: Iterable[str]) -> tuple[str, ...]:
    """The words that say anything, the first spelling of each."""
    found: dict[str, str] = {}
    for word in words:
        if spelling := one_spelling(word):
            found.setdefault(spelling, " ".join(word.split()))
    return tuple(found.values())
