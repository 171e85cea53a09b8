"""The pages of the staff list."""

from webapp.staff.views import files, importers, imports, leavers, licences
from webapp.staff.views.room import room

__all__ = ["files", "importers", "imports", "leavers", "licences", "room"]
