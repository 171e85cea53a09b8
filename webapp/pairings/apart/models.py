"""That two people are not to be a pair."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model
from webapp.people import Person

CLOSE, WORK, BEFORE, OTHER = "close", "work", "before", "other"
WHY = (CLOSE, WORK, BEFORE, OTHER)


class KeptApart(Model):
    """Two people whom a coordinator of this programme keeps apart, whichever of them would be the mentor.

    It holds in every programme, and is read and undone in the one where it was said. `first_id` is the smaller id, so
    that two are there once. `why` is one of WHY: there are no words, and it does not say who asked for it.
    """

    __tablename__ = "kept_apart"
    __table_args__ = (UniqueConstraint("programme_id", "first_id", "second_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    first_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    second_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    why: Mapped[str] = mapped_column(String(10))
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]

    first: Mapped[Person] = relationship(foreign_keys=[first_id], lazy="joined")
    second: Mapped[Person] = relationship(foreign_keys=[second_id], lazy="joined")

    @property
    def names(self) -> list[str]:
        """Of both, in order."""
        return sorted((self.first.name, self.second.name))
