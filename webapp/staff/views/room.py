"""The room's blueprint, and who may enter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Blueprint, abort

from webapp.people import current_person
from webapp.staff.importing import may_import
from webapp.web import needs_role

P = ParamSpec("P")
R = TypeVar("R")

room = Blueprint("staff", __name__)


def importers_only(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view for whoever may import a staff list; everybody else gets a 404."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        if not may_import(current_person()):
            abort(404)
        return view(*args, **kwargs)

    return needs_role("administrator", "coordinator")(checked)


@room.app_template_global()
def may_import_staff() -> bool:
    """Whether whoever is signed in may import a staff list."""
    return may_import(current_person())
