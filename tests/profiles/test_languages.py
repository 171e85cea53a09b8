"""A language is found under its code, its own name and its name in our languages; no other one is loaded for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale

from webapp.profiles.languages import OWN_NAMES, language_code

ROOT = Path(__file__).resolve().parents[2]
NAMES_AND_ZONES = """
import sys
from babel import localedata
from webapp.people.forms.choices import _zones_in
from webapp.profiles import language_code
language_code("Polish"), _zones_in("en"), _zones_in("es")
zones = sys.modules["pytz"]._tzinfo_cache if "pytz" in sys.modules else {}
print(*sorted(localedata._cache), *sorted(zone for zone in zones if not zone.endswith("UTC")))
"""


@pytest.mark.parametrize("code", OWN_NAMES)
def test_each_language_has_the_name_that_cldr_gives_it(code: str) -> None:
    assert OWN_NAMES[code] == Locale.parse(code).language_name


@pytest.mark.parametrize(
    ("said", "code"),
    [("polski", "pl"), ("POLISH", "pl"), ("polaco", "pl"), ("العربية", "ar"), ("tl", "fil"), ("Quenya", "quenya")],
)
def test_a_language_is_found_under_each_of_its_names(said: str, code: str) -> None:
    assert language_code(said) == code


def test_names_and_zones_load_no_other_language_and_no_second_set_of_zones() -> None:
    said = subprocess.run([sys.executable, "-c", NAMES_AND_ZONES], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["en", "es", "root"]
