"""Licence levels: which words of the staff list stand on which step, so that two people can be compared.

Some words are known from the start; whoever imports lists says the rest, or otherwise. A word on no step is compared
with nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from webapp import audit
from webapp.database import db, inserting
from webapp.people import Person
from webapp.staff.columns import plain
from webapp.staff.models import LicenceWord, StaffRecord

STEPS = (1, 2, 3, 4, 5, 6, 7)  # from a student to whoever leads units; their names are in words.py
KNOWN_WORDS: Mapping[int, tuple[str, ...]] = {
    1: ("student", "student nurse", "nursing student", "student midwife", "trainee", "estudiante",
        "estudiante de enfermeria", "alumna de enfermeria", "alumno de enfermeria"),
    2: ("healthcare assistant", "health care assistant", "hca", "nursing assistant", "nurse aide", "cna", "caregiver",
        "auxiliar", "auxiliar de enfermeria", "tcae"),
    3: ("nursing associate", "enrolled nurse", "licensed practical nurse", "lpn", "licensed vocational nurse", "lvn"),
    4: ("newly qualified nurse", "newly registered nurse", "graduate nurse", "new graduate nurse", "nurse resident",
        "enfermera recien graduada", "enfermero recien graduado", "enfermera residente", "enfermero residente"),
    5: ("registered nurse", "rn", "staff nurse", "midwife", "registered midwife", "enfermera", "enfermero", "matrona"),
    6: ("charge nurse", "senior staff nurse", "senior nurse", "sister", "clinical nurse specialist",
        "nurse practitioner", "advanced practice nurse", "enfermera especialista", "enfermero especialista"),
    7: ("ward manager", "nurse manager", "matron", "director of nursing", "chief nurse", "supervisora de enfermeria",
        "supervisor de enfermeria", "directora de enfermeria", "director de enfermeria"),
}  # fmt: skip
STEP_OF = {word: step for step, words in KNOWN_WORDS.items() for word in words}


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """One word of the staff list as it is written most often, how many people have it, and its step, if any."""

    spelling: str
    word: str
    people: int
    step: int | None


def licence_steps() -> Callable[[str | None], int | None]:
    """Which step a licence of the staff list stands on, as it is now; None for one on no step. One question."""
    said = dict(db.session.execute(select(LicenceWord.spelling, LicenceWord.step)).all())

    def step_of(licence: str | None) -> int | None:
        spelling = plain(licence or "")
        return said[spelling] if spelling in said else STEP_OF.get(spelling)

    return step_of


def licence_lines() -> list[LicenceLine]:
    """Every word of the staff list, those on no step first, then by how many people have it."""
    step_of, found = licence_steps(), Counter[str]()
    written: dict[str, str] = {}
    counted = select(StaffRecord.licence, func.count()).where(StaffRecord.licence.is_not(None))
    for word, people in sorted(
        db.session.execute(counted.group_by(StaffRecord.licence)).all(), key=lambda row: (row[1], row[0])
    ):
        if word and plain(word):
            found[plain(word)] += people
            written[plain(word)] = word
    lines = [LicenceLine(spelling, written[spelling], people, step_of(spelling)) for spelling, people in found.items()]
    return sorted(lines, key=lambda line: (line.step is not None, -line.people, line.spelling))


def set_licence_steps(by: Person, steps: Mapping[str, int | None]) -> None:
    """Say for each spelling on which step it stands, or on none. Inside a write transaction."""
    changed = {spelling: step for spelling, step in steps.items() if step != STEP_OF.get(spelling)}
    usual = steps.keys() - changed.keys()
    db.session.execute(delete(LicenceWord).where(LicenceWord.spelling.in_(usual)))
    for spelling, step in changed.items():
        row = inserting(LicenceWord, spelling=spelling, step=step)
        db.session.execute(row.on_conflict_do_update(index_elements=["spelling"], set_={"step": step}))
    audit.record(by.id, "staff.set_licence_steps", words=len(changed))
