"""The pages of goals: all of a pair, one with its steps, and the mentor's word."""

from webapp.pairings.goals.views import goals, one, steps

__all__ = ["goals", "one", "steps"]
