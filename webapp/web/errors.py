"""Errors as pages for people and as one JSON shape for scripts; two pages touch nothing that may be broken."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException

from webapp.config import current_settings
from webapp.database import Busy, db, is_away

RETRY_AFTER = "3"


class Problem(Exception):
    """An error answer. `type` is a code; `errors` are {"field", "message"} pairs."""

    def __init__(self, status: int, type: str, detail: str = "", errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(type)
        self.status, self.type, self.detail, self.errors = status, type, detail, errors or []


class WrongHost(Exception):
    """Somebody came by another address than PUBLIC_URL."""


def wants_json() -> bool:
    """Whether this request is a script's: its errors are problem JSON."""
    return request.path.startswith(("/sync", "/push/")) or request.mimetype == "application/json"


def problem(error: Problem) -> Response:
    """The one JSON shape of an error."""
    response = jsonify(type=error.type, title=HTTPStatus(error.status).phrase, detail=error.detail, errors=error.errors)
    response.status_code = error.status
    response.mimetype = "application/problem+json"
    if error.status in (429, 503):
        response.headers.setdefault("Retry-After", RETRY_AFTER)
    return response


def init_app(app: Flask) -> None:
    """Answer every error in one of the two ways."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(WrongHost, _wrong_host)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(NoConnection, _crowded)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _problem(error: Problem) -> ResponseReturnValue:
    return problem(error) if wants_json() else _page(error.status)


def _wrong_host(_error: WrongHost) -> ResponseReturnValue:
    if wants_json():
        return problem(Problem(421, "wrong_host"))
    return render_template("errors/wrong_host.html", address=current_settings().public_url), 421


def _busy(_error: Busy) -> ResponseReturnValue:
    return _problem(Problem(503, "busy"))


def _database(error: DBAPIError) -> ResponseReturnValue:
    if not is_away(error):
        return _unexpected(error)
    return _away(type(error.orig).__name__)


def _crowded(_error: NoConnection) -> ResponseReturnValue:
    return _away("every connection is in use")


def _away(why: str) -> ResponseReturnValue:
    db.session.rollback()  # what is asked after this answer, for its cookies and headers, begins anew
    current_app.logger.error("The database is away: %s", why)
    if wants_json():
        return problem(Problem(503, "database_away"))
    return _told_to_wait(_untouched("away", 503))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    return _problem(Problem(status, error.name.lower().replace(" ", "_")))


def _unexpected(error: Exception) -> ResponseReturnValue:
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.exception("Something went wrong at %s", request.url_rule)
    if wants_json():
        return problem(Problem(500, "our_fault"))
    return _untouched("500", 500)


def _page(status: int) -> ResponseReturnValue:
    known = status if status in (400, 403, 404, 405, 413, 429, 503) else 400
    response = make_response(render_template(f"errors/{known}.html"), status)
    return _told_to_wait(response) if status in (429, 503) else response


def _untouched(name: str, status: int) -> Response:
    """A page that asks nobody anything: rendering through Flask would first ask the database who is signed in."""
    return make_response(current_app.jinja_env.get_template(f"errors/{name}.html").render(), status)


def _told_to_wait(response: Response) -> Response:
    response.headers["Retry-After"] = RETRY_AFTER
    return response
