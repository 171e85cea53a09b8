"""The headers of every answer: nothing runs but our own files, personal pages are kept nowhere."""

from __future__ import annotations

from flask import Flask, Response, request

from webapp.config import current_settings

# Trusted Types: no text becomes a script's address but the worker's, in the one policy of static/js/main.js.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types friendtor-worker"
)
UNUSED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi",
    "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
WHERE_THINGS_RUN = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{power}=()" for power in UNUSED),
}
PARTS = frozenset({"text/css", "text/javascript"})  # of a page, whose headers count for them: a kilobyte each saved


def init_app(app: Flask) -> None:
    """Set the headers that a view has not set itself."""
    app.after_request(_set_headers)


def _set_headers(response: Response) -> Response:
    is_part = response.mimetype in PARTS and request.path.startswith("/static/")
    for name, value in (EVERYWHERE if is_part else EVERYWHERE | WHERE_THINGS_RUN).items():
        response.headers.setdefault(name, value)
    if current_settings().https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
