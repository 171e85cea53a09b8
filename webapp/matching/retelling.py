"""Reasons in the reader's language: a word of the organiser's list by its name there, any other as it was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import has_request_context, request
from flask_babel import get_locale

from webapp.matching.closeup import Explanation
from webapp.matching.words import Reading, sentences_for
from webapp.profiles import Words, vocabulary

KEPT = "friendtor.vocabulary"


def reasons_in_words(explanation: Explanation, reader: Reading) -> list[str]:
    """What `sentences_for` says, in the words that the organiser has for it in the language of the page.

    What people typed themselves stays as they typed it: nothing is translated by a machine. A tag that was said under
    two names is told once.
    """
    return sentences_for(_retold(explanation), reader)


def _retold(explanation: Explanation) -> Explanation:
    told, words, lang = explanation.evidence, _vocabulary(), str(get_locale() or "en")

    def shown(said: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(words.shown(word, lang) for word in said))

    goals, missing, interests = map(shown, (told.goals, told.missing_goals, told.interests))
    return replace(explanation, evidence=replace(told, goals=goals, missing_goals=missing, interests=interests))


def _vocabulary() -> Words:
    """Asked of the database once a request: a page tells of many pairs."""
    if not has_request_context():
        return vocabulary()
    kept = request.environ.get(KEPT) or vocabulary()
    request.environ[KEPT] = kept
    found: Words = kept
    return found
