"""A run, and two who are kept apart, for the tables of who may do what."""

from __future__ import annotations

from uuid import UUID

from webapp import matching
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.matching.runs.models import MatchProposal, MatchRun
from webapp.matching.runs.plain import settings_as_data
from webapp.pairings import KeptApart, keep_apart
from webapp.people import Person
from webapp.programmes import Programme


def propose_a_mentor(programme: UUID, mentee: UUID, mentor: UUID) -> dict[str, str]:
    """A run that proposes one to the other; what stands in braces for it."""
    cohort = matching.Cohort(mentees=(matching.Mentee(id="charlie"),), mentors=(matching.Mentor(id="omar"),))
    why = matching.Reader(cohort, matching.Settings()).explain(cohort.mentees[0], cohort.mentors[0])
    with writing():
        run = MatchRun(id=uuid7(), programme_id=programme, made_at=now(), engine="none", input_hash="", scores_hash="")
        run.settings_said = settings_as_data(matching.Settings())
        run.counts = {"mentees": 1, "mentors": 1, "matched": 1, "stays": 0, "total": why.score, "floor": why.score}
        run.counts["proved"] = 1
        run.notices, run.circles, run.unchecked = [], [], {}
        db.session.add(run)
        db.session.flush()
        row = MatchProposal(id=uuid7(), run_id=run.id, mentee_id=mentee, mentor_id=mentor, score=why.score)
        row.say({"why": matching.explanation_as_data(why), "rank": 1})
        db.session.add(row)
        return {"a run": str(run.id), "Charlie": str(mentee)}


def keep_two_apart(programme: UUID, by: UUID, two: tuple[UUID, UUID]) -> dict[str, str]:
    """What stands in braces for it."""
    with writing():
        one, other, coordinator = (db.session.get_one(Person, each) for each in (*two, by))
        keep_apart(coordinator, db.session.get_one(Programme, programme), (one, other), "close")
        return {"two kept apart": str(db.session.scalars(db.select(KeptApart.id)).one())}
