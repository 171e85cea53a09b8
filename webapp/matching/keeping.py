"""An explanation as plain data that a row can hold, and back: reasons are kept as they were when somebody decided."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from webapp.matching.closeup.explaining import Explanation

_EXPLANATION = TypeAdapter(Explanation)


def explanation_as_data(explanation: Explanation) -> dict[str, Any]:
    """What JSON can write."""
    data: dict[str, Any] = _EXPLANATION.dump_python(explanation, mode="json")
    return data


def explanation_from_data(data: dict[str, Any]) -> Explanation:
    """The same explanation again. Raises pydantic's ValidationError when it is none."""
    return _EXPLANATION.validate_python(data)
