"""Every page speaks Spanish to somebody who does, and nothing of it stays English."""

from __future__ import annotations

import re
from functools import cache
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.languages import words
from tests.page_linter import parse
from tests.people import Cast
from webapp.database import db, writing
from webapp.people import Person
from webapp.pwa.shells import SHELLS
from webapp.pwa.version import asset_version

WHO = ("mary", "ana", "carol", "charlie", "admin")
SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.5"}


def pages(app: Flask) -> list[str]:
    """The addresses that need nothing in them."""
    rules = app.url_map.iter_rules()
    return sorted({str(rule) for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments})


@pytest.mark.parametrize("who", WHO)
def test_every_page_speaks_spanish_to_whom_it_knows(app: Flask, browser: Browser, cast: Cast, who: str) -> None:
    person_id: UUID = getattr(cast, who)
    speak_spanish(person_id)
    browser.sign_in(person_id)
    found = {path: english_in(browser, path) for path in pages(app)}
    found |= {path: english_in(browser, path) for path in addresses_of(cast)}
    assert not {path: english for path, english in found.items() if english}


def test_every_open_page_speaks_spanish_to_a_browser_that_does(app: Flask, browser: Browser, cast: Cast) -> None:
    found = {path: english_in(browser, path) for path in pages(app)}
    assert not {path: english for path, english in found.items() if english}


def test_every_page_without_signal_has_a_spanish_copy(browser: Browser, cast: Cast) -> None:
    folder = f"/shell/{asset_version()}/es"
    found = {shell.name: english_of(browser.client.get(f"{folder}/{shell.name}")) for shell in SHELLS}
    assert not {name: english for name, english in found.items() if english}


def test_a_form_sent_without_words_is_answered_in_spanish(browser: Browser, cast: Cast) -> None:
    speak_spanish(cast.admin)
    answer = browser.sign_in(cast.admin).fill_in("/people/invite", {"name": ""}, action="/people/invite")
    assert answer.status_code == 422
    assert not english_words(answer.text)


def test_english_on_a_spanish_page_is_seen() -> None:
    assert english_words("<p>This page needs signal. What you saved is safe on this phone and will be sent by itself.")
    assert english_words('<button aria-label="Show the page again">x')
    assert not english_words("<p>Mostrar la página otra vez")


def speak_spanish(person_id: UUID) -> None:
    with writing():
        person = db.session.get(Person, person_id)
        assert person is not None
        person.lang = "es"


def addresses_of(cast: Cast) -> list[str]:
    """Some pages of one thing; a 404 page is Spanish too."""
    return [f"/pairs/{cast.pairing}", f"/people/{cast.mary}", f"/programmes/{cast.programme}", "/nowhere"]


def english_in(browser: Browser, path: str) -> list[str]:
    """What is not Spanish about the page at an address."""
    answer = browser.get(path, headers=SPANISH)
    assert answer.status_code < 500 or path == "/healthz", path  # no worker runs here, and it says so
    return english_of(answer)


def english_of(answer: TestResponse) -> list[str]:
    """What is not Spanish about a page; nothing where it is none."""
    if answer.mimetype != "text/html" or answer.status_code in (301, 302, 303):
        return []
    lang = parse(answer.text).get("lang")
    return [*english_words(answer.text), *([] if lang == "es" else [f"lang is {lang}"])]


def english_words(html: str) -> list[str]:
    """Our own English words that stand in a page, of three words or more, so that no name is taken for one."""
    page = parse(html)
    shown = {" ".join(text.split()) for text in page.itertext()}
    shown |= {value for element in page.iter() for name, value in element.attrib.items() if name in READ_ALOUD}
    whole, with_names = _our_english()
    return sorted(text for text in shown if text in whole or with_names.fullmatch(text))


READ_ALOUD = {"aria-label", "alt", "title", "placeholder", "label"}


@cache
def _our_english() -> tuple[set[str], re.Pattern[str]]:
    """Words as they stand, and a pattern of those in which a name or a date has its place."""
    spanish = {form for message in words.messages(words.catalogue("es")) for form in words.forms(message)}
    english = [words.source(message) for message in words.messages(words.said())]
    long = {text for text in english if len(text.split()) > 2} - spanish
    patterns = [re.sub(r"%\\\(\w+\\\)s", "[^.]+", re.escape(text)) for text in long if "%(" in text]
    return {text for text in long if "%(" not in text}, re.compile("|".join(patterns))
