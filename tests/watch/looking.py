"""A process that looks when it is told to: `python -m tests.watch.looking`, one look for each line that it is given."""

from __future__ import annotations

import sys

from webapp.app import create_app
from webapp.watch import look

NAME = sys.argv[1]

with create_app().app_context():
    seen: frozenset[str] = frozenset()
    print("here", flush=True)
    for _ in sys.stdin:
        seen = look(NAME, seen)
        print("looked", flush=True)
