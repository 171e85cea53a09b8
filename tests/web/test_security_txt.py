"""Whoever finds a weakness learns whom to tell, where the organisation has said it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.client import Browser
from tests.conftest import MovedClock
from webapp.config import BadSettings, Settings

ADDRESS = "/.well-known/security.txt"


def test_it_names_the_contact_and_is_good_for_less_than_a_year(
    app: Flask, clock: MovedClock, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = replace(settings, security_contact="mailto:it@example.org")
    monkeypatch.setitem(app.extensions, "settings", named)
    answer = Browser(app).get(ADDRESS)
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    said = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert said["Contact"] == "mailto:it@example.org"
    assert said["Canonical"] == f"http://localhost{ADDRESS}"
    assert timedelta(days=30) < datetime.fromisoformat(said["Expires"]) - clock() < timedelta(days=365)


def test_where_nobody_is_named_there_is_none(browser: Browser) -> None:
    assert browser.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("contact", ["it@example.org", "http://example.org", "mailto:a b", "mailto:a\nContact: x"])
def test_a_contact_is_an_address_that_a_program_can_follow(settings: Settings, contact: str) -> None:
    with pytest.raises(BadSettings, match="SECURITY_CONTACT"):
        replace(settings, security_contact=contact).refuse_what_is_unsafe()
