"""What people say of themselves so that two who fit can be found: each answer shows who reads it, none is required."""

from webapp.profiles.facts import Must, PartFacts, ProfileFacts, StyleAnswer, Wanted, profiles_of
from webapp.profiles.languages import language_code, language_name
from webapp.profiles.rules import UsualShift
from webapp.profiles.starting_words import begin_with_words
from webapp.profiles.vocabulary import TagFacts, Words, vocabulary

__all__ = [
    "Must",
    "PartFacts",
    "ProfileFacts",
    "StyleAnswer",
    "TagFacts",
    "UsualShift",
    "Wanted",
    "Words",
    "begin_with_words",
    "language_code",
    "language_name",
    "profiles_of",
    "vocabulary",
]
