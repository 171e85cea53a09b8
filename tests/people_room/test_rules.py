"""The pure rules: passwords, codes, names of browsers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.people.rules import (
    CODE_LETTERS,
    browser_name,
    looks_like_a_phone,
    spaced,
    tidy_code,
    tidy_password,
    weakness_of,
)

MARY = ("Mary Okafor", "mary@example.org")


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("correct horse battery staple", None),
        ("mary likes tea a lot", None),
        ("eleven char", "short"),
        ("a" * 501, "long"),
        ("password1234", "obvious"),
        ("Contraseña 2026", "obvious"),
        ("qwertyqwerty12", "obvious"),
        ("123456789012", "obvious"),
        ("210987654321", "obvious"),
        ("abcdefghijkl", "obvious"),
        ("aaaabbbbaaaa", "obvious"),
        ("maryokafor2026", "own"),
        ("Mary.Okafor!!", "own"),
        ("MÁRY ÓKAFOR 1!", "own"),
    ],
)
def test_a_password_is_refused_for_a_reason(password: str, weakness: str | None) -> None:
    assert weakness_of(password, *MARY) == weakness


@given(st.text(max_size=600))
def test_no_password_breaks_the_rules(password: str) -> None:
    assert weakness_of(password, *MARY) in (None, "short", "long", "obvious", "own")


@given(st.text(alphabet=CODE_LETTERS, min_size=1, max_size=16))
def test_a_code_reads_the_same_however_it_is_typed(code: str) -> None:
    assert tidy_code(spaced(code)) == code
    assert tidy_code(f" {code.lower()} ") == code
    assert tidy_code(code.replace("0", "o").replace("1", "i")) == code


def test_accents_have_one_spelling() -> None:
    assert tidy_password("n\u0303") == tidy_password("ñ")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14; Pixel 7) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 13) SamsungBrowser/27.0 Chrome/125.0 Mobile", "Samsung Internet, Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("curl/8", "Browser"),
        ("", "Browser"),
    ],
)
def test_a_browser_has_a_name_to_recognise_it_by(agent: str, name: str) -> None:
    assert browser_name(agent) == name


@pytest.mark.parametrize(
    ("agent", "says", "is_phone"),
    [
        ("… Android 14 … Mobile Safari", None, True),
        ("… iPad … Mobile/15E148", None, False),
        ("… X11; Linux …", None, False),
        ("… Mobile …", "?0", False),
        ("… Windows …", "?1", True),
    ],
)
def test_a_phone_is_told_from_a_tablet_and_a_computer(agent: str, says: str | None, is_phone: bool) -> None:
    assert looks_like_a_phone(agent, says) == is_phone
