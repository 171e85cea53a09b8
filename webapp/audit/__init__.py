"""What was done, by whom: append-only, ids and facts only, never a person's words."""

from webapp.audit.models import AuditRow, record
from webapp.audit.outside import (
    ACCOUNT_CLOSED,
    ACCOUNT_OPENED,
    ROLES_CHANGED,
    Decision,
    decisions_file,
    decisions_outside,
    keep_outside,
    write_decisions,
)

__all__ = [
    "ACCOUNT_CLOSED",
    "ACCOUNT_OPENED",
    "ROLES_CHANGED",
    "AuditRow",
    "Decision",
    "decisions_file",
    "decisions_outside",
    "keep_outside",
    "record",
    "write_decisions",
]
