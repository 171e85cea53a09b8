"""Having an older run count again: a copy of it, with what was decided over it, becomes the newest."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import inspect

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.matching.runs.choices import choices_over
from webapp.matching.runs.models import MatchChoice, MatchProposal, MatchRun
from webapp.matching.runs.reads import proposals_of
from webapp.people import Person


def use_again(by: Person, run: MatchRun, copy_id: UUID) -> None:
    """Make the copy, inside a write transaction; the same id makes one. The older run stays the record that it is.

    Proposals, reasons and figures are those of the older run, so its hash of the input is too.
    """
    if db.session.get(MatchRun, copy_id) is not None:
        return
    db.session.add(_run_like(run, copy_id, by))
    db.session.flush()
    for proposal in proposals_of(run):
        copy = MatchProposal(id=uuid7(), run_id=copy_id, mentee_id=proposal.mentee_id, mentor_id=proposal.mentor_id)
        copy.score = proposal.score
        copy.say(proposal.said)
        db.session.add(copy)
    for choice in choices_over(run.id).values():
        db.session.add(_choice_like(choice, copy_id))
    audit.record(by.id, "matching.used_again", "match_run", copy_id, before=str(run.id))


def _run_like(run: MatchRun, copy_id: UUID, by: Person) -> MatchRun:
    same = {column.key: getattr(run, column.key) for column in inspect(MatchRun).column_attrs}
    return MatchRun(**same | {"id": copy_id, "before_id": run.id, "made_by_id": by.id, "made_at": now()})


def _choice_like(choice: MatchChoice, copy_id: UUID) -> MatchChoice:
    same = {column.key: getattr(choice, column.key) for column in inspect(MatchChoice).column_attrs}
    copy = MatchChoice(**same | {"id": uuid7(), "run_id": copy_id, "said_sealed": None})
    if choice.said:
        copy.say(choice.said)
    return copy
