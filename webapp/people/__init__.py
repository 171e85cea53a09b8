"""Who people are: persons, their roles, units and sites; how they sign in, on which devices, and how that ends."""

from webapp.people.accounts import NotAllowed, change_roles, close_account, open_account_again
from webapp.people.devices import name_of_this_device, signed_in_devices
from webapp.people.directory import find_people, person_or_404
from webapp.people.invitations import Newcomer, Ticket, invite, renew_invitation
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
from webapp.people.passwords import hash_of as hash_of_password
from webapp.people.places import add_site, add_unit
from webapp.people.sessions import current_person, current_sign_in, end_sign_ins, sign_in_here, sign_out_here

__all__ = [
    "ROLES",
    "Device",
    "Newcomer",
    "NotAllowed",
    "Organisation",
    "Person",
    "PersonRole",
    "SignIn",
    "Site",
    "Ticket",
    "Unit",
    "add_site",
    "add_unit",
    "change_roles",
    "close_account",
    "current_person",
    "current_sign_in",
    "end_sign_ins",
    "find_people",
    "hash_of_password",
    "invite",
    "name_of_this_device",
    "open_account_again",
    "person_or_404",
    "renew_invitation",
    "sign_in_here",
    "sign_out_here",
    "signed_in_devices",
    "the_organisation",
]
