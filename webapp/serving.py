"""The app as a web process serves it: with a thread that looks whether all is well."""

from __future__ import annotations

import threading

from flask import Flask

from webapp import watch
from webapp.app import create_app


def served_app() -> Flask:
    """The WSGI app of a web process. Raises `BadSettings` with one sentence when it must not start."""
    app = create_app()
    stop = app.extensions["stop_watch"] = threading.Event()
    watch.keep_watch(app, stop)
    return app
