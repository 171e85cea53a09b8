"""What the signs mean; pure. docs/operating.md lists every word and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WORKER_SILENT_AFTER = timedelta(minutes=2)  # it beats every 10 seconds; nothing that it does takes as long
STARTS_WITHIN = timedelta(minutes=2)  # a start takes seconds, on a slow machine after an update half a minute
PUSH_LATE_AFTER = timedelta(minutes=10)  # what a worker died over is free after 2 minutes, and another one takes it
LETTERS_LATE_AFTER = timedelta(hours=1)  # mail servers that make strangers wait do so for minutes, rarely for an hour

WELL = frozenset({"ok", "off", "starting"})


@dataclass(frozen=True)
class Signs:
    """What was read at one moment; None where there is nothing to tell."""

    at: datetime
    worker_beat: datetime | None = None
    started: datetime | None = None
    push_is_on: bool = True
    push_due_since: datetime | None = None
    stopped_services: tuple[str, ...] = ()
    mail_is_on: bool = False
    letters_since: datetime | None = None
    posted_lately: bool = False

    @property
    def parts(self) -> dict[str, str]:
        """One word on each part, in the order in which to look at them."""
        return {
            "worker": self._worker(),
            "push": self._push(),
            "push_services": "stopped" if self.stopped_services else "ok",
            "letters": self._letters(),
        }

    @property
    def status(self) -> str:
        """ "ok", "starting", or the first part that is not well with its word, such as "worker_silent"."""
        wrong = next((f"{part}_{word}" for part, word in self.parts.items() if word not in WELL), None)
        return wrong or ("starting" if self._worker() == "starting" else "ok")

    def worker_is_silent(self, for_longer_than: timedelta) -> bool:
        """Whether neither a beat nor a start is as young as that. A clock that was set back makes nothing young."""
        heard = (self.worker_beat, self.started)
        return not any(moment is not None and abs(self.at - moment) <= for_longer_than for moment in heard)

    def _worker(self) -> str:
        beats = self.worker_beat is not None and abs(self.at - self.worker_beat) <= WORKER_SILENT_AFTER
        if beats:
            return "ok"
        return "silent" if self.worker_is_silent(STARTS_WITHIN) else "starting"

    def _push(self) -> str:
        if self.push_due_since is not None and self.at - self.push_due_since > PUSH_LATE_AFTER:
            return "late"
        return "ok" if self.push_is_on else "off"

    def _letters(self) -> str:
        if not self.mail_is_on:
            return "off"
        waits_long = self.letters_since is not None and self.at - self.letters_since > LETTERS_LATE_AFTER
        return "late" if waits_long and not self.posted_lately else "ok"
