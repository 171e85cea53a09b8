"""A mentorship programme: what it is for, who takes part, who coordinates it, its rhythm, objectives and agreement.

It is a draft until somebody starts it, and it does not start before its people know whom to ring.
"""

from webapp.programmes.actions.agreements import write_first_version
from webapp.programmes.actions.enrolments import change_capacity, enrol, let_leave
from webapp.programmes.actions.programmes import (
    CannotStart,
    Outline,
    Terms,
    change_terms,
    let_coordinate,
    make_programme,
    repeat_programme,
    start_programme,
)
from webapp.programmes.agreements import Agreement, agreement_in_version, agreement_of
from webapp.programmes.asking.actions import forget_requests
from webapp.programmes.asking.reads import requests_for
from webapp.programmes.launch import plan_of, tick
from webapp.programmes.models import Cohort, Enrolment, Objective, Programme, ProgrammeCoordinator
from webapp.programmes.reads import (
    all_programmes,
    cohorts_of,
    contacts_missing,
    enrolled_in,
    enrolments_of,
    objectives_of,
    people_with_role,
    programme_or_404,
    programmes_of,
)
from webapp.programmes.rules import DEFAULT_RHYTHM, MEASURES, OFF_SHIFT, Rhythm, interval_days

__all__ = [
    "DEFAULT_RHYTHM",
    "MEASURES",
    "OFF_SHIFT",
    "Agreement",
    "CannotStart",
    "Cohort",
    "Enrolment",
    "Objective",
    "Outline",
    "Programme",
    "ProgrammeCoordinator",
    "Rhythm",
    "Terms",
    "agreement_in_version",
    "agreement_of",
    "all_programmes",
    "change_capacity",
    "change_terms",
    "cohorts_of",
    "contacts_missing",
    "enrol",
    "enrolled_in",
    "enrolments_of",
    "forget_requests",
    "interval_days",
    "let_coordinate",
    "let_leave",
    "make_programme",
    "objectives_of",
    "people_with_role",
    "plan_of",
    "programme_or_404",
    "programmes_of",
    "repeat_programme",
    "requests_for",
    "start_programme",
    "tick",
    "write_first_version",
]
