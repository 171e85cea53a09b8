"""The catalogues hold every word, in plain words for everybody, with every name and date in its place."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog, Message

from tests.languages import words
from tests.languages.gender import gendered
from webapp.config import LANGUAGES

OTHERS = [lang for lang in LANGUAGES if lang != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
HOW = "Run `python -m tests.languages`, then write what is missing into {file} (docs/languages.md)."

pytestmark = pytest.mark.parametrize("lang", OTHERS)


def test_every_word_has_its_translation(lang: str) -> None:
    known = {message.id: message for message in words.messages(words.catalogue(lang))}
    new = [words.source(message) for message in words.messages(words.said()) if message.id not in known]
    missing = [*new, *words.untranslated(words.catalogue(lang))]
    assert not missing, f"No {lang} for: {missing}. {HOW.format(file=words.catalogue_file(lang))}"


def test_nothing_stands_in_the_catalogue_that_nobody_says(lang: str) -> None:
    said = {message.id for message in words.messages(words.said())}
    over = [words.source(m) for m in words.messages(words.catalogue(lang)) if m.id not in said]
    assert not over, f"Nobody says this any more: {over}. Run `python -m tests.languages`."


def test_the_catalogue_stands_as_it_is_written_anew(lang: str) -> None:
    stands = words.catalogue_file(lang).read_text(encoding="utf-8")
    assert stands == words.brought_up_to_date(lang), "Run `python -m tests.languages`: order or form differs."


def test_names_and_dates_keep_their_places(lang: str) -> None:
    wrong = [problem for message in words.messages(words.catalogue(lang)) for problem in misplaced(message)]
    assert not wrong, "\n".join(wrong)


def test_no_word_names_a_job_by_gender(lang: str) -> None:
    found = [f"{form!r}: {word}" for message in words.messages(words.catalogue(lang))
             for form in words.forms(message) for word in gendered(form, lang)]  # fmt: skip
    assert not found, "Say who it is without a gendered title (docs/languages.md):\n" + "\n".join(found)


def test_questions_and_cries_have_both_their_signs(lang: str) -> None:
    found = [form for message in words.messages(words.catalogue(lang)) for form in words.forms(message)
             if form.count("?") != form.count("¿") or form.count("!") != form.count("¡")]  # fmt: skip
    assert not found


def test_a_word_without_translation_is_seen(lang: str) -> None:
    assert words.untranslated(catalogue_of("Hello", "")) == ["Hello"]
    assert words.untranslated(catalogue_of(("%(n)s day", "%(n)s days"), ("%(n)s día", ""))) == ["%(n)s day"]
    assert not words.untranslated(catalogue_of("Hello", "Hola"))


def test_a_lost_place_is_seen(lang: str) -> None:
    assert misplaced(Message("Hello %(name)s", "Hola"))
    assert misplaced(Message("Hello %(name)s", "Hola %(nombre)s"))
    assert misplaced(Message(("%(n)s day", "%(n)s days"), ("%(n)s día", "días")))
    assert not misplaced(Message("%(one)s and %(two)s", "%(two)s y %(one)s"))


def test_a_gendered_title_is_seen(lang: str) -> None:
    for bad in ("Tu mentora lo leyó", "las enfermeras", "Hola, coordinador", "Bienvenido", "Su mentor.", "el guía"):
        assert gendered(bad, "es"), bad
    for good in ("Tu guía lo leyó", "la mentoría", "Te damos la bienvenida", "enfermería", "Quien coordina"):
        assert not gendered(good, "es"), good


def misplaced(message: Message) -> list[str]:
    """The forms in which a name or a date is lost, or has another name."""
    wanted = sorted(PLACEHOLDER.findall(words.source(message)))
    return [
        f"{words.source(message)!r} has {wanted}, its translation {form!r} does not"
        for form in words.forms(message)
        if sorted(PLACEHOLDER.findall(form)) != wanted
    ]


def catalogue_of(english: str | tuple[str, str], other: str | tuple[str, str]) -> Catalog:
    made = Catalog(locale="es", fuzzy=False)
    made.add(english, other)
    return made
