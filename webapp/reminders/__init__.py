"""Decides when to say what other rooms say is due: each thing once, at a wall time, and never too often.

It needs no leader and no clock of its own: any number of workers may plan, and one of them wins each occurrence.
"""

from webapp.reminders.planner import plan_due

__all__ = ["plan_due"]
