"""What makes the pages an app: versioned assets, the shells that open offline, the manifest and the worker's script."""

from webapp.pwa.assets import build, init_app
from webapp.pwa.views import pwa

__all__ = ["build", "init_app", "pwa"]
