"""Two runs side by side: who moved, who gained a mentor, who lost one, and what the figures did."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from webapp.matching.comparison import Comparison, compare
from webapp.matching.outcome import Outcome, Proposal
from webapp.matching.runs.models import MatchRun
from webapp.matching.runs.reads import people_by_id, proposals_of, run_or_404
from webapp.matching.runs.sight import Sight
from webapp.matching.runs.views.room import coordinators_only, programme_and_run_or_404, room
from webapp.people import Person, current_person


@room.get("/programme/<uuid:programme_id>/matching/runs/<uuid:run_id>/compare/<uuid:before_id>")
@coordinators_only
def comparison(programme_id: UUID, run_id: UUID, before_id: UUID) -> str:
    """From an earlier run to this one; what was decided by hand over either is left aside."""
    programme, run = programme_and_run_or_404(programme_id, run_id)
    earlier = run_or_404(programme, before_id)
    first, second = _outcome(earlier), _outcome(run)
    found = compare(first, second)
    people = people_by_id(
        [UUID(each) for outcome in (first, second) for pair in outcome.pairs.items() for each in pair]
    )
    seen = _seen(found, Sight(programme, current_person()), people)
    return render_template(
        "matching/comparison.html",
        programme=programme,
        run=run,
        earlier=earlier,
        found=found,
        pairs={"before": first.pairs, "after": second.pairs},
        people={str(key): person for key, person in people.items()},
        **seen,
    )


def _seen(found: Comparison, sight: Sight, people: dict[UUID, Person]) -> dict[str, object]:
    """What this coordinator may read by name, and how much more there is."""

    def sees(mentee: str, *mentors: str) -> bool:
        known = [people[UUID(each)] for each in mentors if UUID(each) in people]
        return sight.of_mentee(people.get(UUID(mentee))) and all(map(sight.of_mentor, known))

    moved = [each for each in found.moved if sees(each.mentee, each.before, each.after)]
    gained, lost = ([each for each in group if sees(each)] for group in (found.gained, found.lost))
    in_all = len(found.moved) + len(found.gained) + len(found.lost)
    return {"moved": moved, "gained": gained, "lost": lost, "held": in_all - len(moved) - len(gained) - len(lost)}


def _outcome(run: MatchRun) -> Outcome:
    """A record as far as two are compared."""
    rows = [each for each in proposals_of(run) if each.mentor_id]
    pairs = (Proposal(str(row.mentee_id), str(row.mentor_id), row.score, None, stays=False) for row in rows)
    return Outcome(
        proposals=tuple(pairs),
        unmatched=(),
        total=run.counts["total"] or 0,
        floor=run.counts["floor"],
        proved=bool(run.counts["proved"]),
        notices=(),
        circles=(),
        unchecked=run.unchecked,
        settings=run.settings,
        input_hash=run.input_hash,
        scores_hash=run.scores_hash,
        engine=run.engine,
    )
