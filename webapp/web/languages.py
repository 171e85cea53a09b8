"""Which language and zone a page speaks: the person's own, else the browser's, else the organisation's."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, g, request
from flask_babel import Babel, format_date, format_datetime, get_locale
from flask_login import current_user

from webapp.config import LANGUAGES, current_settings
from webapp.web.catalogues import compile_catalogues

babel = Babel()
# As phones write them too (static/js/lib/slots.js); Babel's own order in English would be the American one.
DAYS = {"en": "EEE d MMMM", "es": "EEE, d 'de' MMMM"}
MONTHS = {"en": "MMMM y", "es": "MMMM 'de' y"}
YEARS = {"en": "EEE d MMMM y", "es": "EEE, d 'de' MMMM 'de' y"}


def init_app(app: Flask) -> None:
    """Compile the words, install Flask-Babel and the date filters: `{{ day|weekday }}`, `{{ moment|when }}`."""
    compile_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    babel.init_app(app, locale_selector=chosen_language, timezone_selector=chosen_zone)
    app.add_template_filter(weekday)
    app.add_template_filter(when)
    app.add_template_filter(weekday_and_year)
    app.add_template_filter(month)


def chosen_language() -> str:
    """ "en" or "es"."""
    if forced := g.get("lang"):
        return str(forced)
    if current_user and current_user.is_authenticated:
        return str(current_user.person.lang)
    return request.accept_languages.best_match(LANGUAGES) or current_settings().default_lang


def chosen_zone() -> str:
    if current_user and current_user.is_authenticated:
        return str(current_user.person.zone)
    return current_settings().default_zone


def weekday(day: date) -> str:
    """A date with its weekday: "Tue 3 March", "mar, 3 de marzo"."""
    return str(format_date(day, _day_pattern()))


def weekday_and_year(day: date) -> str:
    """For what may be long ago: "Tue 3 March 2026", "mar, 3 de marzo de 2026"."""
    locale = get_locale()
    return str(format_date(day, YEARS[locale.language if locale else "en"]))


def month(day: date) -> str:
    """The month of a date: "March 2026", "marzo de 2026"."""
    locale = get_locale()
    return str(format_date(day, MONTHS[locale.language if locale else "en"]))


def when(moment: datetime) -> str:
    """A moment with its weekday in the reader's zone: "Tue 3 March, 19:30", "mar, 3 de marzo, 19:30"."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a zone")
    local = moment.astimezone(ZoneInfo(chosen_zone()))
    return str(format_datetime(local, f"{_day_pattern()}, HH:mm", rebase=False))


def _day_pattern() -> str:
    locale = get_locale()
    return DAYS[locale.language if locale else "en"]
