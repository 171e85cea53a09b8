"""Writing CSV that a spreadsheet opens as text: no cell of ours is ever a formula there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response, make_response

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str) -> str:
    """The cell, kept from being a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a file that spreadsheets open with their letters right."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()


def csv_download(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """A download named `name`.csv."""
    response = make_response(as_csv(rows).encode())
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
