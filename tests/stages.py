"""The stages of `bin/test`, a list that can be read aloud, and the running of them.

`chance` is three in one, so that no core waits for the other in between: `machine` walks through unlucky shifts,
`kills` takes the power away, `fuzz` types anything anywhere. `load` lets five hundred phones in at once. Two stages
stand outside the whole run: `soak` does for hours what these four do for minutes, `audit` asks whether a dependency
has a known hole.

A few tests that failed are looked at once more, alone: docs/decisions/0012-late-is-looked-at-twice.md.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.harness.failures import KEPT_IN, Failure, Kind, read_failures
from tests.harness.inner_loop import QUICK
from tests.harness.one_database import COMPARED
from tests.harness.soak import DAY, SOAK
from tests.harness.tools import node, node_tests

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "--durations=10", "--durations-min=3"]
OWN_STAGE = [f"--ignore=tests/{name}" for name in ("browser", "faults", "fuzz", "kills", "load", "machine")]
FAST = "not postgres and not browser and not slow"
ON_BOTH_CORES = ["-n", "2", "--dist", "worksteal"]
TESTS_FAILED = 1  # pytest's code for that and nothing else
MOST_UNSTEADY = 3  # of a stage: more is no chance
IF_LATE = {Kind.LATE: 1}  # how many times a test that failed must pass alone
OF_BROWSERS = {Kind.LATE: 1, Kind.WRONG: 3}
COUNTS = re.compile(r"(\d+) (passed|failed|errors?)\b")
SUMMARY = re.compile(r"\b(passed|failed|errors?) in [\d.]+s")
NODE_COUNTS = re.compile(r"^(?:#|ℹ) (pass|fail) (\d+)$", re.M)

Command = list[str] | Callable[[], list[str]]


@dataclass(frozen=True)
class Stage:
    """One step: its name, what it runs, and whether the quick run and the whole run include it."""

    name: str
    command: Command
    quick: bool = False
    whole: bool = True
    minutes: float = 20  # then it is ended: a run that hangs says nothing
    second_look: dict[Kind, int] = field(default_factory=dict)  # which failures get one; none else
    alone: list[str] = field(default_factory=lambda: PYTEST)  # what runs tests by name


@dataclass(frozen=True)
class Result:
    """How a stage ended."""

    code: int
    seconds: float
    passed: int
    failed: int
    failures: list[Failure] = field(default_factory=list)
    unsteady: list[Failure] = field(default_factory=list)  # failed, and passed when they were looked at again


STAGES = (
    Stage("style", [str(BIN / "ruff"), "check", "."], quick=True),
    Stage("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."], quick=True),
    Stage("types", [str(BIN / "mypy"), "--no-error-summary"], quick=True),
    Stage("templates", [str(BIN / "djlint"), "templates", "--lint", "--quiet"], quick=True),
    Stage("scripts", lambda: [node(), "--test", *node_tests()], quick=True),
    Stage(
        "quick",
        ["env", f"{QUICK}=1", *PYTEST, *ON_BOTH_CORES, "-m", FAST, *OWN_STAGE, "tests"],
        quick=True,
        whole=False,
    ),
    Stage("tools", [sys.executable, "-m", "tests.harness.tools"]),
    Stage("rooms", ["env", f"{COMPARED}=1", *PYTEST, *ON_BOTH_CORES, *OWN_STAGE, "tests"], second_look=IF_LATE),
    Stage("stories", [*PYTEST, *ON_BOTH_CORES, "tests/browser"], second_look=OF_BROWSERS),
    Stage("faults", [*PYTEST, *ON_BOTH_CORES, "tests/faults"], second_look=OF_BROWSERS),
    Stage("chance", [*PYTEST, *ON_BOTH_CORES, "tests/machine", "tests/kills", "tests/fuzz"]),
    Stage("fuzz", [*PYTEST, *ON_BOTH_CORES, "tests/fuzz"], whole=False),
    Stage("machine", [*PYTEST, *ON_BOTH_CORES, "tests/machine"], whole=False),
    Stage("kills", [*PYTEST, *ON_BOTH_CORES, "tests/kills"], whole=False),
    Stage("load", [*PYTEST, "tests/load"]),
    Stage(
        "soak",
        ["env", f"{SOAK}=1", *PYTEST, *ON_BOTH_CORES, "-m", "soaks", f"--timeout={DAY}", "tests"],
        whole=False,
        minutes=DAY / 60,
    ),
    Stage("audit", [str(BIN / "pip-audit"), "-r", "requirements-lock.txt", "--no-deps", "--strict"], whole=False),
)


def main(words: list[str]) -> int:
    """Run the stages that were asked for, all of them even when one fails. 0 when every one passed."""
    if "--list" in words:
        print(*(stage.name for stage in STAGES), sep="\n")
        return 0
    chosen = _chosen(words)
    return _sum_up([(stage, looked_at_twice(stage, run(stage))) for stage in chosen])


def _chosen(words: list[str]) -> list[Stage]:
    unknown = set(words) - {stage.name for stage in STAGES}
    if unknown:
        sys.exit(f"bin/test has no stage {', '.join(sorted(unknown))}; bin/test --list names them.")
    if words == ["quick"]:
        return [stage for stage in STAGES if stage.quick]
    return [stage for stage in STAGES if (stage.name in words if words else stage.whole)]


def looked_at_twice(stage: Stage, result: Result) -> Result:
    """The result of a stage after the tests that failed ran again alone, when they are few and none may not."""
    failures = result.failures
    few = 0 < len(failures) <= MOST_UNSTEADY and all(failure.kind in stage.second_look for failure in failures)
    if result.code != TESTS_FAILED or not few:
        return result
    alone = replace(stage, name=f"{stage.name}: again", command=[*stage.alone, *(failure.test for failure in failures)])
    seconds = result.seconds
    for _ in range(max(stage.second_look[failure.kind] for failure in failures)):
        again = run(alone)
        seconds += again.seconds
        if again.code:
            return replace(result, seconds=seconds)
    return Result(0, seconds, result.passed + again.passed, 0, unsteady=failures)


def run(stage: Stage) -> Result:
    """Run one stage and pass on what it prints."""
    with tempfile.TemporaryDirectory() as folder:
        failures = Path(folder) / "failures.json"
        result = _run(stage, {**environment(), KEPT_IN: str(failures)})
        return replace(result, failures=read_failures(failures))


def _run(stage: Stage, around: dict[str, str]) -> Result:
    print(f"\n── {stage.name} " + "─" * (72 - len(stage.name)), flush=True)
    started = time.monotonic()
    command = stage.command() if callable(stage.command) else stage.command
    said = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        limit = threading.Timer(stage.minutes * 60, _end, [stage, process.pid])
        limit.start()
        try:
            for line in process.stdout:
                print(line, end="", flush=True)
                said.append(line)
        except KeyboardInterrupt:  # a group of its own does not hear the terminal
            os.killpg(process.pid, signal.SIGINT)
            raise
        finally:
            limit.cancel()
    passed, failed = _counted("".join(said[-40:]))
    return Result(process.returncode, time.monotonic() - started, passed, failed)


def environment() -> dict[str, str]:
    """Ours, but each process may keep what it compiled for the next: there are hundreds, and the tests' own files are
    the longest."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _end(stage: Stage, group: int) -> None:
    print(f"\n{stage.name} has not ended within {stage.minutes:g} minutes and is ended now.", flush=True)
    os.killpg(group, signal.SIGKILL)


def _counted(text: str) -> tuple[int, int]:
    """How many tests passed and failed, from the last lines of pytest or of node's runner."""
    node_said = {word: int(number) for word, number in NODE_COUNTS.findall(text)}
    if node_said:
        return node_said.get("pass", 0), node_said.get("fail", 0)
    summary = next((line for line in reversed(text.splitlines()) if SUMMARY.search(line)), "")
    counts = {word: int(number) for number, word in COUNTS.findall(summary)}
    return counts.get("passed", 0), counts.get("failed", 0) + counts.get("error", 0) + counts.get("errors", 0)


def _sum_up(results: list[tuple[Stage, Result]]) -> int:
    print("\n── all stages " + "─" * 63)
    for stage, result in results:
        tests = f"{result.passed:5} passed {result.failed:3} failed" if result.passed or result.failed else ""
        unsteady = f"  {len(result.unsteady)} unsteady" if result.unsteady else ""
        print(f"{'FAIL' if result.code else 'PASS'}  {stage.name:10} {result.seconds:7.1f} s  {tests}{unsteady}")
    for _, result in results:
        for failure in result.failures + result.unsteady:
            how = f"UNSTEADY, {failure.kind}:" if failure in result.unsteady else "FAILED"
            print(f"\n{how} {failure.test}\n{failure.words}")
    broken = [stage.name for stage, result in results if result.code]
    print(f"{'FAIL: ' + ', '.join(broken) if broken else 'PASS'}")
    print(f"{sum(r.passed for _, r in results)} passed, {sum(r.failed for _, r in results)} failed")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
