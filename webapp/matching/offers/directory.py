"""The directory of one mentee: mentors with room whom no rule keeps from her, each with what they show and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from webapp.matching.closeup import Explanation
from webapp.matching.offers.choosing import mentors_to_ask
from webapp.matching.offers.reads.requests import Search
from webapp.matching.retelling import reasons_in_words
from webapp.matching.vocabulary import plain
from webapp.people import Person
from webapp.profiles import SeenProfile, all_as_seen_by, profiles_of
from webapp.programmes import enrolled_in


@dataclass(frozen=True, slots=True)
class Listed:
    """A mentor as this mentee sees them: what they show to the programme, and the reasons as sentences."""

    part_id: UUID
    person: Person
    profile: SeenProfile
    reasons: tuple[str, ...]
    speaks_for_it: tuple[str, ...]  # those of the reasons that are not about what is missing

    def says(self, word: str) -> bool:
        """Whether a word stands in what is shown."""
        shown = [self.person.name, self.profile.unit, *self.reasons]
        shown += [value for line in self.profile.lines for value in line.values]
        return any(word in plain(each) for each in shown)


def has_said_what(search: Search) -> bool:
    """Whether the mentee has said anything that a mentor could be found by."""
    profile = profiles_of([search.part.person_id])[search.part.person_id]
    return bool(profile.part(search.part.id).goals or profile.interests or profile.shifts or profile.style)


def listed_mentors(search: Search) -> list[Listed]:
    """Whom she may ask, the best fit first, in the language of the page."""
    fits = mentors_to_ask(search.programme, search.part.person_id)
    parts = {each.person_id: each for each in enrolled_in(search.programme) if each.role == "mentor"}
    there = [(fit, parts[fit.mentor_id]) for fit in fits if fit.mentor_id in parts]
    seen = all_as_seen_by("member", [part for _, part in there])
    return [Listed(part.id, part.person, seen[part.id], *_reasons(fit.explanation)) for fit, part in there]


def find(mentors: list[Listed], said: str) -> list[Listed]:
    """Those in whose shown words every word that was typed stands; all of them when nothing was typed."""
    words = plain(said).split()
    return [each for each in mentors if all(each.says(word) for word in words)]


def _reasons(explanation: Explanation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    evidence = replace(explanation.evidence, missing_goals=())
    said = tuple(reasons_in_words(explanation, "mentee"))
    for_it = tuple(each for each in reasons_in_words(replace(explanation, evidence=evidence), "mentee") if each in said)
    return said, for_it
