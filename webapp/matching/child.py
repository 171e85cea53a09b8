"""`python -m webapp.matching.child FD`: the process in which `solve_apart` has a run done, FD its end of the line."""

from __future__ import annotations

import sys
from multiprocessing.connection import Connection

from webapp.matching.cohort import Refused
from webapp.matching.solving import solve


def answer(line: Connection) -> None:
    """Take one cohort with its settings from the line; put steps, and then the outcome, on it."""
    cohort, settings = line.recv()
    try:
        line.send(("outcome", solve(cohort, settings, lambda step, done: line.send(("step", step, float(done))))))
    except Refused as refused:
        line.send(("refused", refused.faults))


if __name__ == "__main__":
    answer(Connection(int(sys.argv[1])))
