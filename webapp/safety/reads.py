"""Which contacts a reader sees: their own site's first, then everybody's, then other sites', in their language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp.config import LANGUAGES
from webapp.database import db
from webapp.people import the_organisation
from webapp.safety.models import KINDS, NEEDED, HelpContact


@dataclass(frozen=True, slots=True)
class MissingContact:
    """A kind of number that people of a site (None: of no site) cannot ring in their language."""

    kind: str
    lang: str
    site_id: UUID | None


def all_contacts() -> list[HelpContact]:
    """Every contact: the organisation's first, then site by site, the most urgent kind first."""
    return sorted(db.session.scalars(select(HelpContact)), key=_order)


def contacts_for(lang: str, site_id: UUID | None = None) -> list[HelpContact]:
    """What somebody of this site and language rings: the site's own, then the organisation's.

    A number in another language is better than none, so without any in theirs everybody gets the organisation's
    language, and then any.
    """
    contacts = all_contacts()
    theirs = [each for each in contacts if each.site_id == site_id] if site_id else []
    shared = [each for each in contacts if each.site_id is None]
    return [*_in_language(theirs, lang), *_in_language(shared, lang)]


def contacts_of_other_sites(lang: str, site_id: UUID | None = None) -> list[HelpContact]:
    """What the other sites ring, site by site: people work elsewhere for a day, and some belong to no site."""
    return [each for group in _by_site(site_id) for each in _in_language(group, lang)]


def contacts_by_language() -> list[tuple[str, HelpContact]]:
    """For each language of the app what its pages show offline, of all sites: nobody knows there whose phone it is."""
    shared = [each for each in all_contacts() if each.site_id is None]
    groups = [shared, *_by_site()]
    return [(lang, each) for lang in LANGUAGES for group in groups for each in _in_language(group, lang)]


def missing_kinds() -> list[str]:
    """What a programme needs before it starts, and the organisation has not entered: kinds of contact."""
    there = set(db.session.scalars(select(HelpContact.kind).where(HelpContact.site_id.is_(None)).distinct()))
    return [kind for kind in NEEDED if kind not in there]


def missing_contacts(places: Iterable[tuple[UUID | None, str]]) -> list[MissingContact]:
    """What people of these sites and languages lack: a number of each needed kind, their site's or everybody's.

    One that answers in the organisation's language serves for all.
    """
    organisation = the_organisation()
    usual = organisation.lang if organisation else "en"
    contacts = all_contacts()
    lacking = {
        MissingContact(kind, lang, site_id)
        for site_id, lang in places
        for kind in NEEDED
        if not any(
            each.kind == kind and each.site_id in (None, site_id) and each.lang in (lang, usual) for each in contacts
        )
    }
    return sorted(lacking, key=lambda each: (NEEDED.index(each.kind), str(each.site_id), each.lang))


def contact_or_404(contact_id: UUID) -> HelpContact:
    """A contact by its id."""
    contact = db.session.get(HelpContact, contact_id)
    if contact is None:
        abort(404)
    return contact


def _by_site(but: UUID | None = None) -> list[list[HelpContact]]:
    """The numbers of each site, in the order of the sites' names."""
    contacts = [each for each in all_contacts() if each.site_id not in (None, but)]
    return [[each for each in contacts if each.site_id == site] for site in dict.fromkeys(c.site_id for c in contacts)]


def _in_language(contacts: Iterable[HelpContact], lang: str) -> list[HelpContact]:
    by_lang: dict[str, list[HelpContact]] = {}
    for contact in contacts:
        by_lang.setdefault(contact.lang, []).append(contact)
    organisation = the_organisation()
    preferred = (lang, organisation.lang if organisation else lang, *sorted(by_lang))
    return next((by_lang[each] for each in preferred if each in by_lang), [])


def _order(contact: HelpContact) -> tuple[str, int, str]:
    return (contact.site.name if contact.site else "", KINDS.index(contact.kind), contact.label)
