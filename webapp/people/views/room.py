"""The room's blueprint, and what several of its views do."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from webapp.people.throttle import TooManyTries
from webapp.web import Problem, RoomForm, problem

room = Blueprint("people", __name__)


def local_path(wish: str | None) -> str:
    """An address on this site: `wish` when it is one, else Today."""
    wish = wish or "/"
    parts = urlsplit(wish)
    is_local = wish.startswith("/") and not wish.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return wish if is_local and wish.isprintable() and "\\" not in wish else "/"


def go_to(path: str) -> ResponseReturnValue:
    """After a post."""
    return redirect(path, 303)


def slow_down(template: str, form: RoomForm, tries: TooManyTries, **context: object) -> Response:
    """The form again with its text, and when to come back."""
    page = render_template(template, form=form, wait_minutes=tries.minutes, **context)
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(tries.seconds)
    return response


def slow_down_by_json(tries: TooManyTries) -> Response:
    """The same for a script."""
    response = problem(Problem(429, "too_many_tries"))
    response.headers["Retry-After"] = str(tries.seconds)
    return response
