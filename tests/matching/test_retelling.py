"""Whoever reads why two fit reads the organiser's words in their own language, whatever name was typed."""

from __future__ import annotations

from flask import Flask
from flask_babel import force_locale

from tests.database.counting import statements
from tests.matching.cohorts import cohort, mentee, mentor
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.matching import Goal, Reader, Settings, Vocabulary
from webapp.matching.retelling import reasons_in_words
from webapp.profiles import vocabulary
from webapp.profiles.models import Tag, TagWord


def test_a_tag_is_told_by_its_name_in_the_readers_language(app: Flask) -> None:
    with writing():
        words = [TagWord(lang="en", word="Wound care"), TagWord(lang="es", word="Cuidado de heridas")]
        db.session.add(Tag(id=uuid7(), group="work", made_at=now(), words=[*words, TagWord(word="curas")]))
    said = (Goal("CURAS", 3), Goal("cuidado de heridas", 2), Goal("turno de noche", 1))
    one = mentee(goals=said, interests=frozenset({"Curas"}))
    other = mentor(expertise=frozenset({"wound care"}), interests=frozenset({"Wound care"}))
    known = Vocabulary(dict(vocabulary().synonyms))
    explanation = Reader(cohort([one], [other], vocabulary=known), Settings()).explain(one, other)
    read = {}
    for lang in ("en", "es"):
        with app.test_request_context(), force_locale(lang):
            read[lang] = reasons_in_words(explanation, "coordinator")[:3]
    assert read["en"] == [
        "The mentor knows what the mentee wants to learn: Wound care.",
        "The mentor did not name: turno de noche.",
        "Both like: Wound care.",
    ]
    assert [line.partition(": ")[2] for line in read["es"]] == [
        "Cuidado de heridas.",
        "turno de noche.",
        "Cuidado de heridas.",
    ]


def test_the_words_are_asked_for_once_a_page(app: Flask) -> None:
    one, other = mentee(goals=(Goal("sleep"),)), mentor(expertise=frozenset({"sleep"}))
    explanation = Reader(cohort([one], [other]), Settings()).explain(one, other)
    with app.test_request_context():
        reasons_in_words(explanation, "mentee")
        with statements() as said:
            reasons_in_words(explanation, "mentor")
    assert said == []
