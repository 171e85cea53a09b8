"""The memory of what was written: each op of each person once, whether it came from a phone's outbox or a form."""

from webapp.ledger.actions import (
    FormFields,
    Remembered,
    fingerprint_of,
    forget,
    form_write,
    look_up,
    remember,
    says_the_same,
)
from webapp.ledger.models import LedgerRow
from webapp.ledger.written import Conflict, Gone, Refused, Written

__all__ = [
    "Conflict",
    "FormFields",
    "Gone",
    "LedgerRow",
    "Refused",
    "Remembered",
    "Written",
    "fingerprint_of",
    "forget",
    "form_write",
    "look_up",
    "remember",
    "says_the_same",
]
