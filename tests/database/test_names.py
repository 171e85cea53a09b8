"""A name is one line of letters that can be seen: it turns nothing round and hides in nothing."""

from __future__ import annotations

import pytest

from webapp.database.names import plain_name
from webapp.people import Person


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ana Ruiz", "Ana Ruiz"),
        ("José  Núñez\n", "José Núñez"),
        ("مريم", "مريم"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("Dr \u202eyraM", "Dr yraM"),
        ("\u2066Mary\u2069\u200f", "Mary"),
        ("Ma\u200bry\x00\x07", "Mary"),
        ("👩\u200d⚕️ Mary", "👩\u200d⚕️ Mary"),
        ("\u202e\u200b", "?"),
        ("", ""),
    ],
)
def test_what_controls_turns_or_hides_is_left_out(typed: str, kept: str) -> None:
    assert plain_name(typed) == kept


def test_every_row_with_a_name_keeps_it_plain() -> None:
    assert Person(name="Mary \u202ereversed").name == "Mary reversed"
