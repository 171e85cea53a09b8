"""What people choose from in several forms: languages, zones, roles, units, whose device it is."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import get_timezone_location
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.database import db
from webapp.people.models import OWN, SHARED, Site, Unit
from webapp.people.rules import plain

AREAS = {
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Australia": _("Australia"),
    "Europe": _("Europe"),
    "Atlantic": _("Atlantic Ocean"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
}
LANGUAGE_NAMES = {"en": "English", "es": "Español"}
ROLE_NAMES = {
    "mentee": _("Mentee"),
    "mentor": _("Mentor"),
    "coordinator": _("Coordinator"),
    "administrator": _("Administrator"),
}


NOT_ON_THE_LIST = {"invalid_choice_message": _("Choose one from the list.")}


class LanguageField(SelectField):  # type: ignore[misc]
    """One of the languages that the pages speak."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            choices=[SelectChoice(lang, name) for lang, name in LANGUAGE_NAMES.items()],
            **NOT_ON_THE_LIST,
            **kwargs,
        )


class ZoneField(SelectField):  # type: ignore[misc]
    """A time zone, by the name of its city in the reader's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=zone_choices, **NOT_ON_THE_LIST, **kwargs)


class RolesField(SelectMultipleField):  # type: ignore[misc]
    """Roles to tick, one or more. No `required` on the boxes: a browser would want every one of them ticked."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.data:
            raise ValidationError(_("Choose a role."))


class WhoseDeviceField(RadioField):  # type: ignore[misc]
    """Own phone or shared device: decides how long one stays signed in and what is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            _("Whose device is this?"),
            [InputRequired(_("Say whose device this is."))],
            *args,
            choices=[SelectChoice(OWN, _("It is mine")), SelectChoice(SHARED, _("Others use it too"))],
            **NOT_ON_THE_LIST,
            **kwargs,
        )


class UnitField(SelectField):  # type: ignore[misc]
    """A unit, or none; its data is an id or None."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, choices=unit_choices, coerce=_id_or_none, **NOT_ON_THE_LIST, **kwargs)


def role_choices(roles: tuple[str, ...]) -> list[SelectChoice]:
    """These roles, to tick."""
    return [SelectChoice(role, ROLE_NAMES[role]) for role in roles]


def unit_choices() -> list[SelectChoice]:
    """Each unit with its site; none first."""
    units = db.session.scalars(select(Unit).join(Site).order_by(Site.name, Unit.name))
    return [
        SelectChoice("", _("No unit")),
        *(SelectChoice(str(unit.id), unit.name, optgroup=unit.site.name) for unit in units),
    ]


def zone_choices(_form: Any, field: Any) -> list[SelectChoice]:
    """Cities in groups; also the zone that is chosen already, should it be none of them."""
    choices = _zones_in(str(get_locale() or "en"))
    rare = field.data in available_timezones() and field.data not in {choice.value for choice in choices}
    return [SelectChoice(field.data), *choices] if rare else choices


@lru_cache(maxsize=1)
def _zones_of_countries() -> list[str]:
    """The names in use today, each place once: `available_timezones` also has those it had before."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    return [line.split("\t")[2] for line in table.splitlines() if not line.startswith("#")]


@lru_cache(maxsize=8)
def _zones_in(lang: str) -> list[SelectChoice]:
    named = [
        (area, _city(zone, lang), zone) for zone in _zones_of_countries() if (area := zone.partition("/")[0]) in AREAS
    ]
    named.sort(key=lambda each: (list(AREAS).index(each[0]), plain(each[1])))
    return [SelectChoice(zone, city, optgroup=AREAS[area]) for area, city, zone in named]


def _city(zone: str, lang: str) -> str:
    """Its name; where a language has none of its own for it, the last part of the zone's."""
    # Given a name, Babel has pytz load the zone with all its history, and keep it.
    return get_timezone_location(ZoneInfo(zone), lang, return_city=True).rpartition("/")[2]


def _id_or_none(value: object) -> UUID | None:
    if isinstance(value, UUID):
        return value
    return UUID(str(value)) if value not in (None, "", "None") else None
