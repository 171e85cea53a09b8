"""A test that never ends is given up, and says where it stood: a run that waits for it for ever says nothing at all.

pytest-timeout ends the process, and xdist starts another one for the tests that are left. What the plugin prints is
lost in xdist's processes, and a story stands in a greenlet while it waits for its browser, which no list of threads
shows; so both are printed here.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
import threading
import traceback
from typing import Protocol, TextIO

import greenlet
import pytest

from tests.harness.failures import keep_where_it_stands

EARLIER = 2.0  # seconds before pytest-timeout ends the process
TIMER = pytest.StashKey[threading.Timer]()
TERMINAL = pytest.StashKey[TextIO]()


class _Settings(Protocol):
    timeout: float | None


def pytest_configure(config: pytest.Config) -> None:
    """Keeps the terminal, before pytest catches what tests print."""
    assert sys.__stderr__ is not None
    config.stash[TERMINAL] = os.fdopen(os.dup(sys.__stderr__.fileno()), "w")


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[TERMINAL].close()


def pytest_timeout_set_timer(item: pytest.Item, settings: _Settings) -> None:
    """Beside the plugin's own timer, which is set as well since nothing is given back."""
    if settings.timeout:
        told = [item.nodeid, item.config.stash[TERMINAL]]
        timer = threading.Timer(max(settings.timeout - EARLIER, 0), say_where_it_stands, told)
        timer.daemon = True
        timer.start()
        item.stash[TIMER] = timer


def pytest_timeout_cancel_timer(item: pytest.Item) -> None:
    if TIMER in item.stash:
        item.stash[TIMER].cancel()
        del item.stash[TIMER]


def say_where_it_stands(test: str, terminal: TextIO) -> None:
    """Every greenlet that waits, then every thread."""
    waiting = [each for each in gc.get_objects() if isinstance(each, greenlet.greenlet) and each.gr_frame]
    words = "\n".join(f"{each}\n{''.join(traceback.format_stack(each.gr_frame))}" for each in waiting)
    keep_where_it_stands(test, words)
    print(f"\n{test} hangs. Greenlets that wait:\n{words}", file=terminal, flush=True)
    faulthandler.dump_traceback(terminal)
