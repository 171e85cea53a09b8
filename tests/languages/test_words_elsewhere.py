"""Words outside of pages: letters, notifications, the worker's own, dates."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
from flask import Flask, g

from tests.client import Browser
from tests.languages import words
from tests.people import Cast
from webapp.mail import write_letter
from webapp.pwa.version import asset_version
from webapp.pwa.words import WORDS
from webapp.web.languages import weekday, when


@pytest.mark.parametrize(("lang", "said"), [("en", "Tue 3 March"), ("es", "mar, 3 de marzo")])
def test_a_day_is_written_as_its_reader_writes_it(app: Flask, lang: str, said: str) -> None:
    with app.test_request_context():
        g.lang = lang
        assert weekday(date(2026, 3, 3)) == said
        assert when(datetime(2026, 3, 3, 19, 30, tzinfo=UTC)) == f"{said}, 19:30"


def test_the_worker_takes_its_words_from_the_catalogue(app: Flask, browser: Browser) -> None:
    spanish = {message.id: message.string for message in words.messages(words.catalogue("es"))}
    with app.test_request_context():
        english = {name: str(word) for name, word in WORDS.items()}
    module = browser.get(f"/static/{asset_version()}/words.es.js").text
    said = json.loads(re.fullmatch(r"export const words = (\{.*\});\s*", module, re.S)[1])  # type: ignore[index]
    assert said == {name: spanish[word] for name, word in english.items()}
    assert said["something_new"] == "Hay algo nuevo para ti"


def test_a_letter_speaks_its_readers_language(app: Flask, cast: Cast) -> None:
    facts = {"first_name": "Ana", "link": "https://x", "site": "https://x", "typed_at": "/join", "code": "ABC"}
    letter = write_letter("invitation", "ana@example.org", "es", "St Mary's", **facts)
    assert letter.subject == "Tienes una invitación"
    assert letter.text.startswith("Hola, Ana:")
