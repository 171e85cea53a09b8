"""Who reports to whom, and who assesses whom: found by staff number or e-mail, never in a circle. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from webapp.staff.directory import Directory, Known
from webapp.staff.lines import StaffLine
from webapp.staff.places import id_for

Matched = Sequence[tuple[StaffLine, Known | None]]


class Superiors:
    """Every line's manager and assessor, found among those in the file and those who are there already."""

    def __init__(self, here: Directory, matched: Matched, import_id: UUID) -> None:
        self._ids = {line.line: known.id if known else id_for(import_id, line.staff_number) for line, known in matched}
        self._by_name: dict[str, UUID] = {}
        for known in here.people.values():
            for identifier in (known.values["staff_number"], known.values["email"]):
                if identifier:
                    self._by_name[identifier.upper()] = known.id
        for line, _ in matched:
            for identifier in (line.staff_number, line.email):
                if identifier:
                    self._by_name[identifier.upper()] = self._ids[line.line]
        self._names = {known.id: known.values["name"] for known in here.people.values()}
        self._names |= {self._ids[line.line]: line.name for line, _ in matched if line.name}
        self._leave = {known.id: known.values["leave_until"] for known in here.people.values()}
        self._leave |= {self._ids[line.line]: line.leave_until for line, _ in matched if "leave_until" in line.given}
        self._managers = {known.id: known.values["manager_id"] for known in here.people.values()}
        self._lines = [line for line, _ in matched]
        for line in self._lines:
            if "manager" in line.given:
                self._managers[self._ids[line.line]] = self._find(line.manager)
        self._circling = circling(self._managers)

    def id_of(self, line: StaffLine) -> UUID:
        """Whom the line is about; a new person's id follows from the import's."""
        return self._ids[line.line]

    def of(self, line: StaffLine) -> dict[str, Any]:
        """The manager and assessor of a line. Whoever is not found, or closes a circle, is kept by name alone."""
        said: dict[str, Any] = {}
        if "manager" in line.given:
            found = None if self.id_of(line) in self._circling else self._find(line.manager)
            said["manager_id"], said["manager_named"] = found, None if found else line.manager or None
        if "assessor" in line.given:
            found = self._find(line.assessor)
            said["assessor_id"], said["assessor_named"] = found, None if found else line.assessor or None
        return said

    def notes(self, today: date) -> dict[str, list[str]]:
        """What is to be said of managers, by the key of its sentence: the people it is about, or the names given."""
        notes: dict[str, list[str]] = {}
        for line in self._lines:
            if "manager" in line.given and line.manager:
                key, said = self._about(line, today)
                if key:
                    notes.setdefault(key, []).append(said)
            if "assessor" in line.given and line.assessor and self._find(line.assessor) is None:
                notes.setdefault("assessor_unknown", []).append(self._named(line, line.assessor))
        return notes

    def _about(self, line: StaffLine, today: date) -> tuple[str, str]:
        manager = self._find(line.manager)
        if manager is None:
            return "manager_unknown", self._named(line, line.manager)
        if self.id_of(line) in self._circling:
            return "circle", self._named(line, self._names.get(manager, line.manager))
        away = self._leave.get(manager)
        if away and away >= today:
            return "manager_away", self._named(line, self._names[manager])
        return "", ""

    def _named(self, line: StaffLine, superior: str) -> str:
        return f"{self._names.get(self.id_of(line), line.staff_number)} → {superior}"

    def _find(self, identifier: str) -> UUID | None:
        return self._by_name.get(identifier.upper()) if identifier else None


def circling(managers: Mapping[UUID, UUID | None]) -> set[UUID]:
    """Everybody who is, over however many steps, their own manager."""
    settled: set[UUID] = set()
    circling: set[UUID] = set()
    for start in managers:
        path: dict[UUID, int] = {}
        at: UUID | None = start
        while at is not None and at not in settled and at not in path:
            path[at] = len(path)
            at = managers.get(at)
        if at is not None and at in path:
            circling |= {each for each, step in path.items() if step >= path[at]}
        settled |= path.keys()
    return circling
