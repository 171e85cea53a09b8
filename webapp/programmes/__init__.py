"""A mentorship programme: its name, who coordinates it, and its rhythm."""

from webapp.programmes.models import Programme, ProgrammeCoordinator
from webapp.programmes.rules import DEFAULT_RHYTHM, Rhythm, interval_days

__all__ = ["DEFAULT_RHYTHM", "Programme", "ProgrammeCoordinator", "Rhythm", "interval_days"]
