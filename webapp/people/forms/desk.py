"""The forms of whoever invites people and keeps their accounts."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from wtforms import StringField, ValidationError
from wtforms.validators import InputRequired, Length

from webapp.database import db
from webapp.people.forms.choices import LanguageField, RolesField, UnitField, ZoneField, role_choices
from webapp.people.models import Person, Site, Unit
from webapp.web import RoomForm

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
TAKEN = _("Somebody here has this already.")
SAME_NAME = _("There is one with this name already.")


class _IdentifiedForm(RoomForm):
    """Name, e-mail and staff number of a person; one of the two last is enough, and nobody else has it."""

    name = StringField(_("Name"), [InputRequired(_("Write the name.")), Length(max=120)])
    email = StringField(_("E-mail"), [Length(max=254)])
    staff_number = StringField(_("Staff number"), [Length(max=40)])
    person_id: UUID | None = None

    def validate_email(self, field: Any) -> None:
        if not field.data and not self.staff_number.data:
            raise ValidationError(_("Write an e-mail or a staff number."))
        if field.data and not EMAIL.fullmatch(field.data):
            raise ValidationError(_("Write the whole e-mail, such as name@hospital.org."))
        self._refuse_taken(field.data)

    def validate_staff_number(self, field: Any) -> None:
        if "@" in (field.data or ""):
            raise ValidationError(_("A staff number has no @. Is this an e-mail?"))
        self._refuse_taken(field.data)

    def _refuse_taken(self, identifier: str | None) -> None:
        owner = Person.by_identifier(identifier or "")
        if owner is not None and owner.id != self.person_id:
            raise ValidationError(TAKEN)


class PersonForm(_IdentifiedForm):
    """Who may give which roles is decided by the view: `give` are the ones it allows."""

    roles = RolesField(_("Roles"))
    unit = UnitField(_("Unit"))

    def allow(self, roles: tuple[str, ...]) -> None:
        self.roles.choices = role_choices(roles)


class InviteForm(PersonForm):
    lang = LanguageField(_("Language"))


class SiteForm(RoomForm):
    """`site_id` is the site that is being renamed."""

    name = StringField(_("Name"), [InputRequired(_("Write the name.")), Length(max=120)])
    zone = ZoneField(_("Which time zone is it in?"))
    site_id: UUID | None = None

    def validate_name(self, field: Any) -> None:
        same = select(Site).where(func.lower(Site.name) == field.data.lower())
        site = db.session.scalar(same)
        if site is not None and site.id != self.site_id:
            raise ValidationError(SAME_NAME)


class UnitForm(RoomForm):
    """A unit of `site_id`; `unit_id` is the one that is being renamed."""

    name = StringField(_("Name"), [InputRequired(_("Write the name.")), Length(max=120)])
    site_id: UUID | None = None
    unit_id: UUID | None = None

    def validate_name(self, field: Any) -> None:
        same = select(Unit).where(Unit.site_id == self.site_id, func.lower(Unit.name) == field.data.lower())
        unit = db.session.scalar(same)
        if unit is not None and unit.id != self.unit_id:
            raise ValidationError(SAME_NAME)
