"""How long a matching run takes and what it holds in memory, beside a dense solver and a greedy one.

    python -m benchmarks.matching [--case NAME]

Each case is a process of its own with one thread. "Whole run" goes from people to proposals with all reasons. Memory
is the process's highest resident size (VmHWM), interpreter, numpy, scipy and the people themselves included.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import scipy
from scipy.optimize import linear_sum_assignment

from tests.matching.cohorts import large
from webapp.matching import Mode, Settings, Standing
from webapp.matching.engine import solver
from webapp.matching.engine.graph import FORBIDDEN, NOBODY, Problem
from webapp.matching.engine.run import Run
from webapp.matching.progress import Progress

DENSE_UP_TO = 2000  # mentees; beyond, the dense matrix of places alone takes most of a gigabyte


def whole_run(mentees: int, mentors: int, settings: Settings) -> None:
    people = large(mentees, mentors)
    steps, began = Steps(), time.process_time()
    run = Run(people, settings, Progress(steps))
    found = run.solve(Progress(steps))
    took = steps.end()
    used = time.process_time() - began
    say(f"whole run: {took:.2f} s ({used:.2f} s of processor time), {memory()} MB at most")
    say(f"  {len(found.proposals)} of {mentees} matched")
    say(f"  {steps}; proved: {found.proved}; floor {found.floor}")


def what_if(mentees: int, mentors: int) -> None:
    run = Run(large(mentees, mentors), Settings(), Progress())
    pairs = sorted(run.solve(Progress()).pairs.items())
    locks = [Standing(one, other, locked=True) for one, other in pairs[: len(pairs) * 95 // 100]]
    took = timed(lambda: run.solve(Progress(), locks))
    say(f"what-if with {len(locks)} of {len(pairs)} pairs locked: {took}, all reasons included")


def solvers_alone(mentees: int, mentors: int, *, popular: bool) -> None:
    problem = drawn(mentees, mentors, popular=popular)
    for name, floor in (("with floor", True), ("without floor", False)):
        took = timed(lambda floor=floor: keep(solver.most_mentees(problem, quiet, with_floor=floor).mentors))
        say(f"this engine, {name}: {took}; {matched()} matched, total {total(problem):,}")
    took = timed(lambda: keep(greedy(problem)))
    say(f"greedy: {took}; {matched()} matched, total {total(problem):,}")
    if mentees <= DENSE_UP_TO:
        took = timed(lambda: keep(dense(problem)))
        say(f"linear_sum_assignment: {took}; {matched()} matched, total {total(problem):,}")
    say(f"{memory()} MB at most")


CASES: dict[str, Callable[[], None]] = {
    "whole run, 1,000 × 440": lambda: whole_run(1000, 440, Settings()),
    "whole run, 10,000 × 4,000, K = 50": lambda: whole_run(10_000, 4000, Settings(candidates=50)),
    "the same without a floor (best total)": lambda: whole_run(
        10_000, 4000, replace(Settings(candidates=50), mode=Mode.BEST_TOTAL)
    ),
    "what-if, 1,000 × 440": lambda: what_if(1000, 440),
    "solvers alone, 1,000 × 440, random scores": lambda: solvers_alone(1000, 440, popular=False),
    "solvers alone, 1,000 × 440, everybody prefers the same": lambda: solvers_alone(1000, 440, popular=True),
    "solvers alone, 2,000 × 900, everybody prefers the same": lambda: solvers_alone(2000, 900, popular=True),
}


class Steps:
    """How long each step took."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self._step = "people"
        self._took: dict[str, float] = {}

    def __call__(self, step: str, done: float) -> None:
        now = time.perf_counter()
        self._took[self._step] = self._took.get(self._step, 0) + now - self._last
        self._step, self._last = step, now

    def end(self) -> float:
        self("", 1.0)
        return time.perf_counter() - self._began

    def __str__(self) -> str:
        return ", ".join(f"{step} {took:.2f}" for step, took in self._took.items())


def drawn(mentees: int, mentors: int, *, popular: bool) -> Problem:
    chance = np.random.default_rng(1)
    own, shared = chance.random((mentees, mentors)), chance.random(mentors)
    scores = ((0.7 * shared + 0.3 * own if popular else own) * 1_000_000).astype(np.int32)
    scores[chance.random(scores.shape) < 0.3] = FORBIDDEN
    return Problem.of(scores, chance.integers(2, 4, mentors))


def greedy(problem: Problem) -> np.ndarray:
    """The best pair that is left, again and again."""
    left, mentors = problem.places.copy(), np.full(problem.mentees, NOBODY)
    rows, columns = np.nonzero(problem.scores != FORBIDDEN)
    for edge in np.argsort(-problem.scores[rows, columns], kind="stable"):
        row, column = rows[edge], columns[edge]
        if mentors[row] == NOBODY and left[column]:
            mentors[row], left[column] = column, left[column] - 1
    return mentors


def dense(problem: Problem) -> np.ndarray:
    worths = np.repeat(problem.scores, problem.places, axis=1).astype(np.float64)
    worths[worths == FORBIDDEN] = -(10.0**12)
    seat_of = np.repeat(np.arange(problem.mentors), problem.places)
    rows, seats = linear_sum_assignment(worths, maximize=True)
    mentors = np.full(problem.mentees, NOBODY)
    mentors[rows] = np.where(worths[rows, seats] >= 0, seat_of[seats], NOBODY)
    return mentors


last: list[np.ndarray] = []


def keep(mentors: np.ndarray) -> None:
    last[:] = [mentors]


def matched() -> int:
    return int((last[0] != NOBODY).sum())


def total(problem: Problem) -> int:
    return solver.total_of(problem, last[0])


def timed(work: Callable[[], object]) -> str:
    """How long it took by the clock, and of the processor."""
    began, began_cpu = time.perf_counter(), time.process_time()
    work()
    return f"{time.perf_counter() - began:.3f} s ({time.process_time() - began_cpu:.3f} s of processor time)"


def memory() -> int:
    """The highest resident size so far, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


def quiet(step: str) -> None:
    """Nobody listens."""


def say(words: str) -> None:
    print(f"  {words}", flush=True)


def main() -> int:
    """Run one case here, or each in a process of its own. The exit code is the first that is not 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", choices=CASES)
    asked = parser.parse_args()
    if asked.case:
        CASES[asked.case]()
        return 0
    print(f"{platform.machine()}, one thread, Python {platform.python_version()}, scipy {scipy.__version__}")
    for name in CASES:
        print(name, flush=True)
        code = subprocess.call(
            [sys.executable, "-m", "benchmarks.matching", "--case", name],
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
