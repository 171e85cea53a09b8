"""The words that the app says, and the catalogues of what they are elsewhere.

`python -m tests.languages` brings the catalogues up to date: new words come in without their translation, words that
nobody says any more go, and nothing else changes.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "webapp" / "translations"
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
FOLDERS = ("webapp", "templates")
# Lines of a catalogue's head that would change without a word having changed.
RESTLESS = tuple(
    f'"{name}' for name in ("POT-Creation", "PO-Revision", "Last-Trans", "Language-Team", "Generated", "Report")
)


@cache
def said() -> Catalog:
    """Every word of the templates and the Python files."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    words = Catalog(charset="utf-8")
    for _file, line, text, comments, context in extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, directory_filter=_has_words
    ):
        words.add(text, None, [(_file, line)], auto_comments=comments, context=context)
    return words


def catalogue_file(lang: str) -> Path:
    return TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po"


def catalogue(lang: str) -> Catalog:
    """A language's catalogue as it stands in the repository."""
    with catalogue_file(lang).open("rb") as file:
        return read_po(file, locale=lang)


def brought_up_to_date(lang: str) -> str:
    """The catalogue's text as it should stand: the words that are said, with what they are in this language."""
    known = catalogue(lang)
    fresh = Catalog(locale=lang, project="Friendtor", version="1", charset="utf-8", fuzzy=False)
    fresh.header_comment = "# What Friendtor says, in another language. docs/languages.md tells how to correct a word."
    fresh.creation_date = fresh.revision_date = datetime(2000, 1, 1, tzinfo=UTC)
    for message in messages(said()):
        before = known.get(message.id, message.context)
        fresh.add(message.id, before.string if before else None, flags=message.flags, context=message.context)
    text = io.BytesIO()
    write_po(text, fresh, width=0, no_location=True, sort_output=True)
    lines = text.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(RESTLESS))


def messages(words: Catalog) -> list[Message]:
    """The words without the catalogue's head."""
    return [message for message in words if message.id]


def untranslated(words: Catalog) -> list[str]:
    """The words that lack a form in this language, or whose form is only a guess."""
    return [source(message) for message in messages(words) if message.fuzzy or not all(forms(message))]


def source(message: Message) -> str:
    """The English of a message; with a plural, the singular."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def forms(message: Message) -> list[str]:
    """What stands in the catalogue: one form, or one for each number."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _has_words(folder: str) -> bool:
    below = Path(folder).relative_to(ROOT).parts
    return not below or below[0] in FOLDERS
