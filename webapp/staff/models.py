"""What a staff list says of a person beside who they are, and the imports it came by."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model, uuid7
from webapp.people import Person
from webapp.sealing import open_text, seal_text

TEXT, UNDO = "staff_import.text", "staff_import.undo"


class StaffRecord(Model):
    """One person in the staff list. `manager_named` is whom the list names and nobody here is, so nothing is checked.

    `left_on` is the day on which a list of everybody no longer had them: a flag, nothing is deleted by it.
    """

    __tablename__ = "staff_record"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    licence: Mapped[str | None] = mapped_column(String(60))
    manager_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    manager_named: Mapped[str | None] = mapped_column(String(254))
    assessor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    assessor_named: Mapped[str | None] = mapped_column(String(254))
    second_unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id", ondelete="SET NULL"), index=True)
    languages: Mapped[list[str]] = mapped_column(JSON)
    starts_on: Mapped[date | None]
    employer: Mapped[str | None] = mapped_column(String(120))
    engagement: Mapped[str | None] = mapped_column(String(12))
    ends_on: Mapped[date | None]
    trained_on: Mapped[date | None]
    leave_until: Mapped[date | None]
    left_on: Mapped[date | None]


class StaffImport(Model):
    """One file that somebody brought. `everybody` says whether who is not in it has left.

    The file is kept sealed for 30 days, and so is what it takes to undo the import.
    """

    __tablename__ = "staff_import"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(120))
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    date_order: Mapped[str] = mapped_column(String(5), default="")
    everybody: Mapped[bool]
    counts: Mapped[dict[str, int] | None] = mapped_column(JSON)
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    undo_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    made_by: Mapped[Person | None] = relationship(lazy="joined")

    def keep(self, text: str) -> None:
        """Keep the file. The id must be set."""
        self.text_sealed = seal_text(text, TEXT, self.id)

    @property
    def text(self) -> str:
        """The file, or "" once it is no longer kept."""
        return open_text(self.text_sealed, TEXT, self.id) if self.text_sealed else ""

    def keep_for_undoing(self, changes: list[dict[str, Any]]) -> None:
        """Keep what everybody was like before."""
        self.undo_sealed = seal_text(json.dumps(changes), UNDO, self.id)

    @property
    def changes_to_undo(self) -> list[dict[str, Any]]:
        """What `keep_for_undoing` was given."""
        return json.loads(open_text(self.undo_sealed, UNDO, self.id)) if self.undo_sealed else []

    @property
    def can_be_undone(self) -> bool:
        return self.applied_at is not None and self.undone_at is None and self.undo_sealed is not None


class StaffColumn(Model):
    """What a heading meant the last time; `field` is "" for a column that is left out."""

    __tablename__ = "staff_column"

    heading: Mapped[str] = mapped_column(String(120), primary_key=True)
    field: Mapped[str] = mapped_column(String(20))


class StaffImporter(Model):
    """A coordinator whom an administrator allowed to import staff lists."""

    __tablename__ = "staff_importer"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    allowed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    allowed_at: Mapped[datetime]


class LicenceWord(Model):
    """A word for a licence that somebody put on a step, or on none where `step` is empty; `spelling` is the plain one.

    Words that are known from the start have no row, unless somebody said otherwise.
    """

    __tablename__ = "licence_word"

    spelling: Mapped[str] = mapped_column(String(120), primary_key=True)
    step: Mapped[int | None]
