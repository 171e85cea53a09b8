"""The room's blueprint, and what several of its views do."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

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
