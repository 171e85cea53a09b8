"""Reads a table out of what a personnel system calls CSV. Pure; hostile bytes give a reason, never a crash."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 500
DELIMITERS = (";", "\t", ",")
FORMULA_SIGNS = "=+-@"
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Unreadable(Exception):
    """The file is no table. `reason` is the key of a sentence, `number` the line or the count that it speaks of."""

    def __init__(self, reason: str, number: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.number = reason, number


@dataclass(frozen=True)
class Table:
    """The headings, and each row that is not blank with the line on which it begins."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252 (of which Latin-1's letters are a part)."""
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    if data.startswith(SPREADSHEETS):
        raise Unreadable("spreadsheet")
    try:
        text = data.decode(_encoding_of(data))
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise Unreadable("no_text")
    return text.removeprefix("\ufeff")


def read_table(text: str) -> Table:
    """The rows of a text that `decode` gave. Raises `Unreadable`."""
    delimiter, text, skipped = _delimiter_of(text)
    rows = list(_rows(text, delimiter, skipped))
    if not rows:
        raise Unreadable("empty")
    if len(rows) - 1 > MOST_ROWS:
        raise Unreadable("too_many", len(rows) - 1)
    headings = rows[0][1]
    if len(headings) > MOST_COLUMNS:
        raise Unreadable("too_wide", len(headings))
    if len(rows) == 1:
        raise Unreadable("only_headings")
    return Table(headings, rows[1:])


def _encoding_of(data: bytes) -> str:
    for mark, encoding in ENCODINGS.items():
        if data.startswith(mark):
            return encoding
    if len(data) >= 4 and len(data) % 2 == 0:
        start = data[:200]
        if start[1::2].count(0) > len(start) // 4 and start[::2].count(0) == 0:
            return "utf-16-le"
        if start[::2].count(0) > len(start) // 4 and start[1::2].count(0) == 0:
            return "utf-16-be"
    return "utf-8"


def _delimiter_of(text: str) -> tuple[str, str, int]:
    """The delimiter, the text after a line that only names it, and how many lines that was (Excel writes "sep=;")."""
    first, ending, rest = text.partition("\n")
    named = first.strip().lower().removeprefix("sep=")
    if first.strip().lower().startswith("sep=") and named in (";", ",") and ending:
        return named, rest, 1
    if first.lower().startswith("sep=\t"):
        return "\t", rest, 1
    heading = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = "".join(heading.split('"')[::2])
    return max(DELIMITERS, key=unquoted.count) if any(each in unquoted for each in DELIMITERS) else ",", text, 0


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            tidy = [_tidy(cell) for cell in cells]
            if any(tidy):
                yield before + 1 + skipped, tidy
            before = reader.line_num
    except csv.Error:
        raise Unreadable("quotes", before + 1 + skipped) from None


def _tidy(cell: str) -> str:
    """Without needless space, and without the mark by which our own files keep a cell from being a formula."""
    plain = " ".join(cell.split())
    return plain[1:] if plain.startswith("'") and plain[1:2] in FORMULA_SIGNS and plain[1:2] else plain
