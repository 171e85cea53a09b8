"""The job that matches a programme: gather, solve in a process of its own, keep the record, in one transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.jobs import Failed, Run
from webapp.matching.apart import Died, solve_apart
from webapp.matching.closeup import Reader
from webapp.matching.cohort import Cohort, Refused
from webapp.matching.gathering import gather
from webapp.matching.outcome import Outcome
from webapp.matching.progress import Stopped
from webapp.matching.runs.choices import carry_over
from webapp.matching.runs.models import MatchProposal, MatchRun
from webapp.matching.runs.plain import proposal_as_data, settings_as_data, settings_from_data, unmatched_as_data
from webapp.programmes import Programme

MATCH = "match"
LIMIT = 1800.0  # seconds; the sample of 240 people takes a few
REFUSALS = frozenset({"too_many", "locked_against_a_rule", "over_capacity", "two_mentors"})


class MatchArguments(BaseModel):
    """What to match: a programme, one intake of it or all, under these settings. With `before` the choices made over
    that run hold: pairs that are kept, and mentees who wait."""

    programme: UUID
    settings: dict[str, Any]
    intake: UUID | None = None
    before: UUID | None = None
    locks: dict[UUID, UUID] = {}
    left_out: list[UUID] = []


def match(run: Run, arguments: MatchArguments) -> None:
    """The job. Fails with the code of what the input cannot be, "nobody", "too_long" or "no_memory"."""
    run.say("gathering", 0, 100)
    programme = db.session.get(Programme, arguments.programme)
    if programme is None:
        raise Failed("nobody")
    cohort = gather(programme, arguments.intake, arguments.locks, arguments.left_out)
    db.session.rollback()
    outcome = _solve(run, cohort, arguments)
    run.say("reasons", 95, 100)
    rows = [*_rows(run.job_id, cohort, outcome), *(_row(run.job_id, str(each), {}) for each in arguments.left_out)]
    run.say("writing", 98, 100)
    with run.finishing(run=str(run.job_id), matched=len(outcome.proposals), unmatched=len(outcome.unmatched)):
        db.session.add(_record(run, arguments, cohort, outcome))
        db.session.flush()
        db.session.add_all(rows)
        db.session.flush()
        if arguments.before is not None:
            carry_over(arguments.before, run.job_id, arguments.locks, arguments.left_out)
        audit.record(run.asked_by, "matching.ran", "match_run", run.job_id, programme=str(arguments.programme))
        run.say("writing", 100, 100)


def _solve(run: Run, cohort: Cohort, arguments: MatchArguments) -> Outcome:
    def should_stop() -> bool:
        run.go_on()
        return False

    try:
        return solve_apart(
            cohort,
            settings_from_data(arguments.settings),
            lambda step, done: run.say(step, round(5 + 90 * done), 100),
            should_stop,
            LIMIT,
        )
    except Refused as refused:
        codes = {fault.code for fault in refused.faults}
        raise Failed(min(codes & REFUSALS, default="refused")) from refused
    except Stopped as stopped:
        raise Failed("too_long") from stopped
    except Died as died:
        raise Failed("no_memory") from died


def _rows(run_id: UUID, cohort: Cohort, outcome: Outcome) -> list[MatchProposal]:
    """One for each mentee who had nobody and was not asked; sealed here, so that the transaction is short."""
    reader = Reader(cohort, outcome.settings)
    mentees = {each.id: each for each in cohort.mentees}
    mentors = {each.id: each for each in cohort.mentors}
    settled = {pair.mentee for pair in cohort.standing if not pair.locked}
    rows = []
    for each in outcome.proposals:
        if each.mentee not in settled:
            explanation = reader.explain(mentees[each.mentee], mentors[each.mentor])
            row = _row(run_id, each.mentee, proposal_as_data(each, explanation))
            row.mentor_id, row.score = UUID(each.mentor), each.score
            rows.append(row)
    return [*rows, *(_row(run_id, each.mentee, unmatched_as_data(each)) for each in outcome.unmatched)]


def _row(run_id: UUID, mentee: str, said: dict[str, Any]) -> MatchProposal:
    row = MatchProposal(id=uuid7(), run_id=run_id, mentee_id=UUID(mentee))
    row.say(said)
    return row


def _record(run: Run, arguments: MatchArguments, cohort: Cohort, outcome: Outcome) -> MatchRun:
    stays = sum(1 for pair in cohort.standing if not pair.locked)
    return MatchRun(
        id=run.job_id,
        programme_id=arguments.programme,
        intake_id=arguments.intake,
        before_id=arguments.before,
        made_by_id=run.asked_by,
        made_at=now(),
        settings_said=settings_as_data(outcome.settings),
        input_hash=outcome.input_hash,
        scores_hash=outcome.scores_hash,
        engine=outcome.engine,
        counts={
            "mentees": len(cohort.mentees) - stays,
            "mentors": len(cohort.mentors),
            "matched": len(outcome.proposals) - stays,
            "stays": stays,
            "total": outcome.total,
            "floor": outcome.floor,
            "proved": int(outcome.proved),
        },
        notices=[
            {"mentee": each.mentee, "mentor": each.mentor, "rules": [rule.value for rule in each.rules]}
            for each in outcome.notices
        ],
        circles=[list(circle) for circle in outcome.circles],
        unchecked=dict(outcome.unchecked),
    )
