"""What this room lets go of by itself when its time is over."""

from __future__ import annotations

from webapp.sync import drafts, drop_box, dropped


def forget_old() -> None:
    """What nobody could prove, after 90 days; what its author refused, after 30; what was typed on a shared device and
    never sent, after a year. Inside a write transaction.
    """
    drop_box.forget_turned_away()
    dropped.forget_refused()
    drafts.forget_old()
