"""The forms of a profile: one for each topic, and those of the organiser's words."""

from webapp.profiles.forms.choosing import ChoicesForm, MustsForm, PrioritiesForm
from webapp.profiles.forms.chosen_words import GoalsForm, InterestsForm, LanguagesForm, TopicForm
from webapp.profiles.forms.topics import AboutForm, BackgroundForm, StyleForm, WeekForm

__all__ = [
    "AboutForm",
    "BackgroundForm",
    "ChoicesForm",
    "GoalsForm",
    "InterestsForm",
    "LanguagesForm",
    "MustsForm",
    "PrioritiesForm",
    "StyleForm",
    "TopicForm",
    "WeekForm",
]
