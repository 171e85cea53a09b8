"""The rows of this room."""

from webapp.people.models.one_time import Invitation, PhoneCode, ResetLink
from webapp.people.models.organisation import Organisation, Site, Unit, the_organisation
from webapp.people.models.person import ROLES, Person, PersonRole
from webapp.people.models.second_factor import RecoveryCode, SecondFactor
from webapp.people.models.sign_in import OWN, SHARED, Device, SignIn
from webapp.people.models.tries import Tries

__all__ = [
    "OWN",
    "ROLES",
    "SHARED",
    "Device",
    "Invitation",
    "Organisation",
    "Person",
    "PersonRole",
    "PhoneCode",
    "RecoveryCode",
    "ResetLink",
    "SecondFactor",
    "SignIn",
    "Site",
    "Tries",
    "Unit",
    "the_organisation",
]
