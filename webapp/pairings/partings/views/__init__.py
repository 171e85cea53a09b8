"""The pages of a change: pausing, asking for a change, ending, and the coordinator's side of it."""

from webapp.pairings.partings.views import change, desk, stay, today

__all__ = ["change", "desk", "stay", "today"]
