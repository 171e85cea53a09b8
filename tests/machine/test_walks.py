"""Hundreds of unlucky shifts on each database: whatever people, phones and lines do, each op has the outcome promised.

Three people's own phones, a home PC and a ward tablet; the reference says what must come of every op, what must stand
in the rows and who may see it. `bin/test machine` walks the same walks each time, `bin/test soak` new ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.conftest import new_postgres_database
from tests.harness.soak import runs, seconds_for_one, soaking
from tests.machine.hospital import Hospital, open_hospital
from tests.machine.shift import Shift
from tests.machine.walk import ANAS, MARYS, PC, STRANGERS, TABLET


@contextmanager
def opened(database_url: str = "") -> Iterator[Hospital]:
    """A hospital with everybody signed in, as every shift begins."""
    with open_hospital(database_url) as hospital:
        people = {MARYS: "mary", PC: "mary", TABLET: "mary", ANAS: "ana", STRANGERS: "charlie"}
        for place, person in people.items():
            kind = "shared" if place == TABLET else "own"
            hospital.at_first[place] = hospital.sign_in(getattr(hospital.cast, person), kind)
        hospital.pristine = hospital.copy()
        yield hospital


WALKS = settings(
    max_examples=runs(1_000, soak=25_000),
    stateful_step_count=16,
    deadline=None,
    derandomize=not soaking(),
    database=None,
    print_blob=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def walk(hospital: Hospital) -> None:
    make: Callable[[], RuleBasedStateMachine] = lambda: Shift(hospital)  # noqa: E731  Hypothesis asks for a factory
    run_state_machine_as_test(make, settings=WALKS)  # type: ignore[no-untyped-call]


@pytest.mark.long
@pytest.mark.timeout(seconds_for_one())
@pytest.mark.soaks
def test_unlucky_shifts_on_sqlite() -> None:
    with opened() as hospital:
        walk(hospital)


@pytest.mark.long
@pytest.mark.timeout(seconds_for_one())
@pytest.mark.soaks
@pytest.mark.postgres
def test_unlucky_shifts_on_postgresql(postgres_url: str) -> None:
    with new_postgres_database(postgres_url) as url, opened(url) as hospital:
        walk(hospital)
