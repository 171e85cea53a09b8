"""Friendtor as it runs for a hospital: the Procfile's own commands on a free port, with a data folder of their own."""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from tests.harness.inspection import Inspection
from tests.harness.waiting import until
from webapp import clock
from webapp.config import Settings

ROOT = Path(__file__).resolve().parents[2]
PR_SET_PDEATHSIG = 1
START_WITHIN = 60.0  # seconds; only a broken server needs so long
COMMAND_WITHIN = 120.0


class Server:
    """Web and worker. Stopped, killed and started again, it keeps its port and its data."""

    def __init__(
        self, data: Path, database_url: str = "", root: Path = ROOT, processes: int = 1, **environment: str
    ) -> None:
        self.data, self.port, self.root = data, free_port(), root
        self._processes = processes  # of web and of worker, each
        self.url = f"http://localhost:{self.port}"
        self._more = {**({"DATABASE_URL": database_url} if database_url else {}), **environment}
        self._offset = timedelta(0)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._inspection = Inspection()
        self.log = data / "server.log"
        self.was_touched = False

    @property
    def environment(self) -> dict[str, str]:
        """What `bin/serve` would set."""
        return {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(self.data),
            "PYTHONUNBUFFERED": "1",
            "FRIENDTOR_DATA": str(self.data),
            "PORT": str(self.port),
            "PUBLIC_URL": self.url,
            "WEB_THREADS": "8",
            "WEB_PROCESSES": str(self._processes),
            "FRIENDTOR_CLOCK_OFFSET": str(int(self._offset.total_seconds())),
            **self._more,
        }

    def prepare(self) -> None:
        """Keys, database, assets; once before the first start."""
        self.command("prepare")

    def command(self, *words: object) -> str:
        """Run a command of the installation's, as whoever looks after it does; gives what it said."""
        self.was_touched = True
        command = [sys.executable, "-m", "webapp", *map(str, words)]
        ended = subprocess.run(
            command, cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=COMMAND_WITHIN
        )
        assert ended.returncode == 0, f"{words}: {ended.stdout}{ended.stderr}"
        return ended.stdout

    def start(self, *names: str) -> None:
        """Start what the Procfile names and wait until it is well."""
        for name, command in self._commands().items():
            if not names or name in names:
                with self.log.open("ab") as log:
                    self._running[name] = subprocess.Popen(
                        command,
                        shell=True,
                        cwd=self.root,
                        env=self.environment,
                        stdout=log,
                        stderr=log,
                        start_new_session=True,
                        preexec_fn=end_with_the_tests,
                    )
        begun = self.is_well if "worker" in self._running else self.answers
        until(begun, f"a start (see {self.log})", within=START_WITHIN)

    def stop(self, *names: str) -> None:
        """Ask the processes to end, as Ctrl-C does."""
        self.was_touched = True
        self._end(signal.SIGTERM, names)

    def kill(self, *names: str) -> None:
        """End them as a power cut does."""
        self.was_touched = True
        self._end(signal.SIGKILL, names)

    def restart(self) -> None:
        self.stop()
        self.start()

    def move_clock(self, **by: float) -> None:
        """Let the server's time pass: it stops, and starts later."""
        was_running = bool(self._running)
        self.stop()
        self._offset += timedelta(**by)
        if was_running:
            self.start()

    def is_running(self) -> bool:
        return bool(self.running())

    def running(self) -> list[str]:
        """Names of the processes that run."""
        return sorted(name for name, process in self._running.items() if process.poll() is None)

    def memory(self) -> float:
        """MB of proportional set size of web and worker, children included."""
        return sum(self.memory_of_each())

    def memory_of_each(self) -> list[float]:
        """The same for each process: gunicorn's master, its web processes, the worker."""
        groups = [process.pid for process in self._running.values()]
        ours = sorted((groups.index(group), pid) for pid in processes() if (group := group_of(pid)) in groups)
        return [proportional_kilobytes(pid) / 1024 for _, pid in ours]

    def answers(self) -> bool:
        return self._health() is not None

    def is_well(self) -> bool:
        return self._health() == "ok"

    def _commands(self) -> dict[str, str]:
        """The Procfile's; gunicorn makes its own processes, of the worker there are as many as it is started."""
        commands = procfile()
        return commands | {f"worker.{number}": commands["worker"] for number in range(2, self._processes + 1)}

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The app on the same data in this process, to look at rows and to make people."""
        with self._inspection.inside(Settings.from_env({**self.environment})) as app:
            app.extensions["clock"] = clock.shifted(self._offset)
            yield app

    def _health(self) -> str | None:
        """The worker as /healthz says it is; None while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return worker_as_said(json.load(answer))
        except urllib.error.HTTPError as error:
            with error:
                return worker_as_said(json.load(error))
        except (OSError, http.client.HTTPException):  # nobody there, or on its way out
            return None

    def _end(self, how: signal.Signals, names: tuple[str, ...]) -> None:
        ending = {name: self._running.pop(name) for name in list(self._running) if not names or name in names}
        for process in ending.values():
            if process.poll() is None:
                os.killpg(process.pid, how)
        for process in ending.values():
            process.wait(timeout=START_WITHIN)


def worker_as_said(health: dict[str, Any]) -> str:
    """The worker's word on /healthz; releases from before the parts had one word for everything."""
    return str(health["parts"]["worker"] if "parts" in health else health["status"])


def end_with_the_tests() -> None:
    """Linux ends this process when the one that started it dies, however that came about."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def processes() -> list[int]:
    """Every process there is."""
    return [int(entry.name) for entry in Path("/proc").glob("[0-9]*")]


def group_of(pid: int) -> int:
    """Its process group; 0 when it is gone."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def proportional_kilobytes(pid: int) -> int:
    """What it keeps in memory, shared pages counted in part; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def procfile() -> dict[str, str]:
    """Name and command of each process."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return {name: command.strip() for name, _, command in (line.partition(":") for line in lines if line)}


def free_port() -> int:
    """A port that nobody has, below those of outgoing connections: one of them may not take it during a stop."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
