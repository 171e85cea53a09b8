"""The page linter sees each thing it is for, and lets a good page pass."""

from __future__ import annotations

import pytest

from tests.page_linter import lint

PAGE = """<!doctype html><html lang="en"><head><title>Journal - Friendtor</title></head><body><main><h1>Journal</h1>
<form method="post" action="/journal"><input type="hidden" name="csrf_token" value="1">
<label for="words">Words</label><textarea id="words" name="words" autocomplete="off"></textarea>
<button>Keep it</button></form>{more}</main></body></html>"""


def page(more: str = "") -> str:
    return PAGE.replace("{more}", more)


def test_a_good_page_passes() -> None:
    assert lint(page()) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("<h1>Again</h1>", "one h1"),
        ("<p id='words'></p>", "stands twice"),
        ("<p aria-describedby='nowhere'></p>", "points to nothing"),
        ("<input name='lonely' autocomplete='off'>", "needs a label"),
        ("<p style='color: red'></p>", "inline style"),
        ("<script>1</script>", "inline script"),
        ("<p onclick='1'></p>", "has onclick"),
        ("<img src='https://elsewhere.example/a.png' alt=''>", "another origin"),
        ("<img src='/a.png'>", "without alt"),
        ("<button></button>", "without words"),
        ("<a href='/x'></a>", "without words"),
        ("<h3>Too deep</h3>", "followed by an h3"),
        ("<main></main>", "one <main>"),
        ("<form method='post' action='/x'></form>", "no csrf_token"),
        ("<form><label>Name <input name='name'></label></form>", "needs autocomplete"),
    ],
)
def test_each_thing_is_seen(more: str, said: str) -> None:
    assert any(said in problem for problem in lint(page(more)))


def test_a_title_that_says_something_else_is_seen() -> None:
    assert lint(page().replace("<title>Journal", "<title>Diary"))


def test_a_page_without_language_is_seen() -> None:
    assert lint(page().replace(' lang="en"', ""))
