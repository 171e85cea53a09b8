"""A link as a picture that a phone's camera reads."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

import segno


def qr_code(link: str) -> str:
    """The address of an SVG picture, the picture itself in it: it is never kept anywhere else."""
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="svg", scale=8, border=2, svgclass=None, lineclass=None)
    return f"data:image/svg+xml;base64,{b64encode(out.getvalue()).decode()}"
