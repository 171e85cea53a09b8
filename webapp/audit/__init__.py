"""What was done, by whom: append-only, ids and facts only, never a person's words."""

from webapp.audit.models import AuditRow, record

__all__ = ["AuditRow", "record"]
