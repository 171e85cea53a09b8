"""A run as a job: what it keeps, that it is kept once and never changed, and how it says that it cannot."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import MovedClock
from tests.harness.waiting import until
from tests.jobs.conftest import read
from tests.matching.ward import ask_for_run, do_the_jobs, joins, listed, run_now
from tests.matching.worker import matching_worker
from tests.people import Cast
from webapp.config import Settings as AppSettings
from webapp.database import db, writing
from webapp.jobs.holding import LEASE
from webapp.matching import Gap, RuleCode, Rules, Settings
from webapp.matching.runs.models import Changed, MatchProposal, MatchRun
from webapp.matching.runs.plain import alternative_in, explanation_in, unmatched_in
from webapp.matching.runs.reads import proposals_of


def kept(model: type[MatchRun | MatchProposal]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_run_is_kept_with_its_reasons(app: Flask, cast: Cast) -> None:
    uma = joins(cast, "Uma Rao", "mentee", ("sleep", "handover"))
    ivy = joins(cast, "Ivy Chen", "mentee", ("sleep",))
    kai = joins(cast, "Kai Wood", "mentee")
    omar = joins(cast, "Omar Haddad", "mentor", ("sleep", "handover"))
    lea = joins(cast, "Lea Blum", "mentor", ("sleep",))
    listed(kai, manager_id=omar)
    listed(omar, manager_id=None)
    run = run_now(cast)
    proposals = {row.mentee_id: row for row in proposals_of(run)}
    assert {each: row.mentor_id for each, row in proposals.items()} == {uma: omar, ivy: lea, kai: None}
    assert (run.made_by_id, run.counts["mentees"], run.counts["matched"], run.counts["proved"]) == (cast.carol, 3, 2, 1)
    assert run.settings == Settings()
    why, other = explanation_in(proposals[uma].said), alternative_in(proposals[uma].said)
    assert why is not None
    assert why.evidence.goals == ("sleep", "handover")
    assert why.score == proposals[uma].score
    assert other is not None
    assert UUID(other.mentor) == lea
    nobody = unmatched_in(proposals[kai].said)
    assert nobody is not None
    assert nobody.removed[RuleCode.LINE_MANAGER] == 1
    assert run.unchecked["manager"] == 4


def test_a_record_is_never_changed(app: Flask, cast: Cast) -> None:
    joins(cast, "Uma Rao", "mentee")
    run = run_now(cast)
    for row in (run, proposals_of(run)[0]):
        with pytest.raises(Changed), writing():
            again = db.session.get_one(type(row), row.id)
            setattr(again, "engine" if isinstance(again, MatchRun) else "score", "9")


def test_the_same_people_and_settings_make_the_same_run(app: Flask, cast: Cast) -> None:
    for number in range(4):
        joins(cast, f"M{number} Doe", "mentee", ("sleep",))
        joins(cast, f"T{number} Doe", "mentor", ("sleep",))
    one, other = run_now(cast), run_now(cast)
    assert one.id != other.id
    assert one.input_hash == other.input_hash
    first, second = ({row.mentee_id: row.mentor_id for row in proposals_of(run)} for run in (one, other))
    assert first == second
    joins(cast, "Late Comer", "mentee")
    assert run_now(cast).input_hash != one.input_hash


def test_what_cannot_be_fails_and_keeps_nothing(app: Flask, cast: Cast) -> None:
    uma, omar = joins(cast, "Uma Rao", "mentee"), joins(cast, "Omar Haddad", "mentor")
    listed(uma, manager_id=omar)
    impossible = ask_for_run(cast, Settings(rules=Rules(months=Gap(9, 1))))
    do_the_jobs()
    against = ask_for_run(cast, locks={uma: omar})
    do_the_jobs()
    assert [read(each).reason for each in (impossible, against)] == ["refused", "locked_against_a_rule"]
    assert kept(MatchRun) == kept(MatchProposal) == 0


@pytest.mark.slow
def test_a_run_is_kept_once_although_its_worker_was_killed(
    app: Flask, cast: Cast, clock: MovedClock, settings: AppSettings
) -> None:
    clock.at = datetime.now(UTC)  # processes read the machine's clock
    for number in range(3):
        joins(cast, f"M{number} Doe", "mentee", ("sleep",))
        joins(cast, f"T{number} Doe", "mentor", ("sleep",))
    job_id = ask_for_run(cast)
    with matching_worker(settings) as killed:
        until(lambda: read(job_id).locked_by, "the claim", within=60)
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert (kept(MatchRun), kept(MatchProposal), read(job_id).finished_at) == (0, 0, None)
    with matching_worker(settings, later=LEASE + timedelta(minutes=1)):
        until(lambda: read(job_id).is_over, "the run", within=90)
    assert (read(job_id).outcome, read(job_id).attempts) == ("done", 2)
    assert (kept(MatchRun), kept(MatchProposal)) == (1, 3)
