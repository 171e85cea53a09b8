"""What people say of themselves so that two who fit can be found: each answer shows who reads it, none is required."""

from webapp.profiles.actions import forget_old
from webapp.profiles.choosable import know_places_by
from webapp.profiles.facts import Must, PartFacts, ProfileFacts, StyleAnswer, Wanted, profiles_of
from webapp.profiles.languages import language_code, language_name
from webapp.profiles.reads import Progress, is_worth_offering, progress_of
from webapp.profiles.rules import UsualShift
from webapp.profiles.seen import ReaderKind, SeenLine, SeenProfile, all_as_seen_by, as_seen_by
from webapp.profiles.starting_words import begin_with_words
from webapp.profiles.vocabulary import TagFacts, Words, vocabulary

__all__ = [
    "Must",
    "PartFacts",
    "ProfileFacts",
    "Progress",
    "ReaderKind",
    "SeenLine",
    "SeenProfile",
    "StyleAnswer",
    "TagFacts",
    "UsualShift",
    "Wanted",
    "Words",
    "all_as_seen_by",
    "as_seen_by",
    "begin_with_words",
    "forget_old",
    "is_worth_offering",
    "know_places_by",
    "language_code",
    "language_name",
    "profiles_of",
    "progress_of",
    "vocabulary",
]
