"""A person and the roles they hold."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship, validates

from webapp.database import Model, Named, db, uuid7
from webapp.people.models.organisation import Unit

ROLES = ("mentee", "mentor", "coordinator", "administrator")


class Person(Named, Model):
    """Somebody who was invited. They have joined when a password exists, and left when the account is closed."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    staff_number: Mapped[str | None] = mapped_column(String(40), unique=True)
    unit_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    lang: Mapped[str] = mapped_column(String(8), default="en")
    zone: Mapped[str] = mapped_column(String(40), default="Europe/London")
    password_hash: Mapped[str | None] = mapped_column(String(255))
    invited_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    welcomed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    second_step_later_at: Mapped[datetime | None]
    mails_off_at: Mapped[datetime | None]

    unit: Mapped[Unit | None] = relationship(lazy="joined")
    role_rows: Mapped[list[PersonRole]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", back_populates="person"
    )
    devices: WriteOnlyMapped[Device] = relationship(back_populates="person", passive_deletes=True)

    @validates("email", "staff_number")
    def _one_spelling(self, column: str, value: str | None) -> str | None:
        """Kept in one spelling, so that capitals do not make two people of one."""
        tidy = (value or "").strip()
        return (tidy.lower() if column == "email" else tidy.upper()) or None

    @classmethod
    def by_identifier(cls, identifier: str) -> Person | None:
        """Whoever has this e-mail or staff number; None when nobody has."""
        tidy = identifier.strip()
        same = cls.email == tidy.lower() if "@" in tidy else cls.staff_number == tidy.upper()
        return db.session.scalar(select(cls).where(same)) if tidy else None

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(row.role for row in self.role_rows)

    @property
    def is_active(self) -> bool:
        return self.closed_at is None

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.name

    def wants_mails(self) -> bool:
        """Whether to write to them where no device of theirs can be notified: unless they said otherwise."""
        return self.email is not None and self.mails_off_at is None

    def has_joined(self) -> bool:
        return self.joined_at is not None and self.closed_at is None

    def give_roles(self, roles: set[str] | frozenset[str]) -> None:
        """Hold exactly these roles from now on."""
        self.role_rows = [row for row in self.role_rows if row.role in roles]
        held = self.roles
        self.role_rows += [PersonRole(role=role) for role in sorted(roles - held)]


class PersonRole(Model):
    """One role that a person holds."""

    __tablename__ = "person_role"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)

    person: Mapped[Person] = relationship(back_populates="role_rows")


from webapp.people.models.sign_in import Device  # noqa: E402  the two rows name each other
