"""Brings every catalogue up to date and says which words still need somebody who speaks the language."""

from __future__ import annotations

import sys

from tests.languages.words import brought_up_to_date, catalogue, catalogue_file, untranslated
from webapp.config import LANGUAGES

missing = 0
for lang in LANGUAGES[1:]:
    catalogue_file(lang).write_text(brought_up_to_date(lang), encoding="utf-8")
    for word in untranslated(catalogue(lang)):
        print(f"{lang}: {word}")
        missing += 1
sys.exit(1 if missing else 0)
