"""The staff list: brought as CSV, looked at before anything happens, carried out at once or not at all, and undone."""

from webapp.staff.applying import IMPORT, ImportArguments, carry_out
from webapp.staff.importing import forget_old, may_import
from webapp.staff.licences import licence_steps
from webapp.staff.listeners import tell_of_lists
from webapp.staff.models import StaffRecord
from webapp.staff.reads import (
    StaffFacts,
    assessor_of,
    hidden_from,
    line_managers,
    reporting_chain,
    reporting_chains,
    reports_of,
    staff_facts,
    trained_on,
)
from webapp.staff.undoing import UNDO, UndoArguments, take_back
from webapp.staff.words import IMPORT_WORDS, UNDO_WORDS

__all__ = [
    "IMPORT",
    "IMPORT_WORDS",
    "UNDO",
    "UNDO_WORDS",
    "ImportArguments",
    "StaffFacts",
    "StaffRecord",
    "UndoArguments",
    "assessor_of",
    "carry_out",
    "forget_old",
    "hidden_from",
    "licence_steps",
    "line_managers",
    "may_import",
    "reporting_chain",
    "reporting_chains",
    "reports_of",
    "staff_facts",
    "take_back",
    "tell_of_lists",
    "trained_on",
]
