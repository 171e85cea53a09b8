"""What makes the pages an app: versioned assets, the shells that open offline, the manifest and the worker's script."""

from flask import Flask

from webapp.pwa import assets, switch
from webapp.pwa.assets import build
from webapp.pwa.views import room

__all__ = ["build", "init_app"]


def init_app(app: Flask) -> None:
    """Add the addresses, the commands, and what templates ask: `asset(path)` and `module_preloads`."""
    assets.init_app(app)
    switch.init_app(app)
    app.register_blueprint(room)
