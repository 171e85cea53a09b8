"""The rows of this room."""

from webapp.people.models.organisation import Organisation, Site, Unit, the_organisation
from webapp.people.models.person import ROLES, Person, PersonRole
from webapp.people.models.sign_in import OWN, SHARED, Device, SignIn

__all__ = [
    "OWN",
    "ROLES",
    "SHARED",
    "Device",
    "Organisation",
    "Person",
    "PersonRole",
    "SignIn",
    "Site",
    "Unit",
    "the_organisation",
]
