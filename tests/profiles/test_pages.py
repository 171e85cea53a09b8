"""Filling in a profile, page by page."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from tests.client import Browser
from tests.people import Cast
from tests.profiles.saying import takes_part
from webapp.database import writing
from webapp.profiles import ProfileFacts, begin_with_words, profiles_of

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    with writing():
        begin_with_words(None)
    return Browser(app).sign_in(cast.mary)


@pytest.fixture
def part(cast: Cast) -> UUID:
    return takes_part(cast.carol, cast.programme, cast.mary, "mentee")


def known_of(person: UUID) -> ProfileFacts:
    return profiles_of([person])[person]


@pytest.mark.one_database
def test_the_path_leads_from_topic_to_topic_and_says_how_far_it_is(mary: Browser, part: UUID, cast: Cast) -> None:
    assert "0 of 6" in mary.get("/profile").text
    at, said = f"/profile/in/{part}/goals", {"words": ["Handover", "Confidence"], "more": "Juggling, handover ,"}
    answered = [at]
    for fields in (
        said,
        {"weight Handover": "3"},
        {"words": ["Running"], "more": "Chess"},
        {"words": ["en"], "more": "Polnisch, Tagalog"},
        {"plan-value": "4", "plan-leaning": "like", "learn-leaning": "like"},
        {"patterns": ["nights"], "days": ["0", "3"]},
        {"words": "I like tea.\r\nA lot."},
    ):
        answer = mary.fill_in(at, fields, action=at)
        assert answer.status_code == 303, (at, answer.status_code)
        at = answer.headers["Location"]
        answered.append(at)
    assert at == "/profile" and "6 of 6" in mary.get("/profile").text
    facts = known_of(cast.mary)
    assert [(goal.word, goal.priority) for goal in facts.part(part).goals] == [
        ("Handover", 3),
        ("Confidence", 2),
        ("Juggling", 2),
    ]
    assert facts.interests == {"Running", "Chess"} and facts.languages == {"en", "polnisch", "fil"}
    assert set(facts.style) == {"plan"} and [shift.day for shift in facts.shifts] == [0, 3]
    for address in answered:
        mary.get(address)


@pytest.mark.one_database
def test_what_was_said_stands_in_the_form_again(mary: Browser, part: UUID) -> None:
    goals = f"/profile/in/{part}/goals"
    for address, fields in (
        (goals, {"words": ["Handover"], "more": "sbar, Juggling"}),
        ("/profile/languages", {"words": ["es"], "more": "Polish, Klingonish"}),
        ("/profile/background", {"words": ["abroad"], "more": "grew up on a farm", "leaning": "like"}),
    ):
        mary.fill_in(address, fields, action=address)
    shown = mary.get(goals).text
    assert 'value="Handover" checked' in shown and 'value="Juggling"' in shown
    assert 'value="Klingonish"' in mary.get("/profile/languages").text
    background = mary.get("/profile/background").text
    assert 'value="abroad" checked' in background and 'value="grew up on a farm"' in background
    mary.fill_in(goals, {"words": [], "more": ""}, action=goals)
    assert "Juggling" not in mary.get(goals).text


@SQLITE
@pytest.mark.parametrize(
    "topic, fields, problem",
    [
        ("interests", {"more": ",".join(map(str, range(13)))}, "too many"),
        ("languages", {"words": ["en", "es", "ar", "bn", "cy", "de", "fr", "gu", "hi", "it", "ml"]}, "too many"),
        ("interests", {"more": "x" * 61}, "very long"),
        ("interests", {"words": ["Nobody offered this"]}, "not a valid choice"),
        ("languages", {"more": ",".join(f"tongue {at}" for at in range(11))}, "too many"),
        ("week", {"days": ["1"]}, "Choose a kind of shift"),
        ("week", {"patterns": ["days"], "days": ["9"]}, "not a valid choice"),
        ("about", {"words": "x" * 601}, "600"),
        ("background", {"leaning": "upwards"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    mary: Browser, cast: Cast, topic: str, fields: dict[str, object], problem: str
) -> None:
    address = f"/profile/{topic}"
    answer = mary.fill_in(address, fields, action=address)
    assert answer.status_code == 422 and problem in answer.text
    assert known_of(cast.mary) == ProfileFacts()


@pytest.mark.one_database
def test_answers_that_no_form_would_send_are_left_out(mary: Browser, cast: Cast) -> None:
    sent = {"plan-value": "7", "feedback-value": "²", "learn-value": "2", "learn-leaning": "sideways"}
    assert mary.fill_in("/profile/style", sent, action="/profile/style").status_code == 303
    assert {question: each.value for question, each in known_of(cast.mary).style.items()} == {"learn": 2}


@pytest.mark.one_database
def test_a_must_speaks_of_what_was_said_before(mary: Browser, part: UUID, cast: Cast) -> None:
    goals, musts = f"/profile/in/{part}/goals", f"/profile/in/{part}/musts"
    mary.fill_in(goals, {"words": ["Handover"]}, action=goals)
    mary.fill_in("/profile/languages", {"words": ["es"]}, action="/profile/languages")
    sent = {"same_site": "y", "language": "es", "tags": ["Handover"], "background": "y"}
    assert mary.fill_in(musts, sent, action=musts).status_code == 303
    found = known_of(cast.mary).part(part).musts
    assert {(must.kind, must.value) for must in found} == {("same_site", ""), ("language", "es"), ("tag", "Handover")}
    assert mary.fill_in(musts, {"language": "xx"}, action=musts).status_code == 422


@pytest.mark.one_database
def test_today_offers_the_profile_until_something_is_said(mary: Browser, part: UUID) -> None:
    assert "Fill in your profile" in mary.get("/").text
    mary.fill_in("/profile/about", {"words": "I like tea."}, action="/profile/about")
    assert "Fill in your profile" not in mary.get("/").text


@SQLITE
def test_today_offers_it_no_more_after_not_now(mary: Browser, part: UUID, app: Flask, cast: Cast) -> None:
    for _twice in range(2):
        mary.fill_in("/", {}, action="/profile/later") if "Fill in" in mary.get("/").text else None
    assert "Fill in your profile" not in mary.get("/").text
    assert "Fill in your profile" not in Browser(app).sign_in(cast.charlie).get("/").text  # who takes part nowhere
