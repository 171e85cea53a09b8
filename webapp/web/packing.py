"""What is made for one reader travels packed: over a ward's thin radio a page is a quarter of its size.

Packing lets somebody who listens guess at words that stand beside words of their own choosing (BREACH). Here that
needs a page which a stranger can make a reader's browser open again and again with her cookies; `SameSite=Lax`, the
frame and referrer headers and the Origin check leave no such page (docs/decisions/0008).
"""

from __future__ import annotations

import gzip

import brotli
from flask import Flask, Response, request

WORTH_IT = 1_000  # bytes; less fits one packet anyway
KINDS = frozenset({"text/html", "application/json"})
QUALITY = 4  # of brotli: a page in a third of a millisecond


def init_app(app: Flask) -> None:
    """Pack every answer that is worth it, in the best way that its reader knows."""
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    if response.mimetype not in KINDS or response.direct_passthrough or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    content = response.get_data()
    encoding = request.accept_encodings.best_match(("br", "gzip"))
    if encoding is None or len(content) < WORTH_IT:
        return response
    packed = brotli.compress(content, quality=QUALITY) if encoding == "br" else gzip.compress(content, 5)
    response.set_data(packed)
    response.headers["Content-Encoding"] = encoding
    return response
