"""What a mentee asks for in one programme: how much each goal matters, what must be so, whom she wishes for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional, ValidationError

from webapp.people import Person
from webapp.profiles.fields import Background, Choices, Goals, GoalSaid, Languages, Musts, MustSaid
from webapp.profiles.forms.chosen_words import TopicForm
from webapp.profiles.languages import language_name, language_of_the_page
from webapp.profiles.rules import MOST_VETOES, MOST_WISHES, PRIORITIES
from webapp.profiles.vocabulary import vocabulary
from webapp.web import RoomForm

NO = "no"
USUAL = 2


class PrioritiesForm(RoomForm):
    """How much each goal matters, 1 to 3; what is not said is in the middle."""

    def weighted(self, goals: Goals) -> Goals:
        """The goals with what was sent."""
        return Goals(goals=tuple(self._weighted(goal) for goal in goals.goals))

    def _weighted(self, goal: GoalSaid) -> GoalSaid:
        said = request.form.get(f"weight {goal.word}", "")
        return GoalSaid(word=goal.word, priority=int(said) if said in map(str, PRIORITIES) else USUAL)


class MustsForm(TopicForm):
    """What must be so. Each makes the choice of mentors smaller."""

    same_site = BooleanField(_("My mentor works at my site"))
    other_unit = BooleanField(_("My mentor works in another unit"))
    background = BooleanField(_("My mentor has the background that I asked for"))
    language = SelectField(_("My mentor speaks"), [Optional()])
    tags = SelectMultipleField(_("My mentor can help with"), [Optional()])

    def offer_from(self, goals: Goals, languages: Languages, background: Background) -> None:
        """What can be a must is what was said before."""
        lang, words = language_of_the_page(), vocabulary()
        spoken = [(code, language_name(code, lang)) for code in languages.words]
        self.language.choices = [("", gettext("It does not matter")), *spoken]
        self.tags.choices = [(goal.word, words.shown(goal.word, lang)) for goal in goals.goals]
        self.has_background = bool(background.chosen) and background.leaning != "either"

    def show(self, said: Musts) -> None:
        kinds = {each.kind for each in said.musts}
        self.same_site.data, self.other_unit.data = "same_site" in kinds, "other_unit" in kinds
        self.background.data = "background" in kinds
        self.language.data = next((each.value for each in said.musts if each.kind == "language"), "")
        self.tags.data = [each.value for each in said.musts if each.kind == "tag"]

    def said(self) -> Musts:
        return Musts(musts=tuple(self._musts()))

    def _musts(self) -> Iterator[MustSaid]:
        if self.same_site.data:
            yield MustSaid(kind="same_site")
        if self.other_unit.data:
            yield MustSaid(kind="other_unit")
        if self.background.data and self.has_background:
            yield MustSaid(kind="background")
        if self.language.data:
            yield MustSaid(kind="language", value=self.language.data)
        for word in self.tags.data or ():
            yield MustSaid(kind="tag", value=word)


class ChoicesForm(TopicForm):
    """For each person on the page a place among the wishes, or "no"; who is not on the page stays as they were."""

    search = StringField(_("Find somebody by name"))

    def offer_people(self, people: Collection[Person], before: Choices, may_wish: bool) -> None:
        """These may be chosen. `before` is what was said."""
        self.before, self.may_wish = before, may_wish
        self.chosen = {person.id: _place_of(person.id, before) for person in people}
        for person_id in self.chosen:
            sent = request.form.get(f"person-{person_id}")
            if sent is not None:
                self.chosen[person_id] = sent

    def options(self) -> list[tuple[str, str]]:
        """What can be said of each."""
        ranks = [(str(at + 1), gettext("Wish number %(number)s", number=at + 1)) for at in range(MOST_WISHES)]
        return [("", gettext("No word on this")), *(ranks if self.may_wish else []), (NO, gettext("Please not"))]

    def said(self) -> Choices:
        places = self._places()
        ranked = sorted((int(place), str(each)) for each, place in places.items() if place.isdecimal())
        vetoes = sorted((each for each, place in places.items() if place == NO), key=str)
        return Choices(wishes=tuple(UUID(each) for _rank, each in ranked), vetoes=tuple(vetoes))

    def validate_search(self, field: Field) -> None:
        known = {value for value, _label in self.options()}
        if any(place not in known for place in self.chosen.values()):
            raise ValidationError(_("Choose from the list."))
        places = [place for place in self.chosen.values() if place.isdecimal()]
        if len(places) != len(set(places)):
            raise ValidationError(_("Two people have the same number. Give each a number of their own."))
        every = list(self._places().values())
        if every.count(NO) > MOST_VETOES or len(every) - every.count(NO) - every.count("") > MOST_WISHES:
            raise ValidationError(gettext("You can choose %(most)s people at most.", most=MOST_WISHES))

    def _places(self) -> dict[UUID, str]:
        """Those on the page as they are now, the others as they were."""
        before = {each: _place_of(each, self.before) for each in (*self.before.wishes, *self.before.vetoes)}
        return before | self.chosen


def _place_of(person_id: UUID, choices: Choices) -> str:
    if person_id in choices.wishes:
        return str(choices.wishes.index(person_id) + 1)
    return NO if person_id in choices.vetoes else ""
