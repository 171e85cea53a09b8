"""The design page shows every component, passes the linter, and is not there in production."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.client import Browser
from webapp.app import create_app
from webapp.config import Settings

ROOT = Path(__file__).parents[2]
COMPONENTS = sorted(path.name for path in (ROOT / "templates/components").glob("*.html"))
PAGES = ("/design", "/design/check-in", "/design/desk")


@pytest.fixture
def database_kind() -> str:
    return "sqlite"


@pytest.fixture
def settings(own_settings: Settings) -> Settings:
    return replace(own_settings, development=True)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_of_examples_passes_the_linter(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 200


def test_production_has_no_design_page(settings: Settings) -> None:
    assert "design" not in create_app(replace(settings, development=False)).blueprints


def test_every_component_has_an_example() -> None:
    pages = [*(ROOT / "templates/design").glob("*.html"), *(ROOT / "templates/layouts").glob("*.html")]
    text = "".join(page.read_text() for page in pages)
    imported = set(re.findall(r'from "components/([\w.]+)"', text))
    assert sorted(set(COMPONENTS) - imported) == ["attributes.html"]


def test_the_current_place_is_said(browser: Browser) -> None:
    assert places(browser.get("/design/desk").text, current=True) == ["/"]


def test_a_wrong_form_says_so_first_and_keeps_what_was_typed(browser: Browser) -> None:
    page = browser.get("/design").text
    assert 'href="#wrong-name"' in page
    assert 'href="#wrong-device-0"' in page
    assert "Kept as it was typed." in page
    assert 'aria-describedby="wrong-name-error"' in page


def test_a_box_tells_a_screen_reader_what_is_wrong_with_it(browser: Browser) -> None:
    page = browser.get("/design").text
    assert 'aria-describedby="box-day-hint box-day-error" aria-invalid="true"' in page
    assert re.search(r'<textarea id="box-words"[^>]*>\s*One line\.</textarea>', page)


def test_nothing_is_preselected_in_the_checkin(browser: Browser) -> None:
    assert " checked" not in browser.get("/design/check-in").text


def places(page: str, current: bool = False) -> list[str]:
    """The addresses in the navigation, or only the one that is said to be here."""
    pattern = r'navigation__place" href="([^"]+)"' + (' aria-current="page"' if current else "")
    return re.findall(pattern, page)
