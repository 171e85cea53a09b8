"""What time it is: the one place that asks, so that tests and a demonstration can move it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from flask import current_app, has_app_context

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment, aware, in UTC."""
    if has_app_context():
        clock: Clock = current_app.extensions["clock"]
        return clock()
    return datetime.now(UTC)


def shifted(offset: timedelta) -> Clock:
    """A clock that runs `offset` away from the machine's."""
    return lambda: datetime.now(UTC) + offset
