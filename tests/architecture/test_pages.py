"""Templates and scripts: nothing inline, nothing unescaped, no words in scripts, fields drawn by the macros."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import (
    Guard,
    complaints,
    python_files,
    scripts,
    templates,
)

INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "|safe": re.compile(r"\|\s*safe\b"),
    "autoescape turned off": re.compile(r"autoescape\s+false"),
}
UNSAFE = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function\(|setHTMLUnsafe|srcdoc)"
)
STRINGS = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`')
COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.S)
# Two words with a space between them that read like a sentence: "Saved on", not "GET /sync" or "mirror owner".
SENTENCE = re.compile(r"^[A-Z][a-z]+[ ,][A-Za-z]|[a-z] [a-z]+[.!?]$")
RAW_FIELD = re.compile(
    r"<(textarea|select)\b|<input\b(?![^>]*type=\"(hidden|radio|checkbox|file|search)\")(?![^>]*\breadonly\b)", re.I
)


def nothing_inline(text: str) -> list[str]:
    return [f"{what}: {found[0][:60]}" for what, pattern in INLINE.items() for found in pattern.finditer(text)]


def no_markup_from_strings(text: str) -> list[str]:
    return [f"{found[0]} puts strings into the page as markup" for found in UNSAFE.finditer(text)]


def no_trusted_markup(text: str) -> list[str]:
    return [f"{found} trusts a string" for found in re.findall(r"\bMarkup\([^)]{0,40}", text)]


def no_words_in_scripts(text: str) -> list[str]:
    found = [next(filter(None, groups), "") for groups in STRINGS.findall(COMMENTS.sub("", text))]
    return [f"“{words}” is words: put them into a template" for words in found if SENTENCE.search(words)]


def fields_by_macros(text: str) -> list[str]:
    return [f"draw the field with a component: {found[0]}" for found in RAW_FIELD.finditer(text)]


DRAWN_BY_HAND = {
    "components": "the macros themselves",
    "design": "shows the components",
    "layouts": "no fields",
    "pwa": "fields that scripts fill in",
}


def test_templates_have_nothing_inline() -> None:
    assert not complaints(nothing_inline, templates())


def test_scripts_make_no_markup_from_strings() -> None:
    assert not complaints(no_markup_from_strings, scripts())


def test_no_python_trusts_a_string_as_markup() -> None:
    assert not complaints(no_trusted_markup, python_files())


def test_no_words_in_scripts() -> None:
    assert not complaints(no_words_in_scripts, scripts())


def test_fields_are_drawn_by_the_macros() -> None:
    rooms = [path for path in templates() if path.parent.name not in DRAWN_BY_HAND]
    assert not complaints(fields_by_macros, rooms)


@pytest.mark.parametrize(
    ("guard", "bad"),
    [
        (nothing_inline, "<script>alert(1)</script>"),
        (nothing_inline, "<p onclick='x()'>"),
        (nothing_inline, '<p style="color: red">'),
        (nothing_inline, "<style>p {}</style>"),
        (nothing_inline, "{{ words|safe }}"),
        (nothing_inline, '<a href="javascript:void(0)">'),
        (no_markup_from_strings, "box.innerHTML = words;"),
        (no_trusted_markup, "return Markup(words)"),
        (no_words_in_scripts, 'say("Saved on this phone");'),
        (no_words_in_scripts, "say(`could not be sent.`);"),
        (fields_by_macros, '<textarea name="words"></textarea>'),
        (fields_by_macros, '<input type="text" name="name">'),
    ],
)
def test_each_guard_sees_a_bad_example(guard: Guard, bad: str) -> None:
    assert guard(bad)


@pytest.mark.parametrize(
    ("guard", "good"),
    [
        (nothing_inline, '<script type="module" src="/static/1/js/main.js"></script>'),
        (no_words_in_scripts, '// Saved on this phone.\nfetch("GET /sync"); open("mirror owner");'),
        (fields_by_macros, '<input type="hidden" name="op_id">'),
    ],
)
def test_each_guard_lets_a_good_example_pass(guard: Guard, good: str) -> None:
    assert not guard(good)
