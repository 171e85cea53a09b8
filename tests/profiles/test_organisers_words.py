"""The organiser keeps the words, and what people said keeps its meaning."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from tests.client import Browser
from tests.people import Cast
from tests.profiles.saying import says, takes_part
from webapp.database import writing
from webapp.profiles import begin_with_words, vocabulary


@pytest.fixture
def carol(app: Flask, cast: Cast) -> Browser:
    with writing():
        begin_with_words(None)
    return Browser(app).sign_in(cast.carol)


def tag(word: str) -> UUID:
    found = vocabulary().tag_of(word)
    assert found is not None, word
    return found.id


def send(carol: Browser, address: str, **fields: object) -> int:
    return carol.fill_in(address, fields, action=address).status_code


def test_a_new_name_keeps_the_old_one_as_another_word(carol: Browser) -> None:
    relevo = tag("Handover")
    address = f"/programme/words/{relevo}"
    assert send(carol, address, en="Giving report", es="Relevo", group="people", synonyms="SBAR\nPass-on") == 303
    words = vocabulary()
    assert words.shown("handover", "en") == "Giving report" and words.shown("pass-on", "es") == "Relevo"
    assert words.tag_of("shift report") is None  # taken out of the list of other words


def test_two_become_one_and_a_retired_one_still_counts(carol: Browser) -> None:
    kept, gone = tag("Handover"), tag("Speaking up")
    page, joins = f"/programme/words/{gone}", f"/programme/words/{gone}/join"
    assert carol.fill_in(page, {"into": ""}, joins).status_code == 422
    assert carol.fill_in(page, {"into": str(kept)}, joins).status_code == 303
    assert tag("speaking up") == tag("asertividad") == kept
    assert carol.get(f"/programme/words/{gone}").status_code == 404
    carol.fill_in(f"/programme/words/{kept}", {}, f"/programme/words/{kept}/retire")
    assert kept not in {each.id for each in vocabulary().offered(["people"], "en")} and tag("SBAR") == kept
    carol.fill_in(f"/programme/words/{kept}", {}, f"/programme/words/{kept}/retire")
    assert kept in {each.id for each in vocabulary().offered(["people"], "en")}


def test_no_word_means_two_tags(carol: Browser) -> None:
    answer = carol.fill_in(
        "/programme/words/new", {"en": "sbar", "group": "people", "synonyms": ""}, "/programme/words/new"
    )
    assert answer.status_code == 422 and "belongs to another tag" in answer.text and 'value="sbar"' in answer.text
    assert send(carol, "/programme/words/new", group="people", en="", es="") == 422
    assert send(carol, "/programme/words/new", group="nowhere", en="New") == 422
    assert send(carol, "/programme/words/new", group="people", en="Diabetes") == 422
    assert send(carol, "/programme/words/new", group="people", en="Same", es="Same", synonyms="same\nSAME") == 303


def test_what_people_typed_can_become_a_word(carol: Browser, cast: Cast) -> None:
    part = takes_part(cast.carol, cast.programme, cast.mary, "mentee")
    takes_part(cast.carol, cast.programme, cast.ana, "mentor")
    says(cast.mary, "goals", part, goals=[{"word": "Tracheostomy"}, {"word": "SBAR"}])
    says(cast.ana, "interests", words=["tracheostomy", "Kites"])
    says(cast.mary, "background", chosen=["sepia"])
    says(cast.charlie, "interests", words=["Secret hobby"])  # takes part nowhere that Carol coordinates
    page = carol.get("/programme/words").text
    assert "Tracheostomy" in page and "Kites" in page and 'data-label="People">2<' in page
    assert "sepia" not in page and "Secret hobby" not in page and "Mary Okafor" not in page
    made = carol.fill_in("/programme/words/new?word=Tracheostomy", {"group": "clinical"}, "/programme/words/new")
    assert made.status_code == 303 and "Tracheostomy</th>" not in carol.get("/programme/words").text
    assert vocabulary().tag_of("TRACHEOSTOMY") is not None


@pytest.mark.one_database
def test_without_words_one_can_begin_with_those_that_come_along(app: Flask, cast: Cast) -> None:
    carol = Browser(app).sign_in(cast.carol)
    assert vocabulary().tags == ()
    carol.fill_in("/programme/words", {}, action="/programme/words/begin")
    assert len(vocabulary().tags) > 40
    assert "Begin with these words" not in carol.get("/programme/words").text
