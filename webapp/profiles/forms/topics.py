"""What somebody says of how they work, when, and who they are."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from webapp.profiles.fields import (
    About,
    Background,
    SliderSaid,
    Style,
    Topic,
    Week,
)
from webapp.profiles.forms.chosen_words import LINE, ChosenWords, TopicForm
from webapp.profiles.rules import (
    BACKGROUNDS,
    LEANINGS,
    LONGEST_ABOUT,
    STEPS,
    STYLE_QUESTIONS,
)
from webapp.profiles.words import background_names, pattern_names, weekday_names


class StyleForm(TopicForm):
    """Where somebody stands on each question, and how the other should be. A second tap takes an answer back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values: dict[str, int] = {}
        self.leanings: dict[str, str] = {}

    def offer(self, said: Topic, role: str) -> None:
        for question in STYLE_QUESTIONS:
            value, leaning = (self._sent(f"{question}-{part}") for part in ("value", "leaning"))
            if value.isdecimal() and int(value) in STEPS:
                self.values[question] = int(value)
            if leaning in LEANINGS:
                self.leanings[question] = leaning

    def show(self, said: Style) -> None:
        self.values = {question: each.value for question, each in said.sliders.items()}
        self.leanings = {question: each.leaning for question, each in said.sliders.items()}

    def said(self) -> Style:
        sliders = {
            question: SliderSaid.model_validate({"value": value, "leaning": self.leanings.get(question, "either")})
            for question, value in self.values.items()
        }
        return Style.model_validate({"sliders": sliders})

    def _sent(self, name: str) -> str:
        return request.form.get(name, "")


class WeekForm(TopicForm):
    """Kinds of shifts and the days they are on: three taps."""

    patterns = SelectMultipleField(_("Which shifts do you usually work?"), [Optional()])
    days = SelectMultipleField(_("On which days?"), [Optional()], coerce=int)

    def offer(self, said: Topic, role: str) -> None:
        self.patterns.choices = list(pattern_names().items())
        self.days.choices = list(enumerate(weekday_names("abbreviated")))

    def show(self, said: Week) -> None:
        self.patterns.data, self.days.data = list(said.patterns), list(said.days)

    def said(self) -> Week:
        return Week.model_validate({"patterns": self.patterns.data or (), "days": self.days.data or ()})

    def validate_days(self, field: Field) -> None:
        if field.data and not self.patterns.data:
            raise ValidationError(_("Choose a kind of shift too."))


class AboutForm(TopicForm):
    """A few words."""

    words = TextAreaField(
        _("What should your mentor or mentee know of you?"),
        [Optional(), Length(max=LONGEST_ABOUT, message=_("Use at most 600 letters."))],
    )

    def show(self, said: About) -> None:
        self.words.data = said.words

    def said(self) -> About:
        return About(words=(self.words.data or "").replace("\r\n", "\n"))


class BackgroundForm(ChosenWords):
    """Background, by own choice, and whether the other should share it."""

    words = SelectMultipleField(_("Tap what you want to say"), [Optional()])
    more = StringField(
        _("In your own words, with commas between"),
        [Length(max=LINE, message=_("Use at most 300 letters."))],
    )
    leaning = RadioField(_("Should your mentor share some of this?"), [Optional()], choices=LEANINGS)

    def offer(self, said: Topic, role: str) -> None:
        names = background_names()
        self.words.choices = [(code, names[code]) for code in BACKGROUNDS]
        self.leaning.choices = [
            ("like", _("Yes, please")),
            ("different", _("No, somebody different")),
            ("either", _("It does not matter")),
        ]

    def show(self, said: Background) -> None:
        self.show_words(said.chosen)
        self.leaning.data = said.leaning if said.leaning != "either" or said.chosen else None

    def said(self) -> Background:
        return Background.model_validate({"chosen": self.all_words(), "leaning": self.leaning.data or "either"})
