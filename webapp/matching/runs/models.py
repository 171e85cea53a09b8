"""A run as it was, and what a coordinator decided over its proposals."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7
from webapp.matching.runs.plain import settings_from_data
from webapp.matching.settings import Settings
from webapp.sealing import open_text, seal_text

PROPOSAL, CHOICE = "match_proposal.said", "match_choice.said"
KEPT, REPLACED, LEFT_OUT = "kept", "replaced", "left_out"


class MatchRun(Model):
    """One run over a programme, never changed. Its id is that of the job that did it, so that it is there once.

    `intake_id` is the cohort whose mentees it was for, or all; `before_id` the run that it looked at again. `counts`
    are mentees, mentors, matched, stays (pairs that were there), total and floor (points × 10⁶) and proved. `notices`
    are pairs that a rule would not allow today, `circles` managers who report to each other, `unchecked` how many
    people each rule could not be checked for.
    """

    __tablename__ = "match_run"
    __table_args__ = (Index("ix_match_run_programme_made", "programme_id", "made_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    intake_id: Mapped[UUID | None] = mapped_column(ForeignKey("cohort.id", ondelete="SET NULL"))
    before_id: Mapped[UUID | None] = mapped_column(ForeignKey("match_run.id", ondelete="SET NULL"))
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    settings_said: Mapped[dict[str, Any]] = mapped_column(JSON)
    input_hash: Mapped[str] = mapped_column(String(64))
    scores_hash: Mapped[str] = mapped_column(String(64))
    engine: Mapped[str] = mapped_column(String(120))
    counts: Mapped[dict[str, int | None]] = mapped_column(JSON)
    notices: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    circles: Mapped[list[list[str]]] = mapped_column(JSON)
    unchecked: Mapped[dict[str, int]] = mapped_column(JSON)

    @property
    def settings(self) -> Settings:
        return settings_from_data(self.settings_said)


class MatchProposal(Model):
    """What a run says of one mentee: a mentor with reasons, or none with reasons. Never changed.

    `score` is points × 10⁶. What is said is sealed: it holds what people wrote of themselves. Of whoever was taken out
    before, nothing is said.
    """

    __tablename__ = "match_proposal"
    __table_args__ = (UniqueConstraint("run_id", "mentee_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id", ondelete="CASCADE"))
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    score: Mapped[int | None]
    said_sealed: Mapped[bytes] = mapped_column(LargeBinary)

    def say(self, said: dict[str, Any]) -> None:
        """Keep the reasons. The id must be set."""
        self.said_sealed = seal_text(json.dumps(said), PROPOSAL, self.id)

    @property
    def said(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(open_text(self.said_sealed, PROPOSAL, self.id))
        return data


class MatchChoice(Model):
    """What a coordinator decided for one mentee of a run: to keep the mentor proposed ("kept"), to have another one
    ("replaced", with reasons), or that she waits for another time ("left_out"). Taking it back deletes the row."""

    __tablename__ = "match_choice"
    __table_args__ = (UniqueConstraint("run_id", "mentee_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("match_run.id", ondelete="CASCADE"))
    mentee_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    said_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    def say(self, said: dict[str, Any]) -> None:
        """Keep the reasons. The id must be set."""
        self.said_sealed = seal_text(json.dumps(said), CHOICE, self.id)

    @property
    def said(self) -> dict[str, Any]:
        return json.loads(open_text(self.said_sealed, CHOICE, self.id)) if self.said_sealed else {}


class Changed(Exception):
    """Somebody tried to change a record."""


def _refuse(_mapper: object, _connection: object, row: object) -> None:
    raise Changed(f"a {type(row).__name__} is a record")


for _record in (MatchRun, MatchProposal):
    event.listen(_record, "before_update", _refuse)
