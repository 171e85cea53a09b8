"""The forms of the organiser's words."""

from __future__ import annotations

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from webapp.profiles.keeping_words import Taken
from webapp.profiles.models import Tag
from webapp.profiles.rules import GROUPS, LONGEST_WORD, each_once
from webapp.profiles.words import group_names
from webapp.web import RoomForm

MOST_SYNONYMS = 40
SHORT = _("Use at most 60 letters.")


class TagForm(RoomForm):
    """A tag: where it stands, its name in each language, and other words for it."""

    group = RadioField(_("Where does it stand?"), [InputRequired(_("Choose one."))], choices=GROUPS)
    en = StringField(_("Name in English"), [Optional(), Length(max=LONGEST_WORD, message=SHORT)])
    es = StringField(_("Name in Spanish"), [Length(max=LONGEST_WORD, message=SHORT)])
    synonyms = TextAreaField(_("Other words for it, one on each line"))

    def offer(self) -> None:
        names = group_names()
        self.group.choices = [(group, names[group]) for group in GROUPS]

    def show(self, tag: Tag) -> None:
        names = {each.lang: each.word for each in tag.words}
        self.group.data, self.en.data, self.es.data = tag.group, names.get("en", ""), names.get("es", "")
        self.synonyms.data = "\n".join(each.word for each in tag.synonyms)

    def names(self) -> dict[str, str]:
        return {lang: word for lang, word in (("en", self.en.data), ("es", self.es.data)) if word}

    def other_words(self) -> tuple[str, ...]:
        return each_once(re.split(r"[\n,;]", self.synonyms.data or ""))

    def say_taken(self, taken: Taken) -> None:
        """Which word means another tag, beside the field it stands in."""
        said = gettext("“%(word)s” belongs to another tag already.", word=taken.word)
        field = next((each for each in (self.en, self.es) if each.data == taken.word), self.synonyms)
        field.errors = [*field.errors, said]

    def validate_es(self, field: Field) -> None:
        if not (self.en.data or self.es.data):
            raise ValidationError(_("Write a name in one language at least."))

    def validate_synonyms(self, field: Field) -> None:
        if len(self.other_words()) > MOST_SYNONYMS or any(len(each) > LONGEST_WORD for each in self.other_words()):
            raise ValidationError(_("Use at most 40 words of 60 letters, one on each line."))


class JoinForm(RoomForm):
    """Into which other tag this one goes."""

    into = SelectField(_("Make it one with"), [InputRequired(_("Choose one."))])

    def offer(self, others: list[tuple[str, str]]) -> None:
        self.into.choices = [("", gettext("Choose one")), *others]
