"""Matching: rules remove pairs, scores rank the others, a solver assigns, and a person decides.

The engine asks no database and no clock: a run is given people and settings, and gives proposals with reasons. Solving
needs numpy and scipy, which are imported when it begins and by nobody else. What has rows and pages is in `runs/` and
`offers/`, with doorways of their own.
"""

from webapp.matching.apart import Died, solve_apart
from webapp.matching.closeup import Evidence, Explanation, Part, Reader, broken_rules
from webapp.matching.codes import RuleCode
from webapp.matching.cohort import Cohort, Fault, Refused, Standing
from webapp.matching.comparison import Comparison, Moved, compare
from webapp.matching.keeping import explanation_as_data, explanation_from_data
from webapp.matching.outcome import (
    Alternative,
    Competition,
    Notice,
    Opening,
    Outcome,
    Proposal,
    Unmatched,
    WhyNobody,
    WhyNot,
)
from webapp.matching.people import Demand, DemandKind, Goal, Leaning, Mentee, Mentor, Slider
from webapp.matching.progress import Stopped
from webapp.matching.settings import Criterion, Gap, Late, Mode, Rules, Settings, Units, Weight
from webapp.matching.solving import solve
from webapp.matching.vocabulary import Vocabulary
from webapp.matching.week import Span, UsualShift
from webapp.matching.words import Reading, sentences_for

__all__ = [
    "Alternative",
    "Cohort",
    "Comparison",
    "Competition",
    "Criterion",
    "Demand",
    "DemandKind",
    "Died",
    "Evidence",
    "Explanation",
    "Fault",
    "Gap",
    "Goal",
    "Late",
    "Leaning",
    "Mentee",
    "Mentor",
    "Mode",
    "Moved",
    "Notice",
    "Opening",
    "Outcome",
    "Part",
    "Proposal",
    "Reader",
    "Reading",
    "Refused",
    "RuleCode",
    "Rules",
    "Settings",
    "Slider",
    "Span",
    "Standing",
    "Stopped",
    "Units",
    "Unmatched",
    "UsualShift",
    "Vocabulary",
    "Weight",
    "WhyNobody",
    "WhyNot",
    "broken_rules",
    "compare",
    "explanation_as_data",
    "explanation_from_data",
    "sentences_for",
    "solve",
    "solve_apart",
]
