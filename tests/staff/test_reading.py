"""Files as personnel systems write them, and as nobody should: rows, or a reason."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.staff.columns import FIELDS, guess, plain
from webapp.staff.lines import read_lines
from webapp.staff.reading import MOST_ROWS, Table, Unreadable, decode, read_table
from webapp.staff.words import BAD_LINE, UNREADABLE
from webapp.web.csv_out import as_csv

ROWS = [["Staff number", "Name"], ["1", "Zoë Núñez"], ["2", "Åse “the” Ødegård, RN"]]
CODES = st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf")), max_size=12)


def rows_of(data: bytes) -> list[list[str]]:
    table = read_table(decode(data))
    return [table.headings, *(cells for _, cells in table.rows)]


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_each_encoding_and_delimiter_reads_the_same(encoding: str, delimiter: str) -> None:
    assert rows_of(written(ROWS, delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_letters_read_the_same(encoding: str) -> None:
    rows = [["Número", "Nombre"], ["1", "Zoë Núñez"]]
    assert rows_of(written(rows, ";").encode(encoding)) == rows


def test_a_line_break_in_quotes_is_part_of_its_cell_and_lines_are_counted_on() -> None:
    table = read_table('Staff number,Name\r\n1,"Ana\r\nRuiz"\r\n\r\n2,Bo\r\n')
    assert table.rows == [(2, ["1", "Ana Ruiz"]), (5, ["2", "Bo"])]


def test_a_spreadsheets_own_line_about_the_delimiter_is_no_heading() -> None:
    assert read_table("sep=;\r\na;b,c\r\n1;2\r\n") == Table(["a", "b,c"], [(3, ["1", "2"])])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n ,, \n", "empty"),
        (b"Staff number,Name\n", "only_headings"),
        (b"PK\x03\x04 something", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0 something", "spreadsheet"),
        (b"a,b\n\x00\x01\x02,\n", "no_text"),
        (b'a,b\n1,"never closed\n', "quotes"),
        (b"a,b\n" + b"1,2\n" * (MOST_ROWS + 1), "too_many"),
        (b"," * 200 + b"\n1\n", "only_headings"),
        (b"x," * 200 + b"\n1\n", "too_wide"),
        (b"a\n" + b"x" * (9 * 1024 * 1024), "too_large"),
        (b"a,b\n" + b"x" * 200_000, "quotes"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_table(decode(data))
    assert unreadable.value.reason == reason


def test_a_hundred_thousand_rows_are_counted_in_the_answer() -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_table("a,b\n" + "1,2\n" * 100_000)
    assert (unreadable.value.reason, unreadable.value.number) == ("too_many", 100_000)


@given(st.binary(max_size=400))
@settings(max_examples=400, deadline=None)
def test_hostile_bytes_give_rows_or_a_reason(data: bytes) -> None:
    for content in (data, b"\xff\xfe" + data, b"\xfe\xff" + data, b"Staff number,Name,Start date\n" + data):
        try:
            table = read_table(decode(content))
        except Unreadable as unreadable:
            assert unreadable.reason in UNREADABLE
            continue
        for bad in read_lines(table, guess(table.headings, {})).bad:
            assert bad.reason in BAD_LINE
        everything = {field: at % max(1, len(table.headings)) for at, field in enumerate(FIELDS)}
        read_lines(table, everything)


@given(st.lists(st.lists(CODES, min_size=2, max_size=2), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_what_we_write_we_read_again(rows: list[list[str]]) -> None:
    kept = [["heading", "other"], *(row for row in rows if any(row))]
    if len(kept) > 1:
        assert rows_of(as_csv(kept).encode()) == kept


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_we_write_is_a_formula(sign: str) -> None:
    cell = next(csv.reader(io.StringIO(as_csv([[f"{sign}1+1"]])[1:], newline="")))[0]
    assert cell == f"'{sign}1+1"


def test_headings_are_known_in_both_languages_whatever_their_accents() -> None:
    assert guess(["Nº", "NOMBRE y apellidos", "Correo-electrónico", "Número de empleado"], {}) == {
        "name": 1,
        "email": 2,
        "staff_number": 3,
    }
    assert guess(["Line Manager", "start_date"], {}) == {"manager": 0, "starts_on": 1}


def test_what_was_said_of_a_heading_comes_before_its_name() -> None:
    assert guess(["Number", "Ref"], {"number": "", "ref": "staff_number"}) == {"staff_number": 1}


def test_no_heading_means_two_things() -> None:
    names = [plain(name) for aliases in FIELDS.values() for name in aliases]
    assert len(names) == len(set(names))
