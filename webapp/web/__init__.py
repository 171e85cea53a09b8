"""Flask's glue, the same for every room: who may open a page, forms, errors, headers, languages."""

from webapp.web.access import needs_role, public
from webapp.web.errors import Problem, problem, wants_json
from webapp.web.forms import RoomForm, unfinished

__all__ = ["Problem", "RoomForm", "needs_role", "problem", "public", "unfinished", "wants_json"]
