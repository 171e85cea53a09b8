"""A mentorship programme: its name, who coordinates it, and its rhythm."""

from webapp.programmes.actions import change_programme, make_programme
from webapp.programmes.models import Programme, ProgrammeCoordinator
from webapp.programmes.reads import all_programmes, programme_or_404, programmes_of
from webapp.programmes.rules import DEFAULT_RHYTHM, Rhythm, interval_days

__all__ = [
    "DEFAULT_RHYTHM",
    "Programme",
    "ProgrammeCoordinator",
    "Rhythm",
    "all_programmes",
    "change_programme",
    "interval_days",
    "make_programme",
    "programme_or_404",
    "programmes_of",
]
