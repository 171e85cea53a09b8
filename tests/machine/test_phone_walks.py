"""Short unlucky shifts with a real Chromium: few in the whole run, many in `bin/test soak`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from playwright.sync_api import Playwright

from tests.harness.server import Server
from tests.harness.soak import runs, seconds_for_one, soaking
from tests.machine.phone_shift import PhoneShift, Ward
from tests.people import Cast

WALKS = settings(
    max_examples=runs(25, soak=1_000),
    stateful_step_count=4,
    deadline=None,
    derandomize=not soaking(),
    database=None,
    print_blob=True,
    phases=(Phase.generate,),  # a shorter shift would take minutes to find
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.long
@pytest.mark.timeout(seconds_for_one())
@pytest.mark.soaks
@pytest.mark.slow
@pytest.mark.browser
def test_unlucky_shifts_in_chromium(playwright: Playwright, server: Server, people: Cast, tmp_path: Path) -> None:
    with server.inside() as app:
        ward = Ward(playwright, server, app, people.programme, tmp_path)
        make: Callable[[], RuleBasedStateMachine] = lambda: PhoneShift(ward)  # noqa: E731  Hypothesis asks for one
        run_state_machine_as_test(make, settings=WALKS)  # type: ignore[no-untyped-call]
