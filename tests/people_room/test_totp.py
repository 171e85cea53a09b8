"""The codes themselves: RFC 6238's own examples, a clock that is off, and what a phone's app reads."""

from __future__ import annotations

from base64 import b32encode
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from webapp.people.totp import app_link, code_of, fitting_step, fresh_secret, step_at

RFC_SECRET = b32encode(b"12345678901234567890").decode()
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_examples_of_the_standard(seconds: int, code: str) -> None:
    assert code_of(RFC_SECRET, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(("off", "fits"), [(0, True), (29, True), (30, True), (-30, True), (61, False), (-61, False)])
def test_a_clock_may_be_half_a_minute_off(off: int, fits: bool) -> None:
    typed = code_of(RFC_SECRET, step_at(NOON + timedelta(seconds=off)))
    assert (fitting_step(RFC_SECRET, typed, NOON) is not None) is fits


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "0" * 400])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert fitting_step(RFC_SECRET, typed, NOON) is None


def test_spaces_do_not_matter() -> None:
    code = code_of(RFC_SECRET, step_at(NOON))
    assert fitting_step(RFC_SECRET, f" {code[:3]} {code[3:]} ", NOON) == step_at(NOON)


def test_every_secret_is_new_and_long() -> None:
    assert len({fresh_secret() for _ in range(50)}) == 50
    assert len(fresh_secret()) == 32


def test_the_link_names_the_organisation_whatever_it_is_called() -> None:
    link = urlsplit(app_link(RFC_SECRET, "St Mary's: Ward & Co?", "mary@example.org"))
    assert (link.scheme, link.netloc) == ("otpauth", "totp")
    assert parse_qs(link.query) == {"secret": [RFC_SECRET], "issuer": ["St Mary's: Ward & Co?"]}
