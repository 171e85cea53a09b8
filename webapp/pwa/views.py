"""The addresses of the app itself: assets, shells, worker, manifest, install page, what waits on this phone."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request
from werkzeug.security import safe_join

from webapp.config import current_settings
from webapp.pwa.assets import assets_folder
from webapp.pwa.manifest import the_manifest
from webapp.pwa.switch import is_worker_off
from webapp.pwa.version import asset_version
from webapp.web import public

room = Blueprint("pwa", __name__)

FOR_EVER = "public, max-age=31536000, immutable"
KEPT, KEPT_FOR, MARKED_AT = "kept", 31_536_000, ("/", "/outbox")
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@room.get("/static/<version>/<path:path>")
@public
def static(version: str, path: str) -> Response:
    """A file of one version; it never changes."""
    return _kept_file(version, path)


@room.get("/shell/<version>/<lang>/<name>")
@public
def shell(version: str, lang: str, name: str) -> Response:
    """A page for nobody, as phones keep it."""
    return _kept_file(version, f"shell/{lang}/{name}.html")


@room.get("/service-worker.js")
@public
def service_worker() -> Response:
    """Two lines that change with the version, so that browsers notice. Switched off, a worker that ends itself."""
    version = asset_version()
    script = "farewell" if is_worker_off() else "main"
    response = make_response(f'// Friendtor {version}\nimport "/static/{version}/worker/{script}.js";\n')
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@room.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """What the phone's home screen shows."""
    response = jsonify(the_manifest())
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "no-cache"
    return response


@room.after_app_request
def keep_the_mark(response: Response) -> Response:
    """Some browsers let a cookie that a script set live for a week only; given again by the server it stays.

    It is the one half of the mark by which a phone notices that its storage was cleared (storage-notice.js).
    """
    if request.path in MARKED_AT and request.cookies.get(KEPT) == "1":
        secure = current_settings().https
        response.set_cookie(KEPT, "1", max_age=KEPT_FOR, secure=secure, samesite="Lax")
    return response


@room.get("/install")
@public
def install() -> str:
    """How to put this on the home screen."""
    return render_template("pwa/install.html")


@room.get("/outbox")
def outbox() -> str:
    """What waits on this phone; the phone itself fills the page."""
    return render_template("pwa/outbox.html")


def _kept_file(version: str, path: str) -> Response:
    folder = assets_folder(version)
    found = safe_join(str(folder), path) if folder else None
    if found is None or Path(path).name.startswith(".") or not Path(found).is_file():
        abort(404)
    file, encoding = _packed(Path(found))
    response = make_response(file.read_bytes())
    response.mimetype = mimetypes.guess_type(path)[0] or "application/octet-stream"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER
    return response


def _packed(file: Path) -> tuple[Path, str]:
    for encoding, ending in ENCODINGS:
        packed = file.with_name(file.name + ending)
        if request.accept_encodings[encoding] and packed.exists():
            return packed, encoding
    return file, ""
