"""Backups: one file that holds a consistent copy of the database, and the way back from it.

A backup alone opens nothing that people wrote: the keys are in it only when asked for, under a passphrase.
"""

from webapp.backups.commands import backup, restore
from webapp.backups.marker import refuse_half_a_restore

__all__ = ["backup", "refuse_half_a_restore", "restore"]
