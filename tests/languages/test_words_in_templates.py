"""Words in templates: none without its `_()`, and none kept in the language of whoever came first."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.languages.words import ROOT

TEMPLATES = ROOT / "templates"
SPOKEN = {"_", "gettext", "ngettext"}
NOT_SPOKEN = {
    "design/": "shows the components, in development only",
    "errors/500.html": "touches nothing that may be broken, the catalogue included; it says it in both languages",
    "errors/away.html": "the same, while the database is away",
}
HTML = re.compile(r"<!--.*?-->|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|&\w+;", re.S)
READ_ALOUD = re.compile(r"\b(?:aria-label|alt|title|placeholder)=\"([^\"]*)\"")
JINJA = re.compile(r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
WORD = re.compile(r"(?<!\S)[^\W\d_]{2,}[.,:;!?…]*(?!\S)")
NAMES = {"Friendtor", "English", "Español"}

environment = Environment(extensions=["jinja2.ext.i18n"], trim_blocks=True, lstrip_blocks=True)


def test_every_word_of_a_template_can_be_translated() -> None:
    bare = {file.name: found for file in sorted(spoken_files()) if (found := bare_words(file.read_text()))}
    assert not bare, f"Wrap these in _(): {bare}"


def test_no_word_stays_in_the_language_of_whoever_came_first() -> None:
    kept = [
        f"{file.relative_to(TEMPLATES)}: {problem}" for file in TEMPLATES.rglob("*.html") for problem in stuck(file)
    ]
    assert not kept, "Put the words into a macro, or import them `with context` on a page:\n" + "\n".join(kept)


@pytest.mark.parametrize(
    "text", ["<p>Saved on this phone.</p>", '<button aria-label="Close it">x</button>', "<h1>Hello {{ name }}</h1>"]
)
def test_a_bare_word_is_seen(text: str) -> None:
    assert bare_words(text)


def test_a_word_that_is_wrapped_is_no_bare_word() -> None:
    assert not bare_words('<p class="muted">{{ _("Saved.") }} {% trans %}Sent.{% endtrans %}</p>{# a note #}')


def test_words_at_the_top_of_an_imported_file_are_seen() -> None:
    parts = environment.parse('{% set hello = _("Hello") %}{% macro one() %}{{ _("One") }}{% endmacro %}')
    assert top_words(parts) == [1]
    assert careless(environment.parse('{% from "parts.html" import hello %}'), "parts.html")
    assert careless(environment.parse('{% from "parts.html" import hello with context %}'), "parts.html")
    page = '{% extends "page.html" %}{% from "parts.html" import hello with context %}'
    assert not careless(environment.parse(page), "parts.html")


def spoken_files() -> Iterator[Path]:
    for file in (*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")):
        if not file.relative_to(TEMPLATES).as_posix().startswith(tuple(NOT_SPOKEN)):
            yield file


def bare_words(text: str) -> list[str]:
    """What stands in a template as plain words, between its tags or in what is read aloud."""
    plain = JINJA.sub("\0", text)
    between = HTML.sub("\n", plain).replace("\0", " ").split("\n")
    shown = [*between, *(said.replace("\0", " ") for said in READ_ALOUD.findall(plain))]
    return [words.strip() for words in shown if set(WORD.findall(words)) - NAMES]


def stuck(file: Path) -> list[str]:
    """Where others import a file whose words at the top are then said only once."""
    name = file.relative_to(TEMPLATES).as_posix()
    if not top_words(parsed(file)) or is_page(parsed(file)):
        return []
    others = TEMPLATES.rglob("*.html")
    return [f"imported by {other.relative_to(TEMPLATES)}" for other in others if careless(parsed(other), name)]


@functools.cache
def parsed(file: Path) -> nodes.Template:
    """Each template is held against every other one, and read once."""
    return environment.parse(file.read_text())


def top_words(template: nodes.Template) -> list[int]:
    """The lines at the top level that say something when the file is read."""
    at_top = [node for node in template.body if not isinstance(node, nodes.Macro | nodes.Block)]
    calls = [call for node in at_top for call in node.find_all(nodes.Call)]
    return [call.lineno for call in calls if isinstance(call.node, nodes.Name) and call.node.name in SPOKEN]


def is_page(template: nodes.Template) -> bool:
    return template.find(nodes.Extends) is not None


def careless(template: nodes.Template, name: str) -> bool:
    """Whether a template imports this one so that it is read once for everybody."""
    imports = [node for kind in (nodes.FromImport, nodes.Import) for node in template.find_all(kind)]
    mine = [node for node in imports if isinstance(node.template, nodes.Const) and node.template.value == name]
    return bool(mine) and not (is_page(template) and all(node.with_context for node in mine))
