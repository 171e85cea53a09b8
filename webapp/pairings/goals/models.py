"""A goal or a skill of a mentee, its steps, and the days on which it was practised."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.database import Model
from webapp.sealing import open_text, seal_text

WORDS, REVIEW, STEP = "goal.words", "goal.review", "goal_step.words"


class Goal(Model):
    """Something to reach, or a skill: `kind` is one of `fields.KINDS`. Confidence is 0 to 10, None is not said.

    The mentee sets it and changes it; the mentor may write what they saw of a skill (`review`).
    """

    __tablename__ = "goal"
    __table_args__ = (Index("ix_goal_pairing_set", "pairing_id", "set_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    pairing_id: Mapped[UUID] = mapped_column(ForeignKey("pairing.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(12))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    confidence_before: Mapped[int | None]
    confidence_after: Mapped[int | None]
    set_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    reached_at: Mapped[datetime | None]
    taken_back_at: Mapped[datetime | None]
    review_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reviewed_at: Mapped[datetime | None]
    review_head: Mapped[UUID | None]
    head: Mapped[UUID]

    steps: Mapped[list[GoalStep]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="(GoalStep.added_at, GoalStep.id)"
    )
    practised: Mapped[list[Practice]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="Practice.on"
    )

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, WORDS, self.id)

    @property
    def review(self) -> str:
        return open_text(self.review_sealed, REVIEW, self.id) if self.review_sealed else ""

    @property
    def is_skill(self) -> bool:
        return self.kind != "goal"

    def say(self, kind: str, words: str, before: int | None) -> None:
        self.kind, self.confidence_before = kind, before
        self.words_sealed = seal_text(words, WORDS, self.id)

    def say_review(self, words: str) -> None:
        self.review_sealed = seal_text(words, REVIEW, self.id) if words else None

    def wipe(self) -> None:
        """Say nothing any more."""
        self.words_sealed = seal_text("", WORDS, self.id)
        self.review_sealed = self.confidence_before = self.confidence_after = self.reached_at = self.reviewed_at = None
        self.steps.clear()
        self.practised.clear()


class GoalStep(Model):
    """One step on the way, until it is done."""

    __tablename__ = "goal_step"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    @property
    def words(self) -> str:
        return open_text(self.words_sealed, STEP, self.id)

    def write(self, words: str) -> None:
        self.words_sealed = seal_text(words, STEP, self.id)


class Practice(Model):
    """A day on which a skill was practised: once a day counts."""

    __tablename__ = "goal_practice"

    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
