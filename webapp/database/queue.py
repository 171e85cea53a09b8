"""The fair queue in front of SQLite's one writer: first come, first served, over threads and processes.

SQLite's own busy wait polls and lets latecomers overtake. Here threads of one process stand in line behind each other,
and the first of each line waits in the kernel's line for the lock file. Who has much to write lets a few with little
pass: one form does not wait for fifty ops, and fifty ops do not wait for ever.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

MOST_LET_PASS = 4  # by one who has much to write, before it is their turn whoever comes


class Busy(Exception):
    """No turn came within the time that a person would wait."""


@dataclass(eq=False, slots=True)
class _Waiting:
    """One in the line; the first is the one whose turn it is."""

    is_long: bool
    let_pass: int = 0
    turn: threading.Event = field(default_factory=threading.Event)

    def lets_pass(self) -> bool:
        return self.is_long and self.let_pass < MOST_LET_PASS and not self.turn.is_set()


class WriteQueue:
    """One lock file and this process's line for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._line: deque[_Waiting] = deque()
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, wait: float, is_long: bool = False) -> Iterator[None]:
        """Hold the one right to write, with much to write or little. Raises `Busy` after `wait` seconds."""
        deadline = time.monotonic() + wait
        mine = self._stand_in_line(_Waiting(is_long), deadline)
        try:
            with self._lock_file(deadline):
                yield
        finally:
            self._leave(mine)

    def short_one_waits(self) -> bool:
        """Whether somebody in this process's line has little to write."""
        with self._guard:
            return any(not waiting.is_long and not waiting.turn.is_set() for waiting in self._line)

    def _stand_in_line(self, mine: _Waiting, deadline: float) -> _Waiting:
        with self._guard:
            self._line.insert(self._place_for(mine), mine)
            self._line[0].turn.set()
        if not mine.turn.wait(max(0.0, deadline - time.monotonic())):
            self._leave(mine)
            raise Busy
        return mine

    def _place_for(self, mine: _Waiting) -> int:
        place = len(self._line)
        while not mine.is_long and place and self._line[place - 1].lets_pass():
            place -= 1
            self._line[place].let_pass += 1
        return place

    def _leave(self, mine: _Waiting) -> None:
        with self._guard:
            self._line.remove(mine)
            if self._line:
                self._line[0].turn.set()

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
