"""Tells whoever finds a weakness whom to tell (RFC 9116), where the organisation has said it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, abort, make_response

from webapp.clock import now
from webapp.config import LANGUAGES, current_settings
from webapp.web.access import public

GOOD_FOR = timedelta(days=180)

room = Blueprint("security_txt", __name__)


@room.get("/.well-known/security.txt")
@public
def security_txt() -> Response:
    """The contact of SECURITY_CONTACT; not found where none is set."""
    settings = current_settings()
    if not settings.security_contact:
        abort(404)
    expires = (now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = {
        "Contact": settings.security_contact,
        "Expires": expires.isoformat().replace("+00:00", "Z"),
        "Preferred-Languages": ", ".join(LANGUAGES),
        "Canonical": f"{settings.public_url}/.well-known/security.txt",
    }
    response = make_response("".join(f"{name}: {value}\n" for name, value in lines.items()))
    response.mimetype = "text/plain"
    return response
