"""A whole run: from people to proposals and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy

from webapp.matching.cohort import Cohort, Fault, Refused, Standing
from webapp.matching.engine.alternatives import Drawn, proposals
from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Ints, Problem
from webapp.matching.engine.leftover import Leftover
from webapp.matching.engine.reach import room_left
from webapp.matching.engine.solver import Solution, best_total, most_mentees
from webapp.matching.engine.stable import stable_pairs
from webapp.matching.engine.table import Table
from webapp.matching.engine.view import View
from webapp.matching.fingerprint import input_hash, people_hash, scores_hash
from webapp.matching.outcome import Notice, Outcome
from webapp.matching.people import Participant
from webapp.matching.progress import Progress
from webapp.matching.settings import Mode, Settings
from webapp.matching.unchecked import unchecked

ENGINE = f"friendtor 1, numpy {np.__version__}, scipy {scipy.__version__}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays as it is: for each row its column or NOBODY, and what is to be said of it."""

    mentors: Ints
    notices: tuple[Notice, ...]


class Run:
    """All pairs of a cohort, scored once; `solve` may be asked again with other pairs locked."""

    def __init__(self, cohort: Cohort, settings: Settings, say: Progress) -> None:
        """Raises Refused when the input cannot be."""
        _refuse(cohort.faults(settings))
        self._cohort = cohort
        self._settings = settings
        self._people = people_hash(cohort)
        self._unchecked = unchecked(cohort, settings)
        self._circles = tuple(cohort.circles())
        self._table = Table(View(cohort, settings)).build(lambda share: say("scores", share))

    def solve(self, say: Progress, standing: Sequence[Standing] | None = None) -> Outcome:
        """Everybody who has no pair that stays. `standing` replaces the cohort's. Raises Refused, Stopped."""
        cohort = self._cohort if standing is None else replace(self._cohort, standing=tuple(standing))
        _refuse(list(cohort.faults_in_pairs(self._settings)))
        kept = self._kept(cohort)
        rows = np.nonzero(kept.mentors == NOBODY)[0]
        problem = self._problem(kept, rows)
        solution = self._solution(problem, rows, say)
        say("reasons")
        return self._outcome(cohort, kept, rows, problem, solution)

    def _kept(self, cohort: Cohort) -> Kept:
        view, notices = self._table.view, []
        mentors = np.full(len(view.mentees), NOBODY, dtype=np.int64)
        for pair in sorted(cohort.standing, key=lambda pair: pair.mentee):
            row, column = view.row_of[pair.mentee], view.column_of[pair.mentor]
            allowed = self._table.scores[row, column] != FORBIDDEN
            stays = pair.stays(self._settings.late) and (allowed or pair.accepted)
            if not allowed:
                removed = self._table.removed_by(row)
                rules = tuple(sorted({code.shown_as for code, there in removed.items() if there[column]}))
                if pair.locked and not pair.accepted:
                    raise Refused([Fault("locked_against_a_rule", (pair.mentee, pair.mentor, *rules))])
                notices.append(Notice(pair.mentee, pair.mentor, rules, stays))
            if stays:
                mentors[row] = column
        return Kept(mentors, tuple(notices))

    def _problem(self, kept: Kept, rows: Ints) -> Problem:
        mentors = self._table.view.mentors
        taken = np.array([each.active for each in mentors], dtype=np.int64)
        taken += np.bincount(kept.mentors[kept.mentors != NOBODY], minlength=len(mentors))
        capacity = np.array([each.capacity for each in mentors], dtype=np.int64)
        scores = self._table.scores if len(rows) == len(self._table.view.mentees) else self._table.scores[rows]
        return Problem(scores, np.maximum(capacity - taken, 0), taken, self._settings.spread)

    def _solution(self, problem: Problem, rows: Ints, say: Progress) -> Solution:
        view, settings = self._table.view, self._settings
        match settings.mode:
            case Mode.MOST_MENTEES:
                return most_mentees(problem, say, settings.candidates)
            case Mode.BEST_TOTAL:
                return best_total(problem, say, settings.candidates)
            case Mode.STABLE:
                number = {int(row): index for index, row in enumerate(rows)}
                row_of = {person: number[row] for person, row in view.row_of.items() if row in number}
                mentees = _named([view.mentees[row] for row in rows], view.column_of)
                mentors = _named(view.mentors, row_of)
                return Solution(stable_pairs(problem, mentees, mentors, lambda: say("assignment")))

    def _outcome(self, cohort: Cohort, kept: Kept, rows: Ints, problem: Problem, solution: Solution) -> Outcome:
        mentors = kept.mentors.copy()
        mentors[rows] = solution.mentors
        drawn = Drawn(self._table.scores, mentors, kept.mentors != NOBODY, room_left(problem, solution.mentors))
        found = proposals(self._table.view, drawn)
        left = Leftover(self._table, problem, rows, solution).reasons()
        return Outcome(
            proposals=tuple(sorted(found, key=lambda each: each.mentee)),
            unmatched=tuple(sorted(left, key=lambda each: each.mentee)),
            total=sum(each.score or 0 for each in found),
            floor=solution.floor,
            proved=solution.prices is not None,
            notices=kept.notices,
            circles=self._circles,
            unchecked=self._unchecked,
            settings=self._settings,
            input_hash=input_hash(self._people, cohort.standing, self._settings),
            scores_hash=scores_hash(self._people, self._settings),
            engine=ENGINE,
        )


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Refused(faults)


def _named(people: Iterable[Participant], number: Mapping[str, int]) -> list[dict[int, int]]:
    """For each person, whom they wish for of the others and in which place, by number."""
    return [
        {number[other]: rank for rank, other in enumerate(dict.fromkeys(person.wishes)) if other in number}
        for person in people
    ]
