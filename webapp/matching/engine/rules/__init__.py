"""Hard rules: each removes pairs, for the whole run, and says why by its code."""

from webapp.matching.engine.rules.catalogue import standing_rules
from webapp.matching.engine.rules.kinds import Rule

__all__ = ["Rule", "standing_rules"]
