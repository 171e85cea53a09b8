"""The few words that the worker says by itself, generated from the catalogue: no other words live in JavaScript."""

from __future__ import annotations

import json

from flask import Flask
from flask_babel import force_locale
from flask_babel import lazy_gettext as _

WORDS = {
    "name": _("Friendtor"),
    "up_to_date": _("Friendtor is up to date"),
    "something_new": _("Something new for you"),
}


def words_module(app: Flask, lang: str) -> str:
    """The module `words.<lang>.js`."""
    with app.test_request_context(), force_locale(lang):
        said = {name: str(word) for name, word in WORDS.items()}
    return f"export const words = {json.dumps(said, ensure_ascii=False, indent=2)};\n"
