"""Languages that people speak, by code, so that "Spanish" and "español" are one."""

from __future__ import annotations

from functools import cache

from babel import Locale
from flask_babel import get_locale

from webapp.config import LANGUAGES
from webapp.profiles.rules import one_spelling

# Each language's name for itself, as CLDR has it. Written down here because Babel reads all that it knows of a
# language to say that one word: 25 MB in every process that asked.
OWN_NAMES = {
    "en": "English", "es": "español", "ar": "العربية", "bn": "বাংলা", "cy": "Cymraeg", "de": "Deutsch",
    "fr": "français", "gu": "ગુજરાતી", "hi": "हिन्दी", "it": "italiano", "ml": "മലയാളം", "ne": "नेपाली",
    "pa": "ਪੰਜਾਬੀ", "pl": "polski", "pt": "português", "ro": "română", "so": "Soomaali", "sn": "chiShona",
    "ta": "தமிழ்", "fil": "Filipino", "tr": "Türkçe", "uk": "українська", "ur": "اردو", "yo": "Èdè Yorùbá",
    "zh": "中文",
}  # fmt: skip
OFFERED = tuple(OWN_NAMES)


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
    codes |= {one_spelling(name): code for code, name in OWN_NAMES.items()}
    for lang in reversed(LANGUAGES):
        codes |= {one_spelling(name): code for code, name in Locale.parse(lang).languages.items() if "_" not in code}
    return codes | {"tagalog": "fil", "tl": "fil"}
