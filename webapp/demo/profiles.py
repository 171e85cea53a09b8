"""What people say of themselves, before they are matched."""

from __future__ import annotations

from typing import Any

from webapp.demo.cast import Cast
from webapp.people import Person
from webapp.profiles import begin_with_words
from webapp.profiles.actions import say
from webapp.profiles.fields import TOPICS, Topic
from webapp.programmes import enrolments_of

MATTERS_MOST = 3


def fill_in_profiles(cast: Cast, profiles: dict[str, dict[str, Any]]) -> None:
    """Begin with the words that come along, and let these people say what they say."""
    begin_with_words(cast.coordinator)
    for name, said in profiles.items():
        _fill_in(cast.people[name], said)


def _fill_in(person: Person, said: dict[str, Any]) -> None:
    goals = [
        {"word": word, **({"priority": MATTERS_MOST} if word in said.get("first", ()) else {})}
        for word in said.get("goals", ())
    ]
    for part in enrolments_of(person):
        say(person, _topic("goals", goals=goals), part)
    for topic in (
        _topic("interests", words=said.get("interests", ())),
        _topic("languages", words=said.get("languages", ())),
        _topic("style", sliders={each: {"value": value} for each, value in said.get("style", {}).items()}),
        _topic("week", patterns=said.get("patterns", ()), days=said.get("days", ())),
        _topic("about", words=said.get("about", "")),
        _topic("background", chosen=said.get("background", ()), leaning=said.get("leaning", "either")),
    ):
        if not topic.is_empty():
            say(person, topic)


def _topic(name: str, **said: Any) -> Topic:
    return TOPICS[name].model_validate(said)
