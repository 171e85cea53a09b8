"""Runs of matching: asked for by a coordinator, done once by a worker, kept as they were, decided over by people."""

from webapp.matching.runs.reads import forget_old, settings_of
from webapp.matching.runs.solving_job import MATCH, MatchArguments, match
from webapp.matching.runs.words import MATCH_WORDS

__all__ = ["MATCH", "MATCH_WORDS", "MatchArguments", "forget_old", "match", "settings_of"]
