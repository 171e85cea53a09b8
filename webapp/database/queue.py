"""The fair queue in front of SQLite's one writer: first come, first served, over threads and processes.

SQLite's own busy wait polls and lets latecomers overtake. Here threads of one process stand in line behind each other,
and the first of each line waits in the kernel's line for the lock file.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """No turn came within the time that a person would wait."""


class WriteQueue:
    """One lock file and this process's line for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line: deque[threading.Event] = deque()
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, wait: float) -> Iterator[None]:
        """Hold the one right to write. Raises `Busy` after `wait` seconds."""
        deadline = time.monotonic() + wait
        mine = self._stand_in_line(deadline)
        try:
            with self._lock_file(deadline):
                yield
        finally:
            self._leave(mine)

    def _stand_in_line(self, deadline: float) -> threading.Event:
        mine = threading.Event()
        with self._guard:
            self._line.append(mine)
            if len(self._line) == 1:
                mine.set()
        if not mine.wait(max(0.0, deadline - time.monotonic())):
            self._leave(mine)
            raise Busy
        return mine

    def _leave(self, mine: threading.Event) -> None:
        with self._guard:
            self._line.remove(mine)
            if self._line:
                self._line[0].set()

    @contextmanager
    def _lock_file(self, deadline: float) -> Iterator[None]:
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait_in_the_kernel(handle, deadline)
        try:
            yield
        finally:
            os.close(handle)

    def _wait_in_the_kernel(self, handle: int, deadline: float) -> None:
        # flock() waits in turn but knows no time limit, so a thread waits for us and
        # gives up its place when it is too late.
        state = _Wait(handle)
        threading.Thread(target=state.run, daemon=True).start()
        if not state.settled_by(deadline):
            raise Busy


class _Wait:
    def __init__(self, handle: int) -> None:
        self._handle = os.dup(handle)
        self._original = handle
        self._done = threading.Event()
        self._guard = threading.Lock()
        self._abandoned = False

    def run(self) -> None:
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        with self._guard:
            if self._abandoned:
                fcntl.flock(self._handle, fcntl.LOCK_UN)
            self._done.set()
        os.close(self._handle)

    def settled_by(self, deadline: float) -> bool:
        if self._done.wait(max(0.0, deadline - time.monotonic())):
            return True
        with self._guard:
            if self._done.is_set():
                return True
            self._abandoned = True
        os.close(self._original)
        return False
