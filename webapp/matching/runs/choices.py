"""What a coordinator decides over a run's proposals: keep, replace, leave out, and take any of it back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import delete, select

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.matching.closeup import Explanation
from webapp.matching.keeping import explanation_as_data
from webapp.matching.runs.models import KEPT, LEFT_OUT, REPLACED, MatchChoice, MatchProposal, MatchRun
from webapp.people import Person


def keep(by: Person, proposal: MatchProposal) -> None:
    """Hold on to the mentor whom the run proposes."""
    if proposal.mentor_id is not None:
        _decide(by, proposal, KEPT, proposal.mentor_id)


def replace(by: Person, proposal: MatchProposal, mentor_id: UUID, why: Explanation) -> None:
    """Have another mentor, whom the rules allow, with these reasons."""
    if mentor_id == proposal.mentor_id:
        keep(by, proposal)
    else:
        _decide(by, proposal, REPLACED, mentor_id).say({"why": explanation_as_data(why)})


def leave_out(by: Person, proposal: MatchProposal) -> None:
    """This mentee waits for another time."""
    _decide(by, proposal, LEFT_OUT, None)


def take_back(by: Person, proposal: MatchProposal) -> None:
    """As the run said. Once is enough."""
    theirs = (MatchChoice.run_id == proposal.run_id) & (MatchChoice.mentee_id == proposal.mentee_id)
    if db.session.scalar(select(MatchChoice.id).where(theirs)) is not None:
        db.session.execute(delete(MatchChoice).where(theirs))
        audit.record(by.id, "matching.took_back", "match_run", proposal.run_id, mentee=str(proposal.mentee_id))


def choices_over(run_id: UUID) -> dict[UUID, MatchChoice]:
    """What was decided, by mentee."""
    rows = db.session.scalars(select(MatchChoice).where(MatchChoice.run_id == run_id))
    return {row.mentee_id: row for row in rows}


def carry_over(before: UUID, run_id: UUID, locks: Mapping[UUID, UUID], left_out: Collection[UUID]) -> None:
    """Have the choices that a new run began with hold over it too: what was locked there is kept here."""
    there = choices_over(before)
    rows = select(MatchProposal.mentee_id, MatchProposal.mentor_id).where(MatchProposal.run_id == run_id)
    for mentee_id, mentor_id in db.session.execute(rows):
        if mentor_id is not None and locks.get(mentee_id) == mentor_id and mentee_id in there:
            db.session.add(_again(there[mentee_id], run_id, KEPT, mentor_id))
    for mentee_id in left_out:
        if mentee_id in there:
            db.session.add(_again(there[mentee_id], run_id, LEFT_OUT, None))


def _again(choice: MatchChoice, run_id: UUID, kind: str, mentor_id: UUID | None) -> MatchChoice:
    return MatchChoice(
        id=uuid7(),
        run_id=run_id,
        mentee_id=choice.mentee_id,
        kind=kind,
        mentor_id=mentor_id,
        made_by_id=choice.made_by_id,
        made_at=choice.made_at,
    )


def _decide(by: Person, proposal: MatchProposal, kind: str, mentor_id: UUID | None) -> MatchChoice:
    run = select(MatchRun.id).where(MatchRun.id == proposal.run_id)
    db.session.execute(run.with_for_update())  # two who decide at once: the later one decides
    row = choices_over(proposal.run_id).get(proposal.mentee_id)
    if row is None:
        row = MatchChoice(id=uuid7(), run_id=proposal.run_id, mentee_id=proposal.mentee_id)
        db.session.add(row)
    row.kind, row.mentor_id, row.said_sealed = kind, mentor_id, None
    row.made_by_id, row.made_at = by.id, now()
    audit.record(by.id, f"matching.{kind}", "match_run", proposal.run_id, mentee=str(proposal.mentee_id))
    return row
