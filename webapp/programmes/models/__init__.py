"""The rows of this room."""

from webapp.programmes.models.agreement import AgreementText
from webapp.programmes.models.asking import Door, JoinRequest
from webapp.programmes.models.cohort import Cohort
from webapp.programmes.models.enrolment import Enrolment
from webapp.programmes.models.launch import LaunchStepDone
from webapp.programmes.models.objective import Objective
from webapp.programmes.models.programme import CoordinatorSite, Programme, ProgrammeCoordinator

__all__ = [
    "AgreementText",
    "Cohort",
    "CoordinatorSite",
    "Door",
    "Enrolment",
    "JoinRequest",
    "LaunchStepDone",
    "Objective",
    "Programme",
    "ProgrammeCoordinator",
]
