"""Why a pair cannot be: each hard rule has a code, and some are shown under one name so that nobody is given away."""

from __future__ import annotations

from enum import StrEnum


class RuleCode(StrEnum):
    """A hard rule. MUST_… belong to criteria whose weight is MUST."""

    SAME_PERSON = "same_person"
    LINE_MANAGER = "line_manager"
    REPORTING_CHAIN = "reporting_chain"
    ASSESSOR = "assessor"
    BLOCKED = "blocked"
    MENTOR_VETO = "mentor_veto"
    OPTED_OUT = "opted_out"
    PAUSED = "paused"
    BACKGROUND = "background"
    MUST_OWN_CHOICES = "must_own_choices"
    LANGUAGE = "language"
    OVERLAP = "overlap"
    UNIT = "unit"
    LEVEL = "level"
    SENIORITY = "seniority"
    TRAINING = "training"
    REPEAT = "repeat"
    EMPLOYER = "employer"
    OWN_WISH = "own_wish"  # the mentee's own veto or must
    MUST_GOALS = "must_goals"
    MUST_INTERESTS = "must_interests"
    MUST_SCHEDULE = "must_schedule"
    MUST_STYLE = "must_style"
    MUST_NOVELTY = "must_novelty"
    NO_ROOM = "no_room"
    NOT_AVAILABLE = "not_available"  # what the private ones are shown as

    @property
    def shown_as(self) -> RuleCode:
        """What people are told. A block looks like a pause: who reads it cannot tell one from the other."""
        return RuleCode.NOT_AVAILABLE if self in _PRIVATE else self

    def can_be_relaxed(self) -> bool:
        """Whether the organiser or the mentee could decide otherwise."""
        return self in _OPEN_TO_CHANGE


_PRIVATE = frozenset(
    {
        RuleCode.BLOCKED,
        RuleCode.MENTOR_VETO,
        RuleCode.OPTED_OUT,
        RuleCode.PAUSED,
        RuleCode.BACKGROUND,
        RuleCode.MUST_OWN_CHOICES,
    }
)
_OPEN_TO_CHANGE = frozenset(
    {
        RuleCode.LANGUAGE,
        RuleCode.OVERLAP,
        RuleCode.UNIT,
        RuleCode.LEVEL,
        RuleCode.SENIORITY,
        RuleCode.TRAINING,
        RuleCode.REPEAT,
        RuleCode.EMPLOYER,
        RuleCode.OWN_WISH,
        RuleCode.MUST_GOALS,
        RuleCode.MUST_INTERESTS,
        RuleCode.MUST_SCHEDULE,
        RuleCode.MUST_STYLE,
        RuleCode.MUST_NOVELTY,
        RuleCode.NO_ROOM,
    }
)
