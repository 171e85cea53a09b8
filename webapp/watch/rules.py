"""What the signs mean; pure. docs/operating.md lists every word and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WORKER_SILENT_AFTER = timedelta(minutes=2)  # it beats every 10 seconds; nothing that it does takes as long
STARTS_WITHIN = timedelta(minutes=2)  # a start takes seconds, on a slow machine after an update half a minute
PUSH_LATE_AFTER = timedelta(minutes=10)  # what a worker died over is free after 2 minutes, and another one takes it
LETTERS_LATE_AFTER = timedelta(hours=1)  # mail servers that make strangers wait do so for minutes, rarely for an hour
BACKUP_OLD_AFTER = timedelta(days=3)  # made every night: two in a row were not; BACKUP_DAYS changes it
WORKER_ALARM_AFTER = timedelta(minutes=5)  # an update or a restart takes less, and is nobody's alarm

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
    services_in_doubt: bool = False
    mail_is_on: bool = False
    letters_since: datetime | None = None
    posted_lately: bool = False
    last_backup: datetime | None = None
    backups_wished: datetime | None = None
    backup_days: int = 0

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

    @property
    def troubles(self) -> dict[str, bool | None]:
        """What administrators are told about: whether there is this trouble; None where that cannot be known yet."""
        stopped = bool(self.stopped_services)
        return {
            "worker_silent": self.worker_is_silent(WORKER_ALARM_AFTER),
            "push_stopped": None if self.services_in_doubt and not stopped else stopped,
            "backup_old": self.backup_is_old,
        }

    @property
    def backup_is_old(self) -> bool:
        """Whether the last backup is too old; where none was ever made, whether one has been wished for that long."""
        since = self.last_backup or self.backups_wished
        allowed = timedelta(days=self.backup_days) if self.backup_days else BACKUP_OLD_AFTER
        return since is not None and self.at - since > allowed

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
