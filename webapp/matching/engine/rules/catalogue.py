"""All hard rules that hold for a run whoever is matched (places are counted apart: they change while it runs)."""

from __future__ import annotations

import numpy as np

from webapp.matching.codes import RuleCode
from webapp.matching.engine.rules.between import rules_between
from webapp.matching.engine.rules.demands import OwnDemands
from webapp.matching.engine.rules.fit import rules_of_fit
from webapp.matching.engine.rules.kinds import Alone, Rule
from webapp.matching.engine.view import View, answered


def standing_rules(view: View) -> list[Rule]:
    """In the order in which they are told."""
    return [
        *rules_between(view),
        *_rules_alone(view),
        *rules_of_fit(view),
        OwnDemands(view, private=False),
        OwnDemands(view, private=True),
    ]


def _rules_alone(view: View) -> list[Rule]:
    found: list[Rule] = [
        Alone(
            RuleCode.OPTED_OUT,
            answered(each.opted_out for each in view.mentees),
            answered(each.opted_out for each in view.mentors),
        ),
        Alone(
            RuleCode.PAUSED, answered(each.paused for each in view.mentees), answered(e.paused for e in view.mentors)
        ),
    ]
    if view.settings.rules.training:
        nobody = np.zeros(len(view.mentees), dtype=np.bool_)
        found.append(Alone(RuleCode.TRAINING, nobody, answered(not each.trained for each in view.mentors)))
    return found
