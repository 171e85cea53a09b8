"""Who may open a page: everybody signed in, unless a view says `@public` or `@needs_role(...)`.

Unsafe requests must come from our own pages: their `Origin`, where a browser sends one, equals PUBLIC_URL.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.config import LOCAL_HOSTS, current_settings
from webapp.web.errors import Problem, WrongHost, wants_json

P = ParamSpec("P")
R = TypeVar("R")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Check host, origin and sign-in before every view."""
    app.before_request(_refuse_other_hosts)
    app.before_request(_refuse_foreign_origins)
    app.before_request(_ask_to_sign_in)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that needs no sign-in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def needs_role(*roles: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a view for people who hold one of these roles; everybody else gets a 404.

    `before_desk`, which the app has from the room of people, may refuse who holds the role and lacks something else.
    """

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            if not current_user.person.roles.intersection(roles):
                abort(404)
            current_app.extensions["before_desk"]()
            return view(*args, **kwargs)

        return checked

    return mark


def _refuse_other_hosts() -> None:
    settings = current_settings()
    host = request.host
    if host == settings.host or request.path == "/healthz":
        return
    if settings.local and host.rsplit(":", 1)[0].strip("[]") in LOCAL_HOSTS:
        return
    raise WrongHost


def _refuse_foreign_origins() -> None:
    if request.method in SAFE:
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in ("same-origin", "none") or (origin is not None and not _is_ours(origin)):
        raise Problem(403, "foreign_origin")
    if origin is None and wants_json():
        raise Problem(403, "foreign_origin")


def _is_ours(origin: str) -> bool:
    settings = current_settings()
    return origin == settings.public_url or (settings.local and origin == f"http://{request.host}")


def _ask_to_sign_in() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "is_public", False) or current_user.is_authenticated:
        return None
    if wants_json():
        raise Problem(401, "signed_out")
    ask: Callable[[], ResponseReturnValue] = current_app.extensions["ask_to_sign_in"]
    return ask()
