"""The web app manifest, in the reader's language and under the organisation's name."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from webapp.people import the_organisation
from webapp.pwa.assets import asset
from webapp.pwa.version import STATIC
from webapp.web.languages import chosen_language

NIGHT = "#111823"
ICONS = (
    ("icons/app.svg", "any", "image/svg+xml", "any"),
    ("icons/app-192.png", "192x192", "image/png", "any"),
    ("icons/app-512.png", "512x512", "image/png", "any"),
    ("icons/maskable-512.png", "512x512", "image/png", "maskable"),
)


def the_manifest() -> dict[str, Any]:
    """Ready to be written as JSON."""
    organisation = the_organisation()
    name = organisation.name if organisation and organisation.name else "Friendtor"
    return {
        "id": "/",
        "name": name if name == "Friendtor" else f"Friendtor - {name}",
        "short_name": "Friendtor",
        "description": _("Check in with your mentor in ten seconds, also without signal."),
        "lang": chosen_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": NIGHT,
        "theme_color": NIGHT,
        "icons": [
            {"src": asset(path), "sizes": sizes, "type": kind, "purpose": purpose}
            for path, sizes, kind, purpose in ICONS
            if (STATIC / path).exists()
        ],
        "shortcuts": [
            {"name": _("Check in"), "url": "/check-in"},
            {"name": _("Journal"), "url": "/journal/new"},
        ],
    }
