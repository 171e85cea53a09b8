"""Scores: how well an allowed pair fits, criterion by criterion."""

from webapp.matching.engine.scores.catalogue import Measure, measures

__all__ = ["Measure", "measures"]
