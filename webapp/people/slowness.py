"""What a door answers that was tried too often."""

from __future__ import annotations

from flask import Response, make_response, render_template

from webapp.people.throttle import TooManyTries
from webapp.web import Problem, RoomForm, problem


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
