"""A test browser: Werkzeug's client that signs people in and lints every page it is answered."""

from __future__ import annotations

from uuid import UUID

from flask import Flask, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page_linter import lint
from webapp.database import db, writing
from webapp.people import Person, sign_in_here


class OneRequestAfterAnother(FlaskClient):
    """A client whose requests share nothing, although the test's own app context (and its `g`) lies around them."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        vars(g).clear()
        return super().open(*args, **kwargs)  # type: ignore[arg-type]


def cookies_of(
    app: Flask, person_id: UUID, kind: str = "own", device: str = "Test browser", browser: str = ""
) -> dict[str, str]:
    """The cookies that a browser has once this person signed in there; `browser` is its cookie from before."""
    with app.test_request_context("/", environ_base={"HTTP_COOKIE": f"browser={browser}"}):
        with writing():
            person = db.session.get(Person, person_id)
            assert person is not None
            sign_in_here(person, kind, device)
        response = app.process_response(app.make_response(""))
    pairs = (header.partition(";")[0].partition("=") for header in response.headers.getlist("Set-Cookie"))
    return {name: value for name, _, value in pairs}


class Browser:
    """One browser with its own cookies. Pages are parsed and linted as they come."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = OneRequestAfterAnother(app, app.response_class)

    def sign_in(self, person_id: UUID, kind: str = "own") -> Browser:
        """Be signed in as this person, as after the sign-in form."""
        for name, value in cookies_of(self.app, person_id, kind).items():
            self.client.set_cookie(name, value)
        return self

    def get(self, path: str, **kwargs: object) -> TestResponse:
        return self._linted(self.client.get(path, **kwargs))  # type: ignore[arg-type]

    def post(self, path: str, data: dict[str, object] | None = None, **kwargs: object) -> TestResponse:
        """Post a form with the CSRF token and hidden fields of the page it stands on, unless given."""
        headers = {"Origin": "http://localhost"}
        return self._linted(self.client.post(path, data=data, headers=headers, **kwargs))  # type: ignore[arg-type]

    def fill_in(self, path: str, data: dict[str, object], action: str | None = None, form: int = 0) -> TestResponse:
        """Open a page and send the form on it, hidden fields included. `action` picks the form by its address."""
        from tests.page_linter import forms_of

        page = self.get(path)
        found = [f for f in forms_of(page.text) if action is None or f.action == action]
        assert found, f"no form on {path} goes to {action}"
        chosen = found[form]
        return self.post(chosen.action or path, {**chosen.values, **data})

    def _linted(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 307, 308):
            problems = lint(response.text)
            assert not problems, f"{response.request.path}:\n  " + "\n  ".join(problems)
        return response
