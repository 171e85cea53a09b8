"""The form of a help contact."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from webapp.database import db
from webapp.people import Site
from webapp.safety.models import KINDS
from webapp.web import RoomForm

DIALLED = re.compile(r"[+*#\d ()/.-]+")
EVERYWHERE = ""


class ContactForm(RoomForm):
    """Whom to ring, where, and in which language."""

    kind = SelectField(_("What is it for?"), [InputRequired(_("Choose what it is for."))])
    label = StringField(
        _("Name"),
        [DataRequired(_("Write who will answer.")), Length(max=80, message=_("Use at most 80 letters."))],
    )
    phone = StringField(
        _("Number"),
        [DataRequired(_("Write the number.")), Length(max=40, message=_("Use at most 40 letters and digits."))],
    )
    note = StringField(_("When, and what it costs"), [Length(max=120, message=_("Use at most 120 letters."))])
    site_id = SelectField(_("For which site?"))
    lang = SelectField(_("Which language do they speak?"))

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        names = {
            "emergency": _("Emergency number (ambulance, police)"),
            "crisis": _("Crisis line, day and night"),
            "safeguarding": _("To report harm or danger: nobody's manager here (safeguarding)"),
            "privacy": _("Questions about your data"),
            "other": _("Something else"),
        }
        self.kind.choices = [(kind, names[kind]) for kind in KINDS]
        sites = db.session.scalars(select(Site).order_by(Site.name))
        self.site_id.choices = [(EVERYWHERE, _("All sites")), *((str(site.id), site.name) for site in sites)]
        self.lang.choices = [("en", "English"), ("es", "Español")]

    def validate_phone(self, field: StringField) -> None:
        if not DIALLED.fullmatch(field.data) or not re.search(r"\d{2}", re.sub(r"\D", "", field.data)):
            raise ValidationError(_("Write a telephone number, such as 0800 123 456."))
