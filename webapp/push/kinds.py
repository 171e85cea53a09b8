"""The kinds of message: how long each lives, what it waits for, and its neutral words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

DAILY_CAP = 4


@dataclass(frozen=True)
class Kind:
    """How one kind of message behaves. `words` are asked for under the reader's language.

    A lock screen prints the words, so they hold no name, no unit and no word on health.
    """

    words: Callable[[], str]
    lives: timedelta
    waits: timedelta = timedelta()
    capped: bool = True
    bundled: bool = False  # one a day for each person
    heeds_quiet: bool = True
    by_mail: bool = False  # where no device can be told
    urgency: str = "normal"


KINDS = {
    "talk_wanted": Kind(
        lambda: _("Someone would like to talk."), timedelta(hours=72), capped=False, urgency="high", by_mail=True
    ),
    "note": Kind(lambda: _("A note for you."), timedelta(hours=72), capped=False, by_mail=True),
    "checkins_to_read": Kind(
        lambda: _("There is something new to read."),
        timedelta(hours=24),
        waits=timedelta(minutes=30),
        bundled=True,
    ),
    "checkin_ready": Kind(lambda: _("Your check-in is ready."), timedelta(hours=24)),
    "word_welcome": Kind(lambda: _("A word would be welcome."), timedelta(hours=24)),
    "nudge": Kind(lambda: _("A word would be welcome."), timedelta(hours=72), by_mail=True),
    "offer": Kind(lambda: _("There is a question for you."), timedelta(hours=72), capped=False, by_mail=True),
    "offer_news": Kind(lambda: _("There is news for you."), timedelta(hours=72)),
    "programme_news": Kind(
        lambda: _("There is something to look at in your programme."),
        timedelta(hours=24),
        waits=timedelta(minutes=30),
        bundled=True,
    ),
    "pair_news": Kind(lambda: _("There is news for you."), timedelta(hours=72), by_mail=True),
    "to_decide": Kind(lambda: _("There is something for you to decide."), timedelta(hours=72), by_mail=True),
    "test": Kind(
        lambda: _("This is a test. Notifications work on this device."),
        timedelta(minutes=5),
        capped=False,
        heeds_quiet=False,
        urgency="high",
    ),
}
