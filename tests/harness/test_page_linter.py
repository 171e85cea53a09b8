"""A page that was read before is not read again, and only the very same page counts as read."""

from __future__ import annotations

from uuid import uuid4

from tests.page_linter import lint

PAGE = """<!doctype html><html lang="en"><head><title>Notes</title></head><body><main><h1>Notes</h1>
<p id="{first}">One</p><p id="{second}">Two</p>
<form method="post" action="/notes"><input type="hidden" name="csrf_token" value="{token}">{field}</form>
</main></body></html>"""
LABELLED = '<label>Words <input name="words" autocomplete="off"></label>'


def page(first: object = None, second: object = None, token: str = "t", field: str = LABELLED) -> str:
    return PAGE.format(first=first or uuid4(), second=second or uuid4(), token=token, field=field)


def test_what_is_wrong_is_said_each_time() -> None:
    unlabelled = page(field='<input name="words" autocomplete="off">')
    assert lint(unlabelled) == lint(unlabelled) == ["the field words needs a label"]


def test_an_id_that_stands_twice_is_seen_after_a_page_with_two() -> None:
    assert lint(page()) == []
    once = uuid4()
    assert lint(page(once, once)) == [f"the id {once} stands twice"]


def test_a_form_that_lost_its_token_is_seen_after_one_that_had_it() -> None:
    assert lint(page(token="one")) == lint(page(token="two")) == []
    [problem] = lint(page().replace("csrf_token", "token"))
    assert problem == "the form to /notes has no csrf_token"
