"""Settings and reasons as plain data that rows and jobs can hold, and back."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from webapp.matching.closeup import Explanation
from webapp.matching.keeping import explanation_as_data, explanation_from_data
from webapp.matching.outcome import Alternative, Proposal, Unmatched
from webapp.matching.settings import Settings

_SETTINGS, _ALTERNATIVE, _UNMATCHED = TypeAdapter(Settings), TypeAdapter(Alternative), TypeAdapter(Unmatched)


def settings_as_data(settings: Settings) -> dict[str, Any]:
    data: dict[str, Any] = _SETTINGS.dump_python(settings, mode="json")
    return data


def settings_from_data(data: dict[str, Any]) -> Settings:
    """Raises pydantic's ValidationError for what are no settings."""
    return _SETTINGS.validate_python(data)


def proposal_as_data(proposal: Proposal, explanation: Explanation) -> dict[str, Any]:
    other = _ALTERNATIVE.dump_python(proposal.alternative, mode="json") if proposal.alternative else None
    return {
        "why": explanation_as_data(explanation),
        "rank": proposal.rank,
        "stays": proposal.stays,
        "alternative": other,
    }


def unmatched_as_data(unmatched: Unmatched) -> dict[str, Any]:
    return {"unmatched": _UNMATCHED.dump_python(unmatched, mode="json")}


def explanation_in(said: dict[str, Any]) -> Explanation | None:
    """Why the two fit, where there are two."""
    return explanation_from_data(said["why"]) if said.get("why") else None


def alternative_in(said: dict[str, Any]) -> Alternative | None:
    """The best other mentor."""
    return _ALTERNATIVE.validate_python(said["alternative"]) if said.get("alternative") else None


def unmatched_in(said: dict[str, Any]) -> Unmatched | None:
    """Why there is no mentor, where there is none."""
    return _UNMATCHED.validate_python(said["unmatched"]) if said.get("unmatched") else None
