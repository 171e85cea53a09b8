"""Forms of words: chips to tap, and a line for others; the base of every topic's form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, SelectMultipleField, StringField
from wtforms.validators import Length, Optional, ValidationError

from webapp.profiles.fields import (
    Goals,
    GoalSaid,
    Interests,
    Languages,
    Topic,
)
from webapp.profiles.languages import OFFERED, language_code, language_name, language_of_the_page
from webapp.profiles.rules import (
    FOR_GOALS,
    LONGEST_WORD,
    MOST_LANGUAGES,
    MOST_WORDS,
    each_once,
    one_spelling,
)
from webapp.profiles.vocabulary import vocabulary
from webapp.web import RoomForm

BETWEEN_WORDS = re.compile(r"[,;\n]")
LINE = 300


class TopicForm(RoomForm):
    """Offers what there is to choose, shows what was said, and gives what is said now. `role` is of the part, or ""."""

    def offer(self, said: Topic, role: str) -> None:
        """Put in what may be chosen; what was said before stays possible."""

    def show(self, said: Any) -> None:
        """Fill in what was said."""

    def said(self) -> Topic:
        """What the form says now, once it is valid: nothing, for a form without a question."""
        return Topic()


class ChosenWords(TopicForm):
    """Words to tap and a line for others, with commas between them."""

    most = MOST_WORDS
    words = SelectMultipleField(_("Tap what fits"), [Optional()])
    more = StringField(
        _("Something else, with commas between"),
        [Length(max=LINE, message=_("Use at most 300 letters."))],
    )

    def all_words(self) -> tuple[str, ...]:
        typed = BETWEEN_WORDS.split(self.more.data or "")
        return each_once([*(self.words.data or []), *typed])

    def show_words(self, said: Sequence[str]) -> None:
        """Tick those that are offered; the others stand in the line."""
        offered = {self.known_as(value): value for value, _label in self.words.choices}
        self.words.data = [offered[self.known_as(word)] for word in said if self.known_as(word) in offered]
        self.more.data = ", ".join(word for word in said if self.known_as(word) not in offered)

    def known_as(self, word: str) -> str:
        """What makes two words the same here."""
        return one_spelling(word)

    def validate_more(self, field: Field) -> None:
        if len(self.all_words()) > self.most:
            raise ValidationError(gettext("These are too many. Keep the %(most)s that matter most.", most=self.most))
        if any(len(word) > LONGEST_WORD for word in self.all_words()):
            raise ValidationError(_("One of these is very long. Put commas between your words."))


class TagsForm(ChosenWords):
    """Words from the organiser's vocabulary, by their name in the language of the page."""

    groups: tuple[str, ...] = ()

    def offer(self, said: Topic, role: str) -> None:
        self.vocabulary = vocabulary()
        lang = language_of_the_page()
        self.tags = self.vocabulary.offered(self.groups, lang)
        self.words.choices = [(tag.name_in(lang), tag.name_in(lang)) for tag in self.tags]

    def known_as(self, word: str) -> str:
        tag = self.vocabulary.tag_of(word)
        return str(tag.id) if tag else one_spelling(word)

    def by_group(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(group, what may be tapped) in the order of the page."""
        grouped: dict[str, list[tuple[str, str]]] = {}
        for tag, option in zip(self.tags, self.words.choices, strict=True):
            grouped.setdefault(tag.group, []).append(option)
        return list(grouped.items())


class InterestsForm(TagsForm):
    """What somebody likes."""

    groups = ("interests",)

    def show(self, said: Interests) -> None:
        self.show_words(said.words)

    def said(self) -> Interests:
        return Interests(words=self.all_words())


class GoalsForm(TagsForm):
    """What somebody wants to learn or offers. How much each matters is asked apart and kept."""

    groups = FOR_GOALS

    def offer(self, said: Topic, role: str) -> None:
        super().offer(said, role)
        assert isinstance(said, Goals)  # noqa: S101
        self.priorities = {self.known_as(goal.word): goal.priority for goal in said.goals}

    def show(self, said: Goals) -> None:
        self.show_words([goal.word for goal in said.goals])

    def said(self) -> Goals:
        goals = [GoalSaid(word=each, priority=self.priorities.get(self.known_as(each), 2)) for each in self.all_words()]
        return Goals(goals=tuple(goals))


class LanguagesForm(ChosenWords):
    """What somebody speaks."""

    most = MOST_LANGUAGES
    more = StringField(
        _("Another language, with commas between"),
        [Length(max=LINE, message=_("Use at most 300 letters."))],
    )

    def offer(self, said: Topic, role: str) -> None:
        lang = language_of_the_page()
        names = sorted(((language_name(code, lang), code) for code in OFFERED), key=lambda each: each[0])
        self.words.choices = [(code, name) for name, code in names]

    def known_as(self, word: str) -> str:
        return language_code(word)

    def show(self, said: Languages) -> None:
        lang = language_of_the_page()
        offered = {value for value, _label in self.words.choices}
        self.show_words([each if each in offered else language_name(each, lang) for each in said.words])

    def said(self) -> Languages:
        return Languages(words=tuple(dict.fromkeys(map(self.known_as, self.all_words()))))
