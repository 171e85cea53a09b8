"""The reasons for a pair, read as those read them whom they concern."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask, g

from tests.matching.cohorts import cohort, mentee, mentor
from webapp.matching import Goal, Leaning, Mentee, Mentor, Reader, Settings, Slider, UsualShift, sentences_for
from webapp.matching.keeping import explanation_as_data, explanation_from_data
from webapp.matching.words import Reading

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
NIGHT = 19 * 60 + 30
MARY: dict[str, Any] = {
    "goals": (Goal("wound care", 3), Goal("handover", 1)),
    "interests": frozenset({"cycling", "baking"}),
    "shifts": (UsualShift(0, NIGHT, 750), UsualShift(3, NIGHT, 750), UsualShift(5, 420, 480)),
    "sliders": {"plan": Slider(4, Leaning.LIKE)},
}
ANA: dict[str, Any] = {
    "expertise": frozenset({"Wound care"}),
    "interests": frozenset({"cycling"}),
    "shifts": (UsualShift(0, NIGHT, 750), UsualShift(3, NIGHT, 750), UsualShift(5, 720, 300)),
    "sliders": {"plan": Slider(4)},
}


def said(one: Mentee, other: Mentor, reader: Reading, lang: str = "en") -> list[str]:
    explained = Reader(cohort([one], [other]), Settings()).explain(one, other)
    g.lang = lang
    return sentences_for(explained, reader)


def test_a_mentee_reads_why_in_plain_words(app: Flask) -> None:
    with app.test_request_context():
        assert said(mentee(**MARY), mentor(**ANA), "mentee") == [
            "You want to learn this, and your mentor knows it: wound care.",
            "Somebody else may help you with: handover.",
            "You both like: cycling.",
            "In a usual week you are both at work for about 28 hours: Monday and Thursday 19:30–08:00; "
            "Saturday 12:00–15:00.",
            "The way you two like to work fits well.",
        ]


def test_a_mentor_reads_them_from_the_other_side_and_in_spanish(app: Flask) -> None:
    with app.test_request_context():
        first, *_more, times, _style = said(mentee(**MARY), mentor(**ANA), "mentor", "es")
    assert first == "Sabes lo que quiere aprender la persona a quien guías: wound care."
    assert "lunes y jueves 19:30–08:00; sábado 12:00–15:00" in times


@pytest.mark.parametrize(
    ("days", "lang", "in_words"),
    [
        (range(7), "en", "every day 07:00–15:00"),
        (range(5), "en", "Monday to Friday 07:00–15:00"),
        ((5, 6), "en", "Saturday and Sunday 07:00–15:00"),
        ((0, 1, 3), "en", "Monday, Tuesday and Thursday 07:00–15:00"),
        (range(5), "es", "de lunes a viernes 07:00–15:00"),
    ],
)
def test_days_in_a_row_are_said_as_people_say_them(app: Flask, days: Iterable[int], lang: str, in_words: str) -> None:
    shifts = tuple(UsualShift(day, 420, 480) for day in days)
    with app.test_request_context():
        (times,) = said(mentee(shifts=shifts), mentor(shifts=shifts), "mentee", lang)
    assert times.endswith(f": {in_words}.")


def test_whoever_decides_reads_how_much_is_known(app: Flask) -> None:
    with app.test_request_context():
        assert said(mentee(shifts=MARY["shifts"][:1]), mentor(shifts=ANA["shifts"][2:]), "coordinator") == [
            "In a usual week they are not at work at the same time.",
            "Based on 1 of 6 things that both could answer.",
        ]


@pytest.mark.parametrize("reader", ["mentee", "mentor"])
def test_nobody_reads_of_wishes_vetoes_blocks_or_backgrounds(app: Flask, reader: Reading) -> None:
    own = {"leaning": Leaning.LIKE, "background": frozenset({"b"}), "wishes": ("ana",), "blocks": frozenset({"ana"})}
    theirs = {"background": frozenset({"b"}), "wishes": ("mary",), "vetoes": frozenset({"mary"})}
    with app.test_request_context():
        told = said(mentee(**MARY, **own), mentor(**ANA, **theirs), reader)
        assert told == said(mentee(**MARY), mentor(**ANA), reader)


def test_two_of_whom_nothing_is_known_are_not_told_that_they_fit(app: Flask) -> None:
    with app.test_request_context():
        (only,) = said(mentee(), mentor(), "mentee")
        decides = said(mentee(), mentor(), "coordinator")
    assert only.startswith("You have both said little")
    assert decides == ["The rules allow it. Nothing else is known: one or both have not filled in a profile."]


def test_reasons_are_kept_as_they_were(app: Flask) -> None:
    one, other = mentee(**MARY), mentor(**ANA)
    explained = Reader(cohort([one], [other]), Settings()).explain(one, other)
    assert explanation_from_data(explanation_as_data(explained)) == explained
