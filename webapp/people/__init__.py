"""Who people are: persons, their roles, units and sites; how they sign in, on which devices, and how that ends."""

from webapp.people.models import (
    ROLES,
    Device,
    Organisation,
    Person,
    PersonRole,
    SignIn,
    Site,
    Unit,
    the_organisation,
)
from webapp.people.sessions import current_person, current_sign_in, end_sign_ins, sign_in_here, sign_out_here

__all__ = [
    "ROLES",
    "Device",
    "Organisation",
    "Person",
    "PersonRole",
    "SignIn",
    "Site",
    "Unit",
    "current_person",
    "current_sign_in",
    "end_sign_ins",
    "sign_in_here",
    "sign_out_here",
    "the_organisation",
]
