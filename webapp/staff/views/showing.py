"""A plan as a page shows it: the first of each kind, how many more there are, and everything in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from webapp.staff.plan import Change, Plan
from webapp.staff.says import say_bad_line
from webapp.staff.words import FIELD_NAMES, NOTES

MOST = 50
FEW = 10
FIELD_OF = {
    "unit_id": "unit", "second_unit_id": "second_unit", "manager_id": "manager", "manager_named": "manager",
    "assessor_id": "assessor", "assessor_named": "assessor",
}  # fmt: skip


@dataclass(frozen=True)
class Some:
    """The first of many. `more` is how many are not shown."""

    first: Sequence[Any]
    more: int


def shown(plan: Plan) -> dict[str, Any]:
    """What the preview's template needs beside the plan."""
    return {
        "bad": _some([(bad.line, say_bad_line(bad)) for bad in plan.bad], MOST),
        "changed": _some([(each.name, _fields_of(each)) for each in plan.of("changed")], MOST),
        "added": _some([each.name for each in plan.of("added")], FEW),
        "left": _some([each.name for each in plan.of("left")], MOST),
        "notes": [(NOTES[key], len(names), _some(names, FEW)) for key, names in plan.notes.items()],
        "units": _some([f"{unit} ({site})" for site, unit in plan.places.new_units], FEW),
    }


def _fields_of(change: Change) -> str:
    names = dict.fromkeys(str(FIELD_NAMES[FIELD_OF.get(key, key)]) for key in change.after if key != "left_on")
    roles = [str(FIELD_NAMES["role"])] if change.new_roles else []
    return ", ".join([*names, *roles]) or str(_("now in the list"))


def _some(all_of_them: Sequence[Any], most: int) -> Some:
    return Some(all_of_them[:most], max(0, len(all_of_them) - most))
