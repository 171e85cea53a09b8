"""What a programme still lacks, step by step."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.programmes.agreements import agreement_of
from webapp.programmes.models import Programme
from webapp.programmes.reads import contacts_missing, enrolled_in, objectives_of
from webapp.safety import MissingContact


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the set-up: `is_needed` ones keep the programme from starting while they are not done."""

    code: str
    is_done: bool
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """All steps in their order, the help contacts one by one, and how many take part."""

    steps: tuple[Step, ...]
    contacts: list[MissingContact]
    mentees: int
    mentors: int
    agreement_version: int

    @property
    def can_start(self) -> bool:
        return all(step.is_done for step in self.steps if step.is_needed)

    @property
    def next_step(self) -> Step | None:
        """The first that is not done, those first without which it cannot start."""
        open_steps = [step for step in self.steps if not step.is_done]
        return min(open_steps, key=lambda step: not step.is_needed, default=None)


def checklist_of(programme: Programme) -> Checklist:
    """Where the set-up of a programme stands."""
    roles = [each.role for each in enrolled_in(programme)]
    contacts = contacts_missing(programme)
    version = agreement_of(programme).version
    steps = (
        Step("about", bool(programme.purpose and programme.starts_on and programme.ends_on)),
        Step("coordinators", bool(programme.coordinators), is_needed=True),
        Step("contacts", not contacts, is_needed=True),
        Step("objectives", bool(objectives_of(programme))),
        Step("agreement", version > 0),
        Step("people", "mentee" in roles and "mentor" in roles),
    )
    return Checklist(steps, contacts, roles.count("mentee"), roles.count("mentor"), version)
