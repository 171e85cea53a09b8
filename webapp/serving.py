"""The app as a web process serves it: with a thread that looks whether all is well."""

from __future__ import annotations

import gc
import threading

from flask import Flask

from webapp import watch
from webapp.app import create_app

YOUNG_OBJECTS = 20_000  # made and not freed, between two looks of the garbage collector


def served_app() -> Flask:
    """The WSGI app of a web process. Raises `BadSettings` with one sentence when it must not start."""
    app = create_app(serves=True)
    stop = app.extensions["stop_watch"] = threading.Event()
    watch.keep_watch(app, stop)
    settle_in()
    return app


def settle_in() -> None:
    """Spare the garbage collector what lives as long as the process, and have it look less often.

    A delivery makes tens of thousands of small objects, nearly all freed by counting. Looking through all that was
    imported for the few that are left took a fifth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
