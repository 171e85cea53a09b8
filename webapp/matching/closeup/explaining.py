"""How the score of one pair comes about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor, log2

from webapp.matching.closeup.evidence import Evidence, StyleMeeting
from webapp.matching.cohort import Cohort
from webapp.matching.people import Leaning, Mentee, Mentor, Participant, Slider
from webapp.matching.settings import FULL_MARKS, UNKNOWN, Criterion, Settings, Weight
from webapp.matching.week import QUARTER, quarters, spans
from webapp.matching.wishes import worth_of_wish

FURTHEST = 4
COMMONEST = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of one pair: points × 10⁶ of its own; None when one of the two did not answer."""

    criterion: Criterion
    weight: Weight
    points: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's score (points × 10⁶), its parts, and the evidence. "Based on `answered` of `asked`"."""

    score: int
    parts: tuple[Part, ...]
    evidence: Evidence

    @property
    def answered(self) -> int:
        return sum(1 for part in self.parts if part.points is not None)

    @property
    def asked(self) -> int:
        return len(self.parts)


class Reader:
    """Explains pairs of one cohort."""

    def __init__(self, cohort: Cohort, settings: Settings) -> None:
        self._cohort = cohort
        self._settings = settings
        words = {goal.word for mentee in cohort.mentees for goal in mentee.goals}
        words |= {word for mentor in cohort.mentors for word in mentor.expertise}
        words |= {word for side in (cohort.mentees, cohort.mentors) for person in side for word in person.interests}
        self._tag_of = cohort.vocabulary.tags(words)

    def explain(self, mentee: Mentee, mentor: Mentor) -> Explanation:
        """Whether or not a rule would allow the pair."""
        shares = {
            Criterion.GOALS: self._goals(mentee, mentor),
            Criterion.INTERESTS: self._interests(mentee, mentor),
            Criterion.SCHEDULE: self._schedule(mentee, mentor),
            Criterion.STYLE: _style(mentee, mentor),
            Criterion.OWN_CHOICES: _own_choices(mentee, mentor),
            Criterion.NOVELTY: self._novelty(mentee, mentor),
        }
        parts = tuple(
            Part(criterion, weight, None if share is None else floor(share * FULL_MARKS))
            for criterion, share in shares.items()
            if (weight := self._settings.weight(criterion)).factor
        )
        return Explanation(_sum(parts), parts, self._evidence(mentee, mentor))

    def _goals(self, mentee: Mentee, mentor: Mentor) -> Fraction | None:
        wanted: dict[str, int] = {}
        for goal in mentee.goals:
            for tag in self._tags([goal.word]):
                wanted[tag] = max(goal.priority, wanted.get(tag, 0))
        known = self._tags(mentor.expertise)
        if not wanted or not known:
            return None
        return Fraction(sum(priority for tag, priority in wanted.items() if tag in known), sum(wanted.values()))

    def _interests(self, mentee: Mentee, mentor: Mentor) -> Fraction | None:
        mine, theirs = self._tags(mentee.interests), self._tags(mentor.interests)
        if not mine or not theirs:
            return None
        both, all_of_them = (sum(self._rarity[tag] for tag in tags) for tags in (mine & theirs, [*mine, *theirs]))
        return Fraction(2 * both, all_of_them)

    def _schedule(self, mentee: Mentee, mentor: Mentor) -> Fraction | None:
        if not mentee.shifts or not mentor.shifts:
            return None
        shared = len(quarters(mentee.shifts) & quarters(mentor.shifts)) * QUARTER
        return Fraction(min(shared, self._settings.enough_minutes), self._settings.enough_minutes)

    def _novelty(self, mentee: Mentee, mentor: Mentor) -> Fraction | None:
        if mentee.id not in self._had_mentors:
            return None
        return Fraction(0 if (mentee.id, mentor.id) in self._cohort.earlier else 1)

    def _evidence(self, mentee: Mentee, mentor: Mentor) -> Evidence:
        known, liked = self._tags(mentor.expertise), self._tags(mentor.interests)
        words = dict.fromkeys(goal.word for goal in sorted(mentee.goals, key=lambda goal: -goal.priority))
        met = {word: bool(self._tags([word]) & known) for word in words if self._tags([word])}
        together = quarters(mentee.shifts) & quarters(mentor.shifts)
        return Evidence(
            goals=tuple(word for word, covered in met.items() if covered),
            missing_goals=tuple(word for word, covered in met.items() if not covered),
            interests=tuple(sorted(word for word in mentee.interests if self._tags([word]) & liked)),
            spans=spans(together),
            minutes=len(together) * QUARTER,
            style=tuple(_meetings(mentee, mentor)),
            again=(mentee.id, mentor.id) in self._cohort.earlier,
        )

    def _tags(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(self._tag_of[word] for word in words if word in self._tag_of)

    @cached_property
    def _rarity(self) -> dict[str, int]:
        people = [self._tags(each.interests) for each in (*self._cohort.mentees, *self._cohort.mentors)]
        holders = Counter(tag for tags in people for tag in tags)
        answering = sum(1 for tags in people if tags)
        return {tag: COMMONEST + round(COMMONEST * log2(answering / count)) for tag, count in holders.items()}

    @cached_property
    def _had_mentors(self) -> frozenset[str]:
        return frozenset(mentee for mentee, _ in self._cohort.earlier)


def _sum(parts: Iterable[Part]) -> int:
    answered = [(part.weight.factor, part.points) for part in parts if part.points is not None]
    possible = sum(factor for factor, _ in answered)
    return sum(factor * points for factor, points in answered) // possible if possible else UNKNOWN


def _style(mentee: Mentee, mentor: Mentor) -> Fraction | None:
    met = [
        content
        for question in mentee.sliders.keys() & mentor.sliders.keys()
        for mine, theirs in _both_ways(mentee.sliders[question], mentor.sliders[question])
        if (content := contentment(mine, theirs.value)) is not None
    ]
    return Fraction(sum(met), FURTHEST * len(met)) if met else None


def contentment(mine: Slider, theirs: int) -> int | None:
    """How content somebody is (0 to 4) with where the other stands; None for whoever does not care."""
    away = abs(mine.value - theirs)
    return {Leaning.LIKE: FURTHEST - away, Leaning.DIFFERENT: away, Leaning.EITHER: None}[mine.leaning]


def _both_ways(mine: Slider, theirs: Slider) -> tuple[tuple[Slider, Slider], tuple[Slider, Slider]]:
    return (mine, theirs), (theirs, mine)


def _meetings(mentee: Mentee, mentor: Mentor) -> Iterable[StyleMeeting]:
    for question in sorted(mentee.sliders.keys() & mentor.sliders.keys()):
        mine, theirs = mentee.sliders[question], mentor.sliders[question]
        leanings = {mine.leaning, theirs.leaning}
        if leanings != {Leaning.EITHER}:
            like, different = Leaning.LIKE in leanings, Leaning.DIFFERENT in leanings
            yield StyleMeeting(question, mine.value, theirs.value, like, different)


def _own_choices(mentee: Mentee, mentor: Mentor) -> Fraction | None:
    met = [_wish(each, other) for each, other in ((mentee, mentor), (mentor, mentee)) if each.wishes]
    if mentee.leaning != Leaning.EITHER and mentee.background and mentor.background:
        like = bool(mentee.background & mentor.background)
        met.append(Fraction(like == (mentee.leaning == Leaning.LIKE)))
    return sum(met, Fraction(0)) / len(met) if met else None


def _wish(whose: Participant, other: Participant) -> Fraction:
    named = list(dict.fromkeys(whose.wishes))
    return worth_of_wish(named.index(other.id)) if other.id in named else Fraction(0)
