"""Languages that people speak, by code, so that "Spanish" and "español" are one."""

from __future__ import annotations

from functools import cache

from babel import Locale
from flask_babel import get_locale

from webapp.config import LANGUAGES
from webapp.profiles.rules import one_spelling

OFFERED = (
    "en", "es", "ar", "bn", "cy", "de", "fr", "gu", "hi", "it", "ml", "ne", "pa", "pl", "pt", "ro", "so", "sn", "ta",
    "fil", "tr", "uk", "ur", "yo", "zh",
)  # fmt: skip


def language_code(said: str) -> str:
    """The code of a language that is named in one of our languages or its own; the name in one spelling without one."""
    spelling = one_spelling(said)
    return _codes().get(spelling, spelling)


def language_name(code: str, lang: str) -> str:
    """A code's name in the reader's language; what has no code is shown as it was said."""
    name = str(Locale.parse(lang).languages.get(code, code))
    return name[:1].upper() + name[1:]


def language_of_the_page() -> str:
    """The code of the language in which words are shown now."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


@cache
def _codes() -> dict[str, str]:
    codes = {code: code for code in OFFERED}
    for code in OFFERED:
        codes[one_spelling(Locale.parse(code).language_name or code)] = code
    for lang in reversed(LANGUAGES):
        codes |= {one_spelling(name): code for code, name in Locale.parse(lang).languages.items() if "_" not in code}
    return codes | {"tagalog": "fil", "tl": "fil"}
