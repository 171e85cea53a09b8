"""Help that is one tap away, for everybody and without signal: whom to ring, by site and language.

Nobody is on duty in this app, so it says who is. The contacts are open to anybody and hold nothing personal.
"""

from webapp.safety.models import HelpContact
from webapp.safety.reads import MissingContact, all_contacts, contacts_for, missing_contacts, missing_kinds

__all__ = ["HelpContact", "MissingContact", "all_contacts", "contacts_for", "missing_contacts", "missing_kinds"]
