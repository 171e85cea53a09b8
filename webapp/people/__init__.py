"""Who people are: persons, their roles, units and sites; how they sign in, on which devices, and how that ends."""

from webapp.people.accounts import (
    NoAdministrator,
    NotAllowed,
    change_roles,
    close_account,
    let_administrator_in_again,
    open_account_again,
)
from webapp.people.codes import fresh_letters
from webapp.people.cookies import RotatingCookies
from webapp.people.devices import forget_old_sign_ins, name_of_this_device, signed_in_devices
from webapp.people.directory import administrators_with_an_address, find_people, person_or_404
from webapp.people.forms import EMAIL, LanguageField, ManyForm, StrongPasswordField, WhoseDeviceField, ZoneField
from webapp.people.invitations import Newcomer, Ticket, invite, renew_invitation, without_invitation
from webapp.people.inviting import INVITE, INVITE_WORDS, InviteArguments, invite_many
from webapp.people.letters import letter_to
from webapp.people.many import add_people, change_people, give_more_roles, remove_people
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
from webapp.people.pictures import qr_code
from webapp.people.places import add_site, add_unit, all_places
from webapp.people.presence import tell_of_presence
from webapp.people.restored import after_a_restore
from webapp.people.rules import CODE_LETTERS, tidy_code
from webapp.people.rules import spaced as spaced_code
from webapp.people.sessions import (
    current_person,
    current_sign_in,
    end_sign_ins,
    sign_in_here,
    sign_out_here,
)
from webapp.people.slowness import slow_down, slow_down_by_json
from webapp.people.throttle import TooManyTries, count_a_try, count_towards, forgive

__all__ = [
    "CODE_LETTERS",
    "EMAIL",
    "INVITE",
    "INVITE_WORDS",
    "ROLES",
    "Device",
    "InviteArguments",
    "LanguageField",
    "ManyForm",
    "Newcomer",
    "NoAdministrator",
    "NotAllowed",
    "Organisation",
    "Person",
    "PersonRole",
    "RotatingCookies",
    "SignIn",
    "Site",
    "StrongPasswordField",
    "Ticket",
    "TooManyTries",
    "Unit",
    "WhoseDeviceField",
    "ZoneField",
    "add_people",
    "add_site",
    "add_unit",
    "administrators_with_an_address",
    "after_a_restore",
    "all_places",
    "change_people",
    "change_roles",
    "close_account",
    "count_a_try",
    "count_towards",
    "current_person",
    "current_sign_in",
    "end_sign_ins",
    "find_people",
    "forget_old_sign_ins",
    "forgive",
    "fresh_letters",
    "give_more_roles",
    "hash_of_password",
    "invite",
    "invite_many",
    "let_administrator_in_again",
    "letter_to",
    "name_of_this_device",
    "open_account_again",
    "person_or_404",
    "qr_code",
    "remove_people",
    "renew_invitation",
    "sign_in_here",
    "sign_out_here",
    "signed_in_devices",
    "slow_down",
    "slow_down_by_json",
    "spaced_code",
    "tell_of_presence",
    "the_organisation",
    "tidy_code",
    "without_invitation",
]
