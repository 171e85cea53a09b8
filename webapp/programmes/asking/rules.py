"""How long it is kept who asked."""

from __future__ import annotations

from datetime import timedelta

ANSWERED_KEPT, UNANSWERED_KEPT = timedelta(days=30), timedelta(days=90)
