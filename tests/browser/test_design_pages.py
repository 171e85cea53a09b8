"""The components as people see them: on small phones, with large text, by keyboard, in every theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from tests.harness.device import ARGUMENTS
from tests.harness.server import Server
from tests.harness.tools import chromium

PAGES = ["/design", "/design/check-in", "/design/desk"]
TWICE = "document.documentElement.style.fontSize = '225%'"  # the sheet's own 112.5 %, doubled
SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, summary, select, textarea, input:not([type=hidden]), label.chip")]
  .filter((e) => getComputedStyle(e).display !== "inline" && !e.closest("label.tick, .skip-link, dialog:not([open])"))
  .map((e) => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.width && (r.height < 47.5 || r.width < 44))
  .map(([e, r]) => `${e.outerHTML.slice(0, 80)} ${r.width} x ${r.height}`)
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Server(tmp_path_factory.mktemp("design") / "data", FRIENDTOR_DEVELOPMENT="1")
    server.data.mkdir()
    server.prepare()
    server.start("web")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    yield browser
    browser.close()


@pytest.fixture
def page(chrome: Browser) -> Iterator[Page]:
    page = chrome.new_page(viewport={"width": 360, "height": 640})
    yield page
    page.context.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("large", [False, True], ids=["text as it is", "text at 200 %"])
def test_no_page_scrolls_sideways(page: Page, url: str, path: str, large: bool) -> None:
    page.goto(url + path)
    if large:
        page.evaluate(TWICE)
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES)
def test_every_target_is_as_big_as_a_thumb(page: Page, url: str, path: str) -> None:
    page.goto(url + path)
    assert page.evaluate(SMALL_TARGETS) == []


def test_a_small_target_is_noticed(page: Page, url: str) -> None:
    page.goto(url + "/design")
    page.evaluate("document.querySelector('main .button').style.minHeight = '20px'")
    page.evaluate("document.querySelector('main .button').style.padding = '0'")
    assert len(page.evaluate(SMALL_TARGETS)) == 1


def test_five_faces_stand_in_one_row_even_on_the_smallest_phone(page: Page, url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(url + "/design/check-in")
    assert len(face_tops(page)) == 1


def test_five_faces_stand_in_one_column_with_large_text(page: Page, url: str) -> None:
    page.goto(url + "/design/check-in")
    page.evaluate(TWICE)
    assert len(face_tops(page)) == 5


def test_faces_and_the_button_to_send_share_the_first_screen(page: Page, url: str) -> None:
    page.goto(url + "/design/check-in")
    for words in ("Very hard", "Very good"):
        expect(page.get_by_role("radio", name=words)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Send to Ana")).to_be_in_viewport(ratio=1)


def test_with_large_text_nothing_stands_over_the_words(page: Page, url: str) -> None:
    page.goto(url + "/design/check-in")
    page.evaluate(TWICE)
    bar = page.locator(".action-bar")
    assert bar.evaluate("bar => getComputedStyle(bar).position") == "static"


def test_faces_are_chosen_by_keyboard_and_say_where_they_are(page: Page, url: str) -> None:
    page.goto(url + "/design/check-in")
    page.get_by_role("radio", name="Very hard").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Hard", exact=True)).to_be_checked()
    outline = page.locator("#face-2 + span").evaluate("face => getComputedStyle(face).outlineStyle")
    assert outline == "solid"


def test_a_chosen_face_can_be_un_tapped(page: Page, url: str) -> None:
    page.goto(url + "/design/check-in")
    face = page.get_by_role("radio", name="Good", exact=True)
    face.check()
    page.wait_for_function("customElements.get('un-tap') !== undefined")
    page.locator("label", has=face).click()
    expect(face).not_to_be_checked()


def test_a_question_is_asked_before_something_is_destroyed(page: Page, url: str) -> None:
    page.goto(url + "/design")
    page.get_by_role("button", name="Delete this check-in").click()
    dialog = page.get_by_role("dialog", name="Delete this check-in?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Keep it").click()
    expect(dialog).to_be_hidden()
    assert page.locator("#example-dialog").evaluate("dialog => dialog.returnValue") == "no"


def test_one_tap_hides_the_page(page: Page, url: str) -> None:
    page.goto(url + "/design/check-in")
    page.get_by_role("button", name="Hide", exact=True).click()
    cover = page.locator("[data-cover]")
    assert cover.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    page.get_by_role("button", name="Show the page again").click()
    expect(cover).to_be_hidden()


def test_a_dim_phone_is_dim_from_the_first_paint(page: Page, url: str) -> None:
    page.goto(url + "/design")
    light = ground(page)
    page.evaluate("localStorage.setItem('friendtor dim', '1')")
    page.route("**/js/main.js", lambda route: route.abort())
    page.reload()
    assert ground(page) == "rgb(12, 16, 23)" != light


@pytest.mark.parametrize(
    ("theme", "colour"),
    [
        ({"color_scheme": "light"}, "rgb(250, 246, 238)"),
        ({"color_scheme": "dark"}, "rgb(17, 24, 35)"),
        ({"color_scheme": "light", "contrast": "more"}, "rgb(255, 255, 255)"),
        ({"color_scheme": "dark", "contrast": "more"}, "rgb(0, 0, 0)"),
    ],
)
def test_the_system_chooses_the_theme(page: Page, url: str, theme: dict[str, str], colour: str) -> None:
    page.emulate_media(**theme)  # type: ignore[arg-type]
    page.goto(url + "/design")
    assert ground(page) == colour


def test_paper_carries_words_and_no_buttons(page: Page, url: str) -> None:
    page.goto(url + "/design")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Design", level=1)).to_be_visible()
    expect(page.locator(".button:visible, .navigation:visible")).to_have_count(0)


def face_tops(page: Page) -> set[float]:
    """The heights at which faces stand."""
    return set(page.eval_on_selector_all(".faces__face", "faces => faces.map(f => f.getBoundingClientRect().top)"))


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
