"""What an import would do, before it does it: a comparison of a file with what is there. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from webapp.staff.directory import NO_RECORD, Directory, Known
from webapp.staff.lines import BadLine, Lines, StaffLine
from webapp.staff.places import Places
from webapp.staff.superiors import Superiors

MANY_LEAVE = 0.05
AS_GIVEN = ("licence", "employer", "engagement", "starts_on", "ends_on", "trained_on", "leave_until")


@dataclass
class Change:
    """One person who is added, changed or flagged as having left. `before` and `after` hold only what differs."""

    kind: str
    person_id: UUID
    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    new_roles: list[str] = field(default_factory=list)
    is_new_in_list: bool = False


@dataclass
class Plan:
    """All of it. `notes` are things to know, by the key of their sentence: the names or values each speaks of."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    bad: list[BadLine] = field(default_factory=list)
    notes: dict[str, list[str]] = field(default_factory=dict)
    places: Places = field(default_factory=Places)
    listed: int = 0

    def of(self, kind: str) -> list[Change]:
        """The changes of one kind: "added", "changed" or "left"."""
        return [each for each in self.changes if each.kind == kind]

    @property
    def counts(self) -> dict[str, int]:
        kinds = {kind: len(self.of(kind)) for kind in ("added", "changed", "left")}
        return kinds | {"same": self.same, "bad": len(self.bad)}

    @property
    def share_leaving(self) -> float:
        """How many of those who are in the list now would have left."""
        return len(self.of("left")) / self.listed if self.listed else 0.0

    @property
    def asks_twice(self) -> bool:
        return self.share_leaving > MANY_LEAVE

    @property
    def digest(self) -> str:
        """The same for the same changes: what is applied is what was looked at."""
        said = [[each.kind, str(each.person_id), each.after, each.new_roles] for each in self.changes]
        return hashlib.sha256(json.dumps([said, self.places.new], default=str, sort_keys=True).encode()).hexdigest()


def plan_import(lines: Lines, here: Directory, everybody: bool, today: date, import_id: UUID) -> Plan:
    """Compare. New people and places get ids that follow from the import's, so that the same plan is the same twice."""
    plan = Plan(bad=list(lines.bad), places=Places(here, import_id))
    plan.listed = sum(1 for known in here.people.values() if known.is_listed and known.values["left_on"] is None)
    if lines.two_ways:
        plan.notes["two_ways"] = lines.two_ways
    matched = _match(lines, here, plan)
    superiors = Superiors(here, matched, import_id)
    for line, known in matched:
        _compare(line, known, superiors, plan)
    for key, names in superiors.notes(today).items():
        plan.notes[key] = names
    if everybody:
        _flag_leavers(lines, {known.id for _, known in matched if known}, here, today, plan)
    plan.bad.sort(key=lambda each: each.line)
    return plan


def _match(lines: Lines, here: Directory, plan: Plan) -> list[tuple[StaffLine, Known | None]]:
    """Each good line with the person it is about: the one with its staff number, else the one with its e-mail."""
    by_number = {known.values["staff_number"]: known for known in here.people.values()}
    by_email = {known.values["email"]: known for known in here.people.values() if known.values["email"]}
    matched: list[tuple[StaffLine, Known | None]] = []
    for line in lines.good:
        known, same_email = by_number.get(line.staff_number), by_email.get(line.email)
        reason = _why_not(line, known, same_email)
        if reason:
            plan.bad.append(BadLine(line.line, reason, line.email or line.staff_number, line.staff_number))
        else:
            matched.append((line, known or same_email))
    return matched


def _why_not(line: StaffLine, known: Known | None, same_email: Known | None) -> str:
    if same_email is not None and known is not same_email and (known or same_email.values["staff_number"]):
        return "email_of_another"
    if (known or same_email) is None and not line.name:
        return "no_name"
    found = known or same_email
    return "closed" if found is not None and found.is_closed else ""


def _compare(line: StaffLine, known: Known | None, superiors: Superiors, plan: Plan) -> None:
    before = known.values if known else {**NO_RECORD, "name": "", "email": None, "staff_number": None, "unit_id": None}
    try:
        after = before | _said(line, superiors, plan)
    except LookupError as unplaced:
        plan.bad.append(BadLine(line.line, "unit_without_site", str(unplaced.args[0]), line.staff_number))
        return
    new_roles = sorted(line.roles - (known.roles if known else frozenset()))
    if known is not None:
        new_roles = _keep_what_opens_doors(known, after, new_roles, plan)
        if before["left_on"] is not None:
            plan.notes.setdefault("come_back", []).append(after["name"])
    differing = {key for key in after if after[key] != before[key]}
    if known is not None and known.is_listed and not differing and not new_roles:
        plan.same += 1
        return
    change = Change(
        "changed" if known else "added",
        superiors.id_of(line),
        after["name"],
        {key: before[key] for key in sorted(differing)},
        {key: after[key] for key in sorted(differing)},
        new_roles,
        known is None or not known.is_listed,
    )
    plan.changes.append(change)


def _keep_what_opens_doors(known: Known, after: dict[str, Any], new_roles: list[str], plan: Plan) -> list[str]:
    """A file changes nobody's way in: the e-mail of an account is where a new password goes."""
    if (known.has_account or known.is_at_a_desk) and known.values["email"] != after["email"]:
        after["email"] = known.values["email"]
        plan.notes.setdefault("email_stays", []).append(known.values["name"])
    if known.is_at_a_desk and new_roles:
        plan.notes.setdefault("roles_stay", []).append(known.values["name"])
        return []
    return new_roles


def _said(line: StaffLine, superiors: Superiors, plan: Plan) -> dict[str, Any]:
    """The values that the line gives; raises `LookupError` for a unit that could be on several sites."""
    said: dict[str, Any] = {"staff_number": line.staff_number, "left_on": None}
    if "name" in line.given and line.name:
        said["name"] = line.name
    if "email" in line.given:
        said["email"] = line.email
    if "unit" in line.given:
        said["unit_id"] = plan.places.unit_of(line.site, line.unit)
    if "second_unit" in line.given:
        said["second_unit_id"] = plan.places.unit_of(line.site, line.second_unit)
    if "languages" in line.given:
        said["languages"] = list(line.languages)
    said |= {key: getattr(line, key) for key in AS_GIVEN if key in line.given}
    return said | superiors.of(line)


def _flag_leavers(lines: Lines, matched: set[UUID], here: Directory, today: date, plan: Plan) -> None:
    """Whoever came by a list and is not in this one; a line that could not be read keeps its person."""
    in_file = {bad.staff_number for bad in plan.bad} | {line.staff_number for line in lines.good}
    gone = []
    for known in here.people.values():
        values = known.values
        if not known.is_listed or values["left_on"] or known.id in matched or values["staff_number"] in in_file:
            continue
        gone.append(known)
        plan.changes.append(Change("left", known.id, values["name"], {"left_on": None}, {"left_on": today}))
    _tell_of_managers_who_leave({known.id for known in gone}, here, plan)


def _tell_of_managers_who_leave(gone: set[UUID], here: Directory, plan: Plan) -> None:
    after: Mapping[UUID, Mapping[str, Any]] = {change.person_id: change.after for change in plan.changes}
    for known in here.people.values():
        manager = after.get(known.id, {}).get("manager_id", known.values["manager_id"])
        if manager in gone and known.id not in gone:
            plan.notes.setdefault("manager_leaves", []).append(known.values["name"])
