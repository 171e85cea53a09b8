"""The places that the thumb knows: whoever takes part finds check-in and journal, whoever runs things finds a desk."""

from __future__ import annotations

import pytest

from tests.client import Browser
from tests.page_linter import parse
from tests.people import Cast, person
from webapp.database import db, writing

PART = ["/", "/check-in", "/journal"]


def places(page: str) -> list[str | None]:
    [navigation] = [each for each in parse(page).iter("nav") if each.get("class") == "navigation"]
    return [link.get("href") for link in navigation.iter("a")]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({"mentee"}, [*PART, "/help-now"]),
        ({"mentor"}, [*PART, "/help-now"]),
        ({"mentor", "coordinator"}, [*PART, "/programme", "/help-now"]),
        ({"coordinator"}, ["/", "/programme", "/people", "/help-now"]),
        ({"administrator"}, ["/", "/programme", "/people", "/help-now"]),
        ({"mentee", "coordinator", "administrator"}, [*PART, "/programme", "/help-now"]),
    ],
)
def test_each_role_finds_its_own_places(cast: Cast, browser: Browser, roles: set[str], expected: list[str]) -> None:
    with writing():
        row = person("Pat Example", roles)
        db.session.flush()
        somebody = row.id
    browser.sign_in(somebody)
    assert places(browser.get("/settings").text) == expected
    for path in expected:
        assert browser.get(path).status_code == 200


def test_who_only_runs_things_still_has_a_journal(cast: Cast, browser: Browser) -> None:
    assert 'href="/journal"' in browser.sign_in(cast.carol).get("/settings").text
